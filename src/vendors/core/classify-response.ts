import type { Unmade } from '../../changes/retry.ts';
import {
  type MembershipError,
  type MembershipVendor,
  NotFoundError,
  RateLimitedError,
  VendorContractError,
  VendorUnavailableError,
} from '../../errors.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import { parseBody } from './body.ts';
import type { CallSpec } from './change.ts';
import { isVendorResponse, type VendorRuntime } from './dialect.ts';
import type { Exchange } from './exchange.ts';
import { createForeignError, createRedirectError, redirectStatuses } from './foreign.ts';

// With these statuses a vendor that responds in its own form does not continue to work on the request.
const endedStatuses = new Set([500, 501, 503]);

// Rejections that are read back if an intermediary sent them, even if they have no meaning at the vendor.
const readBackStatuses = new Set([401, 403, 404, 410, 412]);

/** Returns what a response other than a success means for the call, and for sending it again. */
export function classifyFailure<V extends MembershipVendor>(
  spec: CallSpec<V, unknown>,
  { response, credentials }: Exchange<V>,
  { vendor, dialect: { errors } }: VendorRuntime<V>,
  isRepeatable: boolean,
): Unmade {
  const { notFound, permission, fields = {} } = spec;
  const { redactor } = credentials;
  const call = { vendor, isRepeatable, redactor, notFound, permission, fields };
  const mapped = errors.map(response, call);
  const json = parseBody(response);
  const isOwn = isVendorResponse(errors, response, json);
  const foreign = { vendor, response, mapped, redactor };
  const { status } = response;
  if (redirectStatuses.has(status)) return { kind: 'refused', error: createRedirectError(foreign) };
  if (status < 400 && !isOwn && (status >= 300 || !hasJsonOrNothing(response, json))) {
    return { kind: 'unclear', error: createForeignError(foreign, 'UNKNOWN') };
  }
  if (isRejection(status) && !isOwn) {
    return isReadBack(status, mapped)
      ? { kind: 'doubtful', error: createForeignError(foreign, 'UNKNOWN') }
      : { kind: 'refused', error: createForeignError(foreign, 'NOT_APPLIED') };
  }
  // A proxy's 429 asks for a wait as well, but it does not show that nothing reached the vendor.
  const isUnsafe = !isRepeatable && !isOwn && !hasJsonOrNothing(response, json);
  if (mapped instanceof RateLimitedError && isUnsafe) {
    return { kind: 'limited', error: mapped, waitMs: null };
  }
  const failure = classifyError(response, mapped, isOwn);
  return failure.kind === 'refused' && spec.isAbsence?.(mapped)
    ? { kind: 'absent', error: mapped }
    : failure;
}

/** Returns whether a status reports that nothing was done: a 4xx other than a timeout or a rate limit. */
function isRejection(status: number): boolean {
  return status >= 400 && status <= 499 && status !== 408 && status !== 425 && status !== 429;
}

/** Returns whether an intermediary's rejection could be mistaken for the vendor's. */
function isReadBack(status: number, mapped: MembershipError): boolean {
  const isUnknown = mapped instanceof VendorContractError && mapped.outcome === 'NOT_APPLIED';
  return readBackStatuses.has(status) || !isUnknown;
}

function hasJsonOrNothing({ text }: VendorResponse, json: unknown): boolean {
  return json !== undefined || text?.trim() === '';
}

function classifyError(response: VendorResponse, error: MembershipError, isOwn: boolean): Unmade {
  if (error instanceof RateLimitedError) {
    return { kind: 'limited', error, waitMs: toMs(error.retryAfterSeconds) };
  }
  if (error instanceof VendorUnavailableError && error.reason === 'SERVER_ERROR') {
    const waitMs = toMs(error.retryAfterSeconds);
    if (error.outcome === 'NOT_APPLIED')
      return { kind: 'failed', error, leaves: 'nothing', waitMs };
    const isOver = isOwn && !response.isCut && endedStatuses.has(response.status);
    return { kind: 'failed', error, leaves: isOver ? 'over' : 'underWay', waitMs };
  }
  if (error.outcome === 'UNKNOWN') {
    return { kind: isRejection(response.status) ? 'doubtful' : 'unclear', error };
  }
  return { kind: error instanceof NotFoundError ? 'absent' : 'refused', error };
}

/** Returns a wait in ms. */
export function toMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}
