/** What a limiter says of one call. */
export interface Allowance {
  readonly isAllowed: boolean;
  readonly remaining: number;
  /** When the window ends, in epoch ms. */
  readonly resetAt: number;
}

/** A vendor's rate limit: so many calls for each key in each window, counted as the vendors count. */
export class Limiter {
  readonly limit: number;
  readonly #windowMs: number;
  readonly #windows = new Map<string, { count: number; resetAt: number }>();

  constructor(limit: number, windowMs: number) {
    this.limit = limit;
    this.#windowMs = windowMs;
  }

  /** Counts a call. */
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

  /** Forgets all calls. */
  reset(): void {
    this.#windows.clear();
  }
}
