import type { Decoded } from '../../domain/decode.ts';
import { type EmailAddress, listStoredForms, normalizeEmail } from '../../domain/email-address.ts';
import { PermissionDeniedError, PreconditionFailedError } from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import { addQuery, path } from '../../upstream/path.ts';
import type { Reading, VendorReader } from '../core/reader.ts';
import {
  chatUser,
  permissionList,
  userEmails,
  userResponse,
  userRooms,
  userVisibility,
} from './decode.ts';
import type { ChatUser } from './entities.ts';
import { isUnknownUser } from './errors.ts';
import { toChatUser } from './map.ts';

type RocketChatReader = VendorReader<'ROCKETCHAT'>;
type Read = Reading<'ROCKETCHAT'>;

const vendor = 'ROCKETCHAT';

/** Without this permission a search by e-mail address finds no user (`getFullUserDataByUniqueSearchTerm` in the server's source). */
const fullInfoPermission = 'view-full-other-user-info';

/** The id of the bot that every server creates when it starts: a user who is not the caller. */
const bot = 'rocket.cat';

/** The caller, with the fields that decide which other users they can see. */
export interface RocketChatCaller {
  readonly user: ChatUser;
  readonly roles: readonly string[];
  readonly emails: readonly string[];
}

/** A user that was found. */
export interface FoundUser {
  readonly user: ChatUser;
  /** Null if Rocket.Chat does not report it. */
  readonly isActive: boolean | null;
  /** The rooms of all kinds; null if the caller may not see the rooms of others. */
  readonly rooms: Decoded<typeof userRooms>['rooms'];
  readonly reading: Read;
}

/** Reads the caller: `GET me`. */
export async function readCaller(reader: RocketChatReader): Promise<RocketChatCaller> {
  const me = await reader.getExisting(path`/api/v1/me`);
  const { roles } = reader.decode(me, me.json, chatUser, 'user');
  return {
    user: decodeUser(reader, me, me.json),
    roles: roles ?? [],
    emails: decodeEmails(reader, me, me.json),
  };
}

/**
 * Finds a user by e-mail address: `GET users.info`, once for each form in which the address may be stored. The server
 * ignores only the case (`findOneByEmailAddress` in the server's source).
 *
 * @returns null if no user has the address
 * @throws {ReadError} if the server or the caller's permissions do not allow such a search
 */
export async function findUserByEmail(
  reader: RocketChatReader,
  email: EmailAddress,
  caller: RocketChatCaller,
): Promise<FoundUser | null> {
  for (const form of listStoredForms(email)) {
    const query = addQuery(path`/api/v1/users.info`, { email: form, includeUserRooms: 'true' });
    const reading = await reader.get(query, { isAbsence: isUnknownUser }).catch(explainOldServer);
    if (reading !== null) return decodeFoundUser(reader, reading, email);
  }
  // Without the permission, Rocket.Chat finds no user even if one has the address.
  if (await canSeeAll(reader, caller)) return null;
  throw createNotSearchableError();
}

function decodeFoundUser(reader: RocketChatReader, reading: Read, email: EmailAddress): FoundUser {
  const { user: json } = reader.decode(reading, reading.json, userResponse, 'user');
  const emails = decodeEmails(reader, reading, json);
  // A server that ignores the parameter could return any user.
  if (emails.length > 0 && !emails.includes(email)) throw reader.createUnreadableError(reading);
  const { rooms } = reader.decode(reading, json, userRooms, 'user');
  const { active } = reader.decode(reading, json, chatUser, 'user');
  return { user: decodeUser(reader, reading, json), isActive: active ?? null, rooms, reading };
}

/**
 * Returns whether the caller is known to have the permission to find others by e-mail address. Servers report it with every
 * user that they return (`canViewAllInfo`), and return the e-mail addresses of others only then. If both are missing, the
 * caller's roles are looked up in `GET permissions.listAll`.
 */
async function canSeeAll(
  reader: RocketChatReader,
  { user, roles }: RocketChatCaller,
): Promise<boolean> {
  const info = addQuery(path`/api/v1/users.info`, { userId: bot });
  const reading = await reader.get(info, { isAbsence: isUnknownUser }).catch(ignorePermanentError);
  if (reading !== null && user.userId !== bot) {
    const { user: json } = reader.decode(reading, reading.json, userResponse, 'user');
    const { canViewAllInfo } = reader.decode(reading, json, userVisibility, 'user');
    if (canViewAllInfo != null) return canViewAllInfo;
    if (reader.decode(reading, json, userEmails, 'user').emails != null) return true;
  }
  const list = await reader.get(path`/api/v1/permissions.listAll`).catch(ignorePermanentError);
  if (list === null) return false;
  const { update } = reader.decode(list, list.json, permissionList, 'permissions');
  const granted = update.find(({ _id }) => _id === fullInfoPermission)?.roles ?? [];
  return granted.some((role) => roles.includes(role));
}

/** Replaces a read that will fail again with null, so that the next source is tried. */
function ignorePermanentError(error: unknown): null {
  if (error instanceof ReadError && !error.extensions.retryable) return null;
  throw error;
}

function decodeUser(reader: RocketChatReader, reading: Read, json: unknown): ChatUser {
  return toChatUser(reader.decode(reading, json, chatUser, 'user'), reader.host, reading);
}

function decodeEmails(reader: RocketChatReader, reading: Read, json: unknown): string[] {
  const { emails } = reader.decode(reading, json, userEmails, 'user');
  return (emails ?? []).map(({ address }) => normalizeEmail(address));
}

/** Explains the error of servers before 8.4, which do not accept an e-mail address. */
function explainOldServer(error: unknown): never {
  const isRefused = error instanceof ReadError && error.extensions.code === 'INVALID_INPUT_ERROR';
  if (!isRefused) throw error;
  const message =
    'This Rocket.Chat server cannot find other users by e-mail address. Upgrade it to version 8.4 or later.';
  const init = { vendor, outcome: 'NOT_APPLIED', message, cause: error } as const;
  throw ReadError.fromFailure(new PreconditionFailedError(init));
}

function createNotSearchableError(): ReadError {
  const message =
    `Rocket.Chat finds other users by e-mail address only for callers with the permission ${fullInfoPermission}, ` +
    'and does not report that this caller has it. Ask a workspace administrator to grant it.';
  const init = { vendor, outcome: 'NOT_APPLIED', message } as const;
  return ReadError.fromFailure(
    new PermissionDeniedError({ ...init, requiredPermission: fullInfoPermission }),
  );
}
