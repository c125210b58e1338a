import type { GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import type { DeclaredCost } from '../../src/graphql/selection-costs.ts';
import { schema } from '../../src/schema/index.ts';
import {
  createRange,
  getPage,
  listCalls,
  type RouteReply,
  type Routes,
  startRouted,
} from '../support/list-vendor.ts';

const ada = 'ada@example.com';
const user = { _id: 'ada', username: 'ada', active: true, emails: [{ address: ada }] };

const route = (name: string, reply: Routes[number][1]): Routes[number] => [
  new RegExp(`^GET /api/v1/${RegExp.escape(name)}$`),
  reply,
];

const me = (roles: readonly string[] = ['user']): Routes[number] =>
  route('me', () => ({
    json: {
      _id: 'me',
      username: 'me',
      emails: [{ address: 'me@example.com' }],
      roles,
      success: true,
    },
  }));

const userNotFound = { status: 400, json: { success: false, error: 'User not found.' } };

/** `users.info`: the results of a search by address and of a read of another user. */
const usersInfo = (byEmail: RouteReply, bot: RouteReply = userNotFound): Routes[number] =>
  route('users.info', (query) => {
    if (query.has('email')) return byEmail;
    return query.get('userId') === 'rocket.cat' ? bot : userNotFound;
  });

const found = (rooms: object = {}) => ({ json: { user: { ...user, ...rooms }, success: true } });
const shown = (bot: object) => ({ json: { user: { _id: 'rocket.cat', ...bot }, success: true } });

const ownRooms = (...rooms: readonly object[]): Routes[number] =>
  route('groups.list', (query) => ({
    json: { groups: getPage(rooms, query), total: rooms.length, success: true },
  }));

async function ask(routes: Routes, selection = 'name end { mutation input }') {
  await using world = await startRouted(routes, {
    VENDOR_TIMEOUT_MS: '2000',
    FIELD_TIMEOUT_MS: '4000',
  });
  const { data, errors } = await world.gateway.sendText(
    `{ memberships(email: "${ada}") { chatGroups { ${selection} } } }`,
  );
  return {
    rooms: data['memberships']?.['chatGroups'],
    errors,
    calls: listCalls(world.vendor).map((call) => call.replace('GET /api/v1/', '')),
  };
}

const denied = (requiredPermission: string) => ({
  path: ['memberships', 'chatGroups'],
  extensions: { code: 'PERMISSION_DENIED_ERROR', vendor: 'ROCKETCHAT', requiredPermission },
});
const notSeen = denied('view-full-other-user-info');

const grants = (roles: readonly string[]): Routes[number] =>
  route('permissions.listAll', () => ({
    json: {
      update: [
        { _id: 'leave-p', roles: ['user'] },
        { _id: 'view-full-other-user-info', roles, _updatedAt: '2026-01-01T00:00:00Z' },
      ],
      remove: [],
      success: true,
    },
  }));

test.each([
  { name: 'it is told that they see all', bot: shown({ canViewAllInfo: true }) },
  { name: 'they are shown the addresses of others', bot: shown({ emails: [] }) },
])('an unknown address has no memberships, for a caller of whom $name', async ({ bot }) => {
  const { rooms, errors, calls } = await ask([me(), usersInfo(userNotFound, bot)]);
  expect({ rooms, errors }).toEqual({ rooms: [], errors: [] });
  expect(calls).toEqual([
    'me',
    `users.info?email=${ada}&includeUserRooms=true`,
    'users.info?userId=rocket.cat',
  ]);
});

test.each([
  {
    name: 'it is told that they do not see all',
    bot: shown({ canViewAllInfo: false, emails: [] }),
  },
  { name: 'no addresses of others are shown', bot: shown({ username: 'rocket.cat' }) },
  { name: 'nothing is known', bot: userNotFound },
  {
    name: 'the look is refused',
    bot: { status: 403, json: { success: false, error: 'unauthorized' } },
  },
  { name: 'the look is answered with a page', bot: { status: 200, text: '<!DOCTYPE html>' } },
])('"User not found." does not prove absence for a caller of whom $name', async ({ bot }) => {
  const { rooms, errors } = await ask([me(), usersInfo(userNotFound, bot)]);
  expect(rooms).toBe(null);
  expect(errors).toMatchObject([notSeen]);
});

test.each([
  { granted: ['admin'], held: ['user', 'admin'], isSure: true },
  { granted: ['admin'], held: ['user'], isSure: false },
  { granted: [], held: ['user', 'admin'], isSure: false },
])(
  'derives the permission from roles if no user shows it: $granted granted, $held held',
  async (row) => {
    for (const bot of [userNotFound, shown({ username: 'rocket.cat' })]) {
      const routes = [me(row.held), usersInfo(userNotFound, bot), grants(row.granted)];
      const { rooms, errors } = await ask(routes);
      expect(rooms).toEqual(row.isSure ? [] : null);
      expect(errors).toMatchObject(row.isSure ? [] : [notSeen]);
    }
  },
);

test('reports a temporary failure as such, not as a missing permission', async () => {
  const limit = { status: 429, json: { success: false, error: 'Slow down.' } };
  const { rooms, errors } = await ask([me(), usersInfo(userNotFound, limit)]);
  expect(rooms).toBe(null);
  expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED_ERROR', retryable: true } }]);
});

test.each([
  { success: false, errorType: 'invalid-params', error: 'must match a schema in anyOf' },
  {
    success: false,
    errorType: 'error-invalid-params',
    error: "must have required property 'userId'",
  },
  { success: false, error: 'Invalid search query.' },
])('distinguishes a server before 8.4 from an absence: $error', async (json) => {
  const { errors } = await ask([me(), usersInfo({ status: 400, json })]);
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining('8.4'),
      extensions: { code: 'PRECONDITION_FAILED_ERROR', retryable: false },
    },
  ]);
});

const rooms = (...all: readonly object[]) => ({ rooms: all.map((one) => ({ t: 'p', ...one })) });
const discussion = 'q7xKp2mWc9RtZs4Lb';

test('reads display names from the caller’s own rooms or, for a discussion, from the room', async () => {
  const {
    rooms: list,
    errors,
    calls,
  } = await ask(
    [
      me(),
      usersInfo(
        found(
          rooms(
            { rid: 'r1', name: 'summer-plans' },
            { rid: 'r2', name: 'not-the-callers' },
            { rid: 'r3', name: discussion },
            { rid: 'r4', name: 'told', fname: 'Told at once' },
            { rid: 'r5', name: `${discussion.slice(1)}z` },
          ),
        ),
      ),
      ownRooms({ _id: 'r1', name: 'summer-plans', fname: 'Summer: plans?' }, { _id: 'r9' }),
      route('groups.info', (query) => {
        const roomId = query.get('roomId');
        if (roomId !== 'r3') {
          const error = 'No. [error-room-not-found]';
          return {
            status: 400,
            json: { success: false, error, errorType: 'error-room-not-found' },
          };
        }
        const group = { _id: 'r3', name: discussion, fname: 'What about the venue?' };
        return { json: { group, success: true } };
      }),
    ],
    'name chatGroup { groupId name }',
  );
  expect(errors).toEqual([]);
  const name = (groupId: string, shownAs: string) => ({
    name: shownAs,
    chatGroup: { groupId, name: shownAs },
  });
  expect(list).toEqual([
    name('r1', 'Summer: plans?'),
    name('r2', 'not-the-callers'),
    name('r3', 'What about the venue?'),
    name('r4', 'Told at once'),
    name('r5', `${discussion.slice(1)}z`),
  ]);
  expect(calls.slice(2).sort()).toEqual([
    'groups.info?roomId=r3',
    'groups.info?roomId=r5',
    'groups.list?count=100&offset=0',
  ]);
});

test('falls back to the name in the room’s address', async () => {
  const down = () => ({ status: 500, json: { success: false, error: 'No.' } });
  const { rooms: list, errors } = await ask(
    [
      me(),
      usersInfo(found(rooms({ rid: 'r1', name: 'summer-plans' }))),
      route('groups.list', down),
      route('groups.info', down),
    ],
    'name',
  );
  expect({ list, errors }).toEqual({ list: [{ name: 'summer-plans' }], errors: [] });
});

test('looks up names only if they are selected', async () => {
  const routes = [me(), usersInfo(found(rooms({ rid: 'r1', name: 'summer-plans' })))];
  const { rooms: list, calls } = await ask(routes, 'end { input } chatGroup { groupId }');
  expect(list).toHaveLength(1);
  expect(calls).toHaveLength(2);
});

test('omits a federated room that the user is only invited to', async () => {
  const {
    rooms: list,
    errors,
    calls,
  } = await ask(
    [
      me(),
      usersInfo(
        found(
          rooms(
            { rid: 'r1', name: 'local' },
            { rid: 'r2', name: 'invited', federated: true },
            { rid: 'r3', name: 'accepted', federated: true },
            { rid: 'r4', name: 'owned', federated: true, roles: ['owner'] },
            { rid: 'r5', name: 'told', status: 'INVITED' },
            { rid: 'r6', name: 'banned', status: 'BANNED' },
          ),
        ),
      ),
      route('rooms.isMember', (query) => ({
        json: { isMember: query.get('roomId') === 'r3', success: true },
      })),
    ],
    'chatGroup { groupId }',
  );
  expect(errors).toEqual([]);
  expect(list).toEqual(['r1', 'r3', 'r4'].map((groupId) => ({ chatGroup: { groupId } })));
  expect(calls.slice(2)).toEqual([
    'rooms.isMember?roomId=r2&userId=ada',
    'rooms.isMember?roomId=r3&userId=ada',
  ]);
});

test('reports an error for a federated room that the caller is not in', async () => {
  const { rooms: list, errors } = await ask([
    me(),
    usersInfo(found(rooms({ rid: 'r1' }, { rid: 'r2', federated: true }))),
    route('rooms.isMember', () => ({
      status: 403,
      json: { success: false, error: 'unauthorized' },
    })),
  ]);
  expect(list).toBe(null);
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining('federated'),
      extensions: { code: 'PERMISSION_DENIED_ERROR' },
    },
  ]);
});

test('reports an error, not a list with gaps, for more federated rooms than it may check one by one', async () => {
  const federated = createRange(1, 51).map((id) => ({ rid: `r${id}`, federated: true }));
  const { rooms: list, errors, calls } = await ask([me(), usersInfo(found(rooms(...federated)))]);
  expect(list).toBe(null);
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining('51 federated rooms'),
      extensions: { code: 'PRECONDITION_FAILED_ERROR' },
    },
  ]);
  expect(calls.filter((call) => call.includes('isMember'))).toEqual([]);
});

test('omits rooms that the caller is only invited to and cannot leave', async () => {
  const own: Routes[number] = route('me', () => ({
    json: { _id: 'me', emails: [{ address: ada }], success: true },
  }));
  const { rooms: list, errors } = await ask(
    [
      own,
      ownRooms({ _id: 'r1' }, { _id: 'r2', federated: true }, { _id: 'r3', federated: true }),
      route('subscriptions.get', () => {
        const update = [{ rid: 'r1' }, { rid: 'r2', status: 'INVITED' }, { rid: 'r3' }];
        return { json: { update, remove: [], success: true } };
      }),
    ],
    'end { mutation input }',
  );
  expect(errors).toEqual([]);
  expect(list).toEqual(
    ['r1', 'r3'].map((groupId) => ({ end: { mutation: 'leaveGroup', input: { groupId } } })),
  );
});

/** A caller who is not allowed to list the rooms of others, with one archived room. */
const shared = (person: object, ...members: readonly object[]): Routes => [
  me(),
  usersInfo({ json: { user: { ...user, ...person }, success: true } }),
  ownRooms({ _id: 'r1' }, { _id: 'old', archived: true }),
  route('rooms.isMember', (query) => {
    const error = 'The channel, old, is archived [error-room-archived]';
    const errorType = 'error-room-archived';
    return query.get('roomId') === 'old'
      ? { status: 400, json: { success: false, error, errorType } }
      : { json: { isMember: true, success: true } };
  }),
  route('rooms.membersOrderedByRole', (query) => ({
    json: { members: getPage(members, query), total: members.length, success: true },
  })),
];

test.each([
  { name: 'a member', members: [{ _id: 'me' }, { _id: 'ada' }], expected: ['r1', 'old'] },
  { name: 'no member', members: [{ _id: 'me' }], expected: ['r1'] },
  {
    name: 'only invited',
    members: [{ _id: 'ada', subscription: { status: 'INVITED' } }],
    expected: ['r1'],
  },
])('looks up an archived room in its list of members: $name', async ({ members, expected }) => {
  const { rooms: list, errors, calls } = await ask(shared({}, ...members), 'chatGroup { groupId }');
  expect(errors).toEqual([]);
  expect(list).toEqual(expected.map((groupId) => ({ chatGroup: { groupId } })));
  expect(calls.slice(3).sort()).toEqual([
    'rooms.isMember?roomId=r1&userId=ada',
    'rooms.membersOrderedByRole?roomId=old&count=100&offset=0',
  ]);
});

test.each([{ active: false }, { active: undefined }])(
  'reports an error, not a list with gaps, if a user with %j may be in an archived room',
  async (person) => {
    const { rooms: list, errors } = await ask(shared(person, { _id: 'me' }));
    expect(list).toBe(null);
    expect(errors).toMatchObject([denied('view-other-user-channels')]);
  },
);

test('causes at most the declared calls for a list of rooms', async () => {
  const stored = 'jose\u0301@xn--bcher-kva.de';
  const person = { ...user, emails: [{ address: stored }] };
  const own = createRange(1, 50).map((id) => ({
    _id: `r${id}`,
    federated: true,
    archived: id === 1,
  }));
  await using world = await startRouted([
    me(),
    route('users.info', (query) =>
      query.get('email') === stored ? { json: { user: person, success: true } } : userNotFound,
    ),
    ownRooms(...own),
    route('subscriptions.get', () => ({
      json: { update: own.map(({ _id }) => ({ rid: _id })), remove: [], success: true },
    })),
    route('rooms.isMember', () => ({ json: { isMember: true, success: true } })),
    route('rooms.membersOrderedByRole', () => ({
      json: { members: [{ _id: 'ada' }], total: 1, success: true },
    })),
  ]);
  const { data, errors } = await world.gateway.sendText(
    '{ memberships(email: "josé@bücher.de") { chatGroups { user { userId username name } } } }',
  );
  expect(errors).toEqual([]);
  expect(data['memberships']?.['chatGroups']).toHaveLength(50);
  const type = schema.getType('Memberships') as GraphQLObjectType;
  const declared = type.getFields()['chatGroups']?.extensions['vendorCalls'] as DeclaredCost;
  expect(listCalls(world.vendor)).toHaveLength(declared.calls);
});
