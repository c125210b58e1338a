import { expect, test } from 'vitest';
import { createKaitenSimulator, type KaitenOptions } from '../../src/sandbox/kaiten.ts';
import { startSimulator } from '../../src/sandbox/simulator.ts';

const engineering = '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10';
const support = 'c81d3e64-90af-4b7c-8e25-1f6a0d94b7e3';
const allHands = '1d9b7c52-3f64-4a8e-b0d7-5e2c8f6a9b41';

async function start(options?: KaitenOptions) {
  const simulator = await startSimulator(createKaitenSimulator(options));
  let calls = 0;
  /** Each call bears a token of its own, unless it asks for one: Kaiten takes five a second of each. */
  const call = async (path: string, { token = `sandbox-${calls++}`, method = 'GET' } = {}) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${simulator.url}/api/latest/${path}`, { method, headers });
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    return { response, text, json: isJson ? JSON.parse(text) : null };
  };
  return {
    call,
    reset: simulator.reset,
    ids: async (path: string) => (await call(path)).json.map(({ id }: { id: number }) => id),
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const pages: readonly [path: string, ids: readonly number[]][] = [
  ['company/groups', [11, 12, 13]],
  ['company/groups?limit=2', [11, 12]],
  ['company/groups?offset=2', [13]],
  ['company/groups?limit=2&offset=3', []],
  ['company/groups?query=HANDS', [13]],
  ['company/groups?query=nothing', []],
  [`groups/${engineering}/users`, [501, 502, 503, 504]],
  [`groups/${support}/users?limit=1&offset=1`, [505]],
  [`groups/${support}/users`, [503, 505, 1502]],
  [`groups/${allHands}/users`, range(501, 600)],
  [`groups/${allHands}/users?limit=100&offset=950`, range(1451, 1500)],
  [`groups/${allHands}/users?offset=1000`, []],
  ['users', range(501, 600)],
  ['users?limit=500', range(501, 600)],
  ['users?limit=2&offset=999', [1500]],
  ['users?ids=505,501', [501, 505]],
  ['users?ids=501,501', [501]],
  ['users?ids=501,9,1501', [501]],
  ['users?ids=9', []],
  ['users?ids=501,502,503&limit=2&offset=2', [503]],
  ['users?ids=501,1501,1502', [501]],
  ['users?ids=501,1501,1502&include_inactive=true', [501, 1501, 1502]],
  ['users?limit=2&offset=1000&include_inactive=true', [1501, 1502]],
  ['users?query=SOKOLOVA', [501]],
  ['users?query=sokolova&ids=502', []],
  ['company/users', range(501, 600)],
  ['company/users?limit=3&offset=998', [1499, 1500]],
  ['company/users?query=Pavel+ORLOV', [502]],
  ['company/users?query=maria.lindholm@', [503]],
  ['company/users?query=omar.haddad@', []],
  ['company/users?query=omar.haddad@&temporarily_inactive_status=all_users', []],
  ['company/users?query=omar.haddad@&for_members_section=true', []],
  [
    'company/users?query=omar.haddad@&for_members_section=true&temporarily_inactive_status=all_users',
    [1502],
  ],
  [
    'company/users?for_members_section=true&temporarily_inactive_status=only_temporarily_inactive_users',
    [1502],
  ],
  [
    'company/users?query=lena.fischer@&for_members_section=true&temporarily_inactive_status=all_users',
    [],
  ],
];

test.each(pages)('%s is a bare array without unknown ids', async (path, ids) => {
  await using kaiten = await start();
  expect(await kaiten.ids(path)).toEqual(ids);
});

test('no list has a total, not even in its headers', async () => {
  await using kaiten = await start();
  for (const path of ['users', 'company/users', `groups/${allHands}/users`]) {
    const { response } = await kaiten.call(path);
    expect([...response.headers.keys()].filter((name) => /total|count|link/.test(name))).toEqual(
      [],
    );
  }
});

test('ids name a hundred users in one call', async () => {
  await using kaiten = await start();
  const ids = range(1401, 1500);
  expect(await kaiten.ids(`users?ids=${ids}`)).toEqual(ids);
});

test('a group has a numeric id and a uid, and no users', async () => {
  await using kaiten = await start();
  expect((await kaiten.call('company/groups')).json[0]).toEqual({
    id: 11,
    uid: engineering,
    name: 'Engineering',
    permissions: expect.any(Number),
    add_to_cards_and_spaces_enabled: true,
    created: expect.stringMatching(/Z$/),
    updated: expect.stringMatching(/Z$/),
  });
});

test.each([
  { groupShape: undefined, expected: { id: 12, uid: support } },
  { groupShape: 'object', expected: { id: 12, uid: support } },
  { groupShape: 'array', expected: [{ id: 12, uid: support }] },
] as const)(
  'one group comes alone or in a list of one: $groupShape',
  async ({ groupShape, expected }) => {
    await using kaiten = await start(groupShape && { groupShape });
    const { json } = await kaiten.call(`company/groups/${support}`);
    expect(Array.isArray(json)).toBe(groupShape === 'array');
    expect(json).toMatchObject(expected);
  },
);

test('without paging, all users of a group come at once, whatever page is requested', async () => {
  await using kaiten = await start({ pagesGroupUsers: false });
  for (const query of ['', '?limit=5', '?limit=100&offset=100']) {
    expect(await kaiten.ids(`groups/${allHands}/users${query}`)).toEqual(range(501, 1500));
  }
});

/** A group as developers.kaiten.ru shows it in a user's row: "Get list of users". */
const documented = (id: number, uid: string, name: string) => ({
  created: '2025-02-11T09:15:27.412Z',
  updated: '2026-09-01T08:30:00.000Z',
  id,
  uid,
  name,
  company_id: 1,
  permissions: 0,
  add_to_cards_and_spaces_enabled: true,
  spaces: [],
  user_id: 505,
  group_id: id,
});
const objects = [documented(12, support, 'Support'), documented(13, allHands, 'All hands')];

test.each([
  { companyUserGroups: undefined, groups: objects },
  { companyUserGroups: 'objects', groups: objects },
  { companyUserGroups: 'ids', groups: [12, 13] },
] as const)(
  'a company’s user has groups for the members section only, as $companyUserGroups',
  async ({ companyUserGroups, groups }) => {
    await using kaiten = await start(companyUserGroups && { companyUserGroups });
    const find = async (query: string) =>
      (await kaiten.call(`company/users?query=aiko.tanaka@${query}`)).json;
    const [user] = await find('&for_members_section=true');
    expect(user).toMatchObject({ id: 505, groups });
    for (const query of ['', '&for_members_section=false']) {
      expect((await find(query))[0]).not.toHaveProperty('groups');
    }
  },
);

test('a removed user no longer has the group', async () => {
  await using kaiten = await start({ companyUserGroups: 'ids' });
  const removed = await kaiten.call(`groups/${engineering}/users/503`, { method: 'DELETE' });
  expect(removed.json).toMatchObject({ id: 503, full_name: 'Maria Lindholm' });
  const { json } = await kaiten.call('company/users?query=lindholm&for_members_section=true');
  expect(json).toMatchObject([{ id: 503, groups: [12, 13] }]);
  expect(await kaiten.ids('users?ids=503')).toEqual([503]);
});

test('users/current is the token’s owner', async () => {
  await using kaiten = await start();
  expect((await kaiten.call('users/current')).json).toMatchObject({
    id: 502,
    full_name: 'Pavel Orlov',
    email: 'pavel.orlov@example.com',
  });
});

test('there are 1,000 users with distinct addresses, and the first five are known', async () => {
  await using kaiten = await start({ pagesGroupUsers: false });
  const { json } = await kaiten.call(`groups/${allHands}/users`);
  const users = json as { full_name: string; email: string }[];
  expect(users.slice(0, 5).map((user) => user.full_name)).toEqual([
    'Irina Sokolova',
    'Pavel Orlov',
    'Maria Lindholm',
    'Tomás Rivera',
    'Aiko Tanaka',
  ]);
  expect(new Set(users.map(({ email }) => email)).size).toBe(1_000);
});

const section = [
  'company/groups',
  `company/groups/${engineering}`,
  'company/users',
  `groups/${engineering}/users`,
];
const open = ['users', 'users?ids=501', 'users/current'];

const errors: readonly (readonly [path: string, token: string, status: number, text: string])[] = [
  ['company/groups/none', 'sandbox', 404, ''],
  ['groups/none/users', 'sandbox', 404, ''],
  ['groups/11/users', 'sandbox', 404, ''],
  ...section.map((path) => [path, 'sandbox-forbidden', 403, ''] as const),
  ...section.map(
    (path) =>
      [path, 'sandbox-plan', 402, '{"message":"Your tariff doesn\'t include groups"}'] as const,
  ),
  ['users', 'sandbox-expired', 401, '"Unauthorized"'],
  ['users', 'somebody', 401, '"Unauthorized"'],
  ['users', 'sandbox-throttled', 429, '{"message":"Too many requests"}'],
  ['users', 'sandbox-down', 503, '{"message":"Service is temporarily unavailable"}'],
];

test.each(errors)('%s with %s is a %i, in the vendor’s own form', async (...row) => {
  const [path, token, status, expected] = row;
  await using kaiten = await start();
  const { response, text } = await kaiten.call(path, { token });
  expect([response.status, text]).toEqual([status, expected]);
  expect(response.headers.has('content-type')).toBe(expected !== '');
});

test('the body of a 401 may be plain text', async () => {
  await using kaiten = await start({ unauthorizedBody: 'plain' });
  const { response, text } = await kaiten.call('users', { token: 'somebody' });
  expect(response.headers.get('content-type')).toBe('text/plain');
  expect(text).toBe('Unauthorized');
});

test.each(open)('%s requires neither a plan nor the members section', async (path) => {
  await using kaiten = await start();
  for (const token of ['sandbox-forbidden', 'sandbox-plan']) {
    expect((await kaiten.call(path, { token })).response.status, token).toBe(200);
  }
});

test('the sixth read of a second is one too many, and the headers count down in seconds', async () => {
  await using kaiten = await start();
  const burst = Array.from({ length: 6 }, () =>
    kaiten.call('users/current', { token: 'sandbox-a' }),
  );
  const responses = (await Promise.all(burst)).map(({ response }) => response);
  const remaining = responses.map(({ headers }) => Number(headers.get('X-RateLimit-Remaining')));
  expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 429]);
  expect(remaining.toSorted()).toEqual([0, 0, 1, 2, 3, 4]);
  const resetAt = Number(responses[0]?.headers.get('X-RateLimit-Reset'));
  expect(Math.abs(resetAt - Date.now() / 1000)).toBeLessThan(10);
  const other = await kaiten.call('users/current', { token: 'sandbox-b' });
  expect(other.response.status).toBe(200);
});

test('a reset restores the users of the groups', async () => {
  await using kaiten = await start();
  for (const path of [`groups/${engineering}/users/501`, `groups/${allHands}/users/501`]) {
    expect((await kaiten.call(path, { method: 'DELETE' })).response.status).toBe(200);
    expect((await kaiten.call(path, { method: 'DELETE' })).response.status).toBe(404);
  }
  expect(await kaiten.ids(`groups/${engineering}/users`)).toEqual([502, 503, 504]);
  expect(await kaiten.ids(`groups/${allHands}/users?limit=2`)).toEqual([502, 503]);
  kaiten.reset();
  expect(await kaiten.ids(`groups/${engineering}/users`)).toEqual([501, 502, 503, 504]);
  expect(await kaiten.ids(`groups/${allHands}/users?limit=2`)).toEqual([501, 502]);
});
