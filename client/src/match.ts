import type { ChangeResult, LaterMember } from './results.ts';

interface Tagged {
  readonly __typename: string;
}

type Member<Result extends Tagged, Name> = Extract<Result, { readonly __typename: Name }>;

/** What `otherwise` gets: what is known of a member that came later than this client. */
type Later<Result extends Tagged> = Result extends ChangeResult ? LaterMember : Tagged;

/** One function for each member of a union, and one for members that come later. */
export type Handlers<Result extends Tagged, Value = unknown> = {
  readonly [Name in Result['__typename']]: (member: Member<Result, Name>) => Value;
} & { readonly otherwise: (member: Later<Result>) => Value };

/** No name but those of the members, so that a misspelt one is found. */
type NoOthers<Given, Known> = { readonly [Name in Exclude<keyof Given, keyof Known>]: never };

/**
 * Picks by `__typename`. Fails the type check where a member is forgotten; members that come later, in a
 * minor version of the schema, go to `otherwise`.
 *
 * @returns what the function of the member returns
 */
export function match<Result extends Tagged, const Given extends Handlers<Result>>(
  result: Result,
  handlers: Given & NoOthers<Given, Handlers<Result>>,
): ReturnType<Given[keyof Given & keyof Handlers<Result>]> {
  const all = handlers as unknown as Readonly<Record<string, (member: Result) => never>>;
  const name = Object.hasOwn(all, result.__typename) ? result.__typename : 'otherwise';
  return (all[name] as (member: Result) => never)(result);
}
