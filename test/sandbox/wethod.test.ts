import { expect, test } from 'vitest';
import { startSimulator } from '../../src/sandbox/simulator.ts';
import { createWethodSimulator, type WethodOptions } from '../../src/sandbox/wethod.ts';

interface Link {
  readonly leader_id: number;
  readonly deleted_at: string | null;
}

interface Stream {
  readonly id: number;
  readonly archived_at: string | null;
  readonly stream_leaders: readonly Link[];
  readonly stream_members: readonly object[];
}

async function start(options?: WethodOptions) {
  const simulator = await startSimulator(createWethodSimulator(options));
  const call = async (path: string, { token = 'sandbox', method = 'GET' } = {}) => {
    const response = await fetch(`${simulator.url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'wethod-company': 'acme' },
    });
    const text = await response.text();
    return { response, text, json: text.startsWith('<') || text === '' ? null : JSON.parse(text) };
  };
  return {
    call,
    url: simulator.url,
    reset: simulator.reset,
    ids: async (path: string) => (await call(path)).json.map(({ id }: { id: number }) => id),
    streams: async (query = '') => (await call(`streams?${query}`)).json as Stream[],
    links: async (stream: number, query = '') =>
      (await call(`streams/${stream}/leaders?${query}`)).json as Link[],
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const pages: readonly [path: string, ids: readonly number[]][] = [
  ['streams', range(1, 24)],
  ['streams?limit=1', [1]],
  ['streams?limit=100', range(1, 24)],
  ['streams?limit=5&offset=22', [23, 24]],
  ['streams?offset=24', []],
  ['streams/1/leaders', [1, 2, 3]],
  ['streams/1/leaders?limit=2&offset=2', [3]],
  ['streams/4/leaders', []],
  ['streams/1/members?limit=1&offset=1', [5002]],
  ['persons', range(101, 200)],
  ['persons?limit=1', [101]],
  ['persons?limit=100&offset=200', range(301, 350)],
  ['persons?limit=100&offset=250', []],
];

test.each(pages)('%s is a bare array, with a shorter last page', async (path, ids) => {
  await using wethod = await start();
  expect(await wethod.ids(path)).toEqual(ids);
});

test('no list has a total, not even in its headers', async () => {
  await using wethod = await start();
  for (const path of ['streams?limit=1', 'streams/1/leaders?limit=1', 'persons?limit=1']) {
    const { response } = await wethod.call(path);
    expect([...response.headers.keys()].filter((name) => /total|count|link/.test(name))).toEqual(
      [],
    );
  }
});

const lists = ['streams', 'streams/1/leaders', 'streams/1/members', 'persons'];
const badPages = ['limit=0', 'limit=101', 'limit=-1', 'limit=x', 'limit=', 'offset=-1', 'offset=x'];

test.each([
  ...lists.flatMap((path) => badPages.map((query) => [path, query] as const)),
  ['streams', 'include=leaders'],
  ['streams', 'include=streamLeaders,nothing'],
] as const)('%s?%s is refused, with the field that failed', async (path, query) => {
  await using wethod = await start();
  const { response, json } = await wethod.call(`${path}?${query}`);
  expect(response.status).toBe(400);
  expect(json).toEqual({
    key: 'invalid_data',
    message: "You provided invalid data. Check 'failures' for details.",
    failures: [{ field: query.split('=')[0], message: expect.any(String) }],
  });
});

const filters: readonly [query: string, ids: readonly number[]][] = [
  ['search=CONSULT', [1]],
  ['search=sult', [1]],
  ['search=nothing+like+it', []],
  ['is_archived=true', [3, 24]],
  ['is_archived=false', range(1, 23).filter((id) => id !== 3)],
  ['search=p&is_archived=true', [24]],
];

test.each(filters)('streams?%s filters before it pages', async (query, ids) => {
  await using wethod = await start();
  expect(await wethod.ids(`streams?${query}`)).toEqual(ids);
  expect(await wethod.ids(`streams?${query}&limit=1&offset=1`)).toEqual(ids.slice(1, 2));
});

const plain = ['id', 'created_at', 'updated_at', 'name', 'is_default', 'archived_at'];

test.each([
  ['', []],
  ['include=streamLeaders', ['stream_leaders']],
  ['include=streamMembers', ['stream_members']],
  ['include=streamLeaders,streamMembers', ['stream_leaders', 'stream_members']],
])('streams?%s bear the links that are included, and no others', async (query, members) => {
  await using wethod = await start();
  for (const stream of await wethod.streams(query)) {
    expect(Object.keys(stream)).toEqual([...plain, ...members]);
  }
});

test('a single stream has no links, even if they are included', async () => {
  await using wethod = await start();
  const { json } = await wethod.call('streams/3?include=streamLeaders');
  expect(Object.keys(json)).toEqual(plain);
  expect(json).toMatchObject({ id: 3, name: 'Legacy', archived_at: expect.any(String) });
});

test('links of members have dates, and a null end if there is none', async () => {
  await using wethod = await start();
  const { json } = await wethod.call('streams/1/members');
  const link = { id: 5001, stream_id: 1, starts_at: '2026-01-01' };
  expect(json[0]).toMatchObject({ ...link, ends_at: null });
  expect(json[2]).toMatchObject({ starts_at: '2026-01-01', ends_at: '2026-12-31' });
});

test('the 24 streams have 50 leaders, some beyond the second page of persons', async () => {
  await using wethod = await start();
  const streams = await wethod.streams('include=streamLeaders');
  const led = (id: number) =>
    streams.find((one) => one.id === id)?.stream_leaders.map(({ leader_id }) => leader_id);
  expect([1, 2, 3, 4].map(led)).toEqual([[101, 102, 103], [104], [105], []]);
  expect(led(7)).toContain(101);
  const all = streams.flatMap((stream) => stream.stream_leaders).map((link) => link.leader_id);
  expect(all).toHaveLength(50);
  expect(all.filter((id) => id > 300).length).toBeGreaterThan(5);
  expect(all.filter((id) => id >= 106 && id <= 110)).toEqual([]);
});

test('there are 250 persons with distinct names and addresses', async () => {
  await using wethod = await start();
  const offsets = [0, 100, 200];
  const answers = await Promise.all(offsets.map((one) => wethod.call(`persons?offset=${one}`)));
  const persons = answers.flatMap(({ json }) => json) as { email: string }[];
  expect(persons.slice(0, 3)).toMatchObject([
    { id: 101, name: 'Irina', surname: 'Sokolova', email: 'irina.sokolova@example.com' },
    { id: 102, name: 'Pavel', surname: 'Orlov', email: 'pavel.orlov@example.com' },
    { id: 103, name: 'Maria', surname: 'Lindholm', email: 'maria.lindholm@example.com' },
  ]);
  expect(new Set(persons.map(({ email }) => email)).size).toBe(250);
});

test('every person of the seed can be attached', async () => {
  await using wethod = await start();
  for (const id of range(101, 350)) {
    const { response } = await wethod.call(`streams/4/leaders/${id}`, { method: 'POST' });
    expect(response.status, String(id)).toBe(200);
  }
  expect(await wethod.links(4)).toHaveLength(100);
  expect(await wethod.links(4, 'offset=200')).toHaveLength(50);
});

test.each([
  { option: undefined, included: [102, 103] },
  { option: 'live', included: [102, 103] },
  { option: 'all', included: [101, 102, 103] },
] as const)(
  'a deleted link stays in the leaders’ list; included, $option, are $included',
  async ({ option, included }) => {
    await using wethod = await start(option && { includedLeaders: option });
    const gone = await wethod.call('streams/1/leaders/101', { method: 'DELETE' });
    expect([gone.response.status, gone.text]).toEqual([200, '']);
    expect(await wethod.links(1)).toMatchObject([
      { leader_id: 101, deleted_at: expect.stringMatching(/^2\d{3}-.*Z$/) },
      { leader_id: 102, deleted_at: null },
      { leader_id: 103, deleted_at: null },
    ]);
    const [consulting] = await wethod.streams('include=streamLeaders');
    expect(consulting?.stream_leaders.map(({ leader_id }) => leader_id)).toEqual(included);
  },
);

test('attaching after detaching creates a second link', async () => {
  await using wethod = await start();
  await wethod.call('streams/2/leaders/104', { method: 'DELETE' });
  await wethod.call('streams/2/leaders/104', { method: 'POST' });
  const links = await wethod.links(2);
  expect(links.map(({ deleted_at }) => deleted_at === null)).toEqual([false, true]);
});

test.each([
  { repeatedAttach: 'same-link', status: 200, json: { id: 1, leader_id: 101, deleted_at: null } },
  { repeatedAttach: 'refused', status: 412, json: { key: 'precondition_failure' } },
] as const)(
  'a repeated attach gets $status with the option $repeatedAttach',
  async ({ repeatedAttach, status, json }) => {
    await using wethod = await start({ repeatedAttach });
    const repeat = await wethod.call('streams/1/leaders/101', { method: 'POST' });
    expect(repeat.response.status).toBe(status);
    expect(repeat.json).toMatchObject(json);
    expect(await wethod.links(1)).toHaveLength(3);
  },
);

const errors: readonly [path: string, token: string, status: number, key: string, text: RegExp][] =
  [
    ['streams/999', 'sandbox', 404, 'not_found', /Stream/],
    ['streams/x', 'sandbox', 404, 'not_found', /Route/],
    ['streams/999/leaders', 'sandbox', 404, 'not_found', /Stream/],
    ['streams/999/members', 'sandbox', 404, 'not_found', /Stream/],
    ['streams', 'sandbox-forbidden', 403, 'forbidden', /settings\.company/],
    ['streams/1', 'sandbox-forbidden', 403, 'forbidden', /settings\.company/],
    ['streams/1/leaders', 'sandbox-forbidden', 403, 'forbidden', /settings\.company/],
    ['streams/1/members', 'sandbox-forbidden', 403, 'forbidden', /settings\.company/],
    ['persons', 'sandbox-forbidden', 403, 'forbidden', /settings\.team/],
    ['persons/101', 'sandbox-forbidden', 403, 'forbidden', /settings\.team/],
    ['persons/101', 'sandbox-expired', 401, 'unauthorized', /Authentication/],
    ['persons/999', 'sandbox', 404, 'not_found', /Person/],
    ['persons/x', 'sandbox', 404, 'not_found', /Route/],
    ['streams', 'sandbox-plan', 412, 'precondition_failure', /Streams/],
    ['streams/1', 'sandbox-plan', 412, 'precondition_failure', /Streams/],
    ['streams/1/leaders', 'sandbox-plan', 412, 'precondition_failure', /Streams/],
    ['persons', 'sandbox-expired', 401, 'unauthorized', /Authentication/],
    ['persons', 'somebody', 401, 'unauthorized', /Authentication/],
    ['streams', 'sandbox-down', 503, 'service_unavailable', /unavailable/],
    ['streams', 'sandbox-throttled', 429, 'too_many_requests', /limit/],
  ];

test.each(errors)('%s with %s is a %i with a key and a message', async (...row) => {
  const [path, token, status, key, text] = row;
  await using wethod = await start();
  const { response, json } = await wethod.call(path, { token });
  expect(response.status).toBe(status);
  expect(json).toEqual({ key, message: expect.stringMatching(text) });
  expect(response.headers.get('x-ratelimit-retry-after')).toBe(status === 429 ? '60' : null);
});

test('persons are available if Streams are off', async () => {
  await using wethod = await start();
  const { response, json } = await wethod.call('persons', { token: 'sandbox-plan' });
  expect([response.status, json.length]).toEqual([200, 100]);
});

test('a single person is the same as in the list, and persons/me is the token’s owner', async () => {
  await using wethod = await start();
  const [, second] = (await wethod.call('persons')).json;
  expect((await wethod.call('persons/102')).json).toEqual(second);
  const me = await wethod.call('persons/me', { token: 'sandbox-forbidden' });
  expect(me.json).toMatchObject({ id: 102, email: 'pavel.orlov@example.com' });
  expect((await wethod.call('persons/me', { token: 'sandbox-expired' })).response.status).toBe(401);
});

test('a read without a company is not authenticated', async () => {
  await using wethod = await start();
  const headers = { authorization: 'Bearer sandbox' };
  expect((await fetch(`${wethod.url}/api/streams`, { headers })).status).toBe(401);
});

test('a reset restores the links and the next id', async () => {
  await using wethod = await start();
  const before = await wethod.streams('include=streamLeaders,streamMembers');
  const attach = async () => {
    const { json } = await wethod.call('streams/4/leaders/350', { method: 'POST' });
    return json.id as number;
  };
  const id = await attach();
  await wethod.call('streams/1/leaders/101', { method: 'DELETE' });
  expect(await wethod.streams('include=streamLeaders,streamMembers')).not.toEqual(before);
  wethod.reset();
  expect(await wethod.streams('include=streamLeaders,streamMembers')).toEqual(before);
  expect(await wethod.links(1)).toHaveLength(3);
  expect(await attach()).toBe(id);
});
