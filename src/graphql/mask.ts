import { type ExecutionResult, GraphQLError } from 'graphql';
import type { ChangeTracker } from '../changes/change-tracker.ts';
import type { ChangeOutcome } from '../errors.ts';
import { ReadError } from '../read-error.ts';
import { internalErrorMessage } from '../server/response.ts';
import type { Log } from '../telemetry/log.ts';

/**
 * The last gate before the answer: a read that failed tells why, under a stable code. Whatever else is
 * not an error of GraphQL itself is a fault of ours. It is logged with its cause, and shown as `INTERNAL`
 * with the request's id and what is known of the change; its own words never leave.
 *
 * @param progress what is known of the document's changes; null where it never came so far
 */
export function maskResult(
  result: ExecutionResult,
  requestId: string,
  progress: ChangeTracker | null,
  log: Log,
): ExecutionResult {
  if (result.errors === undefined || !result.errors.some(isFault)) return result;
  const isWhole = !('data' in result);
  const errors = result.errors.map((error) => {
    if (!isFault(error)) return error;
    const cause = causeOf(error);
    if (cause instanceof ReadError) return failedRead(error, cause, requestId);
    const outcome = progress?.getOutcome(String(error.path?.[0])) ?? null;
    log.error({ requestId, path: error.path, outcome, err: cause }, 'unexpected fault');
    return internal(error, requestId, outcome, isWhole);
  });
  return { ...result, errors };
}

/** GraphQL's own errors (syntax, validation, variables) have no other error inside. */
function isFault(error: GraphQLError): boolean {
  const cause = error.originalError;
  return (
    cause !== undefined && cause !== null && !(cause instanceof GraphQLError && !isFault(cause))
  );
}

function causeOf(error: GraphQLError): unknown {
  const cause = error.originalError;
  return cause instanceof GraphQLError ? causeOf(cause) : cause;
}

function failedRead(error: GraphQLError, cause: ReadError, requestId: string): GraphQLError {
  return inPlaceOf(error, cause.message, { ...cause.extensions, requestId });
}

function internal(
  error: GraphQLError,
  requestId: string,
  outcome: ChangeOutcome | null,
  isWhole: boolean,
): GraphQLError {
  return inPlaceOf(error, internalErrorMessage, {
    code: 'INTERNAL',
    ...(outcome === null ? {} : { outcome }),
    requestId,
    ...(isWhole ? { http: { status: 500 } } : {}),
  });
}

/** Another error at the same place of the same document. */
function inPlaceOf(
  error: GraphQLError,
  message: string,
  extensions: Readonly<Record<string, unknown>>,
): GraphQLError {
  const { nodes = null, source = null, positions = null, path = null } = error;
  const { stackTraceLimit } = Error;
  // It is shown to clients only, without its stack.
  Error.stackTraceLimit = 0;
  const other = new GraphQLError(message, { nodes, source, positions, path, extensions });
  Error.stackTraceLimit = stackTraceLimit;
  return other;
}
