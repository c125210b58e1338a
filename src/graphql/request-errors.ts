import { GraphQLError } from 'graphql';

/** The most errors of a document that are collected: further ones do not help a client, and each costs time. */
export const maxErrors = 10;

const maxMessageLength = 500;

/** The most locations of an error: it may name each of a thousand repeated arguments. */
const maxLocations = 10;

/**
 * Completes and truncates the errors of a document that does not run: graphql-js repeats in each what was sent, whatever
 * its length. Each gets a code, the request's ID, and the status of the response: 400 unless it asks for another, but 200
 * for clients that accept `application/json` (GraphQL over HTTP, "Status codes").
 *
 * @param code the code of errors without one of their own
 */
export function toRequestErrors(
  errors: readonly GraphQLError[],
  code: string,
  requestId: string,
): readonly GraphQLError[] {
  // One more than the most shows that there are more.
  return errors.slice(0, maxErrors + 1).map((error) => {
    const { source = null, path = null } = error;
    const nodes = error.nodes?.slice(0, maxLocations) ?? null;
    const positions = error.positions?.slice(0, maxLocations) ?? null;
    const http = { spec: true, status: 400 };
    const extensions = { code, http, ...error.extensions, requestId };
    return new GraphQLError(truncateMessage(error.message), {
      nodes,
      source,
      positions,
      path,
      extensions,
    });
  });
}

function truncateMessage(message: string): string {
  if (message.length <= maxMessageLength) return message;
  return `${message.slice(0, maxMessageLength).toWellFormed()}…`;
}
