/** How much may be used in a window of time, such as 5 calls a second. */
export interface WindowLimit {
  readonly calls: number;
  readonly seconds: number;
}

/** One key's window: what is used of it, and when it ends, in ms as `performance.now()` reports them. */
interface Window {
  used: number;
  endsAt: number;
}

/** How a key stands. */
export interface WindowState {
  /** How many are left to it. */
  readonly left: number;
  /** Ms until its window ends; a whole window where none has begun. */
  readonly endsInMs: number;
}

/** How many windows are kept before those that are over are looked for. */
const fewest = 1_000;

/**
 * Counts what each key uses within fixed windows, each of which begins with its key's first use: as the
 * vendors' own limits do. In this process's memory; a key is forgotten once its window is over, or empty.
 */
export class FixedWindowLimiter {
  readonly limit: WindowLimit;
  readonly #windows = new Map<string, Window>();
  #sweepAt = fewest;

  constructor(pace: WindowLimit) {
    this.limit = pace;
  }

  /** How many windows are kept. */
  get size(): number {
    return this.#windows.size;
  }

  /** Uses so many: 0 where they were left, else the ms until the window ends, and nothing is used. */
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

  /** Gives one back that was not used after all. */
  release(key: string): void {
    const window = this.#windows.get(key);
    // The window in which it was counted may be over: then there is nothing to give back.
    if (window === undefined || window.endsAt <= performance.now()) return;
    window.used -= 1;
    // A flood of made-up keys leaves nothing behind.
    if (window.used <= 0) this.#windows.delete(key);
  }

  /** How a key stands now. */
  getState(key: string): WindowState {
    const { calls, seconds } = this.limit;
    const window = this.#windows.get(key);
    const ms = window === undefined ? 0 : window.endsAt - performance.now();
    if (window === undefined || ms <= 0) return { left: calls, endsInMs: seconds * 1_000 };
    return { left: Math.max(0, calls - window.used), endsInMs: ms };
  }

  /** Begins a window in which only so many are left, that ends in so many ms. */
  correct(key: string, left: number, endsInMs: number): void {
    this.#begin(key, this.limit.calls - left, performance.now() + endsInMs);
  }

  /** Leaves nothing to a key for so many ms, whatever is given back meanwhile. */
  block(key: string, ms: number): void {
    this.#begin(key, Number.POSITIVE_INFINITY, performance.now() + ms);
  }

  /** Forgets all that was used. */
  clear(): void {
    this.#windows.clear();
  }

  #begin(key: string, used: number, endsAt: number): void {
    if (this.#windows.size >= this.#sweepAt) this.#sweep();
    this.#windows.set(key, { used, endsAt });
  }

  /** Costs as much as there are windows, and so comes only once as many have been added. */
  #sweep(): void {
    const now = performance.now();
    for (const [key, { endsAt }] of this.#windows) {
      if (endsAt <= now) this.#windows.delete(key);
    }
    this.#sweepAt = Math.max(fewest, 2 * this.#windows.size);
  }
}
