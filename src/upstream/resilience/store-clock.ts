/** How long the bounds of a period hold, in ms: two clocks drift by less than 1 ms in it. */
const periodMs = 5_000;

/** What is left of a slow round trip's duration after a faster one. */
const forgetting = 0.9;

/** The bounds of what the local clock is ahead of the store's, in ms. */
interface Bounds {
  low: number;
  high: number;
}

/**
 * Converts times of a store's clock, in whole ms, to those of `performance.now()`. Each round trip bounds the difference: the
 * store read its clock after the request was sent and before the answer arrived. The best bounds of the last few seconds
 * count, so that one slow answer does no harm.
 */
export class StoreClock {
  #current: Bounds | null = null;
  #previous: Bounds | null = null;
  #periodEnd = 0;
  /** How long a round trip may take now, in ms: the longest of the last few. */
  roundTripMs = 0;

  /** Learns from a round trip in which the store's clock was read. */
  observe(sentAt: number, receivedAt: number, storeNow: number): void {
    this.roundTripMs = Math.max(receivedAt - sentAt, this.roundTripMs * forgetting);
    // The store rounds its time down.
    const seen = { low: sentAt - storeNow - 1, high: receivedAt - storeNow };
    if (receivedAt >= this.#periodEnd) {
      this.#previous = receivedAt - this.#periodEnd < periodMs ? this.#current : null;
      this.#current = null;
      this.#periodEnd = receivedAt + periodMs;
    }
    this.#current = this.#current === null ? seen : intersect(this.#current, seen);
    const best = this.#bounds;
    // The store's clock was set, or another server has taken over: only the newest sample counts.
    if (best.low > best.high) [this.#current, this.#previous] = [seen, null];
  }

  /** Returns the earliest local time that a time of the store may be. */
  toEarliest(at: number): number {
    return at + this.#bounds.low;
  }

  /** Returns the latest local time that a time of the store may be. */
  toLatest(at: number): number {
    return at + this.#bounds.high;
  }

  get #bounds(): Bounds {
    const current = this.#current ?? {
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    };
    return this.#previous === null ? current : intersect(current, this.#previous);
  }
}

function intersect(one: Bounds, other: Bounds): Bounds {
  return { low: Math.max(one.low, other.low), high: Math.min(one.high, other.high) };
}
