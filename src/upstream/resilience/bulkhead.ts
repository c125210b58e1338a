import { FairQueue, type QueuedCall } from './fair-queue.ts';
import { type WaitingItem, WaitingRoom } from './waiting-room.ts';

/** The result of a request for a place. */
export type BulkheadEntry =
  | { readonly kind: 'entered' }
  /** All places are taken, and the queue is full or did not move in time. */
  | { readonly kind: 'full' }
  /** The circuit breaker opened. */
  | { readonly kind: 'dismissed' };

interface Waiting extends WaitingItem {
  readonly settle: (entry: BulkheadEntry) => void;
}

/** The places of one caller, and its calls that wait for one. */
interface CallerShare {
  taken: number;
  waiting: number;
}

const entered: BulkheadEntry = { kind: 'entered' };
const full: BulkheadEntry = { kind: 'full' };
const dismissed: BulkheadEntry = { kind: 'dismissed' };

/**
 * The places that a caller may have for each free place, while other callers are present: of 256 places one caller takes
 * 228, two take 120 each. So a new caller finds a place even if a vendor hangs and none becomes free. With 8 places or
 * fewer none is kept free.
 */
const placesForEachFree = 8;

/** How long a caller counts as present after its last call, in ms: until then the others leave places free. */
const presenceMs = 60_000;

/**
 * Limits the calls in flight at one vendor, so that a vendor that hangs does not block the gateway. Further calls wait in a
 * bounded queue, as long as their own time allows. A caller can take all places while it is the only one. While others are
 * present, each gets its share: a free place goes first to a caller that has less than its share, changes before reads and
 * the callers in turn.
 */
export class Bulkhead {
  readonly #concurrency: number;
  readonly #queue = new FairQueue<Waiting>();
  readonly #room: WaitingRoom<Waiting>;
  /** The callers that have a place or wait for one. */
  readonly #callers = new Map<string, CallerShare>();
  #taken = 0;
  #lastCaller: string | null = null;
  #sharedUntil = Number.NEGATIVE_INFINITY;

  /**
   * @param concurrency the most calls in flight
   * @param queueLength the most calls that wait
   */
  constructor(concurrency: number, queueLength: number) {
    this.#concurrency = concurrency;
    this.#room = new WaitingRoom(queueLength);
  }

  /** The number of places, of taken places, and of calls that wait for one. */
  get status(): { readonly places: number; readonly taken: number; readonly waiting: number } {
    return { places: this.#concurrency, taken: this.#taken, waiting: this.#queue.size };
  }

  /**
   * Takes a place, which must be left again.
   *
   * @param call decides the order if calls have to wait
   * @param maxWaitMs the longest wait, in ms
   * @param signal ends the wait early; null if nothing does
   */
  enter(
    call: QueuedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): BulkheadEntry | Promise<BulkheadEntry> {
    const { caller } = call;
    if (caller !== this.#lastCaller) {
      if (this.#lastCaller !== null) this.#sharedUntil = performance.now() + presenceMs;
      this.#lastCaller = caller;
    }
    const standing = this.#callers.get(caller);
    // A call does not overtake waiting calls of the same caller.
    if (standing === undefined || standing.waiting === 0) {
      if (this.#canTake(standing?.taken ?? 0)) {
        this.#take(caller);
        return entered;
      }
    }
    if (maxWaitMs <= 0 || signal?.aborted) return full;
    return this.#wait(call, maxWaitMs, signal);
  }

  /** Frees a place and gives it to the next call in the queue. */
  leave({ caller }: Pick<QueuedCall, 'caller'>): void {
    this.#taken -= 1;
    this.#note(caller, -1, 0);
    this.#serve();
  }

  /** Ends the wait of all calls. */
  dismissWaiting(): void {
    for (const { settle } of [...this.#queue]) settle(dismissed);
  }

  #serve(): void {
    while (this.#queue.size > 0 && this.#taken < this.#concurrency) {
      const next = this.#queue.take(this.#isBelowShare) ?? this.#queue.take(this.#isEligible);
      if (next === null) return;
      this.#take(next.caller);
      next.settle(entered);
    }
  }

  readonly #isEligible = ({ caller }: QueuedCall) =>
    this.#canTake(this.#callers.get(caller)?.taken ?? 0);

  readonly #isBelowShare = ({ caller }: QueuedCall) => {
    const taken = this.#callers.get(caller)?.taken ?? 0;
    return taken * this.#callers.size < this.#concurrency && this.#canTake(taken);
  };

  /** Returns whether a caller may take another place. */
  #canTake(taken: number): boolean {
    const free = this.#concurrency - this.#taken;
    if (taken < placesForEachFree * free) return true;
    // The only caller may take the last places. The clock is read only if it decides.
    return free > 0 && this.#callers.size <= 1 && performance.now() >= this.#sharedUntil;
  }

  #take(caller: string): void {
    this.#taken += 1;
    this.#note(caller, 1, 0);
  }

  #note(caller: string, taken: number, waiting: number): void {
    const standing = this.#callers.get(caller);
    if (standing === undefined) {
      this.#callers.set(caller, { taken, waiting });
      return;
    }
    standing.taken += taken;
    standing.waiting += waiting;
    if (standing.taken === 0 && standing.waiting === 0) this.#callers.delete(caller);
  }

  #wait(
    { isChange, caller }: QueuedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): BulkheadEntry | Promise<BulkheadEntry> {
    const { promise, resolve } = Promise.withResolvers<BulkheadEntry>();
    const giveUp = () => settle(full);
    const settle = (entry: BulkheadEntry) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      this.#queue.delete(waiting);
      this.#room.leave(waiting);
      this.#note(caller, 0, -1);
      resolve(entry);
    };
    const waiting: Waiting = { isChange, caller, settle, displace: giveUp };
    if (!this.#room.admit(waiting)) return full;
    const timer = setTimeout(giveUp, maxWaitMs);
    signal?.addEventListener('abort', giveUp);
    this.#queue.add(waiting);
    this.#note(caller, 0, 1);
    // Another caller's presence may have ended in the meantime.
    this.#serve();
    return promise;
  }
}
