/** How a wait for a place ended. */
export type Entry =
  | { readonly kind: 'entered'; readonly waitedMs: number }
  /** All places are taken, and the queue is full or did not move in time. */
  | { readonly kind: 'full' };

interface Waiting {
  readonly resolve: (entry: Entry) => void;
  readonly since: number;
  readonly timer: NodeJS.Timeout;
}

const atOnce: Entry = { kind: 'entered', waitedMs: 0 };
const full: Entry = { kind: 'full' };

/**
 * Bounds how many changes are under way at one vendor, so that a vendor that hangs does not take the
 * gateway with it. Who finds no place waits in a bounded queue, for a bounded time.
 */
export class Bulkhead {
  readonly #places: number;
  readonly #queueLength: number;
  readonly #longestWaitMs: number;
  readonly #queue = new Set<Waiting>();
  #taken = 0;

  constructor(places: number, queueLength: number, longestWaitMs: number) {
    this.#places = places;
    this.#queueLength = queueLength;
    this.#longestWaitMs = longestWaitMs;
  }

  /** How many places are taken, and how many wait for one. */
  get use(): { readonly taken: number; readonly waiting: number } {
    return { taken: this.#taken, waiting: this.#queue.size };
  }

  /** Takes a place; who enters must leave. */
  enter(): Entry | Promise<Entry> {
    if (this.#taken < this.#places) {
      this.#taken += 1;
      return atOnce;
    }
    if (this.#queue.size >= this.#queueLength) return full;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#queue.delete(waiting);
        resolve(full);
      }, this.#longestWaitMs);
      const waiting: Waiting = { resolve, timer, since: performance.now() };
      this.#queue.add(waiting);
    });
  }

  /** Gives a place back: to the one who has waited longest, if any. */
  leave(): void {
    const next = this.#queue.size === 0 ? undefined : this.#queue.values().next().value;
    if (next === undefined) {
      this.#taken -= 1;
      return;
    }
    this.#queue.delete(next);
    clearTimeout(next.timer);
    next.resolve({ kind: 'entered', waitedMs: performance.now() - next.since });
  }
}
