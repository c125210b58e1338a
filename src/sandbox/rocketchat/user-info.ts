import type { Reply } from '../simulator.ts';
import type { Holds } from './permissions.ts';
import { failed, invalidParams, success } from './replies.ts';
import type { Room } from './rooms.ts';
import { caller, type User, users } from './users.ts';
import type { Features } from './versions.ts';

/** What decides whether a user is found, and how much of one is shown. */
export interface UserInfoContext {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly callerId: string;
  readonly holds: Holds;
  readonly features: Features;
}

const since = '2026-01-15T09:00:00.000Z';
const updated = '2026-09-01T08:30:00.000Z';

/** The caller's own profile: `me`. */
export function profile(userId: string): Reply {
  const user = users.get(userId);
  if (user === undefined) return failed('User not found.');
  return success({
    ...shown(user),
    ...fullView(user),
    email: user.email,
    settings: { profile: {}, preferences: {} },
    avatarUrl: `/avatar/${user.username}`,
  });
}

/** One user: `users.info`. */
export function userInfo(
  query: URLSearchParams,
  { rooms, callerId, holds, features }: UserInfoContext,
): Reply {
  const names = ['userId', 'username', 'importId', ...(features.findsByEmail ? ['email'] : [])];
  const given = names.filter((name) => query.has(name));
  if (given.length !== 1) {
    return invalidParams(
      features.typesQueries,
      "must have required property 'userId'\n must match a schema in anyOf",
    );
  }
  const [by = ''] = given;
  const user = find(by, query.get(by) ?? '');
  const isOwn = user?.id === callerId;
  const seesAll = isOwn || holds('view-full-other-user-info');
  const isHidden = (by === 'email' || by === 'importId') && !seesAll;
  // The same answer for one who is not there, and for one who is and may not be searched for.
  if (user === undefined || isHidden) return failed('User not found.');
  const showsRooms =
    query.get('includeUserRooms') === 'true' && (isOwn || holds('view-other-user-channels'));
  return success({
    user: {
      ...shown(user),
      ...(seesAll && fullView(user)),
      canViewAllInfo: seesAll,
      ...(showsRooms && { rooms: roomsOf(user, rooms) }),
    },
  });
}

/** A user id finds by user name as well, and an address in any case. */
function find(by: string, wanted: string): User | undefined {
  return [...users.values()].find(({ id, username, email }) => {
    if (by === 'userId') return id === wanted || username === wanted;
    return by === 'username' ? username === wanted : email === wanted.trim().toLowerCase();
  });
}

/** What every caller sees of a user. */
function shown({ id, username, name, status = 'online', active = true, type = 'user' }: User) {
  return { _id: id, username, name, status, active, type, utcOffset: 1 };
}

/** What of a user only the user, and callers with the permission for it, see. */
function fullView({ id, email }: User) {
  return {
    roles: id === caller ? ['user', 'admin'] : ['user'],
    ...(email !== '' && { emails: [{ address: email, verified: true }] }),
    statusConnection: 'online',
    createdAt: since,
    lastLogin: updated,
    _updatedAt: updated,
  };
}

/** All of a user's subscriptions, without what tells members from those who are only invited. */
function roomsOf(user: User, rooms: ReadonlyMap<string, Room>): object[] {
  return [...rooms.values()].flatMap(({ id: rid, name, isFederated, subscriptions }) => {
    const roles = subscriptions.get(user.id)?.roles;
    if (roles === undefined) return [];
    return [
      {
        _id: `${rid}${user.id}`,
        rid,
        name,
        t: 'p',
        unread: 0,
        ...(roles.length > 0 && { roles }),
        ...(isFederated && { federated: true }),
      },
    ];
  });
}
