import { expect, test } from 'vitest';
import { moveClocks } from '../support/clocks.ts';
import {
  createRange,
  getPage,
  listCalls,
  type Routes,
  startRouted,
} from '../support/list-vendor.ts';
import type { Responder } from '../support/vendor.ts';

const room = (number: number, more: object = {}) => ({
  _id: `r${number}`,
  name: `room-${number}`,
  t: 'p',
  usersCount: 3,
  u: { _id: 'owner', username: 'olga' },
  ...more,
});

const users = createRange(1, 5).map((number) => ({
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
      const groups = getPage(rows, query);
      return { json: { groups, offset: 0, count: groups.length, total: 3, success: true } };
    },
  ],
  [
    /^GET \/api\/v1\/rooms\.membersOrderedByRole$/,
    (query) => {
      if (query.get('roomId') === 'gone') return refusal('error-room-not-found');
      const rows = users.map((one, index) => (index === 0 ? { ...one, roles: ['owner'] } : one));
      const found = rows.filter(({ name }) => name.includes(query.get('filter') ?? ''));
      return { json: { members: getPage(found, query), total: found.length, success: true } };
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

const noSuchRoute = { status: 200, text: '<!DOCTYPE html><title>Rocket.Chat</title>' };

/** Routes of a server before 7.3, which has no list by role. */
const older: Routes = [
  [/^GET \/api\/v1\/rooms\.membersOrderedByRole$/, () => noSuchRoute],
  [
    /^GET \/api\/v1\/groups\.members$/,
    (query) => ({ json: { members: getPage(users, query), total: 5, success: true } }),
  ],
  [
    /^GET \/api\/v1\/groups\.roles$/,
    () => ({
      json: { roles: [{ rid: 'r1', u: { _id: 'u2' }, roles: ['owner'] }], success: true },
    }),
  ],
];

const start = (routes: Routes = chat) => startRouted(routes);

test('shows a room’s fields as the vendor sends them; an omitted flag is false', async () => {
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

test.each(calls)(
  'makes only the calls that the selected fields need: %s',
  async (document, expected) => {
    await using world = await start();
    const { errors } = await world.gateway.sendText(`{ ${document} }`);
    expect(errors).toEqual([]);
    expect(listCalls(world.vendor).sort()).toEqual([...expected].sort());
  },
);

test.each(['name', 'members { nodes { roles } }'])(
  'returns null for a missing or hidden room if %s is selected',
  async (selection) => {
    await using world = await start();
    const query = `{ chatGroup(id: "gone") { ${selection} } }`;
    const { data, errors } = await world.gateway.sendText(query);
    expect({ data, errors }).toEqual({ data: { chatGroup: null }, errors: [] });
  },
);

test('shows the roles of members; a plain member has none', async () => {
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
])(
  'calls the routes that an older server supports: $routes',
  async ({ selection, nodes, routes }) => {
    await using world = await start(older);
    const { data, errors } = await world.gateway.sendText(
      `{ chatGroup(id: "r1") { members(first: 2) { ${selection} } } }`,
    );
    expect(errors).toEqual([]);
    expect(data['chatGroup']?.['members']).toEqual({ nodes });
    expect(world.vendor.calls.map(({ url }) => url.split(/[/?]/)[3])).toEqual(routes);
  },
);

test('after leaving, shows the caller’s remaining rooms, and the room only if it is visible', async () => {
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

test('after a removal, reads the room with its members in the same document', async () => {
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

test('reports the vendor’s refusal to list the members of an archived room', async () => {
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

const userIds = (first = 2) => `{ chatGroup(id: "r1") { members(first: ${first}) {
  nodes { user { userId } } pageInfo { hasNextPage endCursor } } } }`;
const firstTwo = { nodes: [{ user: { userId: 'u1' } }, { user: { userId: 'u2' } }] };
const routesOf = (world: { readonly vendor: { readonly calls: readonly { url: string }[] } }) =>
  world.vendor.calls.map(({ url }) => url.split(/[/?]/)[3]);

test.each([
  { name: 'the page of the web application', reply: noSuchRoute },
  { name: 'a 404 in plain text', reply: { status: 404, text: '404 Not Found' } },
  { name: 'a 405', reply: { status: 405, text: 'Method Not Allowed' } },
  {
    name: 'a 404 in the older form',
    reply: { status: 404, json: { status: 'error', message: 'API endpoint does not exist.' } },
  },
])(
  'reads members by name from a server that answers members by role with $name',
  async ({ reply }) => {
    await using world = await start([
      [/^GET \/api\/v1\/rooms\.membersOrderedByRole$/, () => reply],
      ...older,
    ]);
    const { data, errors } = await world.gateway.sendText(userIds());
    expect(errors).toEqual([]);
    expect(data['chatGroup']?.['members']).toMatchObject(firstTwo);
    expect(routesOf(world)).toEqual(['rooms.membersOrderedByRole', 'groups.members']);
    expect(world.gateway.lines('attempt failed')).toEqual([]);
  },
);

test('remembers for 10 minutes, for every request, that a server lacks members by role, whatever the wall clock shows', async () => {
  using clocks = moveClocks();
  await using world = await start(older);
  const ask = () => world.gateway.sendText(userIds());
  await ask();
  await ask();
  clocks.stepWall(-24 * 60 * 60_000);
  clocks.pass(9 * 60_000);
  await ask();
  expect(routesOf(world)).toEqual([
    'rooms.membersOrderedByRole',
    ...['groups.members', 'groups.members', 'groups.members'],
  ]);
  clocks.pass(60_000);
  await ask();
  expect(routesOf(world).slice(4)).toEqual(['rooms.membersOrderedByRole', 'groups.members']);
});

/** Responds with an HTML page in place of the vendor's response while a condition holds. */
function replacing(answer: Responder, isOn: () => boolean, html: string): Responder {
  return (response, call) => {
    if (!isOn()) return typeof answer === 'function' ? answer(response, call) : undefined;
    response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  };
}

test('reports an error for an HTML page in place of both lists and does not remember it', async () => {
  let isDown = true;
  await using world = await start([
    [
      /^GET \/api\/v1\/rooms\.membersOrderedByRole$/,
      (query) => ({ json: { members: getPage(users, query), total: 5, success: true } }),
    ],
  ]);
  world.vendor.answer = replacing(world.vendor.answer, () => isDown, noSuchRoute.text);
  const down = await world.gateway.sendText(userIds());
  expect(down.data).toEqual({ chatGroup: { members: null } });
  expect(down.errors).toMatchObject([{ extensions: { code: 'VENDOR_CONTRACT_ERROR' } }]);
  isDown = false;
  const up = await world.gateway.sendText(userIds());
  expect(up.errors).toEqual([]);
  expect(up.data['chatGroup']?.['members']).toMatchObject(firstTwo);
  expect(routesOf(world)).toEqual([
    'rooms.membersOrderedByRole',
    'groups.members',
    'rooms.membersOrderedByRole',
  ]);
});

test('reads a 404 of the route itself as an invisible room, with one call', async () => {
  const error = 'The required "roomId" or "roomName" param provided does not match any room';
  await using world = await start([
    [
      /^GET \/api\/v1\/rooms\.membersOrderedByRole$/,
      () => ({ status: 404, json: { success: false, error } }),
    ],
  ]);
  const { data, errors } = await world.gateway.sendText(userIds());
  expect({ data, errors }).toEqual({ data: { chatGroup: null }, errors: [] });
  expect(world.vendor.calls).toHaveLength(1);
});

test.each([
  {
    name: 'unauthorized, and no more',
    json: { success: false, error: 'unauthorized' },
    extensions: {
      code: 'PERMISSION_DENIED_ERROR',
      requiredPermission: 'view-broadcast-member-list',
      vendorStatus: 401,
    },
  },
  ...[
    { success: false, error: 'You must be logged in to do this.' },
    { status: 'error', message: 'unauthorized' },
    { success: false, error: 'unauthorized', status: 'error', message: 'unauthorized' },
  ].map((json) => ({
    name: JSON.stringify(json),
    json,
    extensions: { code: 'AUTHENTICATION_ERROR', problem: 'REJECTED' },
  })),
])('handles a 401 for the members of a broadcast room: $name', async ({ json, extensions }) => {
  await using world = await start([
    [/^GET \/api\/v1\/rooms\.membersOrderedByRole$/, () => ({ status: 401, json })],
  ]);
  const { errors } = await world.gateway.sendText(userIds());
  expect(errors).toMatchObject([{ path: ['chatGroup', 'members'], extensions }]);
  expect(world.vendor.calls).toHaveLength(1);
});

/** Members by role whose rows contain a subscription. */
const listing = (rows: readonly object[]): Routes => [
  [
    /^GET \/api\/v1\/rooms\.membersOrderedByRole$/,
    (query) => ({ json: { members: getPage(rows, query), total: rows.length, success: true } }),
  ],
];
const withSubscription = (number: number, status?: string, roles: string[] = []) => ({
  ...users[number - 1],
  subscription: { _id: `s${number}`, ts: '2026-01-01T00:00:00Z', roles, ...(status && { status }) },
});

test('reads roles from the row, or else from its subscription', async () => {
  await using world = await start(
    listing([
      { ...withSubscription(1, undefined, ['moderator']), roles: ['owner'] },
      withSubscription(2, undefined, ['leader']),
      withSubscription(3),
      users[3] ?? {},
    ]),
  );
  const { data } = await world.gateway.sendText(
    '{ chatGroup(id: "r1") { members { nodes { roles } } } }',
  );
  const nodes = [['owner'], ['leader'], [], []].map((roles) => ({ roles }));
  expect(data['chatGroup']?.['members']).toEqual({ nodes });
});

test('omits people who are only invited, and shows every member on exactly one page', async () => {
  const rows = [1, 2, 3, 4, 5].map((number) =>
    withSubscription(number, [2, 3, 5].includes(number) ? 'INVITED' : undefined),
  );
  for (const first of [1, 2, 3, 5]) {
    await using world = await start(listing(rows));
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await world.gateway.sendText(
        `query ($after: String) { chatGroup(id: "r1") { members(first: ${first}, after: $after) {
          nodes { user { userId } } pageInfo { hasNextPage endCursor } } } }`,
        undefined,
        { variables: { after } },
      );
      expect(errors).toEqual([]);
      const page = data['chatGroup']?.['members'] as unknown as {
        nodes: { user: { userId: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
      found.push(...page.nodes.map(({ user }) => user.userId));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found, `${first} at a time`).toEqual(['u1', 'u4']);
  }
});

test('omits rooms that the caller is only invited to', async () => {
  const rooms = [room(1), room(2, { federated: true }), room(3, { federated: true })];
  await using world = await start([
    [
      /^GET \/api\/v1\/groups\.list$/,
      (query) => ({ json: { groups: getPage(rooms, query), total: 3, success: true } }),
    ],
    [
      /^GET \/api\/v1\/subscriptions\.get$/,
      () => {
        const update = [{ rid: 'r1' }, { rid: 'r2', status: 'INVITED' }, { rid: 'r3' }];
        return { json: { update, remove: [], success: true } };
      },
    ],
  ]);
  const { data, errors } = await world.gateway.sendText('{ chatGroups { nodes { groupId } } }');
  expect(errors).toEqual([]);
  expect(data['chatGroups']).toEqual({ nodes: [{ groupId: 'r1' }, { groupId: 'r3' }] });
  expect(listCalls(world.vendor)).toEqual([
    'GET /api/v1/groups.list?count=20&offset=0',
    'GET /api/v1/subscriptions.get',
  ]);
});

test('reads the caller’s subscriptions once for all pages and lists with a federated room', async () => {
  const rooms = createRange(1, 5).map((id) => room(id, { federated: true }));
  await using world = await start([
    [
      /^GET \/api\/v1\/groups\.list$/,
      (query) => ({ json: { groups: getPage(rooms, query), total: 5, success: true } }),
    ],
    [
      /^GET \/api\/v1\/subscriptions\.get$/,
      () => ({ json: { update: [{ rid: 'r4' }], remove: [], success: true } }),
    ],
  ]);
  const { data, errors } = await world.gateway.sendText(
    '{ chatGroups(first: 2) { nodes { groupId } } all: chatGroups { nodes { groupId } } }',
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    chatGroups: { nodes: [{ groupId: 'r4' }] },
    all: { nodes: [{ groupId: 'r4' }] },
  });
  const read = listCalls(world.vendor).filter((call) => !call.includes('groups.list'));
  expect(read).toEqual(['GET /api/v1/subscriptions.get']);
});

test.each([
  { name: 'none', update: undefined },
  { name: 'one that names no room', update: [{ rid: 'r1' }, { status: 'INVITED' }] },
])(
  'reports an error, not a list with gaps, if the subscriptions cannot be read: $name',
  async ({ update }) => {
    await using world = await start([
      [
        /^GET \/api\/v1\/groups\.list$/,
        () => ({ json: { groups: [room(1, { federated: true })], total: 1, success: true } }),
      ],
      [
        /^GET \/api\/v1\/subscriptions\.get$/,
        () => ({ json: { update, remove: [], success: true } }),
      ],
    ]);
    const { data, errors } = await world.gateway.sendText('{ chatGroups { nodes { groupId } } }');
    expect(data).toEqual({ chatGroups: null });
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_CONTRACT_ERROR' } }]);
  },
);
