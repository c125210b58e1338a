import type { EmailAddress } from '../../domain/email-address.ts';
import type { ChatGroup, ChatUser } from '../../domain/entities.ts';
import { PermissionDeniedError, PreconditionFailedError } from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import { addQuery, path } from '../../upstream/path.ts';
import { readAllPages } from '../core/listing.ts';
import type { VendorReader } from '../core/reader.ts';
import { isMemberAnswer, isMembership } from './decode.ts';
import { isUnknownUser } from './errors.ts';
import { type FoundUser, findUserByEmail, readCaller } from './find-user.ts';
import { listMembersByRole } from './members.ts';
import { type OwnRoom, readJoinedRooms } from './own-rooms.ts';

/** Somebody's place in a private room. */
export interface RoomOfUser {
  readonly group: ChatGroup;
  readonly user: ChatUser;
  /** Whether it is the caller's own: they leave, anybody else is removed. */
  readonly isCaller: boolean;
}

type RocketChatReader = VendorReader<'ROCKETCHAT'>;

const vendor = 'ROCKETCHAT';
const seesRooms = 'view-other-user-channels';

/** The most rooms that are asked one by one whether somebody is in them. `Memberships.chatGroups` declares their cost. */
const mostRooms = 50;

/**
 * The private rooms that somebody is a member of, as far as the caller may see them. `GET me` first: whoever
 * asks for their own gets `GET groups.list`, anybody else is found by `GET users.info`, which tells the
 * rooms too if the caller may see those of others. If not, the caller's own rooms are asked one
 * by one, `GET rooms.isMember`.
 *
 * @throws {ReadError} if it cannot be told, since a list with gaps would look like a whole one
 */
export async function readRoomsOfUser(
  email: EmailAddress,
  reader: RocketChatReader,
): Promise<readonly RoomOfUser[]> {
  const caller = await readCaller(reader);
  if (caller.emails.includes(email)) {
    const groups = await readJoinedRooms(reader);
    return groups.map((group) => ({ group, user: caller.user, isCaller: true }));
  }
  const found = await findUserByEmail(reader, email, caller);
  if (found === null) return [];
  const { user } = found;
  const groups =
    found.rooms === null ? await sharedRooms(reader, found) : await toldRooms(reader, found);
  // The caller may not see their own addresses: then they are found like anybody else.
  const isCaller = user.userId === caller.user.userId;
  return groups.map((group) => ({ group, user, isCaller }));
}

/**
 * The private rooms that Rocket.Chat lists with a user. The list does not tell members from those who are only invited,
 * which happens in federated rooms: there a role shows a member, and `rooms.isMember` tells for the others, which are 50
 * at most.
 */
async function toldRooms(
  reader: RocketChatReader,
  { user, rooms, reading }: FoundUser,
): Promise<readonly ChatGroup[]> {
  const { redactor } = reading.credentials;
  const all = (rooms ?? []).filter(({ t, status }) => t === 'p' && isMembership(status));
  const isSure = all.map(({ federated, roles }) => federated !== true || (roles ?? []).length > 0);
  const unsure = isSure.filter((sure) => !sure).length;
  if (unsure > mostRooms) throw tooManyFederated(unsure);
  const isIn = await Promise.all(
    all.map(({ rid }, index) => isSure[index] || isMember(reader, rid, user.userId).catch(explain)),
  );
  return all
    .filter((_room, index) => isIn[index])
    .map(({ rid, name, fname }) => {
      // What else there is to a room is read where it is asked for.
      const group = { tenant: reader.host, groupId: rid, slug: redactor.data(name) };
      return fname == null ? group : { ...group, name: redactor.data(fname) };
    });
}

/** Those of the caller's own rooms that another user is in, too. */
async function sharedRooms(
  reader: RocketChatReader,
  found: FoundUser,
): Promise<readonly ChatGroup[]> {
  const rooms = await readJoinedRooms(reader);
  if (rooms.length > mostRooms) throw tooMany(rooms.length);
  const isIn = await Promise.all(
    rooms.map((room) =>
      room.details.isArchived === true
        ? isInArchived(reader, room, found)
        : isMember(reader, room.groupId, found.user.userId),
    ),
  );
  return rooms.filter((_room, index) => isIn[index]);
}

async function isMember(
  reader: RocketChatReader,
  roomId: string,
  userId: string,
): Promise<boolean> {
  const query = addQuery(path`/api/v1/rooms.isMember`, { roomId, userId });
  const reading = await reader.get(query, { isAbsence: isUnknownUser });
  if (reading === null) return false;
  return reader.object(reading, reading.json, isMemberAnswer, 'membership').isMember;
}

/** `rooms.isMember` refuses archived rooms, and the lists of members leave out users who are deactivated. */
async function isInArchived(
  reader: RocketChatReader,
  { groupId }: OwnRoom['group'],
  { user: { userId }, isActive }: FoundUser,
): Promise<boolean> {
  const isUser = (row: { readonly member: { readonly user: ChatUser } }) =>
    row.member.user.userId === userId;
  const rows = await readAllPages(listMembersByRole(reader, groupId), (page) => page.some(isUser));
  if (rows === null) throw reader.missing('the members of an archived room');
  const row = rows.find(isUser);
  if (row !== undefined) return row.isMember;
  if (isActive === true) return false;
  throw notListed();
}

/** Says why a room that the caller is not in keeps the list from being told. */
function explain(error: unknown): never {
  const isDenied =
    error instanceof ReadError && error.extensions.code === 'PERMISSION_DENIED_ERROR';
  if (!isDenied) throw error;
  const message =
    'Rocket.Chat lists a federated room with the user, and does not show the caller, who is not in it, whether the ' +
    'user is a member of it or only invited.';
  const init = { vendor, outcome: 'NOT_APPLIED', message, cause: error } as const;
  throw ReadError.of(new PermissionDeniedError({ ...init, requiredPermission: null }));
}

function tooMany(count: number): ReadError {
  return roomsNotSeen(
    `Rocket.Chat does not show the rooms of others to the caller, whose own ${count} rooms are more than ` +
      `the ${mostRooms} that the gateway asks one by one.`,
  );
}

function tooManyFederated(count: number): ReadError {
  const message =
    `Rocket.Chat lists ${count} federated rooms with the user, and does not show whether the user is a member of them ` +
    `or only invited. The gateway asks for ${mostRooms} at most.`;
  return ReadError.of(new PreconditionFailedError({ vendor, outcome: 'NOT_APPLIED', message }));
}

function notListed(): ReadError {
  return roomsNotSeen(
    'Rocket.Chat does not show the rooms of others to the caller, and lists no deactivated users as members of ' +
      'archived rooms.',
  );
}

function roomsNotSeen(message: string): ReadError {
  const init = { vendor, outcome: 'NOT_APPLIED', message } as const;
  return ReadError.of(new PermissionDeniedError({ ...init, requiredPermission: seesRooms }));
}
