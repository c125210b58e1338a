import type { ChatGroupMember, Listing } from '../../domain/entities.ts';
import { addQuery, path, type VendorPath } from '../../upstream/path.ts';
import type { PagedRead } from '../core/listing.ts';
import type { ReadOptions, VendorReader } from '../core/reader.ts';
import { decodeMemberPage, isMembership, memberRow, roleList } from './decode.ts';
import { seesBroadcastMembers } from './errors.ts';
import { toChatGroupMember } from './map.ts';
import { readPart } from './part.ts';
import { isUnknownRoute, lacksMembersByRole, noteNoMembersByRole } from './routes.ts';

type RocketChatReader = VendorReader<'ROCKETCHAT'>;

/** A row of a list of members: a member, or somebody who is only invited. */
export interface ListedMember {
  readonly member: ChatGroupMember;
  readonly isMember: boolean;
}

/** Thrown for the answer of a server that does not have `rooms.membersOrderedByRole`. */
class NoMembersByRole extends Error {}

const byRole = path`/api/v1/rooms.membersOrderedByRole`;

/** A room's members by role, the owners first, of archived rooms too: `GET rooms.membersOrderedByRole`. */
export function listMembersByRole(
  reader: RocketChatReader,
  roomId: string,
): PagedRead<ListedMember> {
  return memberList(reader, byRole, { roomId }, { permission: seesBroadcastMembers });
}

/**
 * A part of a room's members, the owners first. Servers before 7.3 do not know them by role: there
 * `GET groups.members`, in the order of the user names, and for the roles `GET groups.roles`. That a server is one of
 * these is remembered once it has answered the second way, so that a page of a proxy is not taken for it.
 *
 * @param withRoles whether the roles are asked for: older servers tell them by another call only
 * @param filter a part of a name or a user name
 * @returns null where there is no such room, or the caller cannot see it
 */
export async function readMembers(
  reader: RocketChatReader,
  roomId: string,
  { withRoles, filter }: { readonly withRoles: boolean; readonly filter: string | null },
  offset: number,
  first: number,
): Promise<Listing<ChatGroupMember> | null> {
  const query = { roomId, ...(filter === null ? {} : { filter }) };
  const isKnown = lacksMembersByRole(reader.client);
  if (!isKnown) {
    try {
      return await membersOf(memberList(reader, byRole, query, orUnknownRoute), offset, first);
    } catch (error) {
      if (!(error instanceof NoMembersByRole)) throw error;
    }
  }
  const byName = memberList(reader, path`/api/v1/groups.members`, query, {});
  const listing = await membersOf(byName, offset, first);
  if (!isKnown) noteNoMembersByRole(reader.client);
  const roles = withRoles && listing !== null ? await rolesOf(reader, roomId) : null;
  return listing && { ...listing, items: listing.items.map((one) => withRolesOf(one, roles)) };
}

const orUnknownRoute: ReadOptions<'ROCKETCHAT'> = {
  permission: seesBroadcastMembers,
  accepts: isUnknownRoute,
  // Every other 404 is that of a room that the caller cannot see.
  isAbsence: ({ vendorStatus }) => vendorStatus === 404,
};

async function membersOf(
  list: PagedRead<ListedMember>,
  offset: number,
  first: number,
): Promise<Listing<ChatGroupMember> | null> {
  const listing = await readPart(list, offset, first, ({ isMember }) => isMember);
  return listing && { ...listing, items: listing.items.map(({ member }) => member) };
}

function memberList(
  reader: RocketChatReader,
  route: VendorPath,
  query: Readonly<Record<string, string>>,
  options: ReadOptions<'ROCKETCHAT'>,
): PagedRead<ListedMember> {
  return {
    page: async (offset, limit) => {
      const part = addQuery(route, { ...query, count: limit, offset });
      const reading = await reader.get(part, options);
      if (reading === null) return null;
      if (options.accepts?.(reading.answer)) throw new NoMembersByRole();
      const page = reader.object(reading, reading.json, decodeMemberPage, 'members');
      const rows = reader.objects(reading, page.members, memberRow, 'member');
      const items = rows.map((row) => ({
        member: toChatGroupMember(row, reader.host, reading),
        isMember: isMembership(row.subscription?.status),
      }));
      return { items, total: page.total };
    },
    idOf: ({ member }) => member.user.userId,
    tooLong: reader.tooLong,
  };
}

async function rolesOf(
  reader: RocketChatReader,
  roomId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const reading = await reader.get(addQuery(path`/api/v1/groups.roles`, { roomId }));
  if (reading === null) return new Map();
  const { roles } = reader.object(reading, reading.json, roleList, 'roles');
  return new Map(roles.map((one) => [one.u._id, one.roles]));
}

function withRolesOf(
  { user }: ChatGroupMember,
  roles: ReadonlyMap<string, readonly string[]> | null,
): ChatGroupMember {
  return { user, roles: roles === null ? null : (roles.get(user.userId) ?? []) };
}
