import { FairQueue, type Queued } from './fair-queue.ts';

/** How a wait for a place ended. */
export type Entry =
  | { readonly kind: 'entered' }
  /** All places are taken, and the queue is full or did not move in time. */
  | { readonly kind: 'full' };

interface Waiting extends Queued {
  readonly settle: (entry: Entry) => void;
}

const entered: Entry = { kind: 'entered' };
const full: Entry = { kind: 'full' };

/**
 * Bounds how many calls are in flight at one vendor, so that a vendor that hangs does not take the gateway with
 * it. Calls beyond that wait in a bounded queue, as long as their own time allows.
 */
export class Bulkhead {
  readonly #concurrency: number;
  readonly #queueLength: number;
  readonly #queue = new FairQueue<Waiting>();
  #taken = 0;

  /**
   * @param concurrency how many calls may be in flight
   * @param queueLength how many may wait
   */
  constructor(concurrency: number, queueLength: number) {
    this.#concurrency = concurrency;
    this.#queueLength = queueLength;
  }

  /** How many places there are, how many of them are taken, and how many calls wait for one. */
  get use(): { readonly places: number; readonly taken: number; readonly waiting: number } {
    return { places: this.#concurrency, taken: this.#taken, waiting: this.#queue.size };
  }

  /**
   * Takes a place. Whoever enters must leave.
   *
   * @param call whose turn it is, if calls have to wait
   * @param mostWaitMs how long it may wait
   * @param signal ends the wait early; null if nothing does
   */
  enter(call: Queued, mostWaitMs: number, signal: AbortSignal | null): Entry | Promise<Entry> {
    if (this.#taken < this.#concurrency) {
      this.#taken += 1;
      return entered;
    }
    if (mostWaitMs <= 0 || signal?.aborted || this.#queue.size >= this.#queueLength) return full;
    return this.#wait(call, mostWaitMs, signal);
  }

  /** Gives a place back: to the call that is next in the queue, if any. */
  leave(): void {
    const next = this.#queue.size === 0 ? null : this.#queue.take();
    if (next === null) this.#taken -= 1;
    else next.settle(entered);
  }

  #wait(
    { isChange, caller }: Queued,
    mostWaitMs: number,
    signal: AbortSignal | null,
  ): Promise<Entry> {
    return new Promise((resolve) => {
      const giveUp = () => {
        this.#queue.delete(waiting);
        settle(full);
      };
      const timer = setTimeout(giveUp, mostWaitMs);
      const settle = (entry: Entry) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        resolve(entry);
      };
      const waiting: Waiting = { isChange, caller, settle };
      signal?.addEventListener('abort', giveUp);
      this.#queue.add(waiting);
    });
  }
}
