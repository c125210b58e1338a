import { GraphQLError } from 'graphql';

/** Nobody reads more of them, and each costs time. */
export const mostErrors = 10;

const longestMessage = 500;

/**
 * Errors for which a document does not run, as many and as long as somebody reads: graphql-js repeats in
 * each what was sent, however long that is.
 */
export function briefly(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  // One more says that there are more.
  return errors.slice(0, mostErrors + 1).map(brief);
}

/**
 * Errors for which a document does not run, with the status that such an answer has: 400 where they ask for no
 * other, but for clients that take `application/json`, which get 200 (GraphQL over HTTP, "Status codes").
 */
export function asRequestErrors(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  return errors.map((error) => {
    const { message, nodes = null, source = null, positions = null, path = null } = error;
    if (error.extensions['http'] !== undefined) return error;
    const extensions = { ...error.extensions, http: { spec: true, status: 400 } };
    return new GraphQLError(message, { nodes, source, positions, path, extensions });
  });
}

function brief(error: GraphQLError): GraphQLError {
  const { message } = error;
  if (message.length <= longestMessage) return error;
  const { nodes = null, source = null, positions = null, path = null, extensions } = error;
  const options = { nodes, source, positions, path, extensions };
  return new GraphQLError(`${message.slice(0, longestMessage).toWellFormed()}…`, options);
}
