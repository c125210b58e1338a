import type { EmailAddress } from '../../domain/email-address.ts';
import type { Listing } from '../../domain/entities.ts';
import { ReadError } from '../../read-error.ts';
import { addQuery, path } from '../../upstream/path.ts';
import { opaqueIdRule, searchTextRule } from '../core/input.ts';
import { readAllPages } from '../core/pagination.ts';
import type { VendorReader } from '../core/reader.ts';
import { chatUser, room as roomObject, roomResponse, userResponse } from './decode.ts';
import type { ChatGroup, ChatGroupDetails, ChatGroupMember, ChatUser } from './entities.ts';
import { isUnknownUser } from './errors.ts';
import { readFilteredPage } from './filter-page.ts';
import { toChatGroup, toChatUser } from './map.ts';
import { readMembers } from './members.ts';
import { createJoinedRoomTest, createOwnRoomList } from './own-rooms.ts';
import { readUserRooms, type UserRoom } from './user-rooms.ts';

/** A query for members of a room. */
export interface MemberQuery {
  /** A part of a name or a user name. */
  readonly filter?: string | null | undefined;
  /** Whether the roles are needed: older servers return them in another call only. */
  readonly roles: boolean;
}

/** Reads Rocket.Chat's private rooms, as the caller sees them. */
export class RocketChatReads {
  readonly #reader: VendorReader<'ROCKETCHAT'>;
  #ownNames: Promise<ReadonlyMap<string, string | null> | null> | undefined;

  constructor(reader: VendorReader<'ROCKETCHAT'>) {
    this.#reader = reader;
  }

  /** The host of the workspace. */
  get tenant(): string {
    return this.#reader.host;
  }

  /** Returns a room's or a user's id in its normal form. @throws {ReadError} if it is malformed */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: opaqueIdRule }).id;
  }

  /** Reads one room: `GET groups.info`. */
  async group(groupId: string): Promise<ChatGroupDetails | null> {
    const info = addQuery(path`/api/v1/groups.info`, { roomId: groupId });
    const reading = await this.#reader.get(info);
    if (reading === null) return null;
    const { group } = this.#reader.decode(reading, reading.json, roomResponse, 'room');
    const row = this.#reader.decode(reading, group, roomObject, 'room');
    const room = toChatGroup(row, this.tenant, reading);
    if (room.groupId !== groupId) throw this.#reader.createUnreadableError(reading);
    return room.details;
  }

  /**
   * Reads a part of the private rooms that the caller is a member of: `GET groups.list`, and if one of them is federated
   * `GET subscriptions.get`.
   */
  async groups(offset: number, first: number): Promise<Listing<ChatGroup> | null> {
    const isIn = createJoinedRoomTest(this.#reader);
    const listing = await readFilteredPage(createOwnRoomList(this.#reader), offset, first, isIn);
    return listing && { ...listing, items: listing.items.map(({ group }) => group) };
  }

  /**
   * Reads a part of a room's members, the owners first: `GET rooms.membersOrderedByRole`, or on servers before 7.3
   * `GET groups.members`, in the order of the user names, and for the roles `GET groups.roles`.
   */
  members(
    groupId: string,
    { filter = null, roles }: MemberQuery,
    offset: number,
    first: number,
  ): Promise<Listing<ChatGroupMember> | null> {
    if (filter !== null) this.#reader.check({ filter }, { filter: searchTextRule });
    return readMembers(this.#reader, groupId, { filter, withRoles: roles }, offset, first);
  }

  /** Reads one user: `GET users.info`. */
  async user(userId: string): Promise<ChatUser | null> {
    const info = addQuery(path`/api/v1/users.info`, { userId });
    const reading = await this.#reader.get(info, { isAbsence: isUnknownUser });
    if (reading === null) return null;
    const { user } = this.#reader.decode(reading, reading.json, userResponse, 'user');
    const row = this.#reader.decode(reading, user, chatUser, 'user');
    if (row._id !== userId) throw this.#reader.createUnreadableError(reading);
    return toChatUser(row, this.tenant, reading);
  }

  /** Reads the private rooms of a user, as far as the caller may see them. */
  roomsByEmail(email: EmailAddress): Promise<readonly UserRoom[]> {
    return readUserRooms(email, this.#reader);
  }

  /**
   * Returns the display name of a room of which only the name in its address was read. It is searched for in the caller's
   * rooms, with one call per 100 rooms: `GET groups.list`. `GET groups.info` is called for discussions only, which callers
   * may see without being members and whose addresses contain a generated id.
   */
  async displayName({ groupId, name, slug = null }: ChatGroup): Promise<string | null> {
    if (name != null) return name;
    this.#ownNames ??= this.#readOwnNames().catch(ignoreReadError);
    const own = await this.#ownNames;
    const known = own?.get(groupId);
    if (known !== undefined) return known ?? slug;
    if (own !== null && slug !== null && !isGenerated(slug)) return slug;
    const details = await this.group(groupId).catch(ignoreReadError);
    return details?.name ?? slug;
  }

  async #readOwnNames(): Promise<ReadonlyMap<string, string | null>> {
    const rooms = (await readAllPages(createOwnRoomList(this.#reader))) ?? [];
    return new Map(rooms.map(({ group }) => [group.groupId, group.details.name]));
  }
}

/** Returns whether a name in an address is a generated id: Meteor's `Random.id()` has 17 letters and digits. */
function isGenerated(slug: string): boolean {
  return /^[0-9A-Za-z]{17}$/.test(slug);
}

/** Replaces a failed read with null: a name can be shown without it. */
function ignoreReadError(error: unknown): null {
  if (error instanceof ReadError) return null;
  throw error;
}
