import type { ChatGroup, ChatGroupMember, ChatUser } from '../../domain/entities.ts';
import type { WireValue } from '../core/decode-object.ts';
import type { Exchange } from '../core/exchange.ts';
import type { memberRow, roomRow, userRow } from './decode.ts';

type RocketChat = Exchange<'ROCKETCHAT'>;

/** A room under the names of the graph. */
export function toChatGroup(
  row: WireValue<typeof roomRow>,
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
export function toChatUser(
  row: Pick<WireValue<typeof userRow>, '_id' | 'username' | 'name'>,
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
export function toChatGroupMember(
  row: WireValue<typeof memberRow>,
  tenant: string,
  exchange: RocketChat,
): ChatGroupMember {
  const { redactor } = exchange.credentials;
  const roles = row.roles ?? row.subscription?.roles ?? [];
  return {
    user: toChatUser(row, tenant, exchange),
    roles: roles.map((role) => redactor.data(role) ?? ''),
  };
}
