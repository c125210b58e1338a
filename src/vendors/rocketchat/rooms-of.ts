import { type EmailAddress, normalizeEmail } from '../../email-address.ts';
import type { ChatGroup, ChatUser } from '../../entities.ts';
import { PermissionDeniedError, PreconditionFailedError } from '../../errors.ts';
import { path, withQuery } from '../../http/path.ts';
import { ReadError } from '../../read-error.ts';
import { type PagedRead, readAll } from '../listing.ts';
import type { Reading, VendorReader } from '../reader.ts';
import { isUnknownUser } from './errors.ts';
import { chatUser } from './rows.ts';
import { isMemberAnswer, userAnswer, userEmails, userRooms, userRow } from './wire.ts';

/** Somebody's place in a private room. */
export interface RoomOfUser {
  readonly group: ChatGroup;
  readonly user: ChatUser;
  /** Whether it is the caller's own: he leaves, anybody else is removed. */
  readonly isCaller: boolean;
}

type RocketChatReader = VendorReader<'ROCKETCHAT'>;
type Read = Reading<'ROCKETCHAT'>;

const vendor = 'ROCKETCHAT';
const seesRooms = 'view-other-user-channels';

/** How many rooms are asked one by one for somebody whose rooms the caller may not list. */
const mostRooms = 50;

/**
 * The private rooms that somebody is in, as far as the caller may see them. `GET me` first: whoever
 * asks for himself gets `GET groups.list`, anybody else is found by `GET users.info`, which tells the
 * rooms too where the caller may see those of others. Where not, the caller's own rooms are asked one
 * by one, `GET rooms.isMember`.
 *
 * @param ownRooms the caller's rooms
 * @throws {ReadError} where it cannot be told, since a list with gaps would look like a whole one
 */
export async function roomsOf(
  email: EmailAddress,
  reader: RocketChatReader,
  ownRooms: PagedRead<ChatGroup>,
): Promise<readonly RoomOfUser[]> {
  const me = await reader.list(path`/api/v1/me`);
  const caller = userOf(reader, me, me.json);
  if (addressesOf(reader, me, me.json).includes(email)) {
    const groups = (await readAll(ownRooms)) ?? [];
    return groups.map((group) => ({ group, user: caller, isCaller: true }));
  }
  const found = await findByEmail(reader, email);
  if (found === null) return [];
  const { user, rooms } = found;
  const groups = rooms ?? (await sharedRooms(reader, ownRooms, user));
  // The caller may not see his own addresses: then he is found like anybody else.
  const isCaller = user.userId === caller.userId;
  return groups.map((group) => ({ group, user, isCaller }));
}

async function findByEmail(reader: RocketChatReader, email: EmailAddress) {
  const query = withQuery(path`/api/v1/users.info`, { email, includeUserRooms: 'true' });
  const reading = await reader.get(query, { isAbsence: isUnknownUser }).catch(explain);
  if (reading === null) return null;
  const { user: json } = reader.object(reading, reading.json, userAnswer, 'user');
  const addresses = addressesOf(reader, reading, json);
  // A server that takes another parameter for this one could answer with anybody.
  if (addresses.length > 0 && !addresses.includes(email)) throw reader.unreadable(reading);
  const { rooms } = reader.object(reading, json, userRooms, 'user');
  const isPrivate = ({ t }: { readonly t: string }) => t === 'p';
  const groups = rooms?.filter(isPrivate).map((room): ChatGroup => {
    // Only its name is told here; what else there is to it is read where it is asked for.
    const name = reading.credentials.redactor.data(room.fname ?? room.name);
    return { tenant: reader.host, groupId: room.rid, name };
  });
  return { user: userOf(reader, reading, json), rooms: groups };
}

/** Those of the caller's own rooms that another user is in, too. */
async function sharedRooms(
  reader: RocketChatReader,
  ownRooms: PagedRead<ChatGroup>,
  user: ChatUser,
): Promise<readonly ChatGroup[]> {
  const rooms = (await readAll(ownRooms)) ?? [];
  if (rooms.length > mostRooms) throw tooMany(rooms.length);
  const isIn = await Promise.all(
    rooms.map(({ groupId }) => isMember(reader, groupId, user.userId)),
  );
  return rooms.filter((_room, index) => isIn[index]);
}

async function isMember(
  reader: RocketChatReader,
  roomId: string,
  userId: string,
): Promise<boolean> {
  const query = withQuery(path`/api/v1/rooms.isMember`, { roomId, userId });
  const reading = await reader.get(query, { isAbsence: isUnknownUser });
  if (reading === null) return false;
  return reader.object(reading, reading.json, isMemberAnswer, 'membership').isMember;
}

function userOf(reader: RocketChatReader, reading: Read, json: unknown): ChatUser {
  return chatUser(reader.object(reading, json, userRow, 'user'), reader.host, reading);
}

function addressesOf(reader: RocketChatReader, reading: Read, json: unknown): string[] {
  const { emails } = reader.object(reading, json, userEmails, 'user');
  return (emails ?? []).map(({ address }) => normalizeEmail(address));
}

/** Servers before 8.4 do not take an e-mail address, and say that the parameters are wrong. */
function explain(error: unknown): never {
  const isRefused = error instanceof ReadError && error.extensions.code === 'INVALID_INPUT_ERROR';
  if (!isRefused) throw error;
  const message =
    'This Rocket.Chat finds nobody by e-mail address: servers before 8.4 do not, but for the caller.';
  const init = { vendor, outcome: 'NOT_APPLIED', message, cause: error } as const;
  throw ReadError.of(new PreconditionFailedError(init));
}

function tooMany(count: number): ReadError {
  const message =
    `Rocket.Chat does not show the rooms of others to the caller, whose own ${count} rooms are more than ` +
    `the ${mostRooms} that the gateway asks one by one.`;
  const init = { vendor, outcome: 'NOT_APPLIED', message } as const;
  return ReadError.of(new PermissionDeniedError({ ...init, requiredPermission: seesRooms }));
}
