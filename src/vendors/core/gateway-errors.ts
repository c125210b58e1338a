import type { AttemptOutcome } from '../../changes/retry.ts';
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

/** Who a link leads to, for messages. */
export interface VendorName<V extends MembershipVendor = MembershipVendor> {
  readonly id: V;
  readonly title: string;
  readonly urlVariable: string;
}

/** The vendor has no URL. */
export function createNotConfiguredError(
  { id: vendor, title, urlVariable }: VendorName,
  repeatable: boolean,
): VendorUnavailableError {
  return new VendorUnavailableError({
    vendor,
    outcome: 'NOT_APPLIED',
    message: `${title} is not configured in this gateway: ${urlVariable} is not set.`,
    reason: 'NOT_CONFIGURED',
    repeatable,
  });
}

/** The request's credentials for the vendor cannot be used. */
export function createUnusableError(
  { id: vendor }: VendorName,
  { problem, message }: UnusableCredentials,
): AuthenticationError {
  return new AuthenticationError({ vendor, outcome: 'NOT_APPLIED', message, problem });
}

/** Nothing was sent: the rate limit is reached, too much is in flight at the vendor, or it failed recently. */
export function createDenialError(
  { id: vendor, title }: VendorName,
  denial: CallDenial,
  repeatable: boolean,
): VendorUnavailableError | RateLimitedError {
  const common = { vendor, outcome: 'NOT_APPLIED', repeatable } as const;
  switch (denial.kind) {
    case 'limited':
      return new RateLimitedError({
        ...common,
        message: `${title} accepts no more calls for now: the gateway keeps within its rate limit.`,
        retryAfterSeconds: denial.waitMs / 1000,
      });
    case 'overloaded':
      return new VendorUnavailableError({
        ...common,
        message: `Too many calls to ${title} are in flight; nothing was sent.`,
        reason: 'OVERLOADED',
      });
    case 'circuitOpen':
      return new VendorUnavailableError({
        ...common,
        message: `${title} failed too often recently; nothing was sent.`,
        reason: 'CIRCUIT_OPEN',
        retryAfterSeconds: denial.retryAfterSeconds,
      });
  }
}

/** The audit log could not be written in time, and no change is made without it. */
export function createNotRecordedError({ id: vendor, title }: VendorName): VendorUnavailableError {
  return new VendorUnavailableError({
    vendor,
    outcome: 'NOT_APPLIED',
    message: `${title} was not called: the audit log cannot be written.`,
    reason: 'NOT_STARTED',
    repeatable: true,
  });
}

/** No usable answer came. */
export function toUnansweredOutcome(
  { id: vendor, title }: VendorName,
  attempt: Exclude<Attempt, { kind: 'answered' }>,
  repeatable: boolean,
): AttemptOutcome<never> {
  const { problem: reason, cause } = attempt;
  if (attempt.kind === 'notSent') {
    const message = `${title} could not be reached.`;
    const outcome = 'NOT_APPLIED';
    const init = { vendor, outcome, message, reason, repeatable, cause } as const;
    return { kind: 'unsent', error: new VendorUnavailableError(init) };
  }
  const message = `${title} gave no complete answer.`;
  const reply = { status: attempt.status, code: null, message: null, requestId: null };
  const init = { vendor, outcome: 'UNKNOWN', message, reason, repeatable, cause, reply } as const;
  return { kind: 'lost', error: new VendorUnavailableError(init) };
}

/** The vendor says "not found" of what its list shows. */
export function createContradictionError(
  { id: vendor, title }: VendorName,
  said: MembershipError,
): VendorContractError {
  return new VendorContractError({
    vendor,
    outcome: 'UNKNOWN',
    message: `${title} says that it is not there, and shows it in its list.`,
    reply: toReply(said),
  });
}
