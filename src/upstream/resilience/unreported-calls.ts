/** The number of buckets at which those without a call that still counts are removed. */
const minSweepSize = 1_000;

/**
 * The calls that were made while the store was out of reach, by bucket, until the store knows them or their window is over. They
 * outlive a recovery that fails.
 */
export class UnreportedCalls {
  readonly #windowMs: number;
  /** When the calls of each bucket were sent, in ms of `performance.now()`. */
  readonly #sent = new Map<string, readonly number[]>();
  #sweepAt = minSweepSize;

  /** @param windowMs the window with its margin, in ms */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Notes that a call of a bucket is sent now. */
  note(key: string): void {
    if (this.#sent.size >= this.#sweepAt) this.#sweep();
    this.#sent.set(key, [...this.#listRecent(key), performance.now()]);
  }

  /** Returns the keys of the buckets that have calls which still count. */
  listKeys(): readonly string[] {
    this.#sweep();
    return [...this.#sent.keys()];
  }

  /** Returns how long ago the calls of a bucket were sent that still count, in whole ms. */
  getAgesMs(key: string): readonly number[] {
    const now = performance.now();
    return this.#listRecent(key).map((at) => Math.floor(now - at));
  }

  /** Forgets the calls of a bucket that were sent until a time of `performance.now()`: the store knows them. */
  forget(key: string, until: number): void {
    const left = this.#listRecent(key).filter((at) => at > until);
    if (left.length > 0) this.#sent.set(key, left);
    else this.#sent.delete(key);
  }

  #listRecent(key: string): readonly number[] {
    const begin = performance.now() - this.#windowMs;
    return (this.#sent.get(key) ?? []).filter((at) => at > begin);
  }

  /** Visits all buckets, so it runs only once their number has doubled, or after an outage. */
  #sweep(): void {
    const begin = performance.now() - this.#windowMs;
    for (const [key, sent] of this.#sent) {
      if ((sent.at(-1) ?? begin) <= begin) this.#sent.delete(key);
    }
    this.#sweepAt = Math.max(minSweepSize, 2 * this.#sent.size);
  }
}
