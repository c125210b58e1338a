import type { RateLimit, ReportedLimit } from './rate-limiter.ts';

/** The longest delay that a vendor may ask for, in ms. */
export const longestHoldMs = 24 * 60 * 60 * 1000;

// Calls that are sent W seconds apart may arrive closer together. The margin is small compared with the vendors' limits:
// 40 ms for 5 calls per second, 1 s for 10 calls per minute.
const marginRatio = 0.04;
const largestMarginMs = 1_000;

/** Returns how much longer a window is counted than the vendor counts it, against jitter, in ms. */
export function getMarginMs({ seconds }: RateLimit): number {
  return Math.min(seconds * 1_000 * marginRatio, largestMarginMs);
}

/**
 * The calls of one rate limit in a sliding log: at most `limit.calls` in every trailing window of
 * `limit.seconds`, counted from the moment a call's head is written. A call that holds a slot and has not been
 * written yet counts as if it were written now. Times are in ms of `performance.now()`.
 */
export class SlidingWindow {
  readonly #configured: RateLimit;
  readonly #spanMs: number;
  /** When each call was written, oldest first; those before `#first` are over. */
  #sent: number[] = [];
  #first = 0;
  /** Calls that hold a slot and have not been written. */
  #pending = 0;
  /** The calls per window that the vendor reported; null if it has not. */
  #learned: number | null = null;
  /** The calls left in the vendor's own window, according to the response to the call that was sent last. */
  #vendorLeft = 0;
  #vendorUntil = 0;
  #reportedFor = Number.NEGATIVE_INFINITY;
  #heldUntil = 0;

  constructor(limit: RateLimit) {
    this.#configured = limit;
    this.#spanMs = limit.seconds * 1_000 + getMarginMs(limit);
  }

  /** The number of calls per window. */
  get limit(): number {
    const { calls, isExplicit } = this.#configured;
    if (this.#learned === null) return calls;
    return isExplicit ? Math.min(calls, this.#learned) : this.#learned;
  }

  /** Returns whether nothing needs to be remembered: no slot is taken and no delay is active. */
  isIdle(now: number): boolean {
    return this.#countUsed(now) === 0 && this.#heldUntil <= now && this.#vendorUntil <= now;
  }

  /** Takes a slot if one is free. The caller marks it as sent or releases it. */
  tryTake(now: number): boolean {
    if (this.getWait(1, now) > 0) return false;
    this.#pending += 1;
    this.#vendorLeft -= 1;
    return true;
  }

  /** Counts a call that holds a slot from now on: its head is being written. */
  markSent(now: number): void {
    this.#pending -= 1;
    this.#sent.push(now);
  }

  /** Frees the slot of a call that was never written. */
  release(): void {
    this.#pending -= 1;
    this.#vendorLeft += 1;
  }

  /**
   * Frees the slot of a written call, because the vendor did not count it.
   *
   * @param at when the call was written
   */
  removeCall(at: number): void {
    const index = this.#sent.lastIndexOf(at);
    if (index >= this.#first) this.#sent.splice(index, 1);
  }

  /** Returns the ms until a number of slots is free, if pending calls are written now; 0 if they are free already. */
  getWait(slots: number, now: number): number {
    const until = this.#vendorUntil > now && slots > this.#vendorLeft ? this.#vendorUntil : now;
    return Math.max(this.#findFreeTime(slots, now), until, this.#heldUntil) - now;
  }

  /** Delays calls for as long as the vendor asked, and forgets a reported limit above the configured one. */
  hold(ms: number, now: number): void {
    if (this.#learned !== null && this.#learned > this.#configured.calls) this.#learned = null;
    if (ms > 0 && ms <= longestHoldMs) this.#heldUntil = Math.max(this.#heldUntil, now + ms);
  }

  /**
   * Corrects the limit and the count with what the vendor reports: other clients may use up the limit, too.
   *
   * @param sentAt when the call was written that the report belongs to
   */
  learn({ limit, remaining, resetMs }: ReportedLimit, sentAt: number, now: number): void {
    if (limit !== null && limit > 0) this.#learned = limit;
    // The vendor counted this call, so its limit is larger than what is left.
    else if (remaining !== null && remaining >= this.limit) this.#learned = remaining + 1;
    if (remaining === null || resetMs === null || resetMs <= 0 || resetMs > longestHoldMs) return;
    // Responses arrive in any order; the one to the call that was sent last is the latest report.
    if (sentAt < this.#reportedFor || sentAt + this.#spanMs <= now) return;
    this.#reportedFor = sentAt;
    this.#vendorUntil = now + resetMs;
    // The vendor had not yet counted the calls that were written after this one.
    const behind = this.#sent.length - 1 - this.#sent.lastIndexOf(sentAt);
    this.#vendorLeft = remaining - behind - this.#pending;
  }

  /** Forgets all written calls and all reports of the vendor. */
  clear(): void {
    this.#sent = [];
    this.#first = 0;
    this.#vendorUntil = 0;
    this.#heldUntil = 0;
    this.#learned = null;
  }

  #countUsed(now: number): number {
    while (this.#first < this.#sent.length && this.#getExpiry(this.#first) <= now) this.#first += 1;
    // Compacted once half of the calls are over, so that each call is moved at most once on average.
    if (this.#first > 32 && this.#first * 2 > this.#sent.length) {
      this.#sent.splice(0, this.#first);
      this.#first = 0;
    }
    return this.#pending + this.#sent.length - this.#first;
  }

  #getExpiry(index: number): number {
    return (this.#sent[index] ?? Number.NEGATIVE_INFINITY) + this.#spanMs;
  }

  /** Returns the time at which a number of slots is free; beyond the written calls, whole windows are added. */
  #findFreeTime(slots: number, now: number): number {
    const excess = this.#countUsed(now) + slots - this.limit;
    if (excess <= 0) return now;
    const written = this.#sent.length - this.#first;
    if (excess <= written) return this.#getExpiry(this.#first + excess - 1);
    return now + Math.ceil((excess - written) / this.limit) * this.#spanMs;
  }
}
