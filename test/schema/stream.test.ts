import { expect, test } from 'vitest';
import { testGateway } from '../support/gateway.ts';
import {
  createRange,
  getPage,
  listCalls,
  type Routes,
  startRouted,
  startRoutes,
} from '../support/list-vendor.ts';

const link = (id: number, stream: number, person: number, deleted: string | null = null) => ({
  id,
  stream_id: stream,
  leader_id: person,
  created_at: '2026-04-24T10:03:54.905Z',
  updated_at: null,
  deleted_at: deleted,
});

interface World {
  readonly streams: number;
  readonly persons: number;
  links: ReturnType<typeof link>[];
}

/** Wethod with a number of streams and people. A detached leader stays detached. */
const wethod = (world: World): Routes => [
  [
    /^GET \/api\/streams$/,
    (query) => {
      const include = query.get('include')?.split(',') ?? [];
      const row = (id: number) => ({
        id,
        name: `Stream ${id}`,
        is_default: id === 1,
        archived_at: null,
        ...(include.includes('streamLeaders') && {
          stream_leaders: world.links.filter((one) => one.stream_id === id),
        }),
        ...(include.includes('streamMembers') && { stream_members: [] }),
      });
      const search = query.get('search') ?? '';
      const rows = createRange(1, world.streams).map(row);
      return {
        json: getPage(
          rows.filter(({ name }) => name.includes(search)),
          query,
        ),
      };
    },
  ],
  [
    /^GET \/api\/streams\/(\d+)$/,
    (_query, [id = '']) =>
      Number(id) <= world.streams
        ? { json: { id: Number(id), name: `Stream ${id}`, is_default: false, archived_at: null } }
        : { status: 404, json: { key: 'not_found', message: 'Stream not found.' } },
  ],
  [
    /^GET \/api\/streams\/(\d+)\/leaders$/,
    (query, [id]) =>
      Number(id) <= world.streams
        ? {
            json: getPage(
              world.links.filter((one) => one.stream_id === Number(id)),
              query,
            ),
          }
        : { status: 404, json: { key: 'not_found', message: 'Stream not found.' } },
  ],
  [
    /^GET \/api\/streams\/(\d+)\/members$/,
    (query, [id]) => ({
      json: getPage(
        [{ id: 7, stream_id: Number(id), member_id: 3, starts_at: '2026-01-01', ends_at: null }],
        query,
      ),
    }),
  ],
  [
    /^GET \/api\/persons$/,
    (query) => ({
      json: getPage(
        createRange(1, world.persons).map((id) => ({
          id,
          name: `P${id}`,
          email: `p${id}@example.com`,
        })),
        query,
      ),
    }),
  ],
  [
    /^GET \/api\/persons\/(\d+)$/,
    (_query, [id]) =>
      Number(id) <= world.persons
        ? { json: { id: Number(id), name: `P${id}`, email: `p${id}@example.com` } }
        : { status: 404, json: { key: 'not_found', message: 'Person not found.' } },
  ],
  [
    /^(POST|DELETE) \/api\/streams\/(\d+)\/leaders\/(\d+)$/,
    (_query, [method, stream, person]) => {
      const made = link(900, Number(stream), Number(person));
      world.links = world.links.filter((one) => one.leader_id !== Number(person));
      if (method === 'DELETE') return { status: 200 };
      world.links.push(made);
      return { json: made };
    },
  ],
];

const start = (world: World) => startRouted(wethod(world));

const small = (): World => ({
  streams: 3,
  persons: 5,
  links: [link(1, 1, 1), link(2, 1, 2), link(3, 2, 2)],
});

test('reads 20 streams with 50 leaders among 250 people in 1 + 3 calls', async () => {
  const links = createRange(1, 50).map((id) => link(id, 1 + (id % 20), id * 5));
  await using world = await start({ streams: 20, persons: 250, links });
  const { data, errors } = await world.gateway.sendText(
    '{ streams(first: 20) { nodes { name leaders { leaderId leader { name email } } } } }',
  );
  expect(errors).toEqual([]);
  const nodes = data['streams']?.['nodes'] as { leaders: { leader: { name: string } }[] }[];
  expect(nodes.flatMap(({ leaders }) => leaders.map(({ leader }) => leader.name))).toHaveLength(50);
  expect(listCalls(world.vendor)).toEqual([
    'GET /api/streams?limit=20&offset=0&include=streamLeaders',
    'GET /api/persons?limit=100&offset=0',
    'GET /api/persons?limit=100&offset=100',
    'GET /api/persons?limit=100&offset=200',
  ]);
});

test('reads one or two people one by one, each once', async () => {
  await using world = await start({ streams: 1, persons: 250, links: [] });
  const { data, errors } = await world.gateway.sendText(
    '{ a: person(id: 7) { name } b: person(id: 220) { name } c: person(id: 7) { email } }',
  );
  expect({ data, errors }).toEqual({
    data: { a: { name: 'P7' }, b: { name: 'P220' }, c: { email: 'p7@example.com' } },
    errors: [],
  });
  expect(listCalls(world.vendor)).toEqual(['GET /api/persons/7', 'GET /api/persons/220']);
});

test('stops the pass through more people once all that are selected are found', async () => {
  await using world = await start({ streams: 1, persons: 250, links: [] });
  const { data } = await world.gateway.sendText(
    '{ a: person(id: 7) { name } b: person(id: 120) { name } c: person(id: 9) { name } }',
  );
  expect(data).toEqual({ a: { name: 'P7' }, b: { name: 'P120' }, c: { name: 'P9' } });
  expect(listCalls(world.vendor)).toEqual([
    'GET /api/persons?limit=100&offset=0',
    'GET /api/persons?limit=100&offset=100',
  ]);
});

test('returns null without an error for a missing person, read alone or in a pass', async () => {
  await using world = await start({ streams: 1, persons: 200, links: [] });
  const alone = await world.gateway.sendText('{ person(id: 999) { name } }');
  expect(alone).toMatchObject({ data: { person: null }, errors: [] });
  const walked = await world.gateway.sendText(
    '{ a: person(id: 998) { name } b: person(id: 999) { name } c: person(id: 1) { name } }',
  );
  expect(walked).toMatchObject({ data: { a: null, b: null, c: { name: 'P1' } }, errors: [] });
  expect(world.vendor.calls).toHaveLength(4);
});

test('shows one person if the other one of the document cannot be read', async () => {
  await using world = await startRouted([
    [/^GET \/api\/persons\/1$/, () => ({ json: { id: 1, name: 'P1' } })],
    [/^GET \/api\/persons\/2$/, () => ({ json: { id: 3, name: 'P3' } })],
  ]);
  const { data, errors } = await world.gateway.sendText(
    '{ a: person(id: 1) { name } b: person(id: 2) { name } }',
  );
  expect(data).toEqual({ a: { name: 'P1' }, b: null });
  expect(errors).toMatchObject([
    { path: ['b'], extensions: { code: 'VENDOR_CONTRACT_ERROR', vendor: 'WETHOD' } },
  ]);
});

const calls: readonly [document: string, calls: readonly string[]][] = [
  ['streams(first: 5) { nodes { name } }', ['GET /api/streams?limit=5&offset=0']],
  [
    'streams(first: 5) { edges { node { id isDefault archivedAt } } }',
    ['GET /api/streams?limit=5&offset=0'],
  ],
  [
    'streams(first: 5, search: "2", archived: false) { nodes { leaders { leaderId } members { memberId } } }',
    [
      'GET /api/streams?limit=5&offset=0&search=2&is_archived=false&include=streamLeaders,streamMembers',
    ],
  ],
  [
    'streams(first: 5) { nodes { leaders @include(if: false) { leaderId } name } }',
    ['GET /api/streams?limit=5&offset=0'],
  ],
  [
    'streams(first: 5) { ...F } } fragment F on StreamConnection { edges { x: node { l: leaders { leaderId } } }',
    ['GET /api/streams?limit=5&offset=0&include=streamLeaders'],
  ],
  ['stream(id: 1) { name }', ['GET /api/streams/1']],
  ['stream(id: 1) { streamId id }', ['GET /api/streams/1']],
  ['stream(id: 1) { leaders { leaderId } }', ['GET /api/streams/1/leaders?limit=100&offset=0']],
  ['stream(id: 1) { members { startsAt } }', ['GET /api/streams/1/members?limit=100&offset=0']],
  [
    'stream(id: 1) { name leaders { leader { name } } }',
    [
      'GET /api/streams/1',
      'GET /api/streams/1/leaders?limit=100&offset=0',
      'GET /api/persons/1',
      'GET /api/persons/2',
    ],
  ],
  [
    'a: stream(id: 1) { name } b: stream(id: 1) { name leaders { leaderId stream { name } } }',
    ['GET /api/streams/1', 'GET /api/streams/1/leaders?limit=100&offset=0'],
  ],
];

test.each(calls)(
  'makes only the calls that the selected fields need: %s',
  async (document, expected) => {
    await using world = await start(small());
    const { errors } = await world.gateway.sendText(`{ ${document} }`);
    expect(errors).toEqual([]);
    expect(listCalls(world.vendor)).toEqual(expected);
  },
);

test.each(['name', 'leaders { leaderId }'])(
  'returns null, not an error, for a missing stream if only %s is selected',
  async (selection) => {
    await using world = await start(small());
    const { data, errors } = await world.gateway.sendText(`{ stream(id: 99) { ${selection} } }`);
    expect({ data, errors }).toEqual({ data: { stream: null }, errors: [] });
  },
);

test('omits leaders whose link was deleted, in a list and alone', async () => {
  const links = [link(1, 1, 1, '2026-01-01T00:00:00Z'), link(2, 1, 2)];
  await using world = await start({ streams: 1, persons: 5, links });
  const { data } = await world.gateway.sendText(
    '{ streams { nodes { leaders { leaderId } } } stream(id: 1) { leaders { leaderId } } }',
  );
  const leaders = [{ leaderId: '2' }];
  expect(data).toEqual({ streams: { nodes: [{ leaders }] }, stream: { leaders } });
});

test('reads the links separately if the vendor omits them', async () => {
  await using vendor = await startRoutes([
    [/^GET \/api\/streams$/, () => ({ json: [{ id: 1, name: 'A' }] })],
    [/^GET \/api\/streams\/1\/leaders$/, () => ({ json: [link(1, 1, 4)] })],
  ]);
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const { data } = await gateway.sendText('{ streams { nodes { leaders { leaderId } } } }');
  expect(data['streams']).toEqual({ nodes: [{ leaders: [{ leaderId: '4' }] }] });
});

const detach = (alias: string, person: number) =>
  `${alias}: detachStreamLeader(input: {streamId: 1, leaderId: ${person}}) {
    ... on DetachStreamLeaderSuccess { outcome stream { leaders { leaderId } } } }`;

test('each list after two detaches in one document lacks the leaders detached before it', async () => {
  await using world = await start(small());
  const { data, errors } = await world.gateway.sendText(
    `mutation { ${detach('a', 1)} ${detach('b', 2)} }`,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    a: { outcome: 'APPLIED', stream: { leaders: [{ leaderId: '2' }] } },
    b: { outcome: 'APPLIED', stream: { leaders: [] } },
  });
  expect(listCalls(world.vendor)).toEqual([
    'DELETE /api/streams/1/leaders/1',
    'GET /api/streams/1/leaders?limit=100&offset=0',
    'DELETE /api/streams/1/leaders/2',
    'GET /api/streams/1/leaders?limit=100&offset=0',
  ]);
});

test('after an attach, reads the leader and the stream with its leaders in the same document', async () => {
  await using world = await start(small());
  const { data, errors } = await world.gateway.sendText(
    `mutation { attachStreamLeader(input: {streamId: 1, leaderId: 4}) { ... on AttachStreamLeaderSuccess {
      leadership { leader { name } stream { name leaders { leader { name } } } } } } }`,
  );
  expect(errors).toEqual([]);
  expect(data['attachStreamLeader']?.['leadership']).toEqual({
    leader: { name: 'P4' },
    stream: { name: 'Stream 1', leaders: ['P1', 'P2', 'P4'].map((name) => ({ leader: { name } })) },
  });
  // The leaders are known later than the first person, and there are too many of them to read one by one.
  expect(listCalls(world.vendor).filter((call) => call.includes('persons'))).toEqual([
    'GET /api/persons/4',
    'GET /api/persons?limit=100&offset=0',
  ]);
});

test('reports a failed read after a change in errors with path and code, and still shows the change', async () => {
  await using vendor = await startRoutes([
    [/^DELETE /, () => ({ status: 200 })],
    [/^GET /, () => ({ status: 403, json: { key: 'forbidden', message: 'No.' } })],
  ]);
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const { data, errors } = await gateway.sendText(`mutation { ${detach('a', 1)} }`);
  expect(data).toEqual({ a: { outcome: 'APPLIED', stream: { leaders: null } } });
  expect(errors).toMatchObject([
    {
      path: ['a', 'stream', 'leaders'],
      extensions: {
        code: 'PERMISSION_DENIED_ERROR',
        vendor: 'WETHOD',
        retryable: false,
        retryAfterSeconds: null,
        requestId: expect.any(String),
        requiredPermission: 'settings.company',
      },
    },
  ]);
});

test('reads nothing after a change that is not known to be applied', async () => {
  const json = { key: 'not_found', message: 'No such link.' };
  await using vendor = await startRoutes([[/^DELETE /, () => ({ status: 404, json })]]);
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  await gateway.sendText(`mutation { ${detach('a', 1)} }`);
  expect(listCalls(vendor)).toEqual(['DELETE /api/streams/1/leaders/1']);
});

const threePersons =
  '{ a: person(id: 999) { name } b: person(id: 5) { name } c: person(id: 6) { name } }';

test('stops at a page with nothing new in a list that ignores limit and offset', async () => {
  const persons = createRange(1, 100).map((id) => ({ id, name: `P${id}` }));
  await using world = await startRouted([[/^GET \/api\/persons$/, () => ({ json: persons })]]);
  const { data, errors } = await world.gateway.sendText(threePersons);
  expect(data).toEqual({ a: null, b: { name: 'P5' }, c: { name: 'P6' } });
  expect(errors).toEqual([]);
  // The third call distinguishes the whole list from the first page of a longer one.
  expect(listCalls(world.vendor)).toEqual([
    'GET /api/persons?limit=100&offset=0',
    'GET /api/persons?limit=100&offset=100',
    'GET /api/persons?limit=1&offset=0',
  ]);
});

test('reports an error for a list that respects the limit and ignores the offset', async () => {
  const persons = createRange(1, 150).map((id) => ({ id, name: `P${id}` }));
  await using world = await startRouted([
    [
      /^GET \/api\/persons$/,
      (query) => ({ json: persons.slice(0, Number(query.get('limit') ?? 100)) }),
    ],
  ]);
  const { data, errors } = await world.gateway.sendText(threePersons);
  expect(data).toEqual({ a: null, b: null, c: null });
  expect(errors).toHaveLength(3);
  expect(errors[0]).toMatchObject({ extensions: { code: 'VENDOR_CONTRACT_ERROR' } });
});

test('reports an error, not a partial list, for a list that has no end after 200 pages', async () => {
  await using vendor = await startRoutes([
    [
      /^GET \/api\/persons$/,
      (query) => {
        const first = Number(query.get('offset')) + 1;
        return { json: createRange(first, first + 99).map((id) => ({ id })) };
      },
    ],
  ]);
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const { data, errors } = await gateway.sendText(
    '{ memberships(email: "ada@example.com") { streamsLed { name } } }',
  );
  expect(data).toEqual({ memberships: { streamsLed: null } });
  expect(errors).toMatchObject([
    {
      message: 'Wethod has a list of more than 20000 items, which the gateway does not read.',
      extensions: { code: 'VENDOR_CONTRACT_ERROR' },
    },
  ]);
  expect(vendor.calls).toHaveLength(200);
});
