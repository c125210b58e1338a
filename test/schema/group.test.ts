import { expect, test } from 'vitest';
import {
  createRange,
  getPage,
  listCalls,
  type Routes,
  startRouted,
} from '../support/list-vendor.ts';

const user = (id: number) => ({ id, full_name: `User ${id}`, email: `u${id}@example.com` });
const group = (id: number) => ({ id, uid: `g${id}`, name: `Group ${id}`, created: null });

const kaiten: Routes = [
  [/^GET \/company\/groups$/, (query) => ({ json: getPage(createRange(1, 3).map(group), query) })],
  [
    /^GET \/company\/groups\/g(\d+)$/,
    (_query, [id]) => (Number(id) < 9 ? { json: group(Number(id)) } : { status: 404 }),
  ],
  [
    /^GET \/groups\/g(\d+)\/users$/,
    (query, [id]) =>
      Number(id) < 9 ? { json: getPage(createRange(1, 3).map(user), query) } : { status: 404 },
  ],
  [
    /^GET \/users$/,
    (query) => ({
      json: (query.get('ids') ?? '')
        .split(',')
        .map(Number)
        .filter((id) => id < 1_000)
        .map(user),
    }),
  ],
  [/^DELETE \/groups\/g1\/users\/(\d+)$/, (_query, [id]) => ({ json: user(Number(id)) })],
];

const start = (routes: Routes = kaiten) => startRouted(routes);

const users = (ids: readonly number[]) =>
  `{ ${ids.map((id) => `u${id}: groupUser(id: ${id}) { fullName }`).join(' ')} }`;

test('reads 150 users in 2 calls of at most 100 IDs', async () => {
  await using world = await start();
  const { data, errors } = await world.gateway.sendText(users(createRange(1, 150)));
  expect(errors).toEqual([]);
  expect(Object.values(data).map((one) => one?.['fullName'])).toEqual(
    createRange(1, 150).map((id) => `User ${id}`),
  );
  const ids = world.vendor.calls.map(({ url }) => new URL(url, 'http://x').searchParams.get('ids'));
  expect(ids.map((list) => list?.split(',').length)).toEqual([100, 50]);
});

test('returns null, not an error, for users that the vendor omits', async () => {
  await using world = await start();
  const { data, errors } = await world.gateway.sendText(users([1, 5_000, 2]));
  expect({ data, errors }).toEqual({
    data: { u1: { fullName: 'User 1' }, u5000: null, u2: { fullName: 'User 2' } },
    errors: [],
  });
});

test('reads a user that is selected twice only once', async () => {
  await using world = await start();
  await world.gateway.sendText(
    '{ a: groupUser(id: 7) { email } b: groupUser(id: 7) { fullName } }',
  );
  expect(listCalls(world.vendor)).toEqual(['GET /users?ids=7&include_inactive=true&limit=100']);
});

test('finds deactivated users too', async () => {
  await using world = await start([
    [
      /^GET \/users$/,
      (query) => ({ json: query.get('include_inactive') === 'true' ? [user(7)] : [] }),
    ],
  ]);
  const { data } = await world.gateway.sendText('{ groupUser(id: 7) { fullName } }');
  expect(data).toEqual({ groupUser: { fullName: 'User 7' } });
});

test('does not infer absence from a list that was not filtered by the IDs', async () => {
  await using world = await start([[/^GET \/users$/, () => ({ json: [user(1), user(2)] })]]);
  const { data, errors } = await world.gateway.sendText(users([1, 7]));
  expect(data).toEqual({ u1: null, u7: null });
  expect(errors).toMatchObject([
    { extensions: { code: 'VENDOR_CONTRACT_ERROR' } },
    { extensions: { code: 'VENDOR_CONTRACT_ERROR' } },
  ]);
});

const calls: readonly [document: string, calls: readonly string[]][] = [
  ['groups(first: 2) { nodes { uid name } }', ['GET /company/groups?limit=2&offset=0']],
  [
    'groups(first: 2, search: "Gr & oup") { nodes { uid } }',
    ['GET /company/groups?limit=2&offset=0&query=Gr+&+oup'],
  ],
  ['group(uid: "g1") { uid name createdAt }', ['GET /company/groups/g1']],
  ['group(uid: "g1") { id uid }', ['GET /company/groups/g1']],
  [
    'group(uid: "g1") { uid users(first: 5) { nodes { email } } }',
    ['GET /groups/g1/users?limit=5&offset=0'],
  ],
  [
    'group(uid: "g1") { name users(first: 5) { nodes { email } } }',
    ['GET /company/groups/g1', 'GET /groups/g1/users?limit=5&offset=0'],
  ],
  [
    'groups(first: 5) { nodes { name users(first: 5) { nodes { email } } } }',
    [
      'GET /company/groups?limit=5&offset=0',
      'GET /groups/g1/users?limit=5&offset=0',
      'GET /groups/g2/users?limit=5&offset=0',
      'GET /groups/g3/users?limit=5&offset=0',
    ],
  ],
];

test.each(calls)(
  'makes only the calls that the selected fields need: %s',
  async (document, expected) => {
    await using world = await start();
    const { errors } = await world.gateway.sendText(`{ ${document} }`);
    expect(errors).toEqual([]);
    expect(listCalls(world.vendor).sort()).toEqual([...expected].sort());
  },
);

test.each(['name', 'users { nodes { userId } }', 'name users { nodes { userId } }'])(
  'returns null for a missing group if %s is selected',
  async (selection) => {
    await using world = await start();
    const { data, errors } = await world.gateway.sendText(`{ group(uid: "g9") { ${selection} } }`);
    expect({ data, errors }).toEqual({ data: { group: null }, errors: [] });
  },
);

test('reads a group in a list of one like a group', async () => {
  await using world = await start([
    [/^GET \/company\/groups\/g1$/, () => ({ json: [group(1)] })],
    [/^GET \/company\/groups\/g2$/, () => ({ json: [group(1)] })],
  ]);
  const { data, errors } = await world.gateway.sendText(
    '{ a: group(uid: "g1") { name } b: group(uid: "g2") { name } }',
  );
  expect(data).toEqual({ a: { name: 'Group 1' }, b: null });
  expect(errors).toMatchObject([
    { path: ['b'], extensions: { code: 'VENDOR_CONTRACT_ERROR', vendor: 'KAITEN' } },
  ]);
});

test('fails the whole list if one of its users cannot be read, and omits no user silently', async () => {
  await using world = await start([
    [/^GET \/groups\/g1\/users$/, () => ({ json: [user(1), { full_name: 'No id' }] })],
  ]);
  const { data, errors } = await world.gateway.sendText(
    '{ group(uid: "g1") { users { nodes { userId } } } }',
  );
  expect(data).toEqual({ group: { users: null } });
  expect(errors).toMatchObject([
    { path: ['group', 'users'], extensions: { code: 'VENDOR_CONTRACT_ERROR', retryable: false } },
  ]);
});

test('after a removal, reads the group with its users in the same document', async () => {
  await using world = await start();
  const { data, errors } = await world.gateway.sendText(
    `mutation { removeGroupUser(input: {groupUid: "g1", userId: 4}) { ... on RemoveGroupUserSuccess {
      outcome group { name users(first: 2) { nodes { userId } pageInfo { hasNextPage } } } } } }`,
  );
  expect(errors).toEqual([]);
  expect(data['removeGroupUser']).toEqual({
    outcome: 'APPLIED',
    group: {
      name: 'Group 1',
      users: { nodes: [{ userId: '1' }, { userId: '2' }], pageInfo: { hasNextPage: true } },
    },
  });
});
