import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Leave, Strangers } from './strangers.ts';

/** This process's share of a vendor's rate limit. */
export interface Pace {
  readonly calls: number;
  readonly seconds: number;
}

/**
 * Whom a vendor counts: each credential by itself, or all calls of a route from one address, in which
 * case the callers of this gateway share one count.
 */
export type PacedBy = 'credential' | 'route';

/** The call that is to be counted. */
export interface Paced {
  /** A hash of the credential, never the value. */
  readonly credential: string;
  /** Method and path without parameters. */
  readonly route: string;
}

/** What a vendor's answer says of its own count. */
export interface PaceReport {
  /** Calls left in the vendor's window, null where it does not tell. */
  readonly remaining: number | null;
  /** Ms until that window ends, null where it does not tell. */
  readonly resetMs: number | null;
}

const longestHoldMs = 24 * 60 * 60 * 1000;

/**
 * Keeps the calls to one vendor within its rate limit, so that the vendor does not have to. Counted
 * in this process's memory; the library has the same limiters over a shared store.
 */
export class Pacer {
  readonly #pacedBy: PacedBy;
  readonly #pace: Pace;
  #whole: RateLimiterMemory;
  /** Within a count that all share, one credential holds at most half. */
  #share: RateLimiterMemory | null;
  readonly #strangers: Strangers | null;

  constructor(pace: Pace, pacedBy: PacedBy) {
    this.#pacedBy = pacedBy;
    this.#pace = pace;
    [this.#whole, this.#share] = limiters(pace, pacedBy);
    const few = Math.max(1, Math.floor(pace.calls / 4));
    this.#strangers = pacedBy === 'route' ? new Strangers(few) : null;
  }

  /** Forgets all calls, for a vendor that has forgotten them too. */
  forget(): void {
    [this.#whole, this.#share] = limiters(this.#pace, this.#pacedBy);
  }

  /** Counts a call: 0 where it may go out now, else the ms to wait, and nothing is counted. */
  async take(call: Paced): Promise<number> {
    const waitMs = await takeFrom(this.#share, shareKey(call));
    if (waitMs > 0) return waitMs;
    const wholeWaitMs = await takeFrom(this.#whole, this.#key(call));
    if (wholeWaitMs > 0) await returnTo(this.#share, shareKey(call));
    return wholeWaitMs;
  }

  /**
   * Lets a call in before it is counted; null where too many strangers are before it. Call what it
   * gives once the call has ended.
   */
  async admit({ route, credential }: Paced): Promise<Leave | null> {
    return this.#strangers === null ? nothing : this.#strangers.admit(route, credential);
  }

  /** Gives the place of a call back that the vendor did not count, such as one it did not let in. */
  async giveBack(call: Paced): Promise<void> {
    await returnTo(this.#share, shareKey(call));
    await returnTo(this.#whole, this.#key(call));
  }

  /** Corrects the count by the vendor's own, which others may use up too. */
  async learn(call: Paced, { remaining, resetMs }: PaceReport): Promise<void> {
    if (remaining === null || resetMs === null || remaining >= this.#pace.calls) return;
    if (resetMs <= 0 || resetMs > longestHoldMs) return;
    const key = this.#key(call);
    const known = await this.#whole.get(key);
    const used = this.#pace.calls - remaining;
    if (used > (known?.consumedPoints ?? 0)) await this.#whole.set(key, used, resetMs / 1000);
  }

  /** Holds later calls back for as long as the vendor asked. */
  async hold(call: Paced, ms: number): Promise<void> {
    if (ms <= 0 || ms > longestHoldMs) return;
    const key = this.#key(call);
    const known = await this.#whole.get(key);
    // A hold that is in force already, and ends later, stays.
    const isHeld = known !== null && known.remainingPoints === 0 && known.msBeforeNext >= ms;
    if (!isHeld) await this.#whole.block(key, ms / 1000);
  }

  #key(call: Paced): string {
    return this.#pacedBy === 'route' ? call.route : call.credential;
  }
}

function limiters(
  { calls, seconds: duration }: Pace,
  pacedBy: PacedBy,
): [whole: RateLimiterMemory, share: RateLimiterMemory | null] {
  const whole = new RateLimiterMemory({ points: calls, duration });
  if (pacedBy === 'credential') return [whole, null];
  return [whole, new RateLimiterMemory({ points: Math.max(1, Math.floor(calls / 2)), duration })];
}

const nothing: Leave = () => {};

function shareKey({ route, credential }: Paced): string {
  return `${route} ${credential}`;
}

async function takeFrom(limiter: RateLimiterMemory | null, key: string): Promise<number> {
  if (limiter === null) return 0;
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    await returnTo(limiter, key);
    return Math.max(1, refusal.msBeforeNext);
  }
}

/** Forgets a key that has nothing left, so that a flood of made-up credentials leaves nothing behind. */
async function returnTo(limiter: RateLimiterMemory | null, key: string): Promise<void> {
  const known = (await limiter?.get(key)) ?? null;
  // The window in which it was counted may have ended: then there is nothing to give back.
  if (limiter === null || known === null || known.consumedPoints <= 0) return;
  const left = await limiter.reward(key);
  if (left.consumedPoints <= 0) await limiter.delete(key);
}
