/** What ends at its deadline, unless it has ended before. */
export interface Expirable {
  expire(): void;
}

/** A place in the queue of deadlines. */
class Deadline {
  readonly waiting: Expirable;
  /** In ms as `performance.now()` tells them. */
  readonly at: number;
  isQueued = true;
  before: Deadline | null;
  after: Deadline | null;

  constructor(waiting: Expirable, at: number, before: Deadline | null, after: Deadline | null) {
    this.waiting = waiting;
    this.at = at;
    this.before = before;
    this.after = after;
  }
}

export type { Deadline };

/**
 * Ends what is not done in time, by one timer for all: nearly every attempt is done long before, and a timer
 * of its own costs more than its headers. They stand in the order of their deadlines, which is nearly always
 * the order in which they come.
 */
export class TimeoutQueue {
  #first: Deadline | null = null;
  #last: Deadline | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When the timer comes; what it was for may have been taken out since. */
  #timedAt = Number.POSITIVE_INFINITY;

  /** @param ms from now */
  add(waiting: Expirable, ms: number): Deadline {
    const now = performance.now();
    const at = now + ms;
    let before = this.#last;
    while (before !== null && before.at > at) before = before.before;
    const after = before === null ? this.#first : before.after;
    const deadline = new Deadline(waiting, at, before, after);
    this.#link(before, after, deadline, deadline);
    if (at < this.#timedAt) this.#time(at, now);
    return deadline;
  }

  /** Takes one out, unless that was done before. */
  remove(deadline: Deadline): void {
    if (!deadline.isQueued) return;
    deadline.isQueued = false;
    const { before, after } = deadline;
    this.#link(before, after, after, before);
    // Where it has got into the old part of the heap, all that it still pointed at would be taken for alive until
    // that is collected: its neighbours, theirs in turn, and the request of each.
    deadline.before = null;
    deadline.after = null;
  }

  #link(
    before: Deadline | null,
    after: Deadline | null,
    next: Deadline | null,
    previous: Deadline | null,
  ): void {
    if (before === null) this.#first = next;
    else before.after = next;
    if (after === null) this.#last = previous;
    else after.before = previous;
  }

  #time(at: number, now: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timedAt = at;
    // Whoever waits for an attempt has its connection open: the timer alone keeps no process alive.
    this.#timer = setTimeout(() => this.#expire(), Math.ceil(at - now)).unref();
  }

  #expire(): void {
    this.#timer = null;
    this.#timedAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    while (this.#first !== null && this.#first.at <= now) {
      const { waiting } = this.#first;
      this.remove(this.#first);
      waiting.expire();
    }
    if (this.#first !== null && this.#timedAt > this.#first.at) this.#time(this.#first.at, now);
  }
}
