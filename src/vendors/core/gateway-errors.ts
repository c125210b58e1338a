import type { Unmade } from '../../changes/retry.ts';
import {
  AuthenticationError,
  type MembershipError,
  type MembershipVendor,
  RateLimitedError,
  VendorContractError,
  VendorUnavailableError,
} from '../../errors.ts';
import type { CallDenial } from '../../upstream/resilience/rate-limiter.ts';
import type { Attempt } from '../../upstream/response.ts';
import type { UnusableCredentials } from './credentials.ts';
import { toReply } from './reply.ts';

/** A vendor's names in messages. */
export interface VendorName<V extends MembershipVendor = MembershipVendor> {
  readonly id: V;
  readonly title: string;
  readonly urlVariable: string;
}

/** Returns the error for a vendor without a URL. */
export function createNotConfiguredError(
  { id: vendor, title, urlVariable }: VendorName,
  isRepeatable: boolean,
): VendorUnavailableError {
  return new VendorUnavailableError({
    vendor,
    outcome: 'NOT_APPLIED',
    message: `${title} was not called: ${urlVariable} is not set in this gateway. Ask its operator to set it.`,
    reason: 'NOT_CONFIGURED',
    isRepeatable,
  });
}

/** Returns the error for credentials that cannot be used. */
export function createUnusableError(
  { id: vendor }: VendorName,
  { problem, message }: UnusableCredentials,
): AuthenticationError {
  return new AuthenticationError({ vendor, outcome: 'NOT_APPLIED', message, problem });
}

/** Returns the error for a call that the rate limit, the bulkhead or the circuit breaker rejected. */
export function createDenialError(
  { id: vendor, title }: VendorName,
  denial: CallDenial,
  isRepeatable: boolean,
): VendorUnavailableError | RateLimitedError {
  const common = { vendor, outcome: 'NOT_APPLIED', isRepeatable } as const;
  switch (denial.kind) {
    case 'limited':
      return new RateLimitedError({
        ...common,
        message: `${title} was not called: its rate limit is reached. Send the request again after retryAfterSeconds.`,
        retryAfterSeconds: denial.waitMs / 1000,
      });
    case 'overloaded':
      return new VendorUnavailableError({
        ...common,
        message: `${title} was not called: too many calls to it are in flight. Send the request again later.`,
        reason: 'OVERLOADED',
      });
    case 'storeAway':
      return new VendorUnavailableError({
        ...common,
        message: `${title} was not called: the database that holds its rate limit cannot be reached. Send the request again later.`,
        reason: 'NOT_STARTED',
      });
    case 'circuitOpen':
      return new VendorUnavailableError({
        ...common,
        message: `${title} was not called: it failed too often recently. Send the request again after retryAfterSeconds.`,
        reason: 'CIRCUIT_OPEN',
        retryAfterSeconds: denial.retryAfterSeconds,
      });
  }
}

/** Returns the error for a change that could not be recorded in the audit log in time, and so was not sent. */
export function createNotRecordedError({ id: vendor, title }: VendorName): VendorUnavailableError {
  return new VendorUnavailableError({
    vendor,
    outcome: 'NOT_APPLIED',
    message: `${title} was not called: the audit log cannot be written. Ask the operator of the gateway to check it.`,
    reason: 'NOT_STARTED',
    isRepeatable: true,
  });
}

/** Returns the error for a change that an earlier request may have sent, and whose effect the vendor does not show. */
export function createInterruptedError(
  { id: vendor, title }: VendorName,
  isRepeatable: boolean,
): VendorUnavailableError {
  return new VendorUnavailableError({
    vendor,
    outcome: 'UNKNOWN',
    message: `An earlier request with this idempotency key may have been sent to ${title}, and its result is not known.`,
    reason: 'CONNECTION',
    isRepeatable,
  });
}

/** Returns the outcome of an attempt without a complete response. */
export function toUnansweredOutcome(
  { id: vendor, title }: VendorName,
  attempt: Exclude<Attempt, { kind: 'answered' }>,
  isRepeatable: boolean,
): Unmade {
  const { problem: reason, cause } = attempt;
  if (attempt.kind === 'notSent') {
    const message = `${title} was not reached, so nothing was sent. Send the request again later.`;
    const outcome = 'NOT_APPLIED';
    const init = { vendor, outcome, message, reason, isRepeatable, cause } as const;
    return { kind: 'unsent', error: new VendorUnavailableError(init) };
  }
  const message = `The request was sent to ${title}, but no complete response arrived.`;
  const reply = { status: attempt.status, code: null, message: null, requestId: null };
  const init = { vendor, outcome: 'UNKNOWN', message, reason, isRepeatable, cause, reply } as const;
  return { kind: 'lost', error: new VendorUnavailableError(init) };
}

/** Returns the error for a vendor that reports "not found" for a membership that its list shows. */
export function createContradictionError(
  { id: vendor, title }: VendorName,
  notFound: MembershipError,
): VendorContractError {
  return new VendorContractError({
    vendor,
    outcome: 'UNKNOWN',
    message: `${title} reported that the membership does not exist, but its list shows it.`,
    reply: toReply(notFound),
  });
}

// 502 to 504, and the statuses with which Cloudflare reports that it received no response from the vendor.
const outageStatuses = new Set([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]);

/**
 * Returns whether the vendor sent no usable response, which opens the circuit breaker: never after a 500, a 4xx or a 429.
 *
 * @param signal aborts when the client of a read disconnects, which shows nothing about the vendor; null for a change
 */
export function isOutage(error: MembershipError, signal: AbortSignal | null): boolean {
  if (!(error instanceof VendorUnavailableError) || signal?.aborted) return false;
  if (error.reason === 'SERVER_ERROR') return outageStatuses.has(error.vendorStatus ?? 0);
  const isAnswered = error.vendorStatus !== null && error.vendorStatus >= 400;
  return (error.reason === 'CONNECTION' || error.reason === 'TIMEOUT') && !isAnswered;
}
