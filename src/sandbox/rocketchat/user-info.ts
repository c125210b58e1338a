import type { Reply } from '../simulator.ts';
import { failed, refused, success } from './replies.ts';
import type { Room } from './rooms.ts';
import { type User, users } from './users.ts';

/** What decides how much of a user is shown. */
export interface UserInfoRules {
  readonly callerId: string;
  /** Whether the caller lacks every permission over others. */
  readonly isForbidden: boolean;
  /** Whether users are found by e-mail address, as they are from 8.4 on. */
  readonly findsByEmail: boolean;
  readonly viewsOtherRooms: boolean;
}

/** The caller's own profile: `me`. */
export function profile(userId: string): Reply {
  const user = users.get(userId);
  const emails = [{ address: user?.email, verified: true }];
  return success({ _id: userId, username: user?.username, name: user?.name, emails, active: true });
}

/** One user: `users.info`. */
export function userInfo(
  query: URLSearchParams,
  rooms: ReadonlyMap<string, Room>,
  rules: UserInfoRules,
): Reply {
  const names = ['userId', 'username', ...(rules.findsByEmail ? ['email'] : [])];
  const given = names.filter((name) => query.has(name));
  if (given.length !== 1)
    return refused('invalid-params', 'must match exactly one schema in oneOf');
  const [by = ''] = given;
  const wanted = query.get(by);
  const user = [...users.values()].find(
    ({ id, username, email }) => wanted === { userId: id, username, email }[by],
  );
  if (user === undefined) return failed('User not found.');
  const isOwn = user.id === rules.callerId;
  const maySee = isOwn || !rules.isForbidden;
  const showsRooms =
    query.get('includeUserRooms') === 'true' && (isOwn || (maySee && rules.viewsOtherRooms));
  return success({
    user: {
      _id: user.id,
      username: user.username,
      name: user.name,
      status: 'online',
      active: true,
      type: 'user',
      roles: ['user'],
      utcOffset: 1,
      ...(maySee && { emails: [{ address: user.email, verified: true }] }),
      ...(showsRooms && { rooms: roomsOf(user, rooms) }),
    },
  });
}

function roomsOf(user: User, rooms: ReadonlyMap<string, Room>): object[] {
  return [...rooms.values()].flatMap(({ id: rid, name, subscriptions }) => {
    const roles = subscriptions.get(user.id)?.roles;
    if (roles === undefined) return [];
    return [{ rid, name, t: 'p', ...(roles.length > 0 && { roles }) }];
  });
}
