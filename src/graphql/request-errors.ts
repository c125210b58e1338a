import { GraphQLError } from 'graphql';

/** Nobody reads more of them, and each costs time. */
export const maxErrors = 10;

const longestMessage = 500;

/** An error may name each of a thousand repeated arguments. */
const mostLocations = 10;

/**
 * Returns the errors of a document that does not run, as many and as long as somebody reads: graphql-js
 * repeats in each what was sent, however long that is. Each has a code, the request's id, and the status of the
 * answer: 400 unless it asks for another, but 200 for clients that accept `application/json` (GraphQL over HTTP,
 * "Status codes").
 *
 * @param code of errors without one of their own
 */
export function toRequestErrors(
  errors: readonly GraphQLError[],
  code: string,
  requestId: string,
): readonly GraphQLError[] {
  // One more says that there are more.
  return errors.slice(0, maxErrors + 1).map((error) => {
    const { source = null, path = null } = error;
    const nodes = error.nodes?.slice(0, mostLocations) ?? null;
    const positions = error.positions?.slice(0, mostLocations) ?? null;
    const http = { spec: true, status: 400 };
    const extensions = { code, http, ...error.extensions, requestId };
    return new GraphQLError(brief(error.message), { nodes, source, positions, path, extensions });
  });
}

function brief(message: string): string {
  if (message.length <= longestMessage) return message;
  return `${message.slice(0, longestMessage).toWellFormed()}…`;
}
