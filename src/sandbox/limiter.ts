/** The decision of a limiter about one call. */
export interface Allowance {
  readonly isAllowed: boolean;
  readonly remaining: number;
  /** The end of the window, in epoch ms. */
  readonly resetAt: number;
}

/** A vendor's rate limit: a number of calls per key in each fixed window, as the vendors count them. */
export class Limiter {
  readonly limit: number;
  readonly #windowMs: number;
  readonly #windows = new Map<string, { count: number; resetAt: number }>();

  constructor(limit: number, windowMs: number) {
    this.limit = limit;
    this.#windowMs = windowMs;
  }

  /** Counts a call, and returns whether it is allowed. */
  take(key: string): Allowance {
    const now = Date.now();
    let window = this.#windows.get(key);
    if (window === undefined || window.resetAt <= now) {
      window = { count: 0, resetAt: now + this.#windowMs };
      this.#windows.set(key, window);
    }
    window.count += 1;
    return {
      isAllowed: window.count <= this.limit,
      remaining: Math.max(0, this.limit - window.count),
      resetAt: window.resetAt,
    };
  }

  /** Resets all counts. */
  reset(): void {
    this.#windows.clear();
  }
}
