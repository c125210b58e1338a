import type { DeclaredCost } from '../graphql/cost.ts';

interface Costly {
  readonly extensions: { readonly vendorCalls: DeclaredCost };
}

/** The cost of a field in vendor calls, for each time that it is resolved. A walked list counts as one. */
export function declareCost(calls: number): Costly {
  return { extensions: { vendorCalls: { calls, isShared: false } } };
}

/**
 * The cost of a field for which a call is made that the nearest field above it with a cost declares: for what that one
 * left unread of an entity, once for all such fields, or for what it reads only where this one is selected.
 */
export const declareFree: Costly = declareCost(0);

/** The cost of a field in vendor calls, where one resolves it for all of its places in a document. */
export function declareCostOnce(calls: number): Costly {
  return { extensions: { vendorCalls: { calls, isShared: true } } };
}
