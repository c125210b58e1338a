import { type Pace, Windows } from '../windows.ts';
import { type Leave, Strangers } from './strangers.ts';

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
  /** Calls left in the vendor's window. */
  readonly remaining: number;
  /** Ms until that window ends, null where it does not tell. */
  readonly resetMs: number | null;
}

const longestHoldMs = 24 * 60 * 60 * 1000;

/**
 * Keeps the calls to one vendor within its rate limit, so that the vendor does not have to: this
 * process's share of it, counted in its memory.
 */
export class Pacer {
  readonly #pacedBy: PacedBy;
  readonly #whole: Windows;
  /** Within a count that all share, one credential holds at most half. */
  readonly #share: Windows | null;
  readonly #strangers: Strangers | null;

  constructor(pace: Pace, pacedBy: PacedBy) {
    this.#pacedBy = pacedBy;
    this.#whole = new Windows(pace);
    const isShared = pacedBy === 'route';
    const half = { calls: Math.max(1, Math.floor(pace.calls / 2)), seconds: pace.seconds };
    this.#share = isShared ? new Windows(half) : null;
    const few = Math.max(1, Math.floor(pace.calls / 4));
    this.#strangers = isShared ? new Strangers(few) : null;
  }

  /** Forgets all calls, for a vendor that has forgotten them too. */
  forget(): void {
    this.#whole.clear();
    this.#share?.clear();
  }

  /** Counts a call: 0 where it may go out now, else the ms to wait, and nothing is counted. */
  take(call: Paced): number {
    const waitMs = this.#share?.take(shareKey(call)) ?? 0;
    if (waitMs > 0) return waitMs;
    const wholeWaitMs = this.#whole.take(this.#key(call));
    if (wholeWaitMs > 0) this.#share?.giveBack(shareKey(call));
    return wholeWaitMs;
  }

  /**
   * Lets a call in before it is counted; null where too many strangers are before it. Call what it
   * gives once the call has ended.
   */
  admit({ route, credential }: Paced): Leave | null | Promise<Leave | null> {
    return this.#strangers === null ? nothing : this.#strangers.admit(route, credential);
  }

  /** Gives the place of a call back that the vendor did not count, such as one it did not let in. */
  giveBack(call: Paced): void {
    this.#share?.giveBack(shareKey(call));
    this.#whole.giveBack(this.#key(call));
  }

  /** Corrects the count by the vendor's own, which others may use up too. */
  learn(call: Paced, { remaining, resetMs }: PaceReport): void {
    if (resetMs === null || resetMs <= 0 || resetMs > longestHoldMs) return;
    const key = this.#key(call);
    if (remaining < this.#whole.standing(key).left) this.#whole.correct(key, remaining, resetMs);
  }

  /** Holds later calls back for as long as the vendor asked. */
  hold(call: Paced, ms: number): void {
    if (ms <= 0 || ms > longestHoldMs) return;
    const key = this.#key(call);
    // A hold that is in force already, and ends later, stays.
    const { left, endsInMs } = this.#whole.standing(key);
    const isHeld = left === 0 && endsInMs >= ms;
    if (!isHeld) this.#whole.block(key, ms);
  }

  #key(call: Paced): string {
    return this.#pacedBy === 'route' ? call.route : call.credential;
  }
}

const nothing: Leave = () => {};

function shareKey({ route, credential }: Paced): string {
  return `${route} ${credential}`;
}
