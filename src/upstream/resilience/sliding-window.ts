import type { RateLimit } from './rate-limiter.ts';

/** What a vendor's response reports of its own rate limit. */
export interface ReportedLimit {
  /** Calls allowed in one window; null if not reported. */
  readonly limit: number | null;
  /** Calls left in the vendor's window; null if not reported. */
  readonly remaining: number | null;
  /** Milliseconds until the vendor's window ends; null if not reported. */
  readonly resetMs: number | null;
}

/** The longest time for which a vendor's own words may hold calls back, in ms. */
export const longestHoldMs = 24 * 60 * 60 * 1000;

// Calls that leave W seconds apart may arrive closer together. Both bounds are small against the limits of the
// vendors: 40 ms for 5 calls a second, 1 s for 10 calls a minute.
const marginRatio = 0.04;
const largestMarginMs = 1_000;

/**
 * The calls of one rate limit in a sliding log: at most `limit.calls` in every trailing window of
 * `limit.seconds`, counted from the moment a call's head is written. A call that holds a slot and has not been
 * written yet counts as if it were written now. Times are in ms as `performance.now()` reports them.
 */
export class SlidingWindow {
  readonly #configured: RateLimit;
  readonly #spanMs: number;
  /** When each call was written, oldest first; those before `#first` are over. */
  #sent: number[] = [];
  #first = 0;
  /** Calls that hold a slot and have not been written. */
  #pending = 0;
  /** Calls per window as the vendor reported them; null while it has not. */
  #learned: number | null = null;
  /** How many calls the vendor has left until its own window ends, by the answer to the call that was sent last. */
  #vendorLeft = 0;
  #vendorUntil = 0;
  #reportedFor = Number.NEGATIVE_INFINITY;
  #heldUntil = 0;

  constructor(limit: RateLimit) {
    this.#configured = limit;
    const ms = limit.seconds * 1_000;
    this.#spanMs = ms + Math.min(ms * marginRatio, largestMarginMs);
  }

  /** The number of calls per window that is in force. */
  get limit(): number {
    const { calls, isExplicit } = this.#configured;
    if (this.#learned === null) return calls;
    return isExplicit ? Math.min(calls, this.#learned) : this.#learned;
  }

  /** Returns whether nothing needs to be remembered: no slot is taken and nothing is held back. */
  isIdle(now: number): boolean {
    return this.#used(now) === 0 && this.#heldUntil <= now && this.#vendorUntil <= now;
  }

  /** Takes a slot if one is free. The caller marks it as sent or releases it. */
  tryTake(now: number): boolean {
    if (this.getWait(1, now) > 0) return false;
    this.#pending += 1;
    this.#vendorLeft -= 1;
    return true;
  }

  /** Counts a call that held a slot from now on: its head is being written. */
  markSent(now: number): void {
    this.#pending -= 1;
    this.#sent.push(now);
  }

  /** Gives a slot back whose call was never written. */
  release(): void {
    this.#pending -= 1;
    this.#vendorLeft += 1;
  }

  /**
   * Gives the slot of a written call back, because the vendor did not count it.
   *
   * @param at when the call was written
   */
  removeCall(at: number): void {
    const index = this.#sent.lastIndexOf(at);
    if (index >= this.#first) this.#sent.splice(index, 1);
  }

  /** Returns the ms until so many slots are free, if pending calls are written now; 0 if they are free already. */
  getWait(slots: number, now: number): number {
    const until = this.#vendorUntil > now && slots > this.#vendorLeft ? this.#vendorUntil : now;
    return Math.max(this.#ownFreeAt(slots, now), until, this.#heldUntil) - now;
  }

  /** Holds calls back for as long as the vendor asked, and forgets a limit that was learned upwards. */
  hold(ms: number, now: number): void {
    if (this.#learned !== null && this.#learned > this.#configured.calls) this.#learned = null;
    if (ms > 0 && ms <= longestHoldMs) this.#heldUntil = Math.max(this.#heldUntil, now + ms);
  }

  /**
   * Corrects the limit and the count by what the vendor reports of its own, which others may use up, too.
   *
   * @param sentAt when the call was written to which this is the answer
   */
  learn({ limit, remaining, resetMs }: ReportedLimit, sentAt: number, now: number): void {
    if (limit !== null && limit > 0) this.#learned = limit;
    // The vendor counted the call that it answered, so its limit is larger than what it has left.
    else if (remaining !== null && remaining >= this.limit) this.#learned = remaining + 1;
    if (remaining === null || resetMs === null || resetMs <= 0 || resetMs > longestHoldMs) return;
    // Answers come in any order; that to the call which was sent last is the newest word.
    if (sentAt < this.#reportedFor || sentAt + this.#spanMs <= now) return;
    this.#reportedFor = sentAt;
    this.#vendorUntil = now + resetMs;
    // The vendor had not counted the calls yet that were written behind this one.
    const behind = this.#sent.length - 1 - this.#sent.lastIndexOf(sentAt);
    this.#vendorLeft = remaining - behind - this.#pending;
  }

  /** Forgets all calls that were written, and whatever the vendor reported. */
  clear(): void {
    this.#sent = [];
    this.#first = 0;
    this.#vendorUntil = 0;
    this.#heldUntil = 0;
    this.#learned = null;
  }

  #used(now: number): number {
    while (this.#first < this.#sent.length && this.#expiryOf(this.#first) <= now) this.#first += 1;
    // Compacted once half of it is over, so that each call is moved at most once on average.
    if (this.#first > 32 && this.#first * 2 > this.#sent.length) {
      this.#sent.splice(0, this.#first);
      this.#first = 0;
    }
    return this.#pending + this.#sent.length - this.#first;
  }

  #expiryOf(index: number): number {
    return (this.#sent[index] ?? Number.NEGATIVE_INFINITY) + this.#spanMs;
  }

  /** When so many slots will be free; beyond the calls that were written, whole windows are added. */
  #ownFreeAt(slots: number, now: number): number {
    const excess = this.#used(now) + slots - this.limit;
    if (excess <= 0) return now;
    const written = this.#sent.length - this.#first;
    if (excess <= written) return this.#expiryOf(this.#first + excess - 1);
    return now + Math.ceil((excess - written) / this.limit) * this.#spanMs;
  }
}
