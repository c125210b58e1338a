import { expect, test } from 'vitest';
import { createRocketChatSimulator, type RocketChatOptions } from '../../src/sandbox/rocketchat.ts';
import { startSimulator } from '../../src/sandbox/simulator.ts';

const [caller, irina, maria] = [
  'rbAXPnMktTFbNpwtJ',
  'aobEdbYhXfu5hkeqG',
  'k3WpTzR8sLmYvQn6D',
] as const;
const offline = 'Of5LiNeUsErXxYyZz';
const deactivated = 'De4CtIvAtEdUsErXx';
const [room, other, archived, own, notes, parented] = [
  'ByehQjC44FwMeiLbX',
  'Pv4TeOfOtH6jKl9Mn',
  'Ar5ChiVedRm9Xy2Wz',
  'Lo8NaOwnErTs4Kd7Q',
  'Gx2ZrTq9uVnLpW5sM',
  'Di2ScUsSiN5bVc8Xz',
] as const;
const [broadcast, allSorts, federated, invitation, team] = [
  'Br0AdCaStRm2Xy4Zw',
  'So1RtSoFmEmBeR3sX',
  'Fe2DeRaTeDrM5Ty6U',
  'Fe3InViTeDrM7Qw8E',
  'Te4AmMaInRm9As1Df',
] as const;

interface Request {
  readonly user?: string;
  readonly token?: string;
  readonly body?: object;
}

async function start(options: RocketChatOptions = { moreRooms: true }) {
  const simulator = await startSimulator(createRocketChatSimulator(options));
  const call = async (path: string, { user = caller, token = 'sandbox', body }: Request = {}) => {
    const response = await fetch(`${simulator.url}/api/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-auth-token': token, 'x-user-id': user, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { response, status: response.status, text, json: isJson ? JSON.parse(text) : null };
  };
  return {
    call,
    kick: (roomId: string, userId: string, request: Request = {}) =>
      call('groups.kick', { ...request, body: { roomId, userId } }),
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}

const kicksAnybody = { moreRooms: true, with: ['kick-user-from-any-p-room'] } as const;
const ok = { status: 200, json: { success: true } };
const refused = (errorType: string) => ({ status: 400, json: { success: false, errorType } });

interface Kick {
  readonly rule: string;
  readonly roomId: string;
  readonly userId: string;
  readonly expected: object;
  readonly user?: string;
  readonly token?: string;
  readonly options?: RocketChatOptions;
}

/** What the server's own end-to-end tests say of groups.kick (`tests/end-to-end/api/groups.ts`), and its order of checks. */
const kicks: readonly Kick[] = [
  {
    rule: 'an unknown room first',
    roomId: 'x',
    userId: 'x',
    token: 'sandbox-forbidden',
    expected: refused('error-room-not-found'),
  },
  {
    rule: 'then an unknown user, before the permission',
    roomId: room,
    userId: 'x',
    token: 'sandbox-forbidden',
    expected: refused('error-invalid-user'),
  },
  {
    rule: 'no user at all',
    roomId: room,
    userId: ' ',
    expected: refused('error-user-param-not-provided'),
  },
  {
    rule: 'then the permission, before the access to the room',
    roomId: other,
    userId: maria,
    token: 'sandbox-forbidden',
    expected: {
      status: 400,
      json: { errorType: 'error-not-allowed', details: { method: 'removeUserFromRoom' } },
    },
  },
  {
    rule: 'a caller outside the room, without kick-user-from-any-p-room',
    roomId: other,
    userId: maria,
    expected: refused('error-room-not-found'),
  },
  {
    rule: 'a plain member of the room, who lacks remove-user',
    roomId: room,
    userId: caller,
    user: maria,
    expected: refused('error-not-allowed'),
  },
  { rule: 'a moderator', roomId: 'Al1HaNdSrOoMx5Yz2', userId: caller, user: maria, expected: ok },
  { rule: 'an owner', roomId: room, userId: maria, user: irina, expected: ok },
  {
    rule: 'an owner without remove-user',
    roomId: room,
    userId: maria,
    user: irina,
    options: { without: ['remove-user'] },
    expected: refused('error-not-allowed'),
  },
  {
    rule: 'somebody who is not in the room',
    roomId: notes,
    userId: maria,
    expected: refused('error-user-not-in-room'),
  },
  {
    rule: 'somebody who is not in the room, with kick-user-from-any-p-room',
    roomId: notes,
    userId: maria,
    options: kicksAnybody,
    expected: ok,
  },
  {
    rule: 'a room that the caller is not in, with kick-user-from-any-p-room',
    roomId: other,
    userId: maria,
    options: kicksAnybody,
    expected: ok,
  },
  {
    rule: 'the last owner',
    roomId: room,
    userId: irina,
    expected: refused('error-you-are-last-owner'),
  },
  {
    rule: 'the last owner, with kick-user-from-any-p-room',
    roomId: room,
    userId: irina,
    options: kicksAnybody,
    expected: refused('error-you-are-last-owner'),
  },
  { rule: 'an archived room', roomId: archived, userId: caller, user: irina, expected: ok },
  {
    rule: 'an archived room of a server before 6.0',
    roomId: archived,
    userId: caller,
    user: irina,
    options: { version: '5' },
    expected: refused('error-room-archived'),
  },
  { rule: 'a deactivated user', roomId: allSorts, userId: deactivated, expected: ok },
  { rule: 'somebody who is only invited', roomId: federated, userId: maria, expected: ok },
];

test.each(kicks)(
  'groups.kick: $rule',
  async ({ roomId, userId, expected, options, user, token }) => {
    await using simulator = await start(options);
    const request = { ...(user && { user }), ...(token && { token }) };
    expect(await simulator.kick(roomId, userId, request)).toMatchObject(expected);
  },
);

/** What they say of the reads (`tests/end-to-end/api/groups.ts`, `rooms.ts`, `users.ts`). */
const reads: readonly [rule: string, path: string, status: number, json: object, user?: string][] =
  [
    [
      'groups.members: count, total, offset, members',
      `groups.members?roomId=${room}&count=2&offset=1`,
      200,
      { count: 2, offset: 1, total: 3, members: [{}, {}] },
    ],
    [
      'groups.info of a room that is not there',
      'groups.info?roomId=x',
      400,
      { errorType: 'error-room-not-found' },
    ],
    [
      'groups.roles: rid, u, roles, _id',
      `groups.roles?roomId=${room}`,
      200,
      { roles: [{ rid: room, u: { _id: irina, username: 'irina.sokolova' }, roles: ['owner'] }] },
    ],
    [
      'groups.roles of an archived room',
      `groups.roles?roomId=${archived}`,
      400,
      { errorType: 'error-room-archived' },
    ],
    [
      'rooms.isMember: a member by id',
      `rooms.isMember?roomId=${room}&userId=${maria}`,
      200,
      { isMember: true },
    ],
    [
      'rooms.isMember: a member by user name',
      `rooms.isMember?roomId=${room}&username=maria.lindholm`,
      200,
      { isMember: true },
    ],
    [
      'rooms.isMember: no member',
      `rooms.isMember?roomId=${notes}&userId=${maria}`,
      200,
      { isMember: false },
    ],
    [
      'rooms.isMember: somebody who is only invited',
      `rooms.isMember?roomId=${federated}&userId=${maria}`,
      200,
      { isMember: false },
    ],
    [
      'rooms.isMember: an unknown room, before the unknown user',
      'rooms.isMember?roomId=x&userId=x',
      400,
      {
        errorType: 'error-room-not-found',
        error:
          'The required "roomId" or "roomName" param provided does not match any channel [error-room-not-found]',
      },
    ],
    [
      'rooms.isMember: an archived room, before the unknown user',
      `rooms.isMember?roomId=${archived}&userId=x`,
      400,
      {
        errorType: 'error-room-archived',
        error: 'The channel, old-project, is archived [error-room-archived]',
      },
    ],
    [
      'rooms.isMember: an unknown user, before the access to the room',
      `rooms.isMember?roomId=${other}&userId=x`,
      400,
      { success: false, error: 'error-user-not-found' },
    ],
    [
      'rooms.isMember: a caller outside the room',
      `rooms.isMember?roomId=${other}&userId=${maria}`,
      403,
      { success: false, error: 'unauthorized' },
    ],
    [
      'rooms.membersOrderedByRole of a private room, a caller outside',
      `rooms.membersOrderedByRole?roomId=${other}`,
      404,
      {
        success: false,
        error: 'The required "roomId" or "roomName" param provided does not match any room',
      },
    ],
    [
      'rooms.membersOrderedByRole of a room that the caller is only invited to',
      `rooms.membersOrderedByRole?roomId=${invitation}`,
      404,
      { success: false },
    ],
    [
      'rooms.membersOrderedByRole of a team’s main room, a member',
      `rooms.membersOrderedByRole?roomId=${team}`,
      200,
      { total: 3 },
    ],
    [
      'rooms.membersOrderedByRole of an unknown room',
      'rooms.membersOrderedByRole?roomId=x',
      400,
      { errorType: 'error-room-not-found' },
    ],
    [
      'rooms.membersOrderedByRole of an archived room',
      `rooms.membersOrderedByRole?roomId=${archived}`,
      200,
      { total: 2 },
    ],
    [
      'rooms.membersOrderedByRole of a broadcast room, with the permission',
      `rooms.membersOrderedByRole?roomId=${broadcast}`,
      200,
      { total: 2 },
    ],
    [
      'rooms.membersOrderedByRole of a discussion, seen through its parent',
      `rooms.membersOrderedByRole?roomId=${parented}`,
      200,
      { total: 1 },
    ],
    [
      'users.info: an unknown user name',
      'users.info?username=x',
      400,
      { success: false, error: 'User not found.' },
    ],
    [
      'users.info: a user id finds by user name, too',
      'users.info?userId=irina.sokolova',
      200,
      { user: { _id: irina } },
    ],
    [
      'users.info: an address in any case',
      'users.info?email=Irina.Sokolova@Example.com',
      200,
      { user: { _id: irina } },
    ],
    [
      'users.info: the address of somebody else, for a caller without view-full-other-user-info',
      'users.info?email=irina.sokolova@example.com',
      400,
      { success: false, error: 'User not found.' },
      maria,
    ],
    [
      'users.info: the own address, without the permission',
      'users.info?email=maria.lindholm@example.com',
      200,
      { user: { _id: maria, emails: [{}], canViewAllInfo: true } },
      maria,
    ],
    [
      'subscriptions.get: all of the caller’s, invitations among them',
      'subscriptions.get',
      200,
      {
        update: expect.arrayContaining([
          expect.objectContaining({ rid: own, u: expect.objectContaining({ _id: caller }) }),
          expect.objectContaining({ rid: invitation, status: 'INVITED' }),
        ]),
        remove: [],
      },
    ],
    [
      'subscriptions.getOne: none',
      `subscriptions.getOne?roomId=${other}`,
      200,
      { subscription: null },
    ],
    [
      'subscriptions.getOne: only an invitation',
      `subscriptions.getOne?roomId=${invitation}`,
      200,
      { subscription: { rid: invitation, status: 'INVITED' } },
    ],
  ];

test.each(reads)('%s', async (_rule, path, status, json, user = caller) => {
  await using simulator = await start();
  expect(await simulator.call(path, { user })).toMatchObject({ status, json });
});

const membersOf = async (simulator: Awaited<ReturnType<typeof start>>, query = '') => {
  const path = `rooms.membersOrderedByRole?roomId=${allSorts}${query}`;
  const { json } = await simulator.call(path);
  return json.members.map(({ _id }: { _id: string }) => _id);
};

test('rooms.membersOrderedByRole lists owners, leaders, moderators and the rest, offline users last', async () => {
  await using simulator = await start();
  const plain = 'Us000ErOfAlLhAnDs';
  expect(await membersOf(simulator)).toEqual([irina, maria, caller, plain, offline]);
  const reversed = encodeURIComponent('{"rolePriority":-1}');
  expect(await membersOf(simulator, `&sort=${reversed}`)).toEqual([
    plain,
    offline,
    caller,
    maria,
    irina,
  ]);
  expect(await membersOf(simulator, '&status[]=offline')).toEqual([offline]);
  expect(await membersOf(simulator, '&status[]=busy')).toEqual([]);
  expect(await membersOf(simulator, '&count=2&offset=1')).toEqual([maria, caller]);
});

test('lists of members omit deactivated and banned users', async () => {
  await using simulator = await start();
  const { json } = await simulator.call(`groups.members?roomId=${allSorts}`);
  const ids = json.members.map(({ _id }: { _id: string }) => _id);
  expect(ids).toHaveLength(5);
  expect(ids).not.toContain(deactivated);
  expect(ids).not.toContain('Us001ErOfAlLhAnDs');
});

test('other users’ rooms require view-other-user-channels, and have no display names', async () => {
  await using simulator = await start({ moreRooms: true });
  const path = `users.info?userId=${maria}&includeUserRooms=true`;
  const { user } = (await simulator.call(path)).json;
  const discussion = user.rooms.find(({ rid }: { rid: string }) => rid === 'Di5SpLaYnAmE2Gh3J');
  expect(discussion).toEqual({
    _id: expect.any(String),
    rid: 'Di5SpLaYnAmE2Gh3J',
    name: 'q7xKp2mWc9RtZs4Lb',
    t: 'p',
    unread: 0,
  });
  expect((await simulator.call(path, { user: irina })).json.user).not.toHaveProperty('rooms');
});

const versions = ['5', '6', '7.2', '7.3', '8.3', '8.8'] as const;
const page = { status: 200, type: expect.stringContaining('text/html'), text: /^<!DOCTYPE html>/ };
const text = { status: 404, type: expect.stringContaining('text/plain'), text: /^404 Not Found$/ };

test.each(versions)('%s answers an unknown route as that version does', async (version) => {
  await using simulator = await start({ version });
  for (const request of [{}, { body: {} }]) {
    const { response, status, text: body } = await simulator.call('groups.none', request);
    const expected = ['5', '6', '7.2'].includes(version) ? page : text;
    expect({ status, type: response.headers.get('content-type') }).toEqual({
      status: expected.status,
      type: expected.type,
    });
    expect(body).toMatch(expected.text);
  }
});

test.each(versions)('%s has the routes, searches and forms of that version', async (version) => {
  await using simulator = await start({ version, moreRooms: true });
  const isJson = async (path: string) => (await simulator.call(path)).json !== null;
  const major = Number.parseInt(version, 10);
  const isFrom73 = version === '7.3' || major === 8;
  expect(await isJson(`rooms.membersOrderedByRole?roomId=${room}`)).toBe(isFrom73);
  expect(await isJson(`rooms.isMember?roomId=${room}&userId=${maria}`)).toBe(major >= 7);
  const { json: found } = await simulator.call('users.info?email=irina.sokolova@example.com');
  if (version === '8.8') expect(found).toMatchObject({ user: { _id: irina } });
  else {
    const errorType = version === '8.3' ? 'error-invalid-params' : 'invalid-params';
    expect(found).toMatchObject({ success: false, errorType });
  }
  const { status, json: refusal } = await simulator.call('me', { token: 'nope' });
  expect(status).toBe(401);
  expect(Object.keys(refusal).sort()).toEqual(
    major >= 7 ? ['error', 'message', 'status', 'success'] : ['message', 'status'],
  );
  if (!isFrom73) return;
  const { json } = await simulator.call(`rooms.membersOrderedByRole?roomId=${federated}`);
  const invited = json.members.find(({ _id }: { _id: string }) => _id === maria);
  expect(invited.subscription?.status).toBe(major === 8 ? 'INVITED' : undefined);
});

test('a broadcast room hides its members: 401 by role, 403 by name', async () => {
  await using simulator = await start({
    moreRooms: true,
    without: ['view-broadcast-member-list'],
  });
  const byRole = await simulator.call(`rooms.membersOrderedByRole?roomId=${broadcast}`);
  expect([byRole.status, byRole.json]).toEqual([401, { success: false, error: 'unauthorized' }]);
  const byName = await simulator.call(`groups.members?roomId=${broadcast}`);
  expect([byName.status, byName.json]).toEqual([403, { success: false, error: 'unauthorized' }]);
});

test('a caller with api-bypass-rate-limit is not limited, and gets no limit headers', async () => {
  await using simulator = await start({ with: ['api-bypass-rate-limit'] });
  const answers = await Promise.all(Array.from({ length: 12 }, () => simulator.call('me')));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const names = answers.flatMap(({ response }) => [...response.headers.keys()]);
  expect(names.filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
});

test('every other caller is limited, and gets limit headers', async () => {
  await using simulator = await start();
  const answers = await Promise.all(Array.from({ length: 12 }, () => simulator.call('me')));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  for (const { response } of answers) expect(response.headers.get('x-ratelimit-limit')).toBe('10');
});

test('a setting may lower the maximum page size; the total is still returned', async () => {
  await using simulator = await start({ upperLimit: 20 });
  const { json } = await simulator.call('groups.members?roomId=Al1HaNdSrOoMx5Yz2&count=100');
  expect([json.count, json.total]).toEqual([20, 250]);
});

test('permissions.listAll lists the roles of each permission, and me those of the caller', async () => {
  await using simulator = await start({ without: ['view-full-other-user-info'] });
  const { update } = (await simulator.call('permissions.listAll')).json;
  const rolesOf = (id: string) => update.find(({ _id }: { _id: string }) => _id === id)?.roles;
  expect(rolesOf('view-full-other-user-info')).toEqual([]);
  expect(rolesOf('remove-user')).toEqual(['admin']);
  expect((await simulator.call('me')).json.roles).toEqual(['user', 'admin']);
  expect((await simulator.call('me', { user: maria })).json.roles).toEqual(['user']);
});

/** The members without which the server's typings do not know a thing (`packages/core-typings`). */
const typings: readonly [
  what: string,
  path: string,
  pick: (json: never) => object,
  names: string[],
][] = [
  [
    'a subscription',
    `subscriptions.getOne?roomId=${own}`,
    ({ subscription }: { subscription: object }) => subscription,
    ['_id', '_updatedAt', 'u', 'rid', 'open', 'ts', 'name', 'unread', 't', 'ls', 'lr'].concat(
      'userMentions',
      'groupMentions',
    ),
  ],
  [
    'a user',
    `users.info?userId=${irina}`,
    ({ user }: { user: object }) => user,
    ['_id', '_updatedAt', 'createdAt', 'roles', 'type', 'active'],
  ],
  [
    'a member',
    `rooms.membersOrderedByRole?roomId=${room}`,
    ({ members: [first] }: { members: object[] }) => first ?? {},
    ['_id', '_updatedAt', 'username', 'name', 'status', 'subscription'],
  ],
  [
    'a member’s subscription',
    `rooms.membersOrderedByRole?roomId=${room}`,
    ({ members: [first] }: { members: { subscription: object }[] }) => first?.subscription ?? {},
    ['_id', 'ts', 'roles'],
  ],
];

test.each(typings)('%s has what the vendor’s typings require', async (_what, path, pick, names) => {
  await using simulator = await start();
  const { json } = await simulator.call(path);
  expect(Object.keys(pick(json as never))).toEqual(expect.arrayContaining(names));
});

test('a caller without the permission does not see the fields for administrators', async () => {
  await using simulator = await start();
  const { user } = (await simulator.call(`users.info?userId=${irina}`, { user: maria })).json;
  expect(user).toMatchObject({ _id: irina, active: true, canViewAllInfo: false });
  for (const name of ['emails', 'roles', 'createdAt']) expect(user).not.toHaveProperty(name);
});

test('an invited user cannot leave: the response is that of an unknown room', async () => {
  await using simulator = await start();
  const leave = { body: { roomId: invitation } };
  expect(await simulator.call('groups.leave', leave)).toMatchObject(
    refused('error-room-not-found'),
  );
});
