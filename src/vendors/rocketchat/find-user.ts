import { type EmailAddress, listStoredForms, normalizeEmail } from '../../domain/email-address.ts';
import type { ChatUser } from '../../domain/entities.ts';
import { PermissionDeniedError, PreconditionFailedError } from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import { addQuery, path } from '../../upstream/path.ts';
import type { WireValue } from '../core/decode-object.ts';
import type { Reading, VendorReader } from '../core/reader.ts';
import {
  permissionList,
  userAnswer,
  userEmails,
  userRooms,
  userRow,
  userVisibility,
} from './decode.ts';
import { isUnknownUser } from './errors.ts';
import { toChatUser } from './map.ts';

type RocketChatReader = VendorReader<'ROCKETCHAT'>;
type Read = Reading<'ROCKETCHAT'>;

const vendor = 'ROCKETCHAT';

/** Without it a search by e-mail address finds nobody (`getFullUserDataByUniqueSearchTerm` in the server's source). */
const seesAll = 'view-full-other-user-info';

/** The id of the bot that every server creates when it starts: a user who is not the caller. */
const bot = 'rocket.cat';

/** The caller, as far as it matters to what others are shown to them. */
export interface RocketChatCaller {
  readonly user: ChatUser;
  readonly roles: readonly string[];
  readonly emails: readonly string[];
}

/** Somebody else than the caller. */
export interface FoundUser {
  readonly user: ChatUser;
  /** Null if Rocket.Chat does not tell. */
  readonly isActive: boolean | null;
  /** The rooms of all kinds, null if the caller may not see those of others. */
  readonly rooms: WireValue<typeof userRooms>['rooms'];
  readonly reading: Read;
}

/** Reads who the caller is: `GET me`. */
export async function readCaller(reader: RocketChatReader): Promise<RocketChatCaller> {
  const me = await reader.list(path`/api/v1/me`);
  const { roles } = reader.object(me, me.json, userRow, 'user');
  return {
    user: userOf(reader, me, me.json),
    roles: roles ?? [],
    emails: emailsOf(reader, me, me.json),
  };
}

/**
 * Finds somebody by e-mail address: `GET users.info`, once for each form in which it may be stored. The server compares
 * all but the case (`findOneByEmailAddress` in the server's source).
 *
 * @returns null if nobody has the address
 * @throws {ReadError} if the server or the caller's permissions do not allow such a search
 */
export async function findUserByEmail(
  reader: RocketChatReader,
  email: EmailAddress,
  caller: RocketChatCaller,
): Promise<FoundUser | null> {
  for (const form of listStoredForms(email)) {
    const query = addQuery(path`/api/v1/users.info`, { email: form, includeUserRooms: 'true' });
    const reading = await reader.get(query, { isAbsence: isUnknownUser }).catch(explain);
    if (reading !== null) return foundUser(reader, reading, email);
  }
  // Rocket.Chat answers so to a caller without the permission, too, whoever has the address.
  if (await canSeeAll(reader, caller)) return null;
  throw notSeen();
}

function foundUser(reader: RocketChatReader, reading: Read, email: EmailAddress): FoundUser {
  const { user: json } = reader.object(reading, reading.json, userAnswer, 'user');
  const emails = emailsOf(reader, reading, json);
  // A server that takes another parameter for this one could answer with anybody.
  if (emails.length > 0 && !emails.includes(email)) throw reader.unreadable(reading);
  const { rooms } = reader.object(reading, json, userRooms, 'user');
  const { active } = reader.object(reading, json, userRow, 'user');
  return { user: userOf(reader, reading, json), isActive: active ?? null, rooms, reading };
}

/**
 * Whether the caller is known to have the permission to find others by e-mail address. Servers tell it with every user
 * that they show (`canViewAllInfo`), and show the e-mail addresses of others only then. If neither is there, the caller's
 * roles are looked up in `GET permissions.listAll`.
 */
async function canSeeAll(
  reader: RocketChatReader,
  { user, roles }: RocketChatCaller,
): Promise<boolean> {
  const info = addQuery(path`/api/v1/users.info`, { userId: bot });
  const reading = await reader.get(info, { isAbsence: isUnknownUser }).catch(orNull);
  if (reading !== null && user.userId !== bot) {
    const { user: json } = reader.object(reading, reading.json, userAnswer, 'user');
    const { canViewAllInfo } = reader.object(reading, json, userVisibility, 'user');
    if (canViewAllInfo != null) return canViewAllInfo;
    if (reader.object(reading, json, userEmails, 'user').emails != null) return true;
  }
  const list = await reader.get(path`/api/v1/permissions.listAll`).catch(orNull);
  if (list === null) return false;
  const { update } = reader.object(list, list.json, permissionList, 'permissions');
  const granted = update.find(({ _id }) => _id === seesAll)?.roles ?? [];
  return granted.some((role) => roles.includes(role));
}

/** Null for a read that failed and will fail again, so that the next way to find out is tried. */
function orNull(error: unknown): null {
  if (error instanceof ReadError && !error.extensions.retryable) return null;
  throw error;
}

function userOf(reader: RocketChatReader, reading: Read, json: unknown): ChatUser {
  return toChatUser(reader.object(reading, json, userRow, 'user'), reader.host, reading);
}

function emailsOf(reader: RocketChatReader, reading: Read, json: unknown): string[] {
  const { emails } = reader.object(reading, json, userEmails, 'user');
  return (emails ?? []).map(({ address }) => normalizeEmail(address));
}

/** Servers before 8.4 do not take an e-mail address, and say that the parameters are wrong. */
function explain(error: unknown): never {
  const isRefused = error instanceof ReadError && error.extensions.code === 'INVALID_INPUT_ERROR';
  if (!isRefused) throw error;
  const message =
    'This Rocket.Chat server cannot find other users by e-mail address. That requires version 8.4 or later.';
  const init = { vendor, outcome: 'NOT_APPLIED', message, cause: error } as const;
  throw ReadError.of(new PreconditionFailedError(init));
}

function notSeen(): ReadError {
  const message =
    `Rocket.Chat finds other users by e-mail address only for callers with the permission ${seesAll}, ` +
    'and does not show that this caller has it. Ask a workspace administrator to grant it.';
  const init = { vendor, outcome: 'NOT_APPLIED', message } as const;
  return ReadError.of(new PermissionDeniedError({ ...init, requiredPermission: seesAll }));
}
