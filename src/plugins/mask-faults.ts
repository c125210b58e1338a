import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import type { ChangeOutcome } from '../errors.ts';
import type { Log } from '../log.ts';
import { ReadError } from '../read-error.ts';
import { requestIdOf } from './request-id.ts';

/**
 * The last gate before the answer: a read that failed tells why, under a stable code. Whatever else is
 * not an error of GraphQL itself is a fault of ours. It is logged with its cause, and shown as `INTERNAL` with the request's id and what is known of the
 * change; its own words never leave.
 */
export function useMaskedFaults(log: Log): Plugin {
  return {
    onResultProcess({ request, result, setResult, serverContext }) {
      const results = Array.isArray(result) ? result : [result];
      if (!results.some(hasFault)) return;
      const requestId = requestIdOf(request);
      const { progress } = serverContext as Partial<Context>;
      const mask = (error: GraphQLError, isWhole: boolean): GraphQLError => {
        if (!isFault(error)) return error;
        const cause = causeOf(error);
        if (cause instanceof ReadError) return failedRead(error, cause, requestId);
        const outcome = progress?.outcomeOf(String(error.path?.[0])) ?? null;
        log.error({ requestId, path: error.path, outcome, err: cause }, 'unexpected fault');
        return masked(error, requestId, outcome, isWhole);
      };
      const maskAll = (one: ExecutionResult): ExecutionResult =>
        one.errors === undefined
          ? one
          : { ...one, errors: one.errors.map((error) => mask(error, !('data' in one))) };
      setResult(Array.isArray(result) ? result.map(maskAll) : maskAll(result as ExecutionResult));
    },
  };
}

function hasFault(result: object): boolean {
  return 'errors' in result && Array.isArray(result.errors) && result.errors.some(isFault);
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
  return new GraphQLError(cause.message, {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    extensions: { ...cause.extensions, requestId },
  });
}

function masked(
  error: GraphQLError,
  requestId: string,
  outcome: ChangeOutcome | null,
  isWhole: boolean,
): GraphQLError {
  return new GraphQLError(
    'The gateway failed unexpectedly. Quote the request id to whoever operates it.',
    {
      nodes: error.nodes ?? null,
      path: error.path ?? null,
      extensions: {
        code: 'INTERNAL',
        ...(outcome === null ? {} : { outcome }),
        requestId,
        ...(isWhole ? { http: { status: 500 } } : {}),
      },
    },
  );
}
