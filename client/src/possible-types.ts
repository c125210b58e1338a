import result from './generated/possible-types.ts';

/**
 * Which types are members of which unions and interfaces, for Apollo Client's `InMemoryCache`: without it
 * the cache drops what the documents select on interfaces.
 */
export const possibleTypes = result.possibleTypes;
