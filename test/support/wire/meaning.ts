import type { Change } from '../changes.ts';
import { ids } from '../changes.ts';
import { isOwnWord, isPlainText, parseObject, type Said } from './own-word.ts';
import { thrownBefore } from './words.ts';

/** Whether the vendor makes a change, and if so before or after its answer. */
export type Commit = 'never' | 'before' | 'after';

/**
 * What an answer means for a change. Written from the gateway's documented rules, and shares no code with it.
 *
 * - `made`: the vendor confirms the change.
 * - `refused`, `absent`, `limited`: the vendor made no change; `absent` because there was nothing to change,
 *   `limited` because of its rate limit.
 * - `over`: the vendor reports a failure of its own, and is not still at it.
 * - `hook`: the server threw, maybe after it had made the change; it is not still at it.
 * - `foreign`: a refusal by an intermediary, which leaves no call under way.
 * - `unreached`: an intermediary reports that it did not reach the vendor.
 * - `lost`: no usable answer, and the vendor may still be at it.
 * - `unclear`: an answer that settles nothing, and the vendor may still be at it.
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
  /** What the answer leaves possible. */
  readonly commits: readonly Commit[];
  /** The error types that the answer may lead to. */
  readonly errors: readonly string[];
  /** Whether an idempotent change is sent again after it. */
  readonly isRepeated: boolean;
  /** Ms to wait before it is sent again; null if the answer names no readable wait. */
  readonly waitMs: number | null;
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

/** Returns what an answer to a change means. */
export function getMeaning(change: Change, said: Said): Meaning {
  const { arrival, status, headers } = said;
  if (arrival === 'lost') return lost;
  if (status >= 200 && status < 300) {
    if (arrival === 'cut') return lost;
    if (isSuccess(change, said)) return made;
    return change.vendor === 'ROCKETCHAT' && status === 200
      ? classifySuccess(change, said)
      : unclear;
  }
  if ([301, 307, 308].includes(status)) return { ...plain, kind: 'unreached' };
  if (status < 400 || status > 599) return unclear;
  if (status === 408 || status === 425) return { ...unclear, errors: unavailable };
  const waitMs = waitOf(change, said);
  if (isPlainText(change, said)) {
    // Nothing tells Kaiten's own text from a proxy's.
    return { ...plain, kind: 'foreign', errors: ['AuthenticationError', ...contract] };
  }
  if (status >= 500) {
    const isOver = arrival === 'whole' && finished.has(status) && isOwnWord(change, said);
    if (isOver) return { ...lost, kind: 'over', commits: ended, waitMs };
    const isUnreached = notReached.has(status) && headers['cf-ray'] !== undefined;
    if (isUnreached) return { ...lost, kind: 'unreached', commits: never, waitMs };
    return { ...lost, waitMs };
  }
  if (isOwnWord(change, said)) return classifyRefusal(change, said, waitMs);
  if (status === 429) {
    return { ...plain, kind: 'foreign', errors: ['RateLimitedError', ...contract], waitMs };
  }
  return { ...plain, kind: 'foreign', commits: doubted.has(status) ? ended : never };
}

/** A cut refusal that may be the vendor's own may be trusted or read back. */
function classifyRefusal(change: Change, said: Said, waitMs: number | null): Meaning {
  const meaning = classifyWholeRefusal(change, said, waitMs);
  const isDoubted = said.arrival === 'cut' && ['refused', 'absent'].includes(meaning.kind);
  return isDoubted
    ? { ...meaning, kind: 'foreign', errors: [...meaning.errors, ...contract] }
    : meaning;
}

function classifyWholeRefusal(change: Change, said: Said, waitMs: number | null): Meaning {
  const { vendor } = change;
  const { status, arrival } = said;
  const refused = (error: string): Meaning => ({ ...plain, kind: 'refused', errors: [error] });
  const absent = (error: string): Meaning => ({ ...plain, kind: 'absent', errors: [error] });
  if (status === 429) return classifyLimit(waitMs);
  if (vendor === 'ROCKETCHAT' && status === 400) {
    return arrival === 'cut' ? hook : classifyErrorType(change, said, waitMs);
  }
  switch (status) {
    case 400:
      if (vendor !== 'AEROSPIKE') return refused('InvalidInputError');
      // Cut, it does not tell which of the two it is.
      if (arrival === 'cut') return absent('InvalidInputError');
      return absent(
        /-found$/.test(String(parseObject(said)?.['type'])) ? 'NotFoundError' : 'InvalidInputError',
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

function classifyLimit(waitMs: number | null): Meaning {
  const isRepeated = waitMs !== null;
  return { ...plain, kind: 'limited', errors: ['RateLimitedError'], isRepeated, waitMs };
}

function classifySuccess(change: Change, said: Said): Meaning {
  if (parseObject(said)?.['success'] !== false) return unclear;
  const meaning = classifyErrorType(change, said, waitOf(change, said));
  return meaning.kind === 'hook' ? { ...unclear, commits: ended } : meaning;
}

function classifyErrorType({ name }: Change, said: Said, waitMs: number | null): Meaning {
  const body = parseObject(said);
  const atEnd = /\[([a-z-]+)\]\s*$/.exec(String(body?.['error']))?.[1];
  const type = String(body?.['errorType'] ?? atEnd);
  if (type === 'error-too-many-requests') return classifyLimit(waitMs);
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
  const body = parseObject(said);
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

/** Returns the wait that an answer names, in ms, by HTTP's header or the vendor's own. */
function waitOf(
  { vendor }: Pick<Change, 'vendor'>,
  { headers, text, arrival }: Said,
): number | null {
  const own = {
    WETHOD: () => parseSeconds(headers['x-ratelimit-retry-after']),
    KAITEN: () => parseSeconds(headers['x-ratelimit-reset']),
    AEROSPIKE: () => null,
    ROCKETCHAT: () => {
      const reset = headers['x-ratelimit-reset'];
      if (reset !== undefined) return Number(reset) - Date.parse(headers['date'] ?? '');
      return arrival === 'cut' ? null : parseSeconds(/wait (\d+) seconds/.exec(text ?? '')?.[1]);
    },
  };
  const ms = parseSeconds(headers['retry-after']) ?? own[vendor]();
  return ms === null || ms > 86_400_000 ? null : Math.max(ms, 250);
}

function parseSeconds(value: string | undefined): number | null {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) * 1_000 : null;
}
