import { pageOf } from '../page.ts';
import type { Call, Reply } from '../simulator.ts';
import {
  failed,
  forbidden,
  noRoomGiven,
  refused,
  roomNotFound,
  success,
  unknownRoute,
} from './replies.ts';
import { canAccess, type Room, roomRow } from './rooms.ts';
import { memberRow, type User, users } from './users.ts';

/** What differs between the vendor's versions and settings, as far as reads go. */
export interface ReadOptions {
  /** 7.2 has no `rooms.membersOrderedByRole`, and finds nobody by e-mail address. */
  readonly version?: '8.5' | '7.2';
  /** Whether the caller may see the rooms of others: the permission `view-other-user-channels`. */
  readonly viewsOtherRooms?: boolean;
}

/** Answers the caller's reads. */
export function read(
  call: Call,
  rooms: ReadonlyMap<string, Room>,
  callerId: string,
  options: ReadOptions,
): Reply {
  const { query } = call;
  const room = () => accessible(rooms, query.get('roomId'), callerId);
  const isForbidden = call.behaviour === 'forbidden';
  switch (call.path.replace('/api/v1/', '')) {
    case 'me':
      return success(profile(callerId));
    case 'groups.info':
      return inRoom(query, room, (one) => success({ group: roomRow(one) }));
    case 'groups.list': {
      const own = [...rooms.values()].filter((one) => one.subscriptions.has(callerId));
      return page(query, 'groups', own.map(roomRow));
    }
    case 'groups.listAll': {
      const text =
        'User does not have the permissions required for this action [error-unauthorized]';
      if (isForbidden) return failed(text, 403);
      return page(query, 'groups', [...rooms.values()].map(roomRow));
    }
    case 'groups.roles':
      return inRoom(query, room, (one) => success({ roles: rolesOf(one) }));
    case 'groups.members':
      return inRoom(query, room, (one) => {
        if (isForbidden) return forbidden;
        const members = membersOf(one, query).toSorted(byUsername).map(memberRow);
        if (!one.isArchived) return page(query, 'members', members);
        return refused('error-room-archived', `The private group, ${one.name}, is archived`);
      });
    case 'rooms.membersOrderedByRole':
      if (options.version === '7.2') return unknownRoute;
      return inRoom(query, room, (one) => {
        if (isForbidden) return forbidden;
        return page(query, 'members', membersByRole(one, query));
      });
    case 'rooms.isMember': {
      const userId = query.get('userId') ?? '';
      if (!users.has(userId)) return failed('error-user-not-found');
      const one = room();
      return one === null ? forbidden : success({ isMember: one.subscriptions.has(userId) });
    }
    case 'users.info':
      return userInfo(call, rooms, callerId, options);
    case 'subscriptions.getOne':
      return subscription(rooms, query.get('roomId') ?? '', callerId);
    default:
      return unknownRoute;
  }
}

/** A room that the caller may see; null for any other. */
export function accessible(
  rooms: ReadonlyMap<string, Room>,
  roomId: string | null,
  callerId: string,
): Room | null {
  const room = rooms.get(roomId ?? '');
  return room !== undefined && canAccess(rooms, room, callerId) ? room : null;
}

function inRoom(
  query: URLSearchParams,
  find: () => Room | null,
  answer: (room: Room) => Reply,
): Reply {
  if (!query.has('roomId')) return noRoomGiven;
  const room = find();
  return room === null ? roomNotFound : answer(room);
}

function page(query: URLSearchParams, name: string, rows: readonly object[]): Reply {
  const isUnlimited = query.get('count') === '0';
  const items = isUnlimited ? rows : pageOf(rows, query, { size: 'count', standard: 50 });
  const offset = Number(query.get('offset') ?? 0);
  return success({ [name]: items, count: items.length, offset, total: rows.length });
}

function membersOf(room: Room, query: URLSearchParams): User[] {
  const filter = query.get('filter')?.toLowerCase() ?? '';
  return [...room.subscriptions.keys()]
    .flatMap((id) => users.get(id) ?? [])
    .filter(({ name, username }) => `${name}\n${username}`.toLowerCase().includes(filter));
}

function membersByRole(room: Room, query: URLSearchParams): object[] {
  const rank = (roles: readonly string[]) =>
    roles.includes('owner') ? 0 : roles.includes('moderator') ? 1 : 2;
  return membersOf(room, query)
    .map((user) => ({ user, roles: room.subscriptions.get(user.id)?.roles ?? [] }))
    .toSorted((a, b) => rank(a.roles) - rank(b.roles) || byUsername(a.user, b.user))
    .map(({ user, roles }) => ({ ...memberRow(user), ...(roles.length > 0 && { roles }) }));
}

function byUsername(a: User, b: User): number {
  return a.username < b.username ? -1 : 1;
}

function rolesOf(room: Room): object[] {
  return [...room.subscriptions]
    .filter(([, { roles }]) => roles.length > 0)
    .map(([id, { roles }]) => {
      const { username, name } = users.get(id) ?? {};
      return { _id: `${room.id}-${id}`, rid: room.id, u: { _id: id, username, name }, roles };
    });
}

function profile(userId: string): object {
  const user = users.get(userId);
  const emails = [{ address: user?.email, verified: true }];
  return { _id: userId, username: user?.username, name: user?.name, emails, active: true };
}

function userInfo(
  { query, behaviour }: Call,
  rooms: ReadonlyMap<string, Room>,
  callerId: string,
  options: ReadOptions,
): Reply {
  const names =
    options.version === '7.2' ? ['userId', 'username'] : ['userId', 'username', 'email'];
  const given = names.filter((name) => query.has(name));
  if (given.length !== 1) {
    return refused('invalid-params', 'must match exactly one schema in oneOf');
  }
  const wanted = query.get(given[0] ?? '');
  const user = [...users.values()].find(
    ({ id, username, email }) => wanted === { userId: id, username, email }[given[0] ?? ''],
  );
  if (user === undefined) return failed('User not found.');
  const isOwn = user.id === callerId;
  const maySee = isOwn || behaviour !== 'forbidden';
  const showsRooms =
    query.get('includeUserRooms') === 'true' &&
    (isOwn || (maySee && options.viewsOtherRooms !== false));
  const own = [...rooms.values()].filter((room) => room.subscriptions.has(user.id));
  return success({
    user: {
      _id: user.id,
      username: user.username,
      name: user.name,
      status: 'online',
      active: true,
      type: 'user',
      roles: ['user'],
      ...(maySee && { emails: [{ address: user.email, verified: true }] }),
      ...(showsRooms && {
        rooms: own.map((room) => ({
          rid: room.id,
          name: room.name,
          t: 'p',
          roles: room.subscriptions.get(user.id)?.roles,
        })),
      }),
    },
  });
}

/** The caller's own, without any check of access to the room. */
function subscription(rooms: ReadonlyMap<string, Room>, rid: string, callerId: string): Reply {
  const found = rooms.get(rid)?.subscriptions.get(callerId);
  const one = found === undefined ? null : { rid, open: found.isOpen, roles: found.roles };
  return success({ subscription: one });
}
