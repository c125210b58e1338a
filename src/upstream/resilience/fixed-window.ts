/** The limit of a window, such as 5 calls per second. */
export interface WindowLimit {
  readonly calls: number;
  readonly seconds: number;
}

/** One key's window; it ends at a time in ms of `performance.now()`. */
interface Window {
  used: number;
  endsAt: number;
}

/** The state of a key. */
export interface WindowState {
  /** How many calls are left. */
  readonly left: number;
  /** The ms until its window ends; a whole window if none has begun. */
  readonly endsInMs: number;
}

/** Counts the calls of each key within fixed windows. */
export interface WindowCounter {
  readonly limit: WindowLimit;
  /** Counts some calls and returns 0; or counts none and returns the ms until the window ends, if fewer are left. */
  take(key: string, count?: number): number | Promise<number>;
  /** Returns the state of a key. */
  getState(key: string): WindowState;
}

/** The number of windows at which those that are over are removed. */
const minSweepSize = 1_000;

/**
 * Counts the calls of each key within fixed windows, each of which begins with its key's first call. The counts are in the
 * memory of this process; a key is forgotten once its window is over or empty.
 */
export class FixedWindowLimiter implements WindowCounter {
  readonly limit: WindowLimit;
  readonly #windows = new Map<string, Window>();
  #sweepAt = minSweepSize;

  constructor(limit: WindowLimit) {
    this.limit = limit;
  }

  /** The number of windows. */
  get size(): number {
    return this.#windows.size;
  }

  /** Counts some calls and returns 0; or counts none and returns the ms until the window ends, if fewer are left. */
  take(key: string, count = 1): number {
    const now = performance.now();
    const window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      if (count > this.limit.calls) return this.limit.seconds * 1_000;
      this.#begin(key, count, now + this.limit.seconds * 1_000);
      return 0;
    }
    if (window.used + count > this.limit.calls) return window.endsAt - now;
    window.used += count;
    return 0;
  }

  /** Subtracts a call that was counted but not made. */
  release(key: string): void {
    const window = this.#windows.get(key);
    // The window in which it was counted may be over.
    if (window === undefined || window.endsAt <= performance.now()) return;
    window.used -= 1;
    // So a flood of made-up keys uses no memory.
    if (window.used <= 0) this.#windows.delete(key);
  }

  /** Returns the state of a key. */
  getState(key: string): WindowState {
    const { calls, seconds } = this.limit;
    const window = this.#windows.get(key);
    const ms = window === undefined ? 0 : window.endsAt - performance.now();
    if (window === undefined || ms <= 0) return { left: calls, endsInMs: seconds * 1_000 };
    return { left: Math.max(0, calls - window.used), endsInMs: ms };
  }

  /** Begins a window with the given number of calls left, which ends in the given ms. */
  correct(key: string, left: number, endsInMs: number): void {
    this.#begin(key, this.limit.calls - left, performance.now() + endsInMs);
  }

  /** Leaves no calls to a key for some ms, even if others are released in the meantime. */
  block(key: string, ms: number): void {
    this.#begin(key, Number.POSITIVE_INFINITY, performance.now() + ms);
  }

  /** Forgets all counts. */
  clear(): void {
    this.#windows.clear();
  }

  #begin(key: string, used: number, endsAt: number): void {
    if (this.#windows.size >= this.#sweepAt) this.#sweep();
    this.#windows.set(key, { used, endsAt });
  }

  /** Removes windows that are over. Visits all of them, so it runs only once their number has doubled. */
  #sweep(): void {
    const now = performance.now();
    for (const [key, { endsAt }] of this.#windows) {
      if (endsAt <= now) this.#windows.delete(key);
    }
    this.#sweepAt = Math.max(minSweepSize, 2 * this.#windows.size);
  }
}
