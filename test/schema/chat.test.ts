import { expect, test } from 'vitest';
import { paged, type Routes, range, seen, startRouted } from '../support/list-vendor.ts';

const room = (number: number, more: object = {}) => ({
  _id: `r${number}`,
  name: `room-${number}`,
  t: 'p',
  usersCount: 3,
  u: { _id: 'owner', username: 'olga' },
  ...more,
});

const users = range(1, 5).map((number) => ({
  _id: `u${number}`,
  username: `user.${number}`,
  name: `User ${number}`,
}));

const refusal = (errorType: string) => ({
  status: 400,
  json: { success: false, error: `No. [${errorType}]`, errorType },
});

const chat: Routes = [
  [
    /^GET \/api\/v1\/groups\.info$/,
    (query) => {
      const id = query.get('roomId') ?? '';
      if (id === 'gone') return refusal('error-room-not-found');
      return { json: { group: room(Number(id.slice(1)), { ro: true }), success: true } };
    },
  ],
  [
    /^GET \/api\/v1\/groups\.list$/,
    (query) => {
      const rows = [room(1), room(2, { archived: true, fname: 'Room Two' }), room(3)];
      const groups = paged(rows, query);
      return { json: { groups, offset: 0, count: groups.length, total: 3, success: true } };
    },
  ],
  [
    /^GET \/api\/v1\/rooms\.membersOrderedByRole$/,
    (query) => {
      if (query.get('roomId') === 'gone') return refusal('error-room-not-found');
      const rows = users.map((one, index) => (index === 0 ? { ...one, roles: ['owner'] } : one));
      const found = rows.filter(({ name }) => name.includes(query.get('filter') ?? ''));
      return { json: { members: paged(found, query), total: found.length, success: true } };
    },
  ],
  [
    /^GET \/api\/v1\/users\.info$/,
    (query) =>
      query.get('userId') === 'owner'
        ? { json: { user: { _id: 'owner', username: 'olga', name: 'Olga' }, success: true } }
        : { status: 400, json: { success: false, error: 'User not found.' } },
  ],
  [/^POST \/api\/v1\/groups\.(leave|kick)$/, () => ({ json: { success: true } })],
];

/** Before 7.3: no list by role. */
const older: Routes = [
  [
    /^GET \/api\/v1\/rooms\.membersOrderedByRole$/,
    () => ({ status: 404, json: { status: 'error', message: 'API endpoint does not exist.' } }),
  ],
  [
    /^GET \/api\/v1\/groups\.members$/,
    (query) => ({ json: { members: paged(users, query), total: 5, success: true } }),
  ],
  [
    /^GET \/api\/v1\/groups\.roles$/,
    () => ({
      json: { roles: [{ rid: 'r1', u: { _id: 'u2' }, roles: ['owner'] }], success: true },
    }),
  ],
];

const start = (routes: Routes = chat) => startRouted(routes);

test('a room’s fields are the vendor’s; what it leaves out as false is false', async () => {
  await using world = await start();
  const { data, errors } = await world.gateway.sendText(
    '{ chatGroups { nodes { groupId name archived readOnly usersCount owner { userId username } } } }',
  );
  expect(errors).toEqual([]);
  const common = { readOnly: false, usersCount: 3, owner: { userId: 'owner', username: 'olga' } };
  expect(data['chatGroups']).toEqual({
    nodes: [
      { ...common, groupId: 'r1', name: 'room-1', archived: false },
      { ...common, groupId: 'r2', name: 'Room Two', archived: true },
      { ...common, groupId: 'r3', name: 'room-3', archived: false },
    ],
  });
});

const members = 'GET /api/v1/rooms.membersOrderedByRole';
const info = 'GET /api/v1/groups.info?roomId=r1';
const calls: readonly [document: string, calls: readonly string[]][] = [
  ['chatGroup(id: "r1") { name readOnly owner { username } }', [info]],
  [
    'chatGroup(id: "r1") { groupId members(first: 2) { nodes { user { name } roles } } }',
    [`${members}?roomId=r1&count=2&offset=0`],
  ],
  [
    'chatGroup(id: "r1") { name members(first: 2, filter: "User 3") { nodes { roles } } }',
    [info, `${members}?roomId=r1&filter=User+3&count=2&offset=0`],
  ],
  ['chatGroup(id: "r1") { owner { id name } }', [info, 'GET /api/v1/users.info?userId=owner']],
  ['chatGroups(first: 2) { nodes { name } }', ['GET /api/v1/groups.list?count=2&offset=0']],
];

test.each(calls)('the fields asked decide the calls: %s', async (document, expected) => {
  await using world = await start();
  const { errors } = await world.gateway.sendText(`{ ${document} }`);
  expect(errors).toEqual([]);
  expect(seen(world.vendor).sort()).toEqual([...expected].sort());
});

test.each(['name', 'members { nodes { roles } }'])(
  'a room that is not there, or not to be seen, is null where %s is asked for',
  async (selection) => {
    await using world = await start();
    const query = `{ chatGroup(id: "gone") { ${selection} } }`;
    const { data, errors } = await world.gateway.sendText(query);
    expect({ data, errors }).toEqual({ data: { chatGroup: null }, errors: [] });
  },
);

test('members bear their roles, a plain member none', async () => {
  await using world = await start();
  const { data } = await world.gateway.sendText(
    '{ chatGroup(id: "r1") { members(first: 2) { edges { node { user { userId name } roles } } } } }',
  );
  expect(data['chatGroup']?.['members']).toEqual({
    edges: [
      { node: { user: { userId: 'u1', name: 'User 1' }, roles: ['owner'] } },
      { node: { user: { userId: 'u2', name: 'User 2' }, roles: [] } },
    ],
  });
});

test.each([
  {
    selection: 'nodes { user { userId } roles }',
    nodes: [
      { user: { userId: 'u1' }, roles: [] },
      { user: { userId: 'u2' }, roles: ['owner'] },
    ],
    routes: ['rooms.membersOrderedByRole', 'groups.members', 'groups.roles'],
  },
  {
    selection: 'nodes { user { userId } }',
    nodes: [{ user: { userId: 'u1' } }, { user: { userId: 'u2' } }],
    routes: ['rooms.membersOrderedByRole', 'groups.members'],
  },
])('an older server is asked in its own way: $routes', async ({ selection, nodes, routes }) => {
  await using world = await start(older);
  const { data, errors } = await world.gateway.sendText(
    `{ chatGroup(id: "r1") { members(first: 2) { ${selection} } } }`,
  );
  expect(errors).toEqual([]);
  expect(data['chatGroup']?.['members']).toEqual({ nodes });
  expect(world.vendor.calls.map(({ url }) => url.split(/[/?]/)[3])).toEqual(routes);
});

test('after a leave the caller sees what is left to him: the rooms, and the room only if he may', async () => {
  await using world = await start();
  const leave = (id: string) => `leaveGroup(input: {groupId: "${id}"}) { ... on LeaveGroupSuccess {
    outcome chatGroup { name } chatGroups(first: 2) { nodes { groupId } } } }`;
  const { data, errors } = await world.gateway.sendText(
    `mutation { a: ${leave('gone')} b: ${leave('r3')} }`,
  );
  expect(errors).toEqual([]);
  const chatGroups = { nodes: [{ groupId: 'r1' }, { groupId: 'r2' }] };
  expect(data).toEqual({
    a: { outcome: 'APPLIED', chatGroup: null, chatGroups },
    b: { outcome: 'APPLIED', chatGroup: { name: 'room-3' }, chatGroups },
  });
});

test('after a removal the same document reads the room with its members', async () => {
  await using world = await start();
  const { data, errors } = await world.gateway.sendText(
    `mutation { removeChatGroupMember(input: {groupId: "r1", userId: "u9"}) {
      ... on RemoveChatGroupMemberSuccess { outcome chatGroup { members(first: 1) { nodes { user { userId } } } } } } }`,
  );
  expect(errors).toEqual([]);
  expect(data['removeChatGroupMember']).toEqual({
    outcome: 'APPLIED',
    chatGroup: { members: { nodes: [{ user: { userId: 'u1' } }] } },
  });
});

test('members of an archived room are refused by the vendor, and that is said', async () => {
  await using world = await start([
    [/^GET \/api\/v1\/rooms/, () => refusal('error-room-archived')],
  ]);
  const { data, errors } = await world.gateway.sendText(
    '{ chatGroup(id: "r1") { members { nodes { roles } } } }',
  );
  expect(data).toEqual({ chatGroup: { members: null } });
  expect(errors).toMatchObject([
    { path: ['chatGroup', 'members'], extensions: { code: 'PRECONDITION_FAILED_ERROR' } },
  ]);
});
