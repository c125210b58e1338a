import { GraphQLError } from 'graphql';
import type { Variables } from './operation.ts';

/**
 * Why variables are not taken; null where they are. graphql-js repeats all of them in each error, and goes
 * through lists and inputs without a bound.
 *
 * @param most how many values they may hold, those inside others too
 */
export function variablesExcess(variables: Variables, most: number): GraphQLError | null {
  if (variables == null || left(variables, most) >= 0) return null;
  const message = `The variables hold more than ${most} values, which is the most that this gateway takes (MAX_VARIABLES).`;
  const extensions = { code: 'DOCUMENT_TOO_LARGE', limit: 'variables', most };
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
}

/** How many more values there might be; below 0 where there are too many. Never deeper than these are many. */
function left(values: object, most: number): number {
  let rest = most;
  for (const key in values) {
    rest -= 1;
    if (rest < 0) return rest;
    const value = (values as Readonly<Record<string, unknown>>)[key];
    if (typeof value === 'object' && value !== null) rest = left(value, rest);
    if (rest < 0) return rest;
  }
  return rest;
}
