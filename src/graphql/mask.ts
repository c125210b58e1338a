import { type ExecutionResult, GraphQLError } from 'graphql';
import type { ChangeTracker } from '../changes/change-tracker.ts';
import type { ChangeOutcome } from '../errors.ts';
import { ReadError } from '../read-error.ts';
import { internalErrorMessage } from '../server/response.ts';
import type { Log } from '../telemetry/log.ts';

/**
 * Masks the faults of a result. A failed read keeps its reason and a stable code. Any other error that is not one of
 * GraphQL itself is a fault of the gateway: it is logged with its cause, and the response has `INTERNAL` with the request's
 * ID and the outcome of the change. Its message never leaves the gateway.
 *
 * @param tracker the changes of the document; null if it failed before there were any
 */
export function maskResult(
  result: ExecutionResult,
  requestId: string,
  tracker: ChangeTracker | null,
  log: Log,
): ExecutionResult {
  if (result.errors === undefined || !result.errors.some(isFault)) return result;
  const isWhole = !('data' in result);
  const errors = result.errors.map((error) => {
    if (!isFault(error)) return error;
    const cause = getCause(error);
    if (cause instanceof ReadError) return toReadFailure(error, cause, requestId);
    const outcome = tracker?.getOutcome(String(error.path?.[0])) ?? null;
    log.error({ requestId, path: error.path, outcome, err: cause }, 'unexpected fault');
    return toInternalError(error, requestId, outcome, isWhole);
  });
  return { ...result, errors };
}

/** Returns whether an error wraps another: GraphQL's own errors (syntax, validation, variables) do not. */
function isFault(error: GraphQLError): boolean {
  const cause = error.originalError;
  return (
    cause !== undefined && cause !== null && !(cause instanceof GraphQLError && !isFault(cause))
  );
}

function getCause(error: GraphQLError): unknown {
  const cause = error.originalError;
  return cause instanceof GraphQLError ? getCause(cause) : cause;
}

function toReadFailure(error: GraphQLError, cause: ReadError, requestId: string): GraphQLError {
  return replaceError(error, cause.message, { ...cause.extensions, requestId });
}

function toInternalError(
  error: GraphQLError,
  requestId: string,
  outcome: ChangeOutcome | null,
  isWhole: boolean,
): GraphQLError {
  return replaceError(error, internalErrorMessage, {
    code: 'INTERNAL',
    ...(outcome === null ? {} : { outcome }),
    requestId,
    ...(isWhole ? { http: { status: 500 } } : {}),
  });
}

/** Creates another error at the same place of the same document. */
function replaceError(
  error: GraphQLError,
  message: string,
  extensions: Readonly<Record<string, unknown>>,
): GraphQLError {
  const { nodes = null, source = null, positions = null, path = null } = error;
  const { stackTraceLimit } = Error;
  // Only clients see it, without its stack.
  Error.stackTraceLimit = 0;
  const other = new GraphQLError(message, { nodes, source, positions, path, extensions });
  Error.stackTraceLimit = stackTraceLimit;
  return other;
}
