import { negotiate } from './accept.ts';
import { memoize } from './memoize.ts';

/** The media types of GraphQL (GraphQL over HTTP, "Media types"). The older one, which every client can read, is first and wins a tie. */
export const graphqlTypes = ['application/json', 'application/graphql-response+json'] as const;

/** The content type of rejections for clients that accept none of GraphQL's media types. */
export const jsonType = 'application/json; charset=utf-8';

/** Returns the content type of the response for an `Accept` header; null if it accepts none of GraphQL's media types. */
export const selectMediaType = memoize((accept: string | null): string | null => {
  const chosen = negotiate(accept, graphqlTypes);
  return chosen && `${chosen}; charset=utf-8`;
});
