import { GraphQLError } from 'graphql';
import type { Variables } from './operation.ts';

/**
 * Returns why variables are refused; null if they are not. graphql-js repeats all of them in each error, and goes
 * through lists and inputs without a bound. Integers that JSON's reader rounded are refused here, since compiled
 * documents do not ask the scalar ID.
 *
 * @param most how many values they may hold, those inside others too
 */
export function checkVariables(variables: Variables, most: number): GraphQLError | null {
  if (variables == null) return null;
  const rest = left(variables, most);
  if (Number.isNaN(rest)) return roundedInteger();
  return rest < 0 ? tooManyValues(most) : null;
}

function roundedInteger(): GraphQLError {
  const message = `The variables hold an integer beyond ${Number.MAX_SAFE_INTEGER}, which JSON does not keep exactly. Send it as a string.`;
  return new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

function tooManyValues(most: number): GraphQLError {
  const message = `The variables hold more than ${most} values, which is the most that this gateway takes (MAX_VARIABLES).`;
  const extensions = { code: 'DOCUMENT_TOO_LARGE', limit: 'variables', most };
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
}

/**
 * Returns how many more values there might be; below 0 if there are too many, NaN if an integer is not exact. Never
 * goes deeper than these are many.
 */
function left(values: object, most: number): number {
  let rest = most;
  for (const key in values) {
    rest -= 1;
    if (rest < 0) return rest;
    const value = (values as Readonly<Record<string, unknown>>)[key];
    if (typeof value === 'object' && value !== null) rest = left(value, rest);
    else if (Number.isInteger(value) && !Number.isSafeInteger(value)) return Number.NaN;
    if (!(rest >= 0)) return rest;
  }
  return rest;
}
