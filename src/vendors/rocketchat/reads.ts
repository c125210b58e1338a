import type { EmailAddress } from '../../domain/email-address.ts';
import type {
  ChatGroup,
  ChatGroupDetails,
  ChatGroupMember,
  ChatUser,
  Listing,
} from '../../domain/entities.ts';
import { ReadError } from '../../read-error.ts';
import { addQuery, path } from '../../upstream/path.ts';
import { opaqueIdRule, searchTextRule } from '../core/input.ts';
import { readAllPages } from '../core/listing.ts';
import type { VendorReader } from '../core/reader.ts';
import { decodeRoomResponse, roomRow, userAnswer, userRow } from './decode.ts';
import { isUnknownUser } from './errors.ts';
import { toChatGroup, toChatUser } from './map.ts';
import { readMembers } from './members.ts';
import { createJoinedRoomTest, readOwnRooms } from './own-rooms.ts';
import { readPart } from './part.ts';
import { type RoomOfUser, readRoomsOfUser } from './rooms-of.ts';

/** Which members of a room. */
export interface MemberQuery {
  /** A part of a name or a user name. */
  readonly filter?: string | null | undefined;
  /** Whether the roles are asked for: older servers tell them by another call only. */
  readonly roles: boolean;
}

/** Reads Rocket.Chat's private rooms, as the caller sees them. */
export class RocketChatReads {
  readonly #reader: VendorReader<'ROCKETCHAT'>;
  #ownNames: Promise<ReadonlyMap<string, string | null> | null> | undefined;

  constructor(reader: VendorReader<'ROCKETCHAT'>) {
    this.#reader = reader;
  }

  /** Whose rooms these are: the workspace's own host. */
  get tenant(): string {
    return this.#reader.host;
  }

  /** A room's or a user's id in its normal form. @throws {ReadError} where it is none */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: opaqueIdRule }).id;
  }

  /** What there is to tell of one room itself: `GET groups.info`. */
  async group(groupId: string): Promise<ChatGroupDetails | null> {
    const info = addQuery(path`/api/v1/groups.info`, { roomId: groupId });
    const reading = await this.#reader.get(info);
    if (reading === null) return null;
    const { group } = this.#reader.object(reading, reading.json, decodeRoomResponse, 'room');
    const row = this.#reader.object(reading, group, roomRow, 'room');
    const room = toChatGroup(row, this.tenant, reading);
    if (room.groupId !== groupId) throw this.#reader.unreadable(reading);
    return room.details;
  }

  /**
   * A part of the private rooms that the caller is a member of: `GET groups.list`, and if one of them is federated
   * `GET subscriptions.get`.
   */
  async groups(offset: number, first: number): Promise<Listing<ChatGroup> | null> {
    const isIn = createJoinedRoomTest(this.#reader);
    const listing = await readPart(readOwnRooms(this.#reader), offset, first, isIn);
    return listing && { ...listing, items: listing.items.map(({ group }) => group) };
  }

  /**
   * A part of a room's members, the owners first: `GET rooms.membersOrderedByRole`, or on servers before 7.3
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

  /** One user: `GET users.info`. */
  async user(userId: string): Promise<ChatUser | null> {
    const info = addQuery(path`/api/v1/users.info`, { userId });
    const reading = await this.#reader.get(info, { isAbsence: isUnknownUser });
    if (reading === null) return null;
    const { user } = this.#reader.object(reading, reading.json, userAnswer, 'user');
    const row = this.#reader.object(reading, user, userRow, 'user');
    if (row._id !== userId) throw this.#reader.unreadable(reading);
    return toChatUser(row, this.tenant, reading);
  }

  /** The private rooms that somebody is in, as far as the caller may see them. */
  roomsOf(email: EmailAddress): Promise<readonly RoomOfUser[]> {
    return readRoomsOfUser(email, this.#reader);
  }

  /**
   * The display name of a room of which only the name in its address was read. It is looked for in the caller's own
   * rooms, at one call for 100 of them: `GET groups.list`. `GET groups.info` is left for discussions, which may be seen
   * without being in them and whose addresses hold nothing but a made-up id.
   */
  async displayName({ groupId, name, slug = null }: ChatGroup): Promise<string | null> {
    if (name != null) return name;
    this.#ownNames ??= this.#readOwnNames().catch(orNull);
    const own = await this.#ownNames;
    const known = own?.get(groupId);
    if (known !== undefined) return known ?? slug;
    if (own !== null && slug !== null && !isMadeUp(slug)) return slug;
    const details = await this.group(groupId).catch(orNull);
    return details?.name ?? slug;
  }

  async #readOwnNames(): Promise<ReadonlyMap<string, string | null>> {
    const rooms = (await readAllPages(readOwnRooms(this.#reader))) ?? [];
    return new Map(rooms.map(({ group }) => [group.groupId, group.details.name]));
  }
}

/** Whether a name in an address is a made-up id: Meteor's `Random.id()` has 17 letters and digits. */
function isMadeUp(slug: string): boolean {
  return /^[0-9A-Za-z]{17}$/.test(slug);
}

/** Null for a read that failed: a name can be shown without it. */
function orNull(error: unknown): null {
  if (error instanceof ReadError) return null;
  throw error;
}
