import { negotiate } from './accept.ts';
import { memoize } from './remembering.ts';

/** The media types of GraphQL (GraphQL over HTTP, "Media types"); of two that fit equally the older one is taken, which every client can read. */
export const graphqlTypes = ['application/json', 'application/graphql-response+json'] as const;

/** The content type of refusals to clients that accept none of GraphQL's. */
export const jsonType = 'application/json; charset=utf-8';

/** Returns the content type of an answer for an `Accept` header; null if it accepts none of GraphQL's. */
export const selectMediaType = memoize((accept: string | null): string | null => {
  const chosen = negotiate(accept, graphqlTypes);
  return chosen && `${chosen}; charset=utf-8`;
});
