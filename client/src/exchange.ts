import { runWithin } from './abort.ts';
import { GatewayError } from './errors.ts';
import type { Gateway } from './gateway.ts';
import type { ChangeOutcome } from './generated/types.ts';
import { parseBody, type Reply } from './reply.ts';
import { type Call, type Prepared, prepare } from './request.ts';

/** The outcomes to report for a failed request. Both are null for reads, which change nothing. */
export interface Outcomes {
  /** The outcome if nothing can have been changed. */
  readonly untouched: ChangeOutcome | null;
  /** The outcome if it is not known whether something was changed. */
  readonly unsettled: ChangeOutcome | null;
}

/**
 * The statuses with which a proxy rejects a request that it did not forward (RFC 9110, section 15.5; RFC 6585). 403 is
 * not one of them, because firewalls also return it instead of the response.
 */
const refusing: ReadonlySet<number> = /* @__PURE__ */ new Set([
  401, 404, 405, 411, 413, 414, 415, 429, 431,
]);

/**
 * Sends one request, once, and reads its response.
 *
 * @param timeoutMs the timeout of the response in ms, none by default
 * @throws {GatewayError} if there is no response, or one that is not GraphQL
 */
export async function exchange<Data, Variables>(
  gateway: Gateway,
  call: Call<Data, Variables>,
  outcomes: Outcomes,
  timeoutMs = Infinity,
): Promise<Reply> {
  const { url, init } = prepareRequest(gateway, call, outcomes);
  const send = gateway.fetch ?? fetch;
  let response: Response;
  let text: string;
  try {
    [response, text] = await runWithin(timeoutMs, gateway.signal, async (signal) => {
      const received = await send(url, signal === undefined ? init : { ...init, signal });
      return [received, await received.text()] as const;
    });
  } catch (cause) {
    throw createLostError(gateway, call.field, outcomes, cause);
  }
  const { status, headers } = response;
  const requestId = headers.get('x-request-id') ?? gateway.requestId ?? null;
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'));
  const body = parseBody(text);
  if (body !== null) return { status, requestId, retryAfterSeconds, ...body };
  throw new GatewayError('UNEXPECTED_ANSWER', {
    message: `${call.field}: the response (${readStatus(response)}) is not the gateway's.`,
    outcome: refusing.has(status) ? outcomes.untouched : outcomes.unsettled,
    retryable: status === 429,
    retryAfterSeconds,
    status,
    requestId,
  });
}

function prepareRequest<Data, Variables>(
  gateway: Gateway,
  call: Call<Data, Variables>,
  { untouched: outcome }: Outcomes,
): Prepared {
  try {
    return prepare(gateway, call);
  } catch (error) {
    const { message, cause } = error as TypeError;
    throw new GatewayError('NOT_SENT', {
      message: `${call.field}: not sent: ${message}`,
      outcome,
      requestId: gateway.requestId ?? null,
      cause,
    });
  }
}

function createLostError(
  gateway: Gateway,
  field: string,
  outcomes: Outcomes,
  cause: unknown,
): GatewayError {
  const isAborted = gateway.signal?.aborted === true;
  const isTimeout = (cause as Partial<Error> | null)?.name === 'TimeoutError';
  const failed = isTimeout ? 'no response in time' : 'the connection failed';
  const what = isAborted ? 'aborted before the response arrived' : failed;
  const isChange = outcomes.unsettled !== null;
  const doubt = isChange ? '; it is not known whether the change was made' : '';
  return new GatewayError(isAborted ? 'ABORTED' : 'NETWORK', {
    message: `${field}: ${what}${doubt}.`,
    outcome: outcomes.unsettled,
    retryable: !isChange && !isAborted,
    requestId: gateway.requestId ?? null,
    cause,
  });
}

/** Describes a status. In browsers, a redirect that was not followed has the status 0 (Fetch standard, "opaque-redirect"). */
function readStatus({ type, status }: Response): string {
  return type === 'opaqueredirect' ? 'a redirect' : `status ${status}`;
}

/** Parses a `Retry-After`, a number or a date (RFC 9110, section 10.2.3), to seconds. */
function parseRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const ms = Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, Math.ceil(ms / 1_000));
}
