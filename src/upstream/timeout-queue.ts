/** An object that expires, unless it is removed before. */
export interface Expirable {
  expire(): void;
}

/** An object in the queue, with the time at which it expires. */
class QueuedTimeout {
  readonly target: Expirable;
  /** In ms of `performance.now()`. */
  readonly at: number;
  isQueued = true;
  before: QueuedTimeout | null;
  after: QueuedTimeout | null;

  constructor(
    target: Expirable,
    at: number,
    before: QueuedTimeout | null,
    after: QueuedTimeout | null,
  ) {
    this.target = target;
    this.at = at;
    this.before = before;
    this.after = after;
  }
}

export type { QueuedTimeout };

/**
 * Expires objects with one timer for all of them: nearly every attempt ends long before its timeout, and a timer of its own
 * costs more than its headers. The queue is ordered by time, which is nearly always the order of insertion.
 */
export class TimeoutQueue {
  #first: QueuedTimeout | null = null;
  #last: QueuedTimeout | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When the timer fires; the object that it was set for may have been removed since. */
  #timedAt = Number.POSITIVE_INFINITY;

  /** Adds an object that expires after some ms. */
  add(target: Expirable, ms: number): QueuedTimeout {
    const now = performance.now();
    const at = now + ms;
    let before = this.#last;
    while (before !== null && before.at > at) before = before.before;
    const after = before === null ? this.#first : before.after;
    const timeout = new QueuedTimeout(target, at, before, after);
    this.#link(before, after, timeout, timeout);
    if (at < this.#timedAt) this.#setTimer(at, now);
    return timeout;
  }

  /** Removes an object, if it is still queued. */
  remove(timeout: QueuedTimeout): void {
    if (!timeout.isQueued) return;
    timeout.isQueued = false;
    const { before, after } = timeout;
    this.#link(before, after, after, before);
    // An entry in the old generation of the heap would keep its neighbours alive until the next major collection, theirs
    // in turn, and the request of each.
    timeout.before = null;
    timeout.after = null;
  }

  #link(
    before: QueuedTimeout | null,
    after: QueuedTimeout | null,
    next: QueuedTimeout | null,
    previous: QueuedTimeout | null,
  ): void {
    if (before === null) this.#first = next;
    else before.after = next;
    if (after === null) this.#last = previous;
    else after.before = previous;
  }

  #setTimer(at: number, now: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timedAt = at;
    // Unreferenced: the open connection keeps the process alive while an attempt is in flight.
    this.#timer = setTimeout(() => this.#expire(), Math.ceil(at - now)).unref();
  }

  #expire(): void {
    this.#timer = null;
    this.#timedAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    while (this.#first !== null && this.#first.at <= now) {
      const { target } = this.#first;
      this.remove(this.#first);
      target.expire();
    }
    if (this.#first !== null && this.#timedAt > this.#first.at) this.#setTimer(this.#first.at, now);
  }
}
