import type { Change } from '../changes.ts';
import { ids } from '../changes.ts';
import type { Arrival } from './message.ts';
import { thrownBefore } from './words.ts';

/** Whether and when a vendor makes a change that it answers so. */
export type Commit = 'never' | 'before' | 'after';

/**
 * What an answer says of a change, by the gateway's contract and without its code.
 *
 * - `made`: the vendor says that it is made.
 * - `refused`, `absent`, `limited`: the vendor says that it is not made; `absent`, since it is not there.
 * - `over`: the vendor failed in its own words, and is not still at it.
 * - `hook`: what the server threw may have come after the change; it is not still at it.
 * - `foreign`: a refusal that is not the vendor's word. Whoever said it knows of no call under way.
 * - `unreached`: something in between says that the vendor was not reached.
 * - `lost`: no usable answer, and the vendor may still be at it.
 * - `unclear`: an answer that says neither, and the vendor may still be at it.
 */
export interface Meaning {
  readonly kind:
    | 'made'
    | 'refused'
    | 'absent'
    | 'limited'
    | 'over'
    | 'hook'
    | 'foreign'
    | 'unreached'
    | 'lost'
    | 'unclear';
  /** What may be true of the change; the first is the usual. */
  readonly commits: readonly Commit[];
  /** The errors that may be told because of it. */
  readonly errors: readonly string[];
  /** Whether a change that leaves the same when made twice is sent again after it. */
  readonly isRepeated: boolean;
  /** Ms to wait before it is sent again; null if none is told that can be read. */
  readonly waitMs: number | null;
}

/** An answer as it arrived. */
export interface Said {
  readonly arrival: Arrival;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null if it cannot be decoded. */
  readonly text: string | null;
}

const contract = ['VendorContractError'];
const unavailable = ['VendorUnavailableError'];
const never: readonly Commit[] = ['never'];
const ended: readonly Commit[] = ['never', 'before'];
const any: readonly Commit[] = ['never', 'before', 'after'];

const plain = { commits: never, errors: contract, isRepeated: false, waitMs: null } as const;
const made: Meaning = { ...plain, kind: 'made', commits: ['before'], errors: [] };
const unclear: Meaning = { ...plain, kind: 'unclear', commits: any };
const lost: Meaning = {
  kind: 'lost',
  commits: any,
  errors: unavailable,
  isRepeated: true,
  waitMs: null,
};

/** The refusals that are read back if they are not the vendor's word. */
const doubted = new Set([401, 403, 404, 410, 412]);
/** The vendor's own failures that say that it is not still at it. */
const finished = new Set([500, 501, 503]);
/** Cloudflare's statuses for a vendor that was not reached. */
const notReached = new Set([521, 523, 525, 526, 530]);

/** Reads an answer as the contract does. */
export function meaningOf(change: Change, said: Said): Meaning {
  const { arrival, status, headers } = said;
  if (arrival === 'lost') return lost;
  if (status >= 200 && status < 300) {
    if (arrival === 'cut') return lost;
    if (isSuccess(change, said)) return made;
    return change.vendor === 'ROCKETCHAT' && status === 200
      ? errorOfSuccess(change, said)
      : unclear;
  }
  if ([301, 307, 308].includes(status)) return { ...plain, kind: 'unreached' };
  if (status < 400 || status > 599) return unclear;
  if (status === 408 || status === 425) return { ...unclear, errors: unavailable };
  const waitMs = waitOf(change, said);
  if (isPlainText(change, said)) {
    // Kaiten's own text or a proxy's: nothing tells them apart.
    return { ...plain, kind: 'foreign', errors: ['AuthenticationError', ...contract] };
  }
  if (status >= 500) {
    const isOver = arrival === 'whole' && finished.has(status) && isOwnWord(change, said);
    if (isOver) return { ...lost, kind: 'over', commits: ended, waitMs };
    const isUnreached = notReached.has(status) && headers['cf-ray'] !== undefined;
    if (isUnreached) return { ...lost, kind: 'unreached', commits: never, waitMs };
    return { ...lost, waitMs };
  }
  if (isOwnWord(change, said)) return refusal(change, said, waitMs);
  if (status === 429) {
    return { ...plain, kind: 'foreign', errors: ['RateLimitedError', ...contract], waitMs };
  }
  return { ...plain, kind: 'foreign', commits: doubted.has(status) ? ended : never };
}

/** A cut refusal that may be the vendor's own is taken for it, or read back. */
function refusal(change: Change, said: Said, waitMs: number | null): Meaning {
  const meaning = wholeRefusal(change, said, waitMs);
  const isDoubted = said.arrival === 'cut' && ['refused', 'absent'].includes(meaning.kind);
  return isDoubted
    ? { ...meaning, kind: 'foreign', errors: [...meaning.errors, ...contract] }
    : meaning;
}

function wholeRefusal(change: Change, said: Said, waitMs: number | null): Meaning {
  const { vendor } = change;
  const { status, arrival } = said;
  const refused = (error: string): Meaning => ({ ...plain, kind: 'refused', errors: [error] });
  const absent = (error: string): Meaning => ({ ...plain, kind: 'absent', errors: [error] });
  if (status === 429) return limited(waitMs);
  if (vendor === 'ROCKETCHAT' && status === 400) {
    return arrival === 'cut' ? hook : byErrorType(change, said, waitMs);
  }
  switch (status) {
    case 400:
      if (vendor !== 'AEROSPIKE') return refused('InvalidInputError');
      // Cut, it does not tell which of the two it is.
      if (arrival === 'cut') return absent('InvalidInputError');
      return absent(
        /-found$/.test(String(objectOf(said)?.['type'])) ? 'NotFoundError' : 'InvalidInputError',
      );
    case 401:
      return refused('AuthenticationError');
    case 402:
      return refused(vendor === 'KAITEN' ? 'PlanRequiredError' : 'VendorContractError');
    case 403:
      return refused('PermissionDeniedError');
    case 404:
      return vendor === 'ROCKETCHAT' ? refused('VendorContractError') : absent('NotFoundError');
    case 412:
      return refused(vendor === 'WETHOD' ? 'PreconditionFailedError' : 'VendorContractError');
    default:
      return refused('VendorContractError');
  }
}

const hook: Meaning = { ...plain, kind: 'hook', commits: ended };

function limited(waitMs: number | null): Meaning {
  const isRepeated = waitMs !== null;
  return { ...plain, kind: 'limited', errors: ['RateLimitedError'], isRepeated, waitMs };
}

function errorOfSuccess(change: Change, said: Said): Meaning {
  if (objectOf(said)?.['success'] !== false) return unclear;
  const meaning = byErrorType(change, said, waitOf(change, said));
  return meaning.kind === 'hook' ? { ...unclear, commits: ended } : meaning;
}

function byErrorType({ name }: Change, said: Said, waitMs: number | null): Meaning {
  const body = objectOf(said);
  const atEnd = /\[([a-z-]+)\]\s*$/.exec(String(body?.['error']))?.[1];
  const type = String(body?.['errorType'] ?? atEnd);
  if (type === 'error-too-many-requests') return limited(waitMs);
  const error = thrownBefore[type];
  if (error === undefined) return hook;
  const ofKick = ['error-invalid-user', 'error-user-not-found', 'error-user-param-not-provided'];
  if (name === 'leaveGroup' && ofKick.includes(type)) {
    return { ...hook, commits: never, errors: [error, ...contract] };
  }
  return { ...plain, kind: error === 'NotFoundError' ? 'absent' : 'refused', errors: [error] };
}

function isSuccess({ name, vendor }: Change, said: Said): boolean {
  const { status, text } = said;
  if (text === null) return false;
  const body = objectOf(said);
  if (vendor === 'ROCKETCHAT') {
    return status === 200 && body?.['success'] === true && body['status'] !== 'error';
  }
  if (vendor === 'KAITEN') {
    return status === 200 && String(body?.['id']) === ids.kaitenUserId;
  }
  const namesIds =
    vendor === 'WETHOD' &&
    /^[1-9]/.test(String(body?.['id'])) &&
    String(body?.['stream_id']) === ids.streamId &&
    String(body?.['leader_id']) === ids.leaderId &&
    body?.['key'] === undefined;
  if (name === 'attachStreamLeader') {
    return (status === 200 || status === 201) && namesIds && body?.['deleted_at'] == null;
  }
  if (status === 204) return true;
  return status === 200 && (['', '{}', 'null'].includes(text.trim()) || namesIds);
}

/** Whether a vendor is known to answer so with this status; a cut body may be its own. */
function isOwnWord({ vendor }: Pick<Change, 'vendor'>, said: Said): boolean {
  const { status, headers, text, arrival } = said;
  const type = headers['content-type'] ?? '';
  const isCut = arrival === 'cut';
  const body = objectOf(said);
  const isJson = /json/.test(type);
  switch (vendor) {
    case 'WETHOD':
      return isCut ? isJson : typeof body?.['key'] === 'string';
    case 'KAITEN':
      if (status === 403 || status === 404) return !isCut && text === '';
      if (isCut) return isJson || (status === 401 && type === 'text/plain');
      if (text === '') return true;
      if (status === 401 && type === 'text/plain' && text === 'Unauthorized') return true;
      if (isQuoted(text)) return true;
      return typeof body?.['message'] === 'string' && !('id' in body);
    case 'AEROSPIKE':
      if (isCut) return /problem/.test(type) || (isJson && headers['x-request-id'] !== undefined);
      if (typeof body?.['message'] === 'string') return headers['x-request-id'] !== undefined;
      return /^urn:aerospike:/.test(String(body?.['type'])) && typeof body?.['title'] === 'string';
    case 'ROCKETCHAT':
      return isCut ? isJson : body?.['success'] === false || body?.['status'] === 'error';
  }
}

function isPlainText({ vendor }: Change, { status, headers, text }: Said): boolean {
  const isText = headers['content-type']?.startsWith('text/plain') === true;
  return vendor === 'KAITEN' && status === 401 && isText && text !== 'Unauthorized';
}

function isQuoted(text: string | null): boolean {
  return typeof parsed(text) === 'string';
}

function objectOf({ text }: Said): Readonly<Record<string, unknown>> | null {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** The wait that an answer tells, in the vendor's way or in HTTP's. */
function waitOf(
  { vendor }: Pick<Change, 'vendor'>,
  { headers, text, arrival }: Said,
): number | null {
  const own = {
    WETHOD: () => seconds(headers['x-ratelimit-retry-after']),
    KAITEN: () => seconds(headers['x-ratelimit-reset']),
    AEROSPIKE: () => null,
    ROCKETCHAT: () => {
      const reset = headers['x-ratelimit-reset'];
      if (reset !== undefined) return Number(reset) - Date.parse(headers['date'] ?? '');
      return arrival === 'cut' ? null : seconds(/wait (\d+) seconds/.exec(text ?? '')?.[1]);
    },
  };
  const ms = seconds(headers['retry-after']) ?? own[vendor]();
  return ms === null || ms > 86_400_000 ? null : Math.max(ms, 250);
}

function seconds(value: string | undefined): number | null {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) * 1_000 : null;
}
