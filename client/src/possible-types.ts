import result from './generated/possible-types.ts';

/**
 * The members of each union and interface, for Apollo Client's `InMemoryCache`. Without it, the cache drops selections on
 * interfaces.
 */
export const possibleTypes = result.possibleTypes;
