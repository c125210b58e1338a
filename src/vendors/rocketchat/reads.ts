import type { EmailAddress } from '../../email-address.ts';
import type {
  ChatGroup,
  ChatGroupDetails,
  ChatGroupMember,
  ChatUser,
  Listing,
} from '../../entities.ts';
import { path, type VendorPath, withQuery } from '../../http/path.ts';
import { ReadError } from '../../read-error.ts';
import { opaqueId, searchText } from '../input.ts';
import { type PagedRead, readListing } from '../listing.ts';
import type { Reading, VendorReader } from '../reader.ts';
import { isUnknownUser } from './errors.ts';
import { type RoomOfUser, roomsOf } from './rooms-of.ts';
import { chatGroup, chatGroupMember, chatUser } from './rows.ts';
import {
  memberPage,
  roleList,
  roomAnswer,
  roomPage,
  roomRow,
  userAnswer,
  userRow,
} from './wire.ts';

/** Which members of a room. */
export interface MemberQuery {
  /** A part of a name or a user name. */
  readonly filter?: string | null | undefined;
  /** Whether the roles are asked for: older servers tell them by another call only. */
  readonly roles: boolean;
}

type Read = Reading<'ROCKETCHAT'>;

/** Reads Rocket.Chat's private rooms, as the caller sees them. */
export class RocketChatReads {
  readonly #reader: VendorReader<'ROCKETCHAT'>;

  constructor(reader: VendorReader<'ROCKETCHAT'>) {
    this.#reader = reader;
  }

  /** Whose rooms these are: the workspace's own host. */
  get tenant(): string {
    return this.#reader.host;
  }

  /** A room's or a user's id in its normal form. @throws {ReadError} where it is none */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: opaqueId }).id;
  }

  /** What there is to tell of one room itself: `GET groups.info`. */
  async group(groupId: string): Promise<ChatGroupDetails | null> {
    const info = withQuery(path`/api/v1/groups.info`, { roomId: groupId });
    const reading = await this.#reader.get(info);
    if (reading === null) return null;
    const { group } = this.#reader.object(reading, reading.json, roomAnswer, 'room');
    const room = this.#room(reading, group);
    if (room.groupId !== groupId) throw this.#reader.unreadable(reading);
    return room.details;
  }

  /** A part of the caller's own private rooms: `GET groups.list`. */
  groups(offset: number, first: number): Promise<Listing<ChatGroup> | null> {
    return readListing(this.#groupList, offset, first);
  }

  /**
   * A part of a room's members, the owners first: `GET rooms.membersOrderedByRole`. Servers before
   * 7.3 do not know it: there `GET groups.members`, in the order of the user names, and for the roles
   * `GET groups.roles`.
   */
  async members(
    groupId: string,
    query: MemberQuery,
    offset: number,
    first: number,
  ): Promise<Listing<ChatGroupMember> | null> {
    const { filter } = query;
    if (filter != null) this.#reader.check({ filter }, { filter: searchText });
    const named = { roomId: groupId, ...(filter == null ? {} : { filter }) };
    try {
      const ordered = this.#memberList(path`/api/v1/rooms.membersOrderedByRole`, named);
      return await readListing(ordered, offset, first);
    } catch (error) {
      if (!isUnknownRoute(error)) throw error;
      const listing = await readListing(
        this.#memberList(path`/api/v1/groups.members`, named),
        offset,
        first,
      );
      const roles = query.roles && listing !== null ? await this.#roles(groupId) : null;
      return listing && { ...listing, items: listing.items.map((one) => withRoles(one, roles)) };
    }
  }

  /** One user: `GET users.info`. */
  async user(userId: string): Promise<ChatUser | null> {
    const info = withQuery(path`/api/v1/users.info`, { userId });
    const reading = await this.#reader.get(info, { isAbsence: isUnknownUser });
    if (reading === null) return null;
    const { user } = this.#reader.object(reading, reading.json, userAnswer, 'user');
    const row = this.#reader.object(reading, user, userRow, 'user');
    if (row._id !== userId) throw this.#reader.unreadable(reading);
    return chatUser(row, this.tenant, reading);
  }

  /** The private rooms that somebody is in, as far as the caller may see them. */
  roomsOf(email: EmailAddress): Promise<readonly RoomOfUser[]> {
    return roomsOf(email, this.#reader, this.#groupList);
  }

  get #groupList(): PagedRead<ChatGroup> {
    return {
      page: async (offset, limit) => {
        const list = withQuery(path`/api/v1/groups.list`, { count: limit, offset });
        const reading = await this.#reader.list(list);
        const page = this.#reader.object(reading, reading.json, roomPage, 'rooms');
        const items = page.groups.map((row) => this.#room(reading, row));
        return { items, total: page.total };
      },
      idOf: ({ groupId }) => groupId,
      tooLong: this.#reader.tooLong,
    };
  }

  #memberList(
    route: VendorPath,
    query: Readonly<Record<string, string>>,
  ): PagedRead<ChatGroupMember> {
    return {
      page: async (offset, limit) => {
        const reading = await this.#reader.get(
          withQuery(route, { ...query, count: limit, offset }),
        );
        if (reading === null) return null;
        const page = this.#reader.object(reading, reading.json, memberPage, 'members');
        const rows = this.#reader.objects(reading, page.members, userRow, 'member');
        const items = rows.map((row) => chatGroupMember(row, this.tenant, reading));
        return { items, total: page.total };
      },
      idOf: ({ user }) => user.userId,
      tooLong: this.#reader.tooLong,
    };
  }

  async #roles(roomId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const reading = await this.#reader.get(withQuery(path`/api/v1/groups.roles`, { roomId }));
    if (reading === null) return new Map();
    const { roles } = this.#reader.object(reading, reading.json, roleList, 'roles');
    return new Map(roles.map((one) => [one.u._id, one.roles]));
  }

  #room(reading: Read, json: unknown) {
    return chatGroup(this.#reader.object(reading, json, roomRow, 'room'), this.tenant, reading);
  }
}

/** Rocket.Chat's answer to a route that its version does not have. */
function isUnknownRoute(error: unknown): boolean {
  return error instanceof ReadError && error.vendorStatus === 404;
}

function withRoles(
  { user }: ChatGroupMember,
  roles: ReadonlyMap<string, readonly string[]> | null,
): ChatGroupMember {
  return { user, roles: roles === null ? null : (roles.get(user.userId) ?? []) };
}
