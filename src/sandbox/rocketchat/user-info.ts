import type { Reply } from '../simulator.ts';
import type { HasPermission } from './permissions.ts';
import { fail, refuseParams, replySuccess } from './replies.ts';
import type { Room } from './rooms.ts';
import { caller, type User, users } from './users.ts';
import type { Features } from './versions.ts';

/** The state that determines whether a user is found, and which fields are shown. */
export interface UserInfoContext {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly callerId: string;
  readonly holds: HasPermission;
  readonly features: Features;
}

const since = '2026-01-15T09:00:00.000Z';
const updated = '2026-09-01T08:30:00.000Z';

/** Returns the response of `me`: the caller's profile. */
export function readProfile(userId: string): Reply {
  const user = users.get(userId);
  if (user === undefined) return fail('User not found.');
  return replySuccess({
    ...toPublicView(user),
    ...toFullView(user),
    email: user.email,
    settings: { profile: {}, preferences: {} },
    avatarUrl: `/avatar/${user.username}`,
  });
}

/** Returns the response of `users.info`: one user. */
export function readUserInfo(
  query: URLSearchParams,
  { rooms, callerId, holds, features }: UserInfoContext,
): Reply {
  const names = ['userId', 'username', 'importId', ...(features.findsByEmail ? ['email'] : [])];
  const given = names.filter((name) => query.has(name));
  if (given.length !== 1) {
    return refuseParams(
      features.typesQueries,
      "must have required property 'userId'\n must match a schema in anyOf",
    );
  }
  const [by = ''] = given;
  const user = find(by, query.get(by) ?? '');
  const isOwn = user?.id === callerId;
  const seesAll = isOwn || holds('view-full-other-user-info');
  const isHidden = (by === 'email' || by === 'importId') && !seesAll;
  // An unknown user and a user that the caller may not search for get the same response.
  if (user === undefined || isHidden) return fail('User not found.');
  const showsRooms =
    query.get('includeUserRooms') === 'true' && (isOwn || holds('view-other-user-channels'));
  return replySuccess({
    user: {
      ...toPublicView(user),
      ...(seesAll && toFullView(user)),
      canViewAllInfo: seesAll,
      ...(showsRooms && { rooms: listRooms(user, rooms) }),
    },
  });
}

/** Finds a user. A user ID also matches a user name, and an address matches in any letter case. */
function find(by: string, wanted: string): User | undefined {
  return [...users.values()].find(({ id, username, email }) => {
    if (by === 'userId') return id === wanted || username === wanted;
    return by === 'username' ? username === wanted : email === wanted.trim().toLowerCase();
  });
}

/** Returns the fields of a user that every caller can see. */
function toPublicView({
  id,
  username,
  name,
  status = 'online',
  active = true,
  type = 'user',
}: User) {
  return { _id: id, username, name, status, active, type, utcOffset: 1 };
}

/** Returns the fields that only the user, and callers with a permission, can see. */
function toFullView({ id, email }: User) {
  return {
    roles: id === caller ? ['user', 'admin'] : ['user'],
    ...(email !== '' && { emails: [{ address: email, verified: true }] }),
    statusConnection: 'online',
    createdAt: since,
    lastLogin: updated,
    _updatedAt: updated,
  };
}

/** Returns all subscriptions of a user. They do not distinguish members from invited users. */
function listRooms(user: User, rooms: ReadonlyMap<string, Room>): object[] {
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
