import { pageOf } from '../page.ts';
import type { Call, Reply } from '../simulator.ts';
import { accessible, askedRoom } from './access.ts';
import { failed, forbidden, refused, success, unknownRoute } from './replies.ts';
import { type Room, roomRow } from './rooms.ts';
import { profile, userInfo } from './user-info.ts';
import { findUser, memberRow, type User, users } from './users.ts';

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
  const isForbidden = call.behaviour === 'forbidden';
  const inRoom = (answer: (room: Room) => Reply): Reply => {
    const found = askedRoom(rooms, Object.fromEntries(query), callerId);
    return 'status' in found ? found : answer(found);
  };
  switch (call.path.replace('/api/v1/', '')) {
    case 'me':
      return profile(callerId);
    case 'groups.info':
      return inRoom((room) => success({ group: roomRow(room) }));
    case 'groups.list': {
      const own = [...rooms.values()].filter(({ subscriptions }) => subscriptions.has(callerId));
      return page(query, 'groups', own.map(roomRow));
    }
    case 'groups.listAll': {
      const text =
        'User does not have the permissions required for this action [error-unauthorized]';
      if (isForbidden) return failed(text, 403);
      return page(query, 'groups', [...rooms.values()].map(roomRow));
    }
    case 'groups.roles':
      return inRoom((room) => (isForbidden ? forbidden : success({ roles: rolesOf(room) })));
    case 'groups.members':
      return inRoom((room) => {
        // The server finds the room, and that it is archived, before it asks for the permission.
        if (room.isArchived) {
          return refused('error-room-archived', `The private group, ${room.name}, is archived`);
        }
        if (isForbidden) return forbidden;
        const members = membersOf(room, query).toSorted(byUsername).map(memberRow);
        return page(query, 'members', members);
      });
    case 'rooms.membersOrderedByRole':
      if (options.version === '7.2') return unknownRoute;
      return inRoom((room) =>
        isForbidden ? forbidden : page(query, 'members', membersByRole(room, query)),
      );
    case 'rooms.isMember': {
      const user = findUser(query.get('userId'), query.get('username'));
      if (user === undefined) return failed('error-user-not-found');
      const room = accessible(rooms, query.get('roomId'), callerId);
      return room === null ? forbidden : success({ isMember: room.subscriptions.has(user.id) });
    }
    case 'users.info':
      return userInfo(query, rooms, {
        callerId,
        isForbidden,
        findsByEmail: options.version !== '7.2',
        viewsOtherRooms: options.viewsOtherRooms !== false,
      });
    case 'subscriptions.getOne':
      return subscription(rooms, query.get('roomId') ?? '', callerId);
    default:
      return unknownRoute;
  }
}

function page(query: URLSearchParams, name: string, rows: readonly object[]): Reply {
  const offset = Math.max(0, Number(query.get('offset') ?? 0) || 0);
  const isUnlimited = query.get('count') === '0';
  const items = isUnlimited
    ? rows.slice(offset)
    : pageOf(rows, query, { size: 'count', standard: 50 });
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

/** The caller's own, without any check of access to the room. */
function subscription(rooms: ReadonlyMap<string, Room>, rid: string, callerId: string): Reply {
  const found = rooms.get(rid)?.subscriptions.get(callerId);
  if (found === undefined) return success({ subscription: null });
  const { username, name } = users.get(callerId) ?? {};
  const u = { _id: callerId, username, name };
  return success({ subscription: { rid, u, open: found.isOpen, roles: found.roles } });
}
