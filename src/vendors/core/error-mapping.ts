import {
  AuthenticationError,
  type MembershipVendor,
  RateLimitedError,
  VendorContractError,
  type VendorReply,
  VendorUnavailableError,
} from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import type { Redactor } from './redactor.ts';
import { parseRetryAfter } from './retry-after.ts';

/** The call that an answer belongs to, as far as its meaning depends on it. */
export interface MappedCall {
  /** Whether the call may be made twice: true for the DELETEs. */
  readonly repeatable: boolean;
  readonly redactor: Redactor;
  /** The sentence for "not found", which names the things in question. */
  readonly notFound: string;
  /** The permission that the vendor's documentation asks for, null where it names none. */
  readonly permission: string | null;
  /** Our argument for each of the vendor's fields. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What an answer's error is made from, once the vendor's own form has been read. */
export interface VendorRefusal {
  readonly vendor: MembershipVendor;
  readonly title: string;
  readonly repeatable: boolean;
  readonly reply: VendorReply;
  /** The wait in ms that the vendor tells in its own way. */
  readonly ownWait: number | null;
}

/** What an error of a plain refusal is made from: the vendor answered, and made no change. */
export function toErrorInit(refusal: VendorRefusal, message: string) {
  const { vendor, reply } = refusal;
  return { vendor, reply, outcome: 'NOT_APPLIED', message } as const;
}

/** Returns the error of the rows that all vendors share, and of what no row names. */
export function mapCommonError(
  answer: VendorResponse,
  refusal: VendorRefusal,
): AuthenticationError | RateLimitedError | VendorUnavailableError | VendorContractError {
  const { status } = answer;
  const { title } = refusal;
  if (status === 401) {
    const message = `${title} rejected the credential: it is wrong, expired or revoked.`;
    return new AuthenticationError({ ...toErrorInit(refusal, message), problem: 'REJECTED' });
  }
  if (status === 429) return toRateLimitedError(answer, refusal);
  if (status === 408 || status === 425) return timedOut(refusal);
  if (status >= 500 && status <= 599) return serverError(answer, refusal);
  if (status >= 400 && status <= 499) {
    const message = `${title} refused with status ${status}, which it does not document.`;
    return new VendorContractError(toErrorInit(refusal, message));
  }
  return toContractError(refusal);
}

/** Returns the error for the vendor's rate limit. */
export function toRateLimitedError(
  answer: VendorResponse,
  refusal: VendorRefusal,
): RateLimitedError {
  return new RateLimitedError({
    ...toErrorInit(
      refusal,
      `${refusal.title} allows no more calls for now: its rate limit is reached.`,
    ),
    repeatable: refusal.repeatable,
    retryAfterSeconds: parseRetryAfter(answer, refusal.ownWait),
  });
}

/** Returns the error for an answer that may hide a change that was made, and that no known form covers. */
export function toContractError(refusal: VendorRefusal): VendorContractError {
  const { vendor, title, reply } = refusal;
  return new VendorContractError({
    vendor,
    reply,
    outcome: 'UNKNOWN',
    message: `${title} gave an answer that the gateway cannot read.`,
  });
}

function timedOut(refusal: VendorRefusal): VendorUnavailableError {
  const { vendor, title, reply, repeatable } = refusal;
  return new VendorUnavailableError({
    vendor,
    reply,
    repeatable,
    outcome: 'UNKNOWN',
    message: `${title} says that the request took too long.`,
    reason: 'TIMEOUT',
  });
}

/**
 * The statuses with which Cloudflare says that it did not reach the vendor: the connection was refused
 * (521), there is no route (523), TLS failed (525, 526), or its name was not found (530).
 */
const unreachedStatuses = new Set([521, 523, 525, 526, 530]);

function serverError(answer: VendorResponse, refusal: VendorRefusal): VendorUnavailableError {
  const { vendor, title, reply, repeatable } = refusal;
  const { status } = answer;
  const isUnreached = unreachedStatuses.has(status) && getHeader(answer.headers, 'cf-ray') !== null;
  return new VendorUnavailableError({
    vendor,
    reply,
    repeatable,
    outcome: isUnreached ? 'NOT_APPLIED' : 'UNKNOWN',
    message: isUnreached
      ? `${title} was not reached: Cloudflare, which is in front of it, answered with status ${status}.`
      : `${title}, or a proxy in front of it, failed with status ${status}.`,
    reason: 'SERVER_ERROR',
    retryAfterSeconds: parseRetryAfter(answer),
  });
}
