import { expect, test } from 'vitest';
import { createAerospikeSimulator } from '../../src/sandbox/aerospike.ts';
import { createKaitenSimulator } from '../../src/sandbox/kaiten.ts';
import { createRocketChatSimulator } from '../../src/sandbox/rocketchat.ts';
import { type SimulatedVendor, startSimulator } from '../../src/sandbox/simulator.ts';
import { createWethodSimulator } from '../../src/sandbox/wethod.ts';

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
      method = body === undefined ? 'GET' : 'POST',
    }: { token?: string; user?: string; body?: object; method?: string } = {},
  ) => {
    const response = await fetch(simulator.url + path, {
      method,
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
    const json = text === '' ? null : JSON.parse(text);
    return { status: response.status, json, headers: response.headers };
  };
  const { reset } = simulator;
  return { call, reset, [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose]() };
}

const sizes: readonly [name: string, vendor: () => SimulatedVendor, path: string, size: number][] =
  [
    ['Wethod’s persons, without a limit', createWethodSimulator, '/api/persons', 100],
    [
      'Wethod’s persons, the last page',
      createWethodSimulator,
      '/api/persons?limit=100&offset=200',
      50,
    ],
    ['Wethod’s persons, behind the end', createWethodSimulator, '/api/persons?offset=250', 0],
    ['Wethod’s streams', createWethodSimulator, '/api/streams', 24],
    ['Wethod’s archived streams', createWethodSimulator, '/api/streams?is_archived=true', 2],
    ['Wethod’s streams by name', createWethodSimulator, '/api/streams?search=CON', 1],
    ['Wethod’s streams in use', createWethodSimulator, '/api/streams?is_archived=false', 22],
    [
      'Wethod’s streams, the last page',
      createWethodSimulator,
      '/api/streams?limit=10&offset=20',
      4,
    ],
    ['Wethod’s members of a stream', createWethodSimulator, '/api/streams/1/members', 3],
    [
      'Wethod’s members of a stream, by page',
      createWethodSimulator,
      '/api/streams/1/members?limit=2&offset=2',
      1,
    ],
    ['Kaiten’s groups', createKaitenSimulator, '/api/latest/company/groups', 3],
    ['Kaiten’s groups by page', createKaitenSimulator, '/api/latest/company/groups?offset=2', 1],
    ['Kaiten’s groups by name', createKaitenSimulator, '/api/latest/company/groups?query=hands', 1],
    [
      'Kaiten’s users of a group, 100 at most',
      createKaitenSimulator,
      '/api/latest/groups/1d9b7c52-3f64-4a8e-b0d7-5e2c8f6a9b41/users',
      100,
    ],
    [
      'Kaiten’s users of a group, the last page',
      createKaitenSimulator,
      '/api/latest/groups/5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10/users?limit=3&offset=3',
      1,
    ],
    [
      'Kaiten’s users of a group, where it has no paging',
      () => createKaitenSimulator({ pagesGroupUsers: false }),
      '/api/latest/groups/1d9b7c52-3f64-4a8e-b0d7-5e2c8f6a9b41/users?limit=5',
      1_000,
    ],
    [
      'Kaiten’s users by id, the unknown left out',
      createKaitenSimulator,
      '/api/latest/users?ids=501,9,505',
      2,
    ],
    ['Kaiten’s users by name', createKaitenSimulator, '/api/latest/users?query=LINDHOLM', 1],
    ['Kaiten’s users, the last page', createKaitenSimulator, '/api/latest/users?offset=990', 10],
    [
      'Kaiten’s company users, 100 at most',
      createKaitenSimulator,
      '/api/latest/company/users',
      100,
    ],
    ['Kaiten’s users, 100 at most', createKaitenSimulator, '/api/latest/users?limit=500', 100],
  ];

test.each(sizes)('%s: a bare list, without a total', async (_name, vendor, path, size) => {
  await using simulator = await start(vendor());
  expect((await simulator.call(path)).json).toHaveLength(size);
});

test.each(['limit=0', 'limit=101', 'limit=x', 'offset=-1', 'include=leaders'])(
  'Wethod rejects %s with its failures',
  async (query) => {
    await using simulator = await start(createWethodSimulator());
    const field = query.split('=')[0];
    expect(await simulator.call(`/api/streams?${query}`)).toMatchObject({
      status: 400,
      json: { key: 'invalid_data', failures: [{ field }] },
    });
  },
);

test('Wethod’s streams have their links only if they are included; 50 leaders in all', async () => {
  await using simulator = await start(createWethodSimulator());
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
  await using simulator = await start(createWethodSimulator({ includedLeaders: option }));
  await simulator.call('/api/streams/1/leaders/101', { method: 'DELETE' });
  const { json } = await simulator.call('/api/streams?include=streamLeaders');
  expect(json[0].stream_leaders).toHaveLength(count);
});

test('a stream of Wethod has no links, and an unknown one is a 404 with a key', async () => {
  await using simulator = await start(createWethodSimulator());
  const one = await simulator.call('/api/streams/3?include=streamLeaders');
  expect(one).toMatchObject({ status: 200, json: { id: 3, name: 'Legacy', is_default: false } });
  expect(one.json).not.toHaveProperty('stream_leaders');
  expect(one.json.archived_at).toEqual(expect.any(String));
  for (const path of ['99', '99/leaders', '99/members']) {
    const unknown = await simulator.call(`/api/streams/${path}`);
    expect(unknown, path).toMatchObject({ status: 404, json: { key: 'not_found' } });
  }
});

test('a detached leader stays in Wethod’s list, with the time of the deletion', async () => {
  await using simulator = await start(createWethodSimulator());
  await simulator.call('/api/streams/1/leaders/101', { method: 'DELETE' });
  const { json } = await simulator.call('/api/streams/1/leaders');
  expect(json).toMatchObject([
    { leader_id: 101, deleted_at: expect.any(String) },
    { leader_id: 102, deleted_at: null },
    { leader_id: 103, deleted_at: null },
  ]);
});

test('every person of Wethod can be attached, including the last one', async () => {
  await using simulator = await start(createWethodSimulator());
  const attached = await simulator.call('/api/streams/4/leaders/350', { method: 'POST' });
  expect(attached).toMatchObject({ status: 200, json: { stream_id: 4, leader_id: 350 } });
  const unknown = await simulator.call('/api/streams/4/leaders/351', { method: 'POST' });
  expect(unknown.status).toBe(404);
});

test('each address belongs to one person, and shared people have the same names everywhere', async () => {
  await using wethod = await start(createWethodSimulator());
  const pages = [0, 100, 200].map(async (offset) => {
    const { json } = await wethod.call(`/api/persons?offset=${offset}`);
    return (json as { email: string }[]).map(({ email }) => email);
  });
  const emails = (await Promise.all(pages)).flat();
  expect(new Set(emails).size).toBe(250);
  expect(emails.slice(0, 3)).toEqual([
    'irina.sokolova@example.com',
    'pavel.orlov@example.com',
    'maria.lindholm@example.com',
  ]);
});

test('Wethod’s persons and streams require different permissions', async () => {
  await using simulator = await start(createWethodSimulator());
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
});

test('a plan without Streams blocks reading Wethod’s streams, but not its persons', async () => {
  await using simulator = await start(createWethodSimulator());
  const token = 'sandbox-plan';
  for (const path of ['', '/1', '/1/leaders', '/1/members']) {
    const refused = await simulator.call(`/api/streams${path}`, { token });
    expect(refused, path).toMatchObject({ status: 412, json: { key: 'precondition_failure' } });
  }
  expect((await simulator.call('/api/persons', { token })).status).toBe(200);
});

test('a plan without groups blocks reading Kaiten’s groups, but not its users', async () => {
  await using simulator = await start(createKaitenSimulator());
  const token = 'sandbox-plan';
  expect(await simulator.call('/api/latest/company/groups', { token })).toMatchObject({
    status: 402,
    json: { message: expect.any(String) },
  });
  expect((await simulator.call('/api/latest/users?ids=501', { token })).status).toBe(200);
});

test('Kaiten’s groups require permission for the members section, its users do not', async () => {
  await using simulator = await start(createKaitenSimulator());
  const token = 'sandbox-forbidden';
  expect((await simulator.call('/api/latest/users?ids=501', { token })).status).toBe(200);
  expect(await simulator.call('/api/latest/users/current', { token })).toMatchObject({
    json: { id: 502, full_name: 'Pavel Orlov' },
  });
  const refused = await simulator.call('/api/latest/company/groups', { token });
  expect(refused).toMatchObject({ status: 403, json: null });
});

test.each(['ids', 'objects'] as const)(
  'Kaiten’s company users list their groups as %s, in the members section only',
  async (companyUserGroups) => {
    await using simulator = await start(createKaitenSimulator({ companyUserGroups }));
    const path = '/api/latest/company/users?query=irina.sokolova@example.com';
    expect((await simulator.call(path)).json[0]).not.toHaveProperty('groups');
    const { json } = await simulator.call(`${path}&for_members_section=true`);
    const ids = companyUserGroups === 'ids' ? [11, 13] : [{ id: 11 }, { id: 13 }];
    expect(json).toMatchObject([{ id: 501, groups: ids }]);
  },
);

test.each(['object', 'array'] as const)('a group of Kaiten comes as an %s', async (groupShape) => {
  await using simulator = await start(createKaitenSimulator({ groupShape }));
  const uid = 'c81d3e64-90af-4b7c-8e25-1f6a0d94b7e3';
  const { json } = await simulator.call(`/api/latest/company/groups/${uid}`);
  expect(Array.isArray(json) ? json[0] : json).toMatchObject({ id: 12, uid });
  expect(Array.isArray(json)).toBe(groupShape === 'array');
  const unknown = await simulator.call('/api/latest/company/groups/none');
  expect(unknown).toMatchObject({ status: 404, json: null });
});

test.each(['', '?limit=5', '?limit=101', '?offset=100', '?limit=10&offset=-1'])(
  'Aerospike has switched paging off: members%s are all members',
  async (query) => {
    await using simulator = await start(createAerospikeSimulator());
    const { status, json } = await simulator.call(`/v2/organization/members${query}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ count: 130, meta: { total: 130 }, members: { length: 130 } });
  },
);

test('with paging, Aerospike returns 10 members by default, 100 at most, and the total', async () => {
  await using simulator = await start(createAerospikeSimulator({ paging: 'on' }));
  const page = (query: string) => simulator.call(`/v2/organization/members${query}`);
  expect((await page('')).json).toMatchObject({ count: 10, meta: { total: 130, limit: 10 } });
  expect((await page('?limit=100&offset=100')).json).toMatchObject({ count: 30 });
  for (const query of ['?limit=101', '?limit=0', '?offset=-1']) {
    expect((await page(query)).status, query).toBe(400);
  }
});

/** The vendor's OpenAPI, `components.responses`: the example of each. */
const problems: readonly [call: string, token: string, problem: object][] = [
  [
    'GET /v2/organization',
    'sandbox-expired',
    {
      type: 'urn:aerospike:errors:auth:token-expired',
      title: 'Token Expired',
      status: 401,
      detail: 'Your session has expired. Please log in again.',
      message: 'Your session has expired. Please log in again.',
    },
  ],
  [
    'GET /v2/organization/members',
    'sandbox-forbidden',
    {
      type: 'urn:aerospike:errors:auth:unauthorized',
      title: 'Unauthorized',
      status: 403,
      detail: "You don't have permission to access this resource.",
      message: "You don't have permission to access this resource.",
    },
  ],
  [
    'GET /v2/organization/members?limit=101',
    'sandbox',
    {
      type: 'urn:aerospike:errors:validation:failed',
      title: 'Validation Error',
      status: 400,
      detail: 'The provided information is not in the correct format.',
      message: 'The provided information is not in the correct format.',
      context: {
        invalid: [{ field: '/limit', type: 'urn:aerospike:errors:validation:failed' }],
      },
    },
  ],
  [
    'DELETE /v2/organization/members/x',
    'sandbox',
    {
      type: 'urn:aerospike:errors:validation:failed',
      title: 'Validation Error',
      status: 400,
      detail: 'The provided information is not in the correct format.',
      message: 'The provided information is not in the correct format.',
      context: {
        invalid: [{ field: '/userId', type: 'urn:aerospike:errors:validation:failed' }],
      },
    },
  ],
  [
    'DELETE /v2/organization/members/99999999-6a80-4f32-9d4a-7b3c2e9f8a01',
    'sandbox',
    {
      type: 'urn:aerospike:errors:resource:not-found',
      title: 'Resource Not Found',
      status: 400,
      detail: 'The requested resource could not be found.',
      message: 'The requested resource could not be found.',
      context: { resource: 'user', id: '99999999-6a80-4f32-9d4a-7b3c2e9f8a01' },
    },
  ],
  [
    'DELETE /v2/organization/members/x',
    'sandbox-throttled',
    {
      type: 'urn:aerospike:errors:ratelimit:exceeded',
      title: 'Rate Limit Exceeded',
      status: 429,
      detail: 'Too many requests. Please wait a moment before trying again.',
      message: 'Too many requests. Please wait a moment before trying again.',
    },
  ],
];

test.each(problems)(
  'Aerospike answers %s with %s in its problem form',
  async (call, token, problem) => {
    await using simulator = await start(createAerospikeSimulator({ paging: 'on' }));
    const [method, path = ''] = call.split(' ');
    const { status, json, headers } = await simulator.call(path, { token, method: method ?? '' });
    expect(json).toEqual(problem);
    expect(status).toBe(json.status);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('retry-after')).toBe(null);
  },
);

test('Aerospike returns a request id with every response, and a wait only as an option', async () => {
  await using simulator = await start(createAerospikeSimulator({ retryAfter: 'sent' }));
  const member = '/v2/organization/members/1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';
  const tokens = ['sandbox', 'expired', 'forbidden', 'throttled', 'down', 'flaky', 'nobody'];
  for (const token of tokens.map((name) => (name === 'sandbox' ? name : `sandbox-${name}`))) {
    for (const [method, path] of [
      ['GET', '/v2/organization'],
      ['GET', '/v2/organization/members'],
      ['DELETE', member],
      ['DELETE', '/v2/organization/members/x'],
      ['GET', '/v2/none'],
    ] as const) {
      const { headers } = await simulator.call(path, { token, method });
      expect(headers.get('x-request-id'), `${token} ${path}`).toMatch(/^[0-9a-f-]{36}$/);
    }
  }
  const { headers } = await simulator.call(member, {
    token: 'sandbox-throttled',
    method: 'DELETE',
  });
  expect(headers.get('retry-after')).toBe('60');
});

test('Aerospike’s older error form is a code and a message', async () => {
  await using simulator = await start(createAerospikeSimulator({ errorForm: 'message' }));
  expect((await simulator.call('/v2/organization', { token: 'sandbox-expired' })).json).toEqual({
    code: 'invalid_token',
    message: 'Your session has expired. Please log in again.',
  });
});

test('Aerospike returns the whole organization, with exactly one owner', async () => {
  await using simulator = await start(createAerospikeSimulator());
  expect((await simulator.call('/v2/organization')).json).toEqual({
    id: expect.any(String),
    name: 'Acme',
    billingId: expect.any(String),
    billingPlan: 'BILLING_PLAN_ENTERPRISE',
    salesforceAccountId: null,
    entitlements: [expect.objectContaining({ entitlementUrn: expect.any(String) })],
  });
  const { json } = await simulator.call('/v2/organization/members');
  const members = json.members as { id: string; role: string }[];
  expect(new Set(members.map(({ id }) => id)).size).toBe(130);
  expect(members.filter(({ role }) => role === 'OrgOwner')).toHaveLength(1);
});

test('Aerospike may return no total', async () => {
  await using simulator = await start(createAerospikeSimulator({ total: 'missing' }));
  const { json } = await simulator.call('/v2/organization/members');
  expect(json).toMatchObject({ count: 130, meta: null });
});

test('Rocket.Chat returns 50 members by default, 100 at most, and all for 0', async () => {
  await using simulator = await start(createRocketChatSimulator());
  const queries = ['', '&count=1000', '&count=0', '&count=0&offset=240', '&count=100&offset=200'];
  const counts = queries.map(async (query) => {
    const { json } = await simulator.call(`/api/v1/groups.members?roomId=${allHands}${query}`);
    return [json.count, json.total];
  });
  expect(await Promise.all(counts)).toEqual([
    [50, 250],
    [100, 250],
    [250, 250],
    [10, 250],
    [50, 250],
  ]);
});

test('Rocket.Chat’s members by role: owners, moderators, the rest, each by user name', async () => {
  await using simulator = await start(createRocketChatSimulator());
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
  ['a page of them', 'groups.list?count=4&offset=4', 200, { count: 2, offset: 4, total: 6 }],
  ['a room by name', 'groups.info?roomName=invite-me', 200, { group: { _id: room } }],
  [
    'a room by the name of one not to be seen',
    'groups.info?roomName=board-only',
    400,
    { errorType: 'error-room-not-found' },
  ],
  [
    'members by a part of the name',
    `groups.members?roomId=${allHands}&filter=LINDHOLM`,
    200,
    { members: [{ _id: maria, username: 'maria.lindholm' }], total: 1 },
  ],
  [
    'the caller’s place in a hidden room',
    'subscriptions.getOne?roomId=Hi7DdEnRoM3pQr8St',
    200,
    { subscription: { u: { _id: caller }, open: false } },
  ],
  [
    'the caller’s place in a room that he is not in',
    'subscriptions.getOne?roomId=Pv4TeOfOtH6jKl9Mn',
    200,
    { subscription: null },
  ],
  ['all rooms', 'groups.listAll', 200, { total: 8 }],
  ['a member', `rooms.isMember?roomId=${room}&userId=${maria}`, 200, { isMember: true }],
  [
    'no member',
    `rooms.isMember?roomId=Gx2ZrTq9uVnLpW5sM&userId=${maria}`,
    200,
    { isMember: false },
  ],
  [
    'a member by user name',
    `rooms.isMember?roomId=${room}&username=maria.lindholm`,
    200,
    { isMember: true },
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
  ['no user named', 'users.info', 400, { errorType: 'error-invalid-params' }],
  ['a user who is not there', 'users.info?userId=x', 400, { error: 'User not found.' }],
  [
    'two users at once',
    `users.info?userId=${irina}&username=irina.sokolova`,
    400,
    { errorType: 'error-invalid-params' },
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
  await using simulator = await start(createRocketChatSimulator());
  expect(await simulator.call(`/api/v1/${path}`)).toMatchObject({ status, json });
});

const withoutPermission: readonly [path: string, status: number, error: string | undefined][] = [
  ['me', 200, undefined],
  ['groups.list', 200, undefined],
  [`groups.info?roomId=${room}`, 200, undefined],
  ['subscriptions.get', 200, undefined],
  [`subscriptions.getOne?roomId=${room}`, 200, undefined],
  [`rooms.isMember?roomId=${room}&userId=${maria}`, 200, undefined],
  [`groups.members?roomId=${room}`, 403, 'unauthorized'],
  [`rooms.membersOrderedByRole?roomId=${room}`, 401, 'unauthorized'],
  [`groups.roles?roomId=${room}`, 403, 'unauthorized'],
  [
    'groups.listAll',
    403,
    'User does not have the permissions required for this action [error-unauthorized]',
  ],
  [
    'groups.members?roomId=Ar5ChiVedRm9Xy2Wz',
    400,
    'The private group, old-project, is archived [error-room-archived]',
  ],
];

test.each(withoutPermission)(
  'Rocket.Chat answers %s without any permission with %i',
  async (path, status, error) => {
    await using simulator = await start(createRocketChatSimulator());
    const token = 'sandbox-forbidden';
    const answer = await simulator.call(`/api/v1/${path}`, { token });
    expect([answer.status, answer.json.error]).toEqual([status, error]);
  },
);

test('Rocket.Chat shows other users’ addresses and rooms only with permission, and one’s own always', async () => {
  await using simulator = await start(createRocketChatSimulator());
  const shown = async (userId: string | undefined, token: string) => {
    const path = `/api/v1/users.info?userId=${userId}&includeUserRooms=true`;
    const { user } = (await simulator.call(path, { token })).json;
    return [user.emails?.length, user.rooms?.length];
  };
  expect(await shown(maria, 'sandbox')).toEqual([1, 4]);
  expect(await shown(maria, 'sandbox-forbidden')).toEqual([undefined, undefined]);
  expect(await shown(caller, 'sandbox-forbidden')).toEqual([1, 6]);
});

test('Rocket.Chat lists a user’s roles in a room, and omits them if there are none', async () => {
  await using simulator = await start(createRocketChatSimulator());
  const path = `/api/v1/users.info?userId=${caller}&includeUserRooms=true`;
  const { json } = await simulator.call(path);
  const rooms = json.user.rooms as { rid: string }[];
  const place = (rid: string) => rooms.find((one) => one.rid === rid);
  expect(place('Lo8NaOwnErTs4Kd7Q')).toMatchObject({ t: 'p', roles: ['owner'] });
  expect(place(room)).not.toHaveProperty('roles');
});

test('a room of Rocket.Chat has an owner and a size, and no mark of an archive', async () => {
  await using simulator = await start(createRocketChatSimulator());
  const { json } = await simulator.call(`/api/v1/groups.info?roomId=${allHands}`);
  expect(json.group).toMatchObject({
    name: 'all-hands',
    t: 'p',
    usersCount: 250,
    u: { _id: irina, username: 'irina.sokolova' },
    ro: false,
    broadcast: false,
    encrypted: false,
  });
  expect(json.group).not.toHaveProperty('archived');
});

test('other users’ rooms require permission, one’s own do not', async () => {
  await using simulator = await start(
    createRocketChatSimulator({ without: ['view-other-user-channels'] }),
  );
  const rooms = async (userId: string | undefined) => {
    const path = `/api/v1/users.info?userId=${userId}&includeUserRooms=true`;
    return (await simulator.call(path)).json.user.rooms;
  };
  expect(await rooms(irina)).toBeUndefined();
  expect(await rooms(caller)).toHaveLength(6);
});

test('groups.kick accepts a user name, and a repeat finds no member', async () => {
  await using simulator = await start(createRocketChatSimulator());
  const body = { roomName: 'invite-me', username: 'maria.lindholm' };
  const kick = () => simulator.call('/api/v1/groups.kick', { body });
  expect(await kick()).toMatchObject({ status: 200, json: { success: true } });
  expect(await kick()).toMatchObject({
    status: 400,
    json: { errorType: 'error-user-not-in-room' },
  });
});

const resets: readonly [
  name: string,
  vendor: () => SimulatedVendor,
  path: string,
  change: { path: string; method: string; body?: object },
][] = [
  [
    'Wethod',
    createWethodSimulator,
    '/api/streams/1/leaders',
    { path: '/api/streams/1/leaders/101', method: 'DELETE' },
  ],
  [
    'Kaiten',
    createKaitenSimulator,
    '/api/latest/groups/c81d3e64-90af-4b7c-8e25-1f6a0d94b7e3/users',
    {
      path: '/api/latest/groups/c81d3e64-90af-4b7c-8e25-1f6a0d94b7e3/users/503',
      method: 'DELETE',
    },
  ],
  [
    'Aerospike',
    createAerospikeSimulator,
    '/v2/organization/members',
    {
      path: '/v2/organization/members/1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01',
      method: 'DELETE',
    },
  ],
  [
    'Rocket.Chat',
    createRocketChatSimulator,
    `/api/v1/groups.members?roomId=${room}`,
    { path: '/api/v1/groups.kick', method: 'POST', body: { roomId: room, userId: maria } },
  ],
];

test.each(resets)('a reset restores the reads of %s', async (_name, vendor, path, change) => {
  await using simulator = await start(vendor());
  const seed = await simulator.call(path);
  await simulator.call(change.path, change);
  expect((await simulator.call(path)).json).not.toEqual(seed.json);
  simulator.reset();
  expect((await simulator.call(path)).json).toEqual(seed.json);
});

test.each([
  ['sandbox-flaky', 200],
  ['sandbox-cut', 200],
  ['sandbox-slow', 200],
  ['sandbox-throttled-once', 200],
  ['sandbox-throttled', 429],
  ['sandbox-down', 503],
  ['sandbox-expired', 401],
  ['other', 401],
])('a read with %s is answered with %i by every vendor', async (token, status) => {
  for (const [name, vendor, path] of resets) {
    await using simulator = await start(vendor());
    expect((await simulator.call(path, { token })).status, name).toBe(status);
  }
});
