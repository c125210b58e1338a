import type { WindowLimit } from './fixed-window.ts';

/** A block of the calls of one window, which a replica may let through without asking again. */
export interface CallLease {
  /** How many calls it holds: at least as many as were wanted, or none. */
  readonly granted: number;
  /** How many calls are left in the window for all replicas. */
  readonly left: number;
  /** When the window ends, by the store's clock, in ms: the identity of the window. */
  readonly endsAt: number;
  /** The ms until the window ends. */
  readonly endsInMs: number;
  /** How many replicas use the store. */
  readonly replicas: number;
}

/** The windows of callers in a store that replicas share. */
export interface LeaseStore {
  /**
   * Takes a block of calls of the present window; the first call of a key begins its window.
   *
   * @param wanted the calls that are needed now, all or none
   * @param block the calls to take if there are many left
   */
  lease(key: string, limit: WindowLimit, wanted: number, block: number): Promise<CallLease>;
}
