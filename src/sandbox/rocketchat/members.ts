import type { Reply } from '../simulator.ts';
import { replySuccess } from './replies.ts';
import { isMember, type Room, toMemberSubscription } from './rooms.ts';
import { toUserRow, type User, users } from './users.ts';

/** Lists the members for `groups.members`: active users by user name, including invited ones. */
export function listMembersByName(room: Room, query: URLSearchParams): object[] {
  return filterMembers(room, query).toSorted(compareUsernames).map(toUserRow);
}

/**
 * Lists the members for `rooms.membersOrderedByRole`: owners, leaders, moderators, and the rest; within each, online users
 * first, then by user name. `sort` reverses the roles (`rolePriority`) or the user names (`username`).
 *
 * @param withSubscription true if the rows include the subscription, as from 8.0 on
 */
export function listMembersByRole(
  room: Room,
  query: URLSearchParams,
  withSubscription: boolean,
): object[] {
  const sort = parseSort(query);
  return filterMembers(room, query)
    .flatMap((user) => {
      const subscription = room.subscriptions.get(user.id);
      return subscription === undefined ? [] : [{ user, subscription }];
    })
    .toSorted(
      (a, b) =>
        (getRank(a.subscription.roles) - getRank(b.subscription.roles)) * sort.rolePriority ||
        Number(a.user.status === 'offline') - Number(b.user.status === 'offline') ||
        compareUsernames(a.user, b.user) * sort.username,
    )
    .map(({ user, subscription }) => ({
      ...toUserRow(user),
      ...(subscription.roles.length > 0 && { roles: subscription.roles }),
      ...(withSubscription && {
        subscription: toMemberSubscription(room, user.id, subscription),
      }),
    }));
}

/** Returns the response of `groups.roles`. */
export function listRoomRoles(room: Room): Reply {
  const roles = [...room.subscriptions]
    .filter(([id, { roles }]) => isMember(room, id) && roles.length > 0)
    .map(([id, { roles }]) => {
      const { username, name } = users.get(id) ?? {};
      return { _id: `${room.id}-${id}`, rid: room.id, u: { _id: id, username, name }, roles };
    });
  return replySuccess({ roles });
}

/** Returns the users that lists of members show: active users, including invited ones, but not banned ones. */
function filterMembers(room: Room, query: URLSearchParams): User[] {
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

function getRank(roles: readonly string[]): number {
  const index = ranks.findIndex((role) => roles.includes(role));
  return index === -1 ? ranks.length : index;
}

function parseSort(query: URLSearchParams): { rolePriority: number; username: number } {
  const standard = { rolePriority: 1, username: 1 };
  try {
    return { ...standard, ...JSON.parse(query.get('sort') ?? '{}') };
  } catch {
    return standard;
  }
}

function compareUsernames(a: User, b: User): number {
  return a.username < b.username ? -1 : 1;
}
