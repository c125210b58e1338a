import { expect, test } from 'vitest';
import { aerospikeSimulator } from '../../src/sandbox/aerospike.ts';
import { kaitenSimulator } from '../../src/sandbox/kaiten.ts';
import { rocketChatSimulator } from '../../src/sandbox/rocketchat.ts';
import { type SimulatedVendor, startSimulator } from '../../src/sandbox/simulator.ts';
import { wethodSimulator } from '../../src/sandbox/wethod.ts';

const room = 'ByehQjC44FwMeiLbX';
const allHands = 'Al1HaNdSrOoMx5Yz2';
const [caller, irina, maria] = ['rbAXPnMktTFbNpwtJ', 'aobEdbYhXfu5hkeqG', 'k3WpTzR8sLmYvQn6D'];

/** Calls a simulated vendor as its clients do; the JSON of its answer, null where it has no body. */
async function start(vendor: SimulatedVendor) {
  const simulator = await startSimulator(vendor);
  const call = async (
    path: string,
    {
      token = 'sandbox',
      user = caller,
      body,
    }: { token?: string; user?: string; body?: object } = {},
  ) => {
    const response = await fetch(simulator.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'wethod-company': 'acme',
        'x-auth-token': token,
        'x-user-id': user ?? '',
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? null : JSON.parse(text) };
  };
  return { call, [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose]() };
}

const sizes: readonly [name: string, vendor: () => SimulatedVendor, path: string, size: number][] =
  [
    ['Wethod’s persons, without a limit', wethodSimulator, '/api/persons', 100],
    ['Wethod’s persons, the last page', wethodSimulator, '/api/persons?limit=100&offset=200', 50],
    ['Wethod’s persons, behind the end', wethodSimulator, '/api/persons?offset=250', 0],
    ['Wethod’s streams', wethodSimulator, '/api/streams', 24],
    ['Wethod’s archived streams', wethodSimulator, '/api/streams?is_archived=true', 2],
    ['Wethod’s streams by name', wethodSimulator, '/api/streams?search=CON', 1],
    ['Wethod’s members of a stream', wethodSimulator, '/api/streams/1/members', 3],
    ['Kaiten’s groups', kaitenSimulator, '/api/latest/company/groups', 3],
    ['Kaiten’s groups by name', kaitenSimulator, '/api/latest/company/groups?query=hands', 1],
    [
      'Kaiten’s users of a group, 100 at most',
      kaitenSimulator,
      '/api/latest/groups/1d9b7c52-3f64-4a8e-b0d7-5e2c8f6a9b41/users',
      100,
    ],
    [
      'Kaiten’s users of a group, where it has no paging',
      () => kaitenSimulator({ pagesGroupUsers: false }),
      '/api/latest/groups/1d9b7c52-3f64-4a8e-b0d7-5e2c8f6a9b41/users?limit=5',
      1_000,
    ],
    [
      'Kaiten’s users by id, the unknown left out',
      kaitenSimulator,
      '/api/latest/users?ids=501,9,505',
      2,
    ],
    ['Kaiten’s users, 100 at most', kaitenSimulator, '/api/latest/users?limit=500', 100],
  ];

test.each(sizes)('%s: a bare list, without a total', async (_name, vendor, path, size) => {
  await using simulator = await start(vendor());
  expect((await simulator.call(path)).json).toHaveLength(size);
});

test.each(['limit=0', 'limit=101', 'limit=x', 'offset=-1', 'include=leaders'])(
  'Wethod refuses %s with the failures',
  async (query) => {
    await using simulator = await start(wethodSimulator());
    const field = query.split('=')[0];
    expect(await simulator.call(`/api/streams?${query}`)).toMatchObject({
      status: 400,
      json: { key: 'invalid_data', failures: [{ field }] },
    });
  },
);

test('Wethod’s streams bear their links only where they are included; about 50 leaders in all', async () => {
  await using simulator = await start(wethodSimulator());
  const { json: plain } = await simulator.call('/api/streams');
  expect(plain[0]).not.toHaveProperty('stream_leaders');
  const { json } = await simulator.call('/api/streams?include=streamLeaders,streamMembers');
  const leaders = (json as { stream_leaders: unknown[] }[]).flatMap((one) => one.stream_leaders);
  expect(leaders).toHaveLength(50);
  expect(json[0].stream_members).toHaveLength(3);
});

test.each([
  { option: 'live', count: 2 },
  { option: 'all', count: 3 },
] as const)('Wethod’s included leaders: $option', async ({ option, count }) => {
  await using vendor = await startSimulator(wethodSimulator({ includedLeaders: option }));
  const headers = { authorization: 'Bearer sandbox', 'wethod-company': 'acme' };
  await fetch(`${vendor.url}/api/streams/1/leaders/101`, { method: 'DELETE', headers });
  const response = await fetch(`${vendor.url}/api/streams?include=streamLeaders`, { headers });
  const [first] = (await response.json()) as { stream_leaders: unknown[] }[];
  expect(first?.stream_leaders).toHaveLength(count);
});

test('what a permission keeps from being read differs: Wethod’s persons from its streams', async () => {
  await using simulator = await start(wethodSimulator());
  const token = 'sandbox-forbidden';
  const streams = await simulator.call('/api/streams', { token });
  expect(streams).toMatchObject({
    status: 403,
    json: { message: expect.stringMatching(/settings\.company/) },
  });
  const persons = await simulator.call('/api/persons', { token });
  expect(persons).toMatchObject({
    status: 403,
    json: { message: expect.stringMatching(/settings\.team/) },
  });
  expect((await simulator.call('/api/persons', { token: 'sandbox-plan' })).status).toBe(200);
});

test('Kaiten’s users need no right to the members section, its groups do', async () => {
  await using simulator = await start(kaitenSimulator());
  const token = 'sandbox-forbidden';
  expect((await simulator.call('/api/latest/users?ids=501', { token })).status).toBe(200);
  expect(await simulator.call('/api/latest/users/current', { token })).toMatchObject({
    json: { id: 502, full_name: 'Pavel Orlov' },
  });
  const refused = await simulator.call('/api/latest/company/groups', { token });
  expect(refused).toEqual({ status: 403, json: null });
});

test.each(['ids', 'objects'] as const)(
  'Kaiten’s company users tell their groups as %s, in the members section only',
  async (companyUserGroups) => {
    await using simulator = await start(kaitenSimulator({ companyUserGroups }));
    const path = '/api/latest/company/users?query=irina.sokolova@example.com';
    expect((await simulator.call(path)).json[0]).not.toHaveProperty('groups');
    const { json } = await simulator.call(`${path}&for_members_section=true`);
    const ids = companyUserGroups === 'ids' ? [11, 13] : [{ id: 11 }, { id: 13 }];
    expect(json).toMatchObject([{ id: 501, groups: ids }]);
  },
);

test.each(['object', 'array'] as const)(
  'one group of Kaiten comes as an %s',
  async (groupShape) => {
    await using simulator = await start(kaitenSimulator({ groupShape }));
    const uid = 'c81d3e64-90af-4b7c-8e25-1f6a0d94b7e3';
    const { json } = await simulator.call(`/api/latest/company/groups/${uid}`);
    expect(Array.isArray(json) ? json[0] : json).toMatchObject({ id: 12, uid });
    expect(Array.isArray(json)).toBe(groupShape === 'array');
    const unknown = await simulator.call('/api/latest/company/groups/none');
    expect(unknown).toEqual({ status: 404, json: null });
  },
);

test('Aerospike gives 10 members by itself, 100 at most, and the total', async () => {
  await using simulator = await start(aerospikeSimulator());
  const page = (query: string) => simulator.call(`/v2/organization/members${query}`);
  expect((await page('')).json).toMatchObject({ count: 10, meta: { total: 130, limit: 10 } });
  expect((await page('?limit=100&offset=100')).json).toMatchObject({ count: 30 });
  for (const query of ['?limit=101', '?limit=0', '?offset=-1']) {
    expect((await page(query)).status, query).toBe(400);
  }
  expect(await simulator.call('/v2/organization', { token: 'sandbox-forbidden' })).toMatchObject({
    status: 403,
    json: { detail: expect.stringMatching(/read:org/) },
  });
});

test('Aerospike may tell no total', async () => {
  await using simulator = await start(aerospikeSimulator({ total: 'missing' }));
  const { json } = await simulator.call('/v2/organization/members');
  expect(json).toMatchObject({ count: 10, meta: null });
});

test('Rocket.Chat gives 50 members by itself, lowers more than 100, and takes 0 for all', async () => {
  await using simulator = await start(rocketChatSimulator());
  const counts = ['', '&count=1000', '&count=0', '&count=100&offset=200'].map(async (query) => {
    const { json } = await simulator.call(`/api/v1/groups.members?roomId=${allHands}${query}`);
    return [json.count, json.total];
  });
  expect(await Promise.all(counts)).toEqual([
    [50, 250],
    [100, 250],
    [250, 250],
    [50, 250],
  ]);
});

test('Rocket.Chat’s members by role: owners, moderators, the rest, each by user name', async () => {
  await using simulator = await start(rocketChatSimulator());
  const path = `/api/v1/rooms.membersOrderedByRole?roomId=${allHands}&count=100`;
  const { json } = await simulator.call(path);
  const rows = json.members as { _id: string; username: string; roles?: string[] }[];
  expect(rows.slice(0, 2)).toMatchObject([
    { _id: irina, roles: ['owner'] },
    { _id: maria, roles: ['moderator'] },
  ]);
  const names = rows.slice(2).map(({ username }) => username);
  expect(names).toEqual(names.toSorted());
  const roles = await simulator.call(`/api/v1/groups.roles?roomId=${allHands}`);
  expect(roles.json.roles).toMatchObject([{ roles: ['owner'] }, { roles: ['moderator'] }]);
});

const rocketChat: readonly [rule: string, path: string, status: number, json: object][] = [
  [
    'a room that the caller is not in',
    'groups.info?roomId=Pv4TeOfOtH6jKl9Mn',
    400,
    { errorType: 'error-room-not-found' },
  ],
  ['no room named', 'groups.info', 400, { errorType: 'error-room-param-not-provided' }],
  [
    'an archived room',
    'groups.members?roomId=Ar5ChiVedRm9Xy2Wz',
    400,
    { errorType: 'error-room-archived' },
  ],
  [
    'the archived room itself',
    'groups.info?roomId=Ar5ChiVedRm9Xy2Wz',
    200,
    { group: { archived: true } },
  ],
  ['the caller’s own rooms', 'groups.list', 200, { total: 6, success: true }],
  ['all rooms', 'groups.listAll', 200, { total: 8 }],
  ['a member', `rooms.isMember?roomId=${room}&userId=${maria}`, 200, { isMember: true }],
  [
    'no member',
    `rooms.isMember?roomId=Gx2ZrTq9uVnLpW5sM&userId=${maria}`,
    200,
    { isMember: false },
  ],
  [
    'an unknown user',
    `rooms.isMember?roomId=${room}&userId=x`,
    400,
    { error: 'error-user-not-found' },
  ],
  [
    'a member of a room not to be seen',
    `rooms.isMember?roomId=Pv4TeOfOtH6jKl9Mn&userId=${maria}`,
    403,
    { error: 'unauthorized' },
  ],
  ['a user who is not there', 'users.info?userId=x', 400, { error: 'User not found.' }],
  [
    'two users at once',
    `users.info?userId=${irina}&username=irina.sokolova`,
    400,
    { errorType: 'invalid-params' },
  ],
  [
    'a user by address',
    'users.info?email=irina.sokolova@example.com',
    200,
    { user: { _id: irina } },
  ],
  ['the caller', 'me', 200, { _id: caller, emails: [{ address: 'pavel.orlov@example.com' }] }],
];

test.each(rocketChat)('Rocket.Chat answers for %s', async (_rule, path, status, json) => {
  await using simulator = await start(rocketChatSimulator());
  expect(await simulator.call(`/api/v1/${path}`)).toMatchObject({ status, json });
});

test('Rocket.Chat 7.2 has no members by role, and finds nobody by address', async () => {
  await using simulator = await start(rocketChatSimulator({ version: '7.2' }));
  const byRole = await simulator.call(`/api/v1/rooms.membersOrderedByRole?roomId=${room}`);
  expect(byRole.status).toBe(404);
  const found = await simulator.call('/api/v1/users.info?email=irina.sokolova@example.com');
  expect(found).toMatchObject({ status: 400, json: { errorType: 'invalid-params' } });
});

test('the rooms of others are shown to those who may see them, one’s own to everybody', async () => {
  await using simulator = await start(rocketChatSimulator({ viewsOtherRooms: false }));
  const rooms = async (userId: string | undefined) => {
    const path = `/api/v1/users.info?userId=${userId}&includeUserRooms=true`;
    return (await simulator.call(path)).json.user.rooms;
  };
  expect(await rooms(irina)).toBeUndefined();
  expect(await rooms(caller)).toHaveLength(6);
});

const kicks: readonly [
  rule: string,
  roomId: string,
  userId: string | undefined,
  token: string,
  expected: object,
][] = [
  [
    'a room not to be seen first',
    'Pv4TeOfOtH6jKl9Mn',
    'x',
    'sandbox-forbidden',
    { errorType: 'error-room-not-found' },
  ],
  ['then an unknown user', room, 'x', 'sandbox-forbidden', { errorType: 'error-invalid-user' }],
  [
    'then the permission',
    'Gx2ZrTq9uVnLpW5sM',
    maria,
    'sandbox-forbidden',
    { errorType: 'error-not-allowed' },
  ],
  [
    'then who is not in the room',
    'Gx2ZrTq9uVnLpW5sM',
    maria,
    'sandbox',
    { errorType: 'error-user-not-in-room' },
  ],
  ['then the last owner', room, irina, 'sandbox', { errorType: 'error-you-are-last-owner' }],
  ['and else removes', room, maria, 'sandbox', { success: true }],
];

test.each(kicks)('groups.kick looks for %s', async (_rule, roomId, userId, token, expected) => {
  await using simulator = await start(rocketChatSimulator());
  const { json } = await simulator.call('/api/v1/groups.kick', { token, body: { roomId, userId } });
  expect(json).toMatchObject(expected);
});
