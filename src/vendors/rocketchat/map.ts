import type { ChatGroup, ChatGroupMember, ChatUser } from '../../domain/entities.ts';
import type { Wire } from '../core/decode-object.ts';
import type { Exchange } from '../core/sender.ts';
import type { memberRow, roomRow, userRow } from './decode.ts';

type RocketChat = Exchange<'ROCKETCHAT'>;

/** A room under the names of the graph. */
export function chatGroup(
  row: Wire<typeof roomRow>,
  tenant: string,
  { credentials: { redactor } }: RocketChat,
) {
  const { u } = row;
  return {
    tenant,
    groupId: row._id,
    details: {
      name: redactor.data(row.fname ?? row.name),
      // The vendor leaves them out where they are false.
      isArchived: row.archived === undefined ? false : row.archived,
      isReadOnly: row.ro === undefined ? false : row.ro,
      owner: u == null ? null : { tenant, userId: u._id, username: redactor.data(u.username) },
      usersCount: row.usersCount ?? null,
    },
  } satisfies ChatGroup;
}

/** A user under the names of the graph. */
export function chatUser(
  row: Pick<Wire<typeof userRow>, '_id' | 'username' | 'name'>,
  tenant: string,
  { credentials: { redactor } }: RocketChat,
): ChatUser {
  return {
    tenant,
    userId: row._id,
    username: redactor.data(row.username),
    name: redactor.data(row.name),
  };
}

/** A member under the names of the graph, with the roles that the row itself tells. */
export function chatGroupMember(
  row: Wire<typeof memberRow>,
  tenant: string,
  exchange: RocketChat,
): ChatGroupMember {
  const { redactor } = exchange.credentials;
  const roles = row.roles ?? row.subscription?.roles ?? [];
  return {
    user: chatUser(row, tenant, exchange),
    roles: roles.map((role) => redactor.data(role) ?? ''),
  };
}
