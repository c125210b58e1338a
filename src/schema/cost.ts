import type { VendorCalls } from '../graphql/cost.ts';

interface Costly {
  readonly extensions: { readonly vendorCalls: VendorCalls };
}

/** The cost of a field in vendor calls, for each time that it is resolved. A walked list counts as one. */
export function costs(calls: number): Costly {
  return { extensions: { vendorCalls: { calls, isShared: false } } };
}

/** The cost of a field in vendor calls, where one resolves it for all of its places in a document. */
export function costsOnce(calls: number): Costly {
  return { extensions: { vendorCalls: { calls, isShared: true } } };
}
