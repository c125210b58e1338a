import type { AttemptOutcome } from '../../changes/retry.ts';
import {
  type MembershipError,
  type MembershipVendor,
  NotFoundError,
  RateLimitedError,
  VendorContractError,
  VendorUnavailableError,
} from '../../errors.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import { isVendorAnswer } from './dialect.ts';
import type { Exchange } from './exchange.ts';
import { createForeignError, createRedirectError, redirectStatuses } from './foreign.ts';
import { readJson } from './json.ts';
import type { VendorRuntime } from './runtime.ts';
import type { CallSpec } from './vendor-call.ts';

/** The statuses with which a vendor that says so in its own words is not still at it. */
const overStatuses = new Set([500, 501, 503]);

/** The refusals that are read back if something in between gave them, though they mean nothing of the vendor's. */
const readBackStatuses = new Set([401, 403, 404, 410, 412]);

type Failure = Exclude<AttemptOutcome<never>, { kind: 'made' }>;

/** Returns what an answer means for the call, and for making it again. */
export function classifyResponse<V extends MembershipVendor, T>(
  call: CallSpec<V, T>,
  exchange: Exchange<V>,
  { vendor, dialect }: VendorRuntime<V>,
  repeatable: boolean,
): AttemptOutcome<T> {
  const value = call.read(exchange);
  if (value !== null) return { kind: 'made', value };
  const { answer, credentials } = exchange;
  const { notFound, permission, fields = {} } = call;
  const { redactor } = credentials;
  const said = dialect.error(answer, { repeatable, redactor, notFound, permission, fields });
  const json = readJson(answer);
  const isOwn = isVendorAnswer(dialect, answer, json);
  const foreign = { vendor, answer, said, redactor };
  const { status } = answer;
  if (redirectStatuses.has(status)) return { kind: 'refused', error: createRedirectError(foreign) };
  if (status < 400 && !isOwn && (status >= 300 || !isJson(answer, json))) {
    return { kind: 'unclear', error: createForeignError(foreign, 'UNKNOWN') };
  }
  if (isRefusal(status) && !isOwn) {
    return isReadBack(status, said)
      ? { kind: 'doubtful', error: createForeignError(foreign, 'UNKNOWN') }
      : { kind: 'refused', error: createForeignError(foreign, 'NOT_APPLIED') };
  }
  // A proxy's 429 asks for a wait as well, but it does not show that the vendor got nothing.
  const isUnsafe = !repeatable && !isOwn && !isJson(answer, json);
  if (said instanceof RateLimitedError && isUnsafe) {
    return { kind: 'limited', error: said, waitMs: null };
  }
  const next = failureStep(answer, said, isOwn);
  return next.kind === 'refused' && call.isAbsence?.(said) ? { kind: 'absent', error: said } : next;
}

/** A 4xx by which whoever gave it says that nothing was done: not a timeout, nor a rate limit. */
function isRefusal(status: number): boolean {
  return status >= 400 && status <= 499 && status !== 408 && status !== 425 && status !== 429;
}

/** Whether a refusal of something in between could be taken for one of the vendor's. */
function isReadBack(status: number, said: MembershipError): boolean {
  const isUnknown = said instanceof VendorContractError && said.outcome === 'NOT_APPLIED';
  return readBackStatuses.has(status) || !isUnknown;
}

/** Whether a success has the body that it ought to have, if not the right one. */
function isJson({ text }: VendorResponse, json: unknown): boolean {
  return json !== undefined || text?.trim() === '';
}

function failureStep(answer: VendorResponse, error: MembershipError, isOwn: boolean): Failure {
  if (error instanceof RateLimitedError) {
    return { kind: 'limited', error, waitMs: milliseconds(error.retryAfterSeconds) };
  }
  if (error instanceof VendorUnavailableError && error.reason === 'SERVER_ERROR') {
    const waitMs = milliseconds(error.retryAfterSeconds);
    if (error.outcome === 'NOT_APPLIED')
      return { kind: 'failed', error, leaves: 'nothing', waitMs };
    const isOver = isOwn && !answer.isCut && overStatuses.has(answer.status);
    return { kind: 'failed', error, leaves: isOver ? 'over' : 'underWay', waitMs };
  }
  if (error.outcome === 'UNKNOWN') {
    return { kind: isRefusal(answer.status) ? 'doubtful' : 'unclear', error };
  }
  return { kind: error instanceof NotFoundError ? 'absent' : 'refused', error };
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}
