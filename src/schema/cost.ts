import type { DeclaredCost } from '../graphql/selection-costs.ts';

/** The options of a field that declares its cost. */
interface CostOptions {
  readonly extensions: { readonly vendorCalls: DeclaredCost };
}

/** Declares how many vendor calls a field causes each time it is resolved. A list that is read page by page counts as one. */
export function declareCost(calls: number): CostOptions {
  return { extensions: { vendorCalls: { calls, isShared: false } } };
}

/** Declares how many vendor calls a field causes in a document, however many places select it. */
export function declareCostOnce(calls: number): CostOptions {
  return { extensions: { vendorCalls: { calls, isShared: true } } };
}

/**
 * The cost of a field whose vendor call is declared by the nearest field above it with a cost: either one call that
 * serves all such fields, or one that the field above makes only if this one is selected.
 */
export const includedCost: CostOptions = declareCost(0);
