import { GatewayError, type GatewayErrorCode } from './errors.ts';
import type { Outcomes } from './exchange.ts';
import type { ChangeOutcome } from './generated/types.ts';
import { type Reply, toText } from './reply.ts';

/** The client's code for each code of a request that the gateway rejected. */
const refusals = /* @__PURE__ */ new Map<unknown, GatewayErrorCode>([
  ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
  ['CALLER_LIMIT', 'CALLER_LIMIT'],
  ['STOPPING', 'STOPPING'],
  ['BAD_REQUEST', 'REFUSED'],
  ['CSRF', 'REFUSED'],
  ['REQUEST_ENTITY_TOO_LARGE', 'REFUSED'],
  ['DOCUMENT_TOO_LARGE', 'REFUSED'],
  ['DOCUMENT_NOT_TRUSTED', 'REFUSED'],
  ['METHOD_NOT_ALLOWED', 'REFUSED'],
  ['NOT_ACCEPTABLE', 'REFUSED'],
  ['UNSUPPORTED_MEDIA_TYPE', 'REFUSED'],
  ['PERSISTED_QUERY_NOT_SUPPORTED', 'REFUSED'],
  ['GRAPHQL_PARSE_FAILED', 'REFUSED'],
  ['GRAPHQL_VALIDATION_FAILED', 'REFUSED'],
  ['OPERATION_RESOLUTION_FAILURE', 'REFUSED'],
  ['BAD_USER_INPUT', 'REFUSED'],
  ['TRY_LATER', 'REFUSED'],
]);

/** The codes of rejections that end without any action of the caller. */
const temporary: ReadonlySet<unknown> = /* @__PURE__ */ new Set([
  'CALLER_LIMIT',
  'STOPPING',
  'TRY_LATER',
]);

/** Returns the error for a response without a result. */
export function toGatewayError(field: string, reply: Reply, outcomes: Outcomes): GatewayError {
  const { status, retryAfterSeconds, errors } = reply;
  // An internal error leaves more open than any other error, so it takes precedence.
  const entry = errors.find(({ extensions }) => extensions?.['code'] === 'INTERNAL') ?? errors[0];
  const extensions = entry?.extensions ?? {};
  const requestId = toText(extensions['requestId']) ?? reply.requestId;
  const message = `${field}: ${entry?.message ?? 'the response has neither a result nor an error.'}`;
  const make = (code: GatewayErrorCode, outcome: ChangeOutcome | null) =>
    new GatewayError(code, {
      message,
      outcome,
      retryable: reply.data == null && temporary.has(extensions['code']),
      retryAfterSeconds,
      status,
      requestId,
    });
  if (extensions['code'] === 'INTERNAL') {
    return make('INTERNAL', readOutcome(extensions['outcome'], outcomes));
  }
  const known = refusals.get(extensions['code']);
  if (known !== undefined && reply.data == null) return make(known, outcomes.untouched);
  const isRefused = reply.data === undefined && isBeforeExecution(reply);
  return isRefused
    ? make('REFUSED', outcomes.untouched)
    : make('UNEXPECTED_ANSWER', outcomes.unsettled);
}

/**
 * Returns whether a response without data means that nothing was executed (GraphQL specification, section 7.1). Proxies
 * that time out use the same form, but with a 5xx or with codes of their own.
 */
function isBeforeExecution({ status, errors }: Reply): boolean {
  if (status >= 400 && status < 500) return status !== 408;
  return status === 200 && errors.every(({ extensions }) => extensions?.['code'] === undefined);
}

const settled: ReadonlySet<unknown> = new Set(['APPLIED', 'NOT_APPLIED'] satisfies ChangeOutcome[]);

function readOutcome(told: unknown, { unsettled }: Outcomes): ChangeOutcome | null {
  return unsettled !== null && settled.has(told) ? (told as ChangeOutcome) : unsettled;
}
