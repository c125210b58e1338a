import type { Reply } from '../simulator.ts';
import { success } from './replies.ts';
import { isMember, memberSubscription, type Room } from './rooms.ts';
import { memberRow, type User, users } from './users.ts';

/** `groups.members`: active users, by user name, whoever was invited among them. */
export function membersByName(room: Room, query: URLSearchParams): object[] {
  return listed(room, query).toSorted(byUsername).map(memberRow);
}

/**
 * `rooms.membersOrderedByRole`: owners, leaders, moderators, the rest; of each those who are online first, then by user
 * name. `sort` reverses the roles (`rolePriority`) or the user names (`username`).
 *
 * @param withSubscription whether the rows bear the subscription, as from 8.0 on
 */
export function membersByRole(
  room: Room,
  query: URLSearchParams,
  withSubscription: boolean,
): object[] {
  const sort = sortOf(query);
  return listed(room, query)
    .flatMap((user) => {
      const subscription = room.subscriptions.get(user.id);
      return subscription === undefined ? [] : [{ user, subscription }];
    })
    .toSorted(
      (a, b) =>
        (rank(a.subscription.roles) - rank(b.subscription.roles)) * sort.rolePriority ||
        Number(a.user.status === 'offline') - Number(b.user.status === 'offline') ||
        byUsername(a.user, b.user) * sort.username,
    )
    .map(({ user, subscription }) => ({
      ...memberRow(user),
      ...(subscription.roles.length > 0 && { roles: subscription.roles }),
      ...(withSubscription && {
        subscription: memberSubscription(room, user.id, subscription),
      }),
    }));
}

/** `groups.roles`. */
export function roomRoles(room: Room): Reply {
  const roles = [...room.subscriptions]
    .filter(([id, { roles }]) => isMember(room, id) && roles.length > 0)
    .map(([id, { roles }]) => {
      const { username, name } = users.get(id) ?? {};
      return { _id: `${room.id}-${id}`, rid: room.id, u: { _id: id, username, name }, roles };
    });
  return success({ roles });
}

/** Those whom lists of members show: active users. Who was banned is in none, who is only invited is. */
function listed(room: Room, query: URLSearchParams): User[] {
  const filter = query.get('filter')?.toLowerCase() ?? '';
  const statuses = query.getAll('status[]');
  return [...room.subscriptions]
    .filter(([, { status }]) => status !== 'BANNED')
    .flatMap(([id]) => users.get(id) ?? [])
    .filter(({ active = true }) => active)
    .filter(({ status = 'online' }) => statuses.length === 0 || statuses.includes(status))
    .filter(({ name, username }) => `${name}\n${username}`.toLowerCase().includes(filter));
}

const ranks = ['owner', 'leader', 'moderator'];

function rank(roles: readonly string[]): number {
  const index = ranks.findIndex((role) => roles.includes(role));
  return index === -1 ? ranks.length : index;
}

function sortOf(query: URLSearchParams): { rolePriority: number; username: number } {
  const standard = { rolePriority: 1, username: 1 };
  try {
    return { ...standard, ...JSON.parse(query.get('sort') ?? '{}') };
  } catch {
    return standard;
  }
}

function byUsername(a: User, b: User): number {
  return a.username < b.username ? -1 : 1;
}
