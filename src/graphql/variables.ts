import { GraphQLError } from 'graphql';

/** The values that a client sent for an operation's variables. */
export type Variables = Readonly<Record<string, unknown>> | null | undefined;

/**
 * Returns the error of variables that are rejected; null if they are accepted. graphql-js repeats all variables in each of
 * its errors, and its work on lists and inputs has no bound. Rounded integers are rejected here, since compiled documents
 * do not call the scalar ID.
 *
 * @param most the most values that the variables may have, nested ones included
 */
export function checkVariables(variables: Variables, most: number): GraphQLError | null {
  if (variables == null) return null;
  const rest = subtractValues(most, variables);
  if (Number.isNaN(rest)) return createRoundingError();
  return rest < 0 ? createSizeError(most) : null;
}

function createRoundingError(): GraphQLError {
  const message = `The variables have an integer beyond ${Number.MAX_SAFE_INTEGER}, which JSON parsers round. Send it as a string.`;
  return new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

function createSizeError(most: number): GraphQLError {
  const message = `The variables have more than ${most} values (MAX_VARIABLES). Send fewer, or split them into several requests.`;
  const extensions = { code: 'DOCUMENT_TOO_LARGE', limit: 'variables', most };
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
}

/**
 * Subtracts the number of values from a count; the result is below 0 if there are more, and NaN if an integer is not exact.
 * Never goes deeper than the count.
 */
function subtractValues(count: number, values: object): number {
  let rest = count;
  for (const key in values) {
    rest -= 1;
    if (rest < 0) return rest;
    const value = (values as Readonly<Record<string, unknown>>)[key];
    if (typeof value === 'object' && value !== null) rest = subtractValues(rest, value);
    else if (Number.isInteger(value) && !Number.isSafeInteger(value)) return Number.NaN;
    if (!(rest >= 0)) return rest;
  }
  return rest;
}
