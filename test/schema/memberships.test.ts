import { expect, test } from 'vitest';
import {
  createRange,
  getPage,
  listCalls,
  type Routes,
  startRouted,
} from '../support/list-vendor.ts';

const ada = 'ada@example.com';
const uuid = '0b5c7a52-6f1e-4c39-9a57-5d2f4e8b1c30';

/** The responses of the four vendors, which share one URL. */
const wethod: Routes = [
  [
    /^GET \/api\/persons$/,
    (query) => ({
      json: getPage(
        createRange(1, 150).map((id) => ({
          id,
          email: id === 120 ? 'Ada@Example.com' : `p${id}@x.org`,
        })),
        query,
      ),
    }),
  ],
  [
    /^GET \/api\/streams$/,
    () => ({
      json: [
        { id: 1, name: 'One', stream_leaders: [{ id: 1, stream_id: 1, leader_id: 120 }] },
        { id: 2, name: 'Two', stream_leaders: [{ id: 2, stream_id: 2, leader_id: 5 }] },
        {
          id: 3,
          name: 'Three',
          stream_leaders: [
            { id: 3, stream_id: 3, leader_id: 120, deleted_at: '2026-01-01T00:00:00Z' },
          ],
        },
      ],
    }),
  ],
];

const kaitenUsers = (groups: unknown) => [
  { id: 501, email: 'ADA@example.com', groups },
  { id: 502, email: `not-${ada}`, groups: [13] },
];

const kaiten = (groups: unknown): Routes => [
  [/^GET \/company\/users$/, () => ({ json: kaitenUsers(groups) })],
  [
    /^GET \/company\/groups$/,
    (query) => ({
      json: getPage(
        createRange(11, 13).map((id) => ({ id, uid: `g${id}`, name: `Group ${id}` })),
        query,
      ),
    }),
  ],
];

const aerospike: Routes = [
  [/^GET \/organization$/, () => ({ json: { id: 'org', name: 'Acme' } })],
  [
    /^GET \/organization\/members$/,
    () => ({ json: { members: [{ id: uuid, email: ada }], meta: { total: 1 } } }),
  ],
];

const me = (email: string): Routes[number] => [
  /^GET \/api\/v1\/me$/,
  () => ({ json: { _id: 'me', username: 'me', emails: [{ address: email }], success: true } }),
];

const ownRooms = (count: number): Routes[number] => [
  /^GET \/api\/v1\/groups\.list$/,
  (query) => {
    const rooms = createRange(1, count).map((id) => ({ _id: `r${id}`, name: `Room ${id}` }));
    return { json: { groups: getPage(rooms, query), total: count, success: true } };
  },
];

const other = (rooms: object): Routes[number] => [
  /^GET \/api\/v1\/users\.info$/,
  () => ({
    json: {
      user: { _id: 'ada', username: 'ada', emails: [{ address: ada }], ...rooms },
      success: true,
    },
  }),
];

const adasRooms = {
  rooms: [
    { rid: 'r1', name: 'one', t: 'p' },
    { rid: 'c1', name: 'open', t: 'c' },
  ],
};

const start = async (routes: Routes) => {
  const world = await startRouted(routes, { VENDOR_TIMEOUT_MS: '2000', FIELD_TIMEOUT_MS: '4000' });
  return {
    ...world,
    ask: async (selection: string, email = ada) => {
      const query = `query ($email: String!) { memberships(email: $email) { ${selection} } }`;
      const { gateway } = world;
      const { data, errors } = await gateway.sendText(query, undefined, { variables: { email } });
      return { found: data['memberships'], errors };
    },
  };
};

const all = '{ name vendor end { mutation input } }';
const everything = `email streamsLed ${all} groups ${all} organizations ${all} chatGroups ${all}`;

const expected = {
  streamsLed: [
    {
      name: 'One',
      vendor: 'WETHOD',
      end: { mutation: 'detachStreamLeader', input: { streamId: '1', leaderId: '120' } },
    },
  ],
  groups: [
    {
      name: 'Group 11',
      vendor: 'KAITEN',
      end: { mutation: 'removeGroupUser', input: { groupUid: 'g11', userId: '501' } },
    },
  ],
  organizations: [
    {
      name: 'Acme',
      vendor: 'AEROSPIKE',
      end: { mutation: 'removeOrgMember', input: { userId: uuid } },
    },
  ],
  chatGroups: [
    {
      name: 'Room 1',
      vendor: 'ROCKETCHAT',
      end: { mutation: 'removeChatGroupMember', input: { groupId: 'r1', userId: 'ada' } },
    },
  ],
};

test('finds the memberships in all four vendors, each with the mutation that ends it, at the documented cost', async () => {
  await using world = await start([
    ...wethod,
    ...kaiten([11]),
    ...aerospike,
    me('me@example.com'),
    other(adasRooms),
    ownRooms(1),
  ]);
  const { found, errors } = await world.ask(everything, 'ADA@example.COM');
  expect(errors).toEqual([]);
  expect(found).toEqual({ email: ada, ...expected });
  expect(listCalls(world.vendor).sort()).toEqual([
    'GET /api/persons?limit=100&offset=0',
    'GET /api/persons?limit=100&offset=100',
    'GET /api/streams?limit=100&offset=0&include=streamLeaders',
    'GET /api/v1/groups.list?count=100&offset=0',
    'GET /api/v1/me',
    'GET /api/v1/users.info?email=ada@example.com&includeUserRooms=true',
    'GET /company/groups?limit=100&offset=0',
    'GET /company/users?limit=100&offset=0&for_members_section=true&temporarily_inactive_status=all_users&query=ada@example.com',
    'GET /organization',
    'GET /organization/members?limit=100&offset=0',
  ]);
});

test('offers leaveGroup for the caller’s own rooms, by GET me', async () => {
  await using world = await start([me('ADA@example.com'), ownRooms(120)]);
  const { found, errors } = await world.ask('chatGroups { name isCaller end { mutation input } }');
  expect(errors).toEqual([]);
  expect(found?.['chatGroups']).toHaveLength(120);
  expect(found?.['chatGroups']).toMatchObject(
    createRange(1, 120).map((id) => ({
      name: `Room ${id}`,
      isCaller: true,
      end: { mutation: 'leaveGroup', input: { groupId: `r${id}` } },
    })),
  );
  expect(world.vendor.calls).toHaveLength(3);
});

test('offers leaveGroup only for the caller', async () => {
  for (const email of ['me@example.com', 'ada@example.com.evil.org', 'xada@example.com', '']) {
    await using world = await start([me(email), other(adasRooms)]);
    const { found } = await world.ask('chatGroups { end { mutation } }');
    expect(found).toEqual({ chatGroups: [{ end: { mutation: 'removeChatGroupMember' } }] });
  }
});

test('checks the caller’s own rooms one by one if the rooms of others are hidden', async () => {
  await using world = await start([
    me('me@example.com'),
    other({}),
    ownRooms(3),
    [
      /^GET \/api\/v1\/rooms\.isMember$/,
      (query) => ({ json: { isMember: query.get('roomId') === 'r2', success: true } }),
    ],
  ]);
  const { found, errors } = await world.ask('chatGroups { name end { input } }');
  expect(errors).toEqual([]);
  expect(found).toEqual({
    chatGroups: [{ name: 'Room 2', end: { input: { groupId: 'r2', userId: 'ada' } } }],
  });
  expect(world.vendor.calls).toHaveLength(6);
});

test('reports an error, not a list with gaps, for more rooms than it may check one by one', async () => {
  await using world = await start([me('me@example.com'), other({}), ownRooms(51)]);
  const { found, errors } = await world.ask('chatGroups { name }');
  expect(found).toEqual({ chatGroups: null });
  expect(errors).toMatchObject([
    {
      path: ['memberships', 'chatGroups'],
      extensions: {
        code: 'PERMISSION_DENIED_ERROR',
        requiredPermission: 'view-other-user-channels',
      },
    },
  ]);
  expect(listCalls(world.vendor).some((call) => call.includes('isMember'))).toBe(false);
});

test('reports that a server has no search by address', async () => {
  await using world = await start([
    me('me@example.com'),
    [
      /^GET \/api\/v1\/users\.info$/,
      () => ({ status: 400, json: { success: false, error: 'x', errorType: 'invalid-params' } }),
    ],
  ]);
  const { errors } = await world.ask('chatGroups { name }');
  expect(errors).toMatchObject([
    { message: expect.stringContaining('8.4'), extensions: { code: 'PRECONDITION_FAILED_ERROR' } },
  ]);
});

test('rejects a response about another person', async () => {
  const bob = { user: { _id: 'bob', emails: [{ address: 'bob@example.com' }], ...adasRooms } };
  await using world = await start([
    me('me@example.com'),
    [/^GET \/api\/v1\/users\.info$/, () => ({ json: { ...bob, success: true } })],
  ]);
  const { found, errors } = await world.ask('chatGroups { name }');
  expect(found).toEqual({ chatGroups: null });
  expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_CONTRACT_ERROR' } }]);
});

test('returns no memberships for a person unknown to all vendors, and reads no list of groups', async () => {
  await using world = await start([
    ...wethod,
    ...kaiten([11]),
    ...aerospike,
    me('me@example.com'),
    [
      /^GET \/api\/v1\/users\.info$/,
      (query) =>
        query.has('email')
          ? { status: 400, json: { success: false, error: 'User not found.' } }
          : { json: { user: { _id: 'rocket.cat', canViewAllInfo: true }, success: true } },
    ],
  ]);
  const { found, errors } = await world.ask(everything, 'nobody@example.com');
  expect({ found, errors }).toEqual({
    found: {
      email: 'nobody@example.com',
      streamsLed: [],
      groups: [],
      organizations: [],
      chatGroups: [],
    },
    errors: [],
  });
  expect(listCalls(world.vendor).filter((call) => /streams|company\/groups/.test(call))).toEqual(
    [],
  );
});

test.each([
  { name: 'numbers', groups: [11, 12] },
  { name: 'objects', groups: [{ id: 11, uid: 'g11' }, { id: 12 }] },
])('reads the groups of a Kaiten user as $name', async ({ groups }) => {
  await using world = await start(kaiten(groups));
  const { found, errors } = await world.ask('groups { name user { email } group { uid } }');
  expect(errors).toEqual([]);
  expect(found).toMatchObject({
    groups: [
      { name: 'Group 11', user: { email: 'ADA@example.com' }, group: { uid: 'g11' } },
      { name: 'Group 12', group: { uid: 'g12' } },
    ],
  });
});

const whole = (id: number) => ({
  created: '2025-02-11T09:15:27.412Z',
  updated: '2026-09-01T08:30:00.000Z',
  id,
  uid: `u${id}`,
  name: `Own name ${id}`,
  company_id: 1,
  permissions: 0,
  add_to_cards_and_spaces_enabled: true,
  spaces: [],
  user_id: 501,
  group_id: id,
});

test('reads groups from the Kaiten user’s row without a list of groups', async () => {
  await using world = await start(kaiten([whole(11), whole(99)]));
  const { found, errors } = await world.ask(
    'groups { name group { uid name createdAt updatedAt } end { input } }',
  );
  expect(errors).toEqual([]);
  const row = (id: number) => ({
    name: `Own name ${id}`,
    group: {
      uid: `u${id}`,
      name: `Own name ${id}`,
      createdAt: '2025-02-11T09:15:27.412Z',
      updatedAt: '2026-09-01T08:30:00.000Z',
    },
    end: { input: { groupUid: `u${id}`, userId: '501' } },
  });
  expect(found).toEqual({ groups: [row(11), row(99)] });
  expect(world.vendor.calls).toHaveLength(1);
});

test('reads the list of groups only for groups that a row identifies by number', async () => {
  await using world = await start(
    kaiten([whole(99), 12, { id: '13' }, 98, { id: 97, uid: 'u97' }]),
  );
  const { found, errors } = await world.ask('groups { name group { uid } }');
  expect(found).toEqual({
    groups: [
      { name: 'Own name 99', group: { uid: 'u99' } },
      { name: 'Group 12', group: { uid: 'g12' } },
      { name: 'Group 13', group: { uid: 'g13' } },
      null,
      { name: null, group: { uid: 'u97' } },
    ],
  });
  expect(errors).toMatchObject([{ path: ['memberships', 'groups', 3] }]);
});

test('shows other matches if the groups of one Kaiten user cannot be read', async () => {
  const users = [
    { id: 501, email: ada, groups: [whole(11)] },
    { id: 502, email: `not-${ada}` },
    { id: 503, email: null, groups: 'x' },
  ];
  await using world = await start([[/^GET \/company\/users$/, () => ({ json: users })]]);
  const { found, errors } = await world.ask('groups { name }');
  expect({ found, errors }).toEqual({ found: { groups: [{ name: 'Own name 11' }] }, errors: [] });
});

test('reports an error in place of a group that Kaiten names and does not list', async () => {
  await using world = await start(kaiten([11, 99]));
  const { found, errors } = await world.ask('groups { name }');
  expect(found).toEqual({ groups: [{ name: 'Group 11' }, null] });
  expect(errors).toMatchObject([
    {
      path: ['memberships', 'groups', 1],
      message: 'Kaiten did not return group 99.',
      extensions: { code: 'VENDOR_CONTRACT_ERROR', vendor: 'KAITEN' },
    },
  ]);
});

test('finds callers who cannot see their own address, and offers them leaveGroup', async () => {
  const found: Routes[number] = [
    /^GET \/api\/v1\/users\.info$/,
    () => ({ json: { user: { _id: 'me', username: 'me', ...adasRooms }, success: true } }),
  ];
  await using world = await start([me(''), found]);
  const { found: answer } = await world.ask('chatGroups { isCaller end { mutation input } }');
  expect(answer).toEqual({
    chatGroups: [{ isCaller: true, end: { mutation: 'leaveGroup', input: { groupId: 'r1' } } }],
  });
});

test.each(['streamsLed', 'groups', 'organizations', 'chatGroups'])(
  'does not return an empty list of %s if the vendor has none of the routes',
  async (list) => {
    await using world = await start([]);
    const { found, errors } = await world.ask(`${list} { vendor }`);
    expect(found).toEqual({ [list]: null });
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_CONTRACT_ERROR' } }]);
  },
);

test.each([undefined, null, 'x', [{ uid: 'g11' }]])(
  'reports an error, not an empty list, for a Kaiten user with the groups %j',
  async (groups) => {
    await using world = await start(kaiten(groups));
    const { found, errors } = await world.ask('groups { name }');
    expect(found).toEqual({ groups: null });
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_CONTRACT_ERROR' } }]);
  },
);

test('shows the other vendors’ memberships if one vendor fails', async () => {
  await using world = await start([
    [/^GET \/api\/persons$/, () => ({ status: 403, json: { key: 'forbidden', message: 'No.' } })],
    ...kaiten([11]),
    ...aerospike,
    me('me@example.com'),
    other(adasRooms),
    ownRooms(1),
  ]);
  const { found, errors } = await world.ask(everything);
  expect(found).toEqual({ email: ada, ...expected, streamsLed: null });
  expect(errors).toMatchObject([
    {
      path: ['memberships', 'streamsLed'],
      extensions: {
        code: 'PERMISSION_DENIED_ERROR',
        vendor: 'WETHOD',
        requiredPermission: 'settings.team',
      },
    },
  ]);
});

test('calls only the vendors whose lists are selected', async () => {
  await using world = await start(aerospike);
  await world.ask('organizations { member { email } end { input } }');
  expect(listCalls(world.vendor)).toEqual(['GET /organization/members?limit=100&offset=0']);
});

test.each([
  '',
  'ada',
  'ada@',
  '@example.com',
  'a b@example.com',
  'a@b,c@d',
  `${'x'.repeat(300)}@y`,
])('rejects the address %j before any call', async (email) => {
  await using world = await start([]);
  const { found, errors } = await world.ask(everything, email);
  expect(found).toBe(null);
  expect(errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT_ERROR', issues: [{ path: ['email'] }] } },
  ]);
  expect(world.vendor.calls).toHaveLength(0);
});
