import {
  FixedWindowLimiter,
  type WindowCounter,
  type WindowLimit,
  type WindowState,
} from './fixed-window.ts';
import type { CallLease, LeaseStore } from './lease-store.ts';
import { limitTime } from './limit-time.ts';

/**
 * The blocks of a limit that each replica takes at least. A caller that leaves all replicas but one leaves at most one and a
 * quarter blocks at each of them: less than 5 % of the limit in all.
 */
const blocksPerLimit = 25;

/** How long a request waits for a block, in ms. */
const answerMs = 500;

/** How long the store is not asked after it failed, in ms. */
const restMs = 1_000;

/** The number of windows at which those that are over are removed. */
const minSweepSize = 1_000;

/** The calls of one key that this replica may let through. */
interface Holding {
  /** The calls left in this replica's blocks. */
  block: number;
  /** The calls left in the store, when it was last asked. */
  left: number;
  /** The calls that waiting requests need. */
  asked: number;
  /** The end of the window, by the store's clock and by `performance.now()`. */
  storeEnd: number;
  endsAt: number;
  /** The request to the store that is under way. */
  pending: Promise<void> | null;
}

/** Settings of windows that replicas share. */
export interface SharedWindowSettings {
  readonly limit: WindowLimit;
  readonly store: LeaseStore;
  /** Returns how many replicas use the store, as far as this process knows without asking. */
  readonly countReplicas: () => number;
  /** Returns the name of a key in the store. */
  readonly createKey: (key: string) => string;
  /** Called when the store is out of reach. */
  readonly onLoss: (error: unknown) => void;
  /** Called when the store can be reached again. */
  readonly onRecovery: () => void;
}

/**
 * Counts the calls of each key within fixed windows that all replicas share, in blocks: nearly every call is counted in
 * memory. Without the store each replica lets its share of the limit through.
 */
export class SharedWindowLimiter implements WindowCounter {
  readonly limit: WindowLimit;
  readonly #settings: SharedWindowSettings;
  readonly #holdings = new Map<string, Holding>();
  #sweepAt = minSweepSize;
  #replicas = 1;
  /** This replica's share; null while the store can be reached. */
  #share: FixedWindowLimiter | null = null;
  /** The last share, which goes on if the store is lost again: its windows may not be over yet. */
  #lastShare: FixedWindowLimiter | null = null;
  #askAgainAt = 0;

  constructor(settings: SharedWindowSettings) {
    this.limit = settings.limit;
    this.#settings = settings;
  }

  /** The number of windows in the memory of this process. */
  get size(): number {
    return this.#holdings.size;
  }

  /**
   * Counts some calls and returns 0; or counts none and returns the ms until the window ends, if fewer are left. Returns a
   * promise only if the store has to be asked.
   */
  take(key: string, count = 1): number | Promise<number> {
    const holding = this.#getHolding(key);
    if (this.#share !== null) return this.#takeShare(this.#share, key, holding, count);
    return this.#takeHeld(key, holding, count) ?? this.#takeLater(key, holding, count);
  }

  /** Returns the state of a key, as far as this replica knows it. */
  getState(key: string): WindowState {
    if (this.#share !== null) return this.#share.getState(key);
    const { calls, seconds } = this.limit;
    const holding = this.#holdings.get(key);
    const ms = holding === undefined ? 0 : holding.endsAt - performance.now();
    if (holding === undefined || ms <= 0) return { left: calls, endsInMs: seconds * 1_000 };
    return { left: Math.min(calls, holding.block + holding.left), endsInMs: ms };
  }

  get #blockSize(): number {
    return Math.max(1, Math.floor(this.limit.calls / blocksPerLimit / this.#replicas));
  }

  /** Counts calls of the blocks that this replica holds; null if the store has to be asked. */
  #takeHeld(key: string, holding: Holding, count: number): number | null {
    const ms = holding.endsAt - performance.now();
    if (ms <= 0) return null;
    if (holding.block >= count) {
      holding.block -= count;
      // The next block is there before this one is used up.
      const isLow = holding.block < this.#blockSize / 4 && holding.left > 2 * this.#blockSize;
      if (isLow && holding.pending === null) {
        void this.#lease(key, holding, this.#countWanted(holding, 0));
      }
      return 0;
    }
    // Calls that were counted are never given back.
    return holding.block + holding.left < count ? ms : null;
  }

  async #takeLater(key: string, holding: Holding, count: number): Promise<number> {
    if (count > this.limit.calls) return this.limit.seconds * 1_000;
    for (;;) {
      holding.asked += count;
      await (holding.pending ?? this.#lease(key, holding, this.#countWanted(holding, count)));
      holding.asked -= count;
      if (this.#share !== null) return this.#share.take(key, count);
      const result = this.#takeHeld(key, holding, count);
      if (result !== null) return result;
    }
  }

  /** Returns how many calls to take: those of all waiting requests, so that they do not ask one after the other. */
  #countWanted({ block, left, asked, endsAt }: Holding, count: number): number {
    if (endsAt <= performance.now()) return Math.min(asked, this.limit.calls);
    return Math.max(0, count - block, Math.min(asked - block, left));
  }

  #takeShare(share: FixedWindowLimiter, key: string, holding: Holding, count: number): number {
    if (performance.now() >= this.#askAgainAt) {
      this.#askAgainAt = Number.POSITIVE_INFINITY;
      // No request waits for a store that was out of reach a second ago.
      void this.#lease(key, holding, 0);
    }
    return share.take(key, count);
  }

  /** Takes a block. Never rejects: without the store, the share holds from then on. */
  #lease(key: string, holding: Holding, wanted: number): Promise<void> {
    const { store, createKey } = this.#settings;
    const leasing = limitTime(
      answerMs,
      store.lease(createKey(key), this.limit, wanted, this.#blockSize),
    ).then(
      (lease) => this.#add(holding, lease),
      (error: unknown) => this.#lose(error),
    );
    holding.pending = leasing.finally(() => {
      holding.pending = null;
    });
    return holding.pending;
  }

  #add(holding: Holding, { granted, left, endsAt, endsInMs, replicas }: CallLease): void {
    if (this.#share !== null) this.#settings.onRecovery();
    this.#share = null;
    this.#replicas = Math.max(this.#replicas, replicas);
    // A block of a window that is over counts no more.
    holding.block = granted + (holding.storeEnd === endsAt ? holding.block : 0);
    holding.left = left;
    holding.storeEnd = endsAt;
    holding.endsAt = performance.now() + endsInMs;
  }

  #lose(error: unknown): void {
    this.#askAgainAt = performance.now() + restMs;
    if (this.#share !== null) return;
    const replicas = Math.max(this.#replicas, this.#settings.countReplicas());
    const calls = Math.max(1, Math.ceil(this.limit.calls / replicas));
    if (this.#lastShare?.limit.calls !== calls) {
      this.#lastShare = new FixedWindowLimiter({ calls, seconds: this.limit.seconds });
    }
    this.#share = this.#lastShare;
    this.#settings.onLoss(error);
  }

  #getHolding(key: string): Holding {
    let holding = this.#holdings.get(key);
    if (holding === undefined) {
      if (this.#holdings.size >= this.#sweepAt) this.#sweep();
      holding = { block: 0, left: 0, asked: 0, storeEnd: 0, endsAt: 0, pending: null };
      this.#holdings.set(key, holding);
    }
    return holding;
  }

  /** Removes windows that are over. Visits all of them, so it runs only once their number has doubled. */
  #sweep(): void {
    const now = performance.now();
    for (const [key, { endsAt, pending }] of this.#holdings) {
      if (endsAt <= now && pending === null) this.#holdings.delete(key);
    }
    this.#sweepAt = Math.max(minSweepSize, 2 * this.#holdings.size);
  }
}
