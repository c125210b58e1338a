import type { Decoded } from '../../domain/decode.ts';
import type { Exchange } from '../core/exchange.ts';
import type { chatUser, room, roomMember } from './decode.ts';
import type { ChatGroup, ChatGroupMember, ChatUser } from './entities.ts';

type RocketChat = Exchange<'ROCKETCHAT'>;

/** Converts a decoded room to an entity. */
export function toChatGroup(
  row: Decoded<typeof room>,
  tenant: string,
  { credentials: { redactor } }: RocketChat,
) {
  const { u } = row;
  return {
    tenant,
    groupId: row._id,
    details: {
      name: redactor.redactValue(row.fname ?? row.name),
      // The vendor leaves them out if they are false.
      isArchived: row.archived === undefined ? false : row.archived,
      isReadOnly: row.ro === undefined ? false : row.ro,
      owner:
        u == null ? null : { tenant, userId: u._id, username: redactor.redactValue(u.username) },
      usersCount: row.usersCount ?? null,
    },
  } satisfies ChatGroup;
}

/** Converts a decoded user to an entity. */
export function toChatUser(
  row: Pick<Decoded<typeof chatUser>, '_id' | 'username' | 'name'>,
  tenant: string,
  { credentials: { redactor } }: RocketChat,
): ChatUser {
  return {
    tenant,
    userId: row._id,
    username: redactor.redactValue(row.username),
    name: redactor.redactValue(row.name),
  };
}

/** Converts a decoded member to an entity, with the roles that the row contains. */
export function toChatGroupMember(
  row: Decoded<typeof roomMember>,
  tenant: string,
  exchange: RocketChat,
): ChatGroupMember {
  const { redactor } = exchange.credentials;
  const roles = row.roles ?? row.subscription?.roles ?? [];
  return {
    user: toChatUser(row, tenant, exchange),
    roles: roles.map((role) => redactor.redactValue(role) ?? ''),
  };
}
