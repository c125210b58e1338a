import type { ChangeResult, LaterMember } from './results.ts';

interface Tagged {
  readonly __typename: string;
}

type Member<Result extends Tagged, Name> = Extract<Result, { readonly __typename: Name }>;

/** The parameter of `otherwise`: a member that is newer than this client. */
type Later<Result extends Tagged> = Result extends ChangeResult ? LaterMember : Tagged;

/** One function for each member of a union, and one for newer members. */
export type Handlers<Result extends Tagged, Value = unknown> = {
  readonly [Name in Result['__typename']]: (member: Member<Result, Name>) => Value;
} & { readonly otherwise: (member: Later<Result>) => Value };

/** A type that allows only the names of members, so that the type check finds misspelt ones. */
type NoOthers<Given, Known> = { readonly [Name in Exclude<keyof Given, keyof Known>]: never };

/**
 * Calls the function for the member's `__typename`. The type check fails if a function is missing. Members that a later
 * minor version of the schema adds go to `otherwise`.
 *
 * @returns the result of the function
 */
export function match<Result extends Tagged, const Given extends Handlers<Result>>(
  result: Result,
  handlers: Given & NoOthers<Given, Handlers<Result>>,
): ReturnType<Given[keyof Given & keyof Handlers<Result>]> {
  const all = handlers as unknown as Readonly<Record<string, (member: Result) => never>>;
  const name = Object.hasOwn(all, result.__typename) ? result.__typename : 'otherwise';
  return (all[name] as (member: Result) => never)(result);
}
