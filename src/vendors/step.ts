import type { Step } from '../change.ts';
import {
  type MembershipError,
  NotFoundError,
  RateLimitedError,
  VendorUnavailableError,
} from '../errors.ts';
import type { Answer } from '../http/answer.ts';

/** The statuses with which a vendor that says so in its own words is not still at it. */
const overStatuses = new Set([500, 501, 503]);

/**
 * What an answer that is no success means for sending the change again.
 *
 * @param error what the vendor's own function makes of the answer
 * @param isOwnForm whether the body is the vendor's own error form, and not a proxy's page
 */
export function stepOf(
  answer: Answer,
  error: MembershipError,
  isOwnForm: boolean,
): Exclude<Step<never>, { kind: 'made' }> {
  if (error instanceof RateLimitedError) {
    return { kind: 'limited', error, waitMs: milliseconds(error.retryAfterSeconds) };
  }
  if (error instanceof VendorUnavailableError && error.reason === 'SERVER_ERROR') {
    const isOver = overStatuses.has(answer.status) && isOwnForm;
    return { kind: 'failed', error, isOver, waitMs: milliseconds(error.retryAfterSeconds) };
  }
  if (error.outcome === 'UNKNOWN') return { kind: 'unclear', error };
  return { kind: error instanceof NotFoundError ? 'absent' : 'refused', error };
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}
