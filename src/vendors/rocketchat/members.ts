import type { Listing } from '../../domain/entities.ts';
import { addQuery, path, type VendorPath } from '../../upstream/path.ts';
import type { BoundedList } from '../core/pagination.ts';
import type { ReadOptions, VendorReader } from '../core/reader.ts';
import { isMembership, roleList, roomMember, roomMemberPage } from './decode.ts';
import type { ChatGroupMember } from './entities.ts';
import { broadcastMembersPermission } from './errors.ts';
import { readFilteredPage } from './filter-page.ts';
import { toChatGroupMember } from './map.ts';
import { isUnknownRoute, lacksMembersByRole, rememberNoMembersByRole } from './routes.ts';

type RocketChatReader = VendorReader<'ROCKETCHAT'>;

/** A row of a list of members: a member, or a user who is only invited. */
export interface ListedMember {
  readonly member: ChatGroupMember;
  readonly isMember: boolean;
}

/** The server does not have `rooms.membersOrderedByRole`. */
class NoMembersByRole extends Error {}

const byRole = path`/api/v1/rooms.membersOrderedByRole`;

/** Returns the list of a room's members by role, the owners first, of archived rooms too: `GET rooms.membersOrderedByRole`. */
export function listMembersByRole(
  reader: RocketChatReader,
  roomId: string,
): BoundedList<ListedMember> {
  return createMemberList(reader, byRole, { roomId }, { permission: broadcastMembersPermission });
}

/**
 * Reads a part of a room's members, the owners first. Servers before 7.3 cannot list them by role: there it is
 * `GET groups.members`, in the order of the user names, and for the roles `GET groups.roles`. Such a server is remembered
 * once it has responded to `groups.members`, so that a proxy's page is not mistaken for it.
 *
 * @param withRoles whether the roles are needed: older servers return them in another call only
 * @param filter a part of a name or a user name
 * @returns null if there is no such room, or the caller cannot see it
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
      return await readMemberPage(
        createMemberList(reader, byRole, query, orUnknownRoute),
        offset,
        first,
      );
    } catch (error) {
      if (!(error instanceof NoMembersByRole)) throw error;
    }
  }
  const byName = createMemberList(reader, path`/api/v1/groups.members`, query, {});
  const listing = await readMemberPage(byName, offset, first);
  if (!isKnown) rememberNoMembersByRole(reader.client);
  const roles = withRoles && listing !== null ? await readRoles(reader, roomId) : null;
  return listing && { ...listing, items: listing.items.map((one) => addRoles(one, roles)) };
}

const orUnknownRoute: ReadOptions<'ROCKETCHAT'> = {
  permission: broadcastMembersPermission,
  accepts: isUnknownRoute,
  // Every other 404 is about a room that the caller cannot see.
  isAbsence: ({ vendorStatus }) => vendorStatus === 404,
};

async function readMemberPage(
  list: BoundedList<ListedMember>,
  offset: number,
  first: number,
): Promise<Listing<ChatGroupMember> | null> {
  const listing = await readFilteredPage(list, offset, first, ({ isMember }) => isMember);
  return listing && { ...listing, items: listing.items.map(({ member }) => member) };
}

function createMemberList(
  reader: RocketChatReader,
  route: VendorPath,
  query: Readonly<Record<string, string>>,
  options: ReadOptions<'ROCKETCHAT'>,
): BoundedList<ListedMember> {
  return {
    readPage: async (offset, limit) => {
      const part = addQuery(route, { ...query, count: limit, offset });
      const reading = await reader.get(part, options);
      if (reading === null) return null;
      if (options.accepts?.(reading.response)) throw new NoMembersByRole();
      const page = reader.decode(reading, reading.json, roomMemberPage, 'members');
      const rows = reader.decodeAll(reading, page.members, roomMember, 'member');
      const items = rows.map((row) => ({
        member: toChatGroupMember(row, reader.host, reading),
        isMember: isMembership(row.subscription?.status),
      }));
      return { items, total: page.total };
    },
    getId: ({ member }) => member.user.userId,
    tooLong: reader.tooLong,
  };
}

async function readRoles(
  reader: RocketChatReader,
  roomId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const reading = await reader.get(addQuery(path`/api/v1/groups.roles`, { roomId }));
  if (reading === null) return new Map();
  const { roles } = reader.decode(reading, reading.json, roleList, 'roles');
  return new Map(roles.map((one) => [one.u._id, one.roles]));
}

function addRoles(
  { user }: ChatGroupMember,
  roles: ReadonlyMap<string, readonly string[]> | null,
): ChatGroupMember {
  return { user, roles: roles === null ? null : (roles.get(user.userId) ?? []) };
}
