import type { Step } from '../change.ts';
import {
  type MembershipError,
  type MembershipVendor,
  NotFoundError,
  RateLimitedError,
  VendorUnavailableError,
} from '../errors.ts';
import type { Answer } from '../http/answer.ts';
import type { Exchange } from './caller.ts';
import type { Dialect } from './dialect.ts';
import { readJson } from './json.ts';
import type { VendorCall } from './vendor-call.ts';

/** The statuses with which a vendor that says so in its own words is not still at it. */
const overStatuses = new Set([500, 501, 503]);

/** What an answer means for the call, and for making it again. */
export function stepOf<V extends MembershipVendor, T>(
  call: VendorCall<V, T>,
  exchange: Exchange<V>,
  dialect: Dialect,
  repeatable: boolean,
): Step<T> {
  const value = call.read(exchange);
  if (value !== null) return { kind: 'made', value };
  const { answer, credentials } = exchange;
  const { notFound, permission, fields = {} } = call;
  const { redactor } = credentials;
  const error = dialect.error(answer, { repeatable, redactor, notFound, permission, fields });
  const isOwnForm = () => dialect.isErrorForm(readJson(answer), answer);
  const next = failureStep(answer, error, isOwnForm);
  return next.kind === 'refused' && call.isAbsence?.(error) ? { kind: 'absent', error } : next;
}

/** @param isOwnForm tells whether the body is the vendor's own error form, and not a proxy's page */
function failureStep(
  answer: Answer,
  error: MembershipError,
  isOwnForm: () => boolean,
): Exclude<Step<never>, { kind: 'made' }> {
  if (error instanceof RateLimitedError) {
    return { kind: 'limited', error, waitMs: milliseconds(error.retryAfterSeconds) };
  }
  if (error instanceof VendorUnavailableError && error.reason === 'SERVER_ERROR') {
    const isOver = overStatuses.has(answer.status) && isOwnForm();
    return { kind: 'failed', error, isOver, waitMs: milliseconds(error.retryAfterSeconds) };
  }
  if (error.outcome === 'UNKNOWN') return { kind: 'unclear', error };
  return { kind: error instanceof NotFoundError ? 'absent' : 'refused', error };
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}
