import type { EmailAddress } from '../../domain/email-address.ts';
import { PermissionDeniedError, PreconditionFailedError } from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import { addQuery, path } from '../../upstream/path.ts';
import { readAllPages } from '../core/pagination.ts';
import type { VendorReader } from '../core/reader.ts';
import { isMembership, membershipTest } from './decode.ts';
import type { ChatGroup, ChatUser } from './entities.ts';
import { isUnknownUser } from './errors.ts';
import { type FoundUser, findUserByEmail, readCaller } from './find-user.ts';
import { listMembersByRole } from './members.ts';
import { type OwnRoom, readJoinedRooms } from './own-rooms.ts';

/** A user's membership in a private room. */
export interface UserRoom {
  readonly group: ChatGroup;
  readonly user: ChatUser;
  /** Whether the user is the caller, who leaves the room; other users are removed from it. */
  readonly isCaller: boolean;
}

type RocketChatReader = VendorReader<'ROCKETCHAT'>;

const vendor = 'ROCKETCHAT';
const otherRoomsPermission = 'view-other-user-channels';

/** The most rooms whose membership is tested one by one. `Memberships.chatGroups` declares their cost. */
const maxRoomTests = 50;

/**
 * Reads the private rooms that a user is a member of, as far as the caller may see them. `GET me` shows whether the user is
 * the caller, whose rooms are in `GET groups.list`. Other users are found by `GET users.info`, which returns their rooms if
 * the caller may see them. Otherwise each of the caller's rooms is tested with `GET rooms.isMember`.
 *
 * @throws {ReadError} if the list would be incomplete, since it would look complete
 */
export async function readUserRooms(
  email: EmailAddress,
  reader: RocketChatReader,
): Promise<readonly UserRoom[]> {
  const caller = await readCaller(reader);
  if (caller.emails.includes(email)) {
    const groups = await readJoinedRooms(reader);
    return groups.map((group) => ({ group, user: caller.user, isCaller: true }));
  }
  const found = await findUserByEmail(reader, email, caller);
  if (found === null) return [];
  const { user } = found;
  const groups =
    found.rooms === null
      ? await findSharedRooms(reader, found)
      : await selectListedRooms(reader, found);
  // A caller who may not see their own addresses is found like any other user.
  const isCaller = user.userId === caller.user.userId;
  return groups.map((group) => ({ group, user, isCaller }));
}

/**
 * Returns the private rooms that Rocket.Chat lists with a user. The list does not distinguish members from invited users,
 * which exist in federated rooms: there a role identifies a member, and `rooms.isMember` tests the others, at most 50.
 */
async function selectListedRooms(
  reader: RocketChatReader,
  { user, rooms, reading }: FoundUser,
): Promise<readonly ChatGroup[]> {
  const { redactor } = reading.credentials;
  const all = (rooms ?? []).filter(({ t, status }) => t === 'p' && isMembership(status));
  const isSure = all.map(({ federated, roles }) => federated !== true || (roles ?? []).length > 0);
  const unsure = isSure.filter((sure) => !sure).length;
  if (unsure > maxRoomTests) throw createTooManyFederatedError(unsure);
  const isKept = await Promise.all(
    all.map(
      ({ rid }, index) =>
        isSure[index] || isMember(reader, rid, user.userId).catch(explainFederatedRoom),
    ),
  );
  return all
    .filter((_room, index) => isKept[index])
    .map(({ rid, name, fname }) => {
      // The other fields of a room are read if they are selected.
      const group = { tenant: reader.host, groupId: rid, slug: redactor.redactValue(name) };
      return fname == null ? group : { ...group, name: redactor.redactValue(fname) };
    });
}

/** Finds the caller's rooms that another user is a member of, too. */
async function findSharedRooms(
  reader: RocketChatReader,
  found: FoundUser,
): Promise<readonly ChatGroup[]> {
  const rooms = await readJoinedRooms(reader);
  if (rooms.length > maxRoomTests) throw createTooManyRoomsError(rooms.length);
  const isKept = await Promise.all(
    rooms.map((room) =>
      room.details.isArchived === true
        ? isInArchived(reader, room, found)
        : isMember(reader, room.groupId, found.user.userId),
    ),
  );
  return rooms.filter((_room, index) => isKept[index]);
}

async function isMember(
  reader: RocketChatReader,
  roomId: string,
  userId: string,
): Promise<boolean> {
  const query = addQuery(path`/api/v1/rooms.isMember`, { roomId, userId });
  const reading = await reader.get(query, { isAbsence: isUnknownUser });
  if (reading === null) return false;
  return reader.decode(reading, reading.json, membershipTest, 'membership').isMember;
}

/** Returns whether a user is a member of an archived room, which `rooms.isMember` rejects. Lists leave out deactivated users. */
async function isInArchived(
  reader: RocketChatReader,
  { groupId }: OwnRoom['group'],
  { user: { userId }, isActive }: FoundUser,
): Promise<boolean> {
  const isUser = (row: { readonly member: { readonly user: ChatUser } }) =>
    row.member.user.userId === userId;
  const rows = await readAllPages(listMembersByRole(reader, groupId), (page) => page.some(isUser));
  if (rows === null) throw reader.createMissingError('the members of an archived room');
  const row = rows.find(isUser);
  if (row !== undefined) return row.isMember;
  if (isActive === true) return false;
  throw createNotListedError();
}

/** Explains why a room that the caller is not in makes the list incomplete. */
function explainFederatedRoom(error: unknown): never {
  const isDenied =
    error instanceof ReadError && error.extensions.code === 'PERMISSION_DENIED_ERROR';
  if (!isDenied) throw error;
  const message =
    'Rocket.Chat lists a federated room with the user, but does not show whether the user is a member or only invited, ' +
    'since the caller is not in that room.';
  const init = { vendor, outcome: 'NOT_APPLIED', message, cause: error } as const;
  throw ReadError.fromFailure(new PermissionDeniedError({ ...init, requiredPermission: null }));
}

function createTooManyRoomsError(count: number): ReadError {
  return createRoomsNotVisibleError(
    `Rocket.Chat does not show the rooms of others to the caller, and the caller is in ${count} rooms, more than ` +
      `the ${maxRoomTests} that the gateway tests one by one.`,
  );
}

function createTooManyFederatedError(count: number): ReadError {
  const message =
    `Rocket.Chat lists ${count} federated rooms with the user, but does not show whether the user is a member or only ` +
    `invited. The gateway tests at most ${maxRoomTests} rooms.`;
  return ReadError.fromFailure(
    new PreconditionFailedError({ vendor, outcome: 'NOT_APPLIED', message }),
  );
}

function createNotListedError(): ReadError {
  return createRoomsNotVisibleError(
    'Rocket.Chat does not show the rooms of others to the caller, and does not list deactivated users as members of ' +
      'archived rooms.',
  );
}

function createRoomsNotVisibleError(message: string): ReadError {
  const init = { vendor, outcome: 'NOT_APPLIED', message } as const;
  return ReadError.fromFailure(
    new PermissionDeniedError({ ...init, requiredPermission: otherRoomsPermission }),
  );
}
