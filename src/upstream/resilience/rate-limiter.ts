import type { Rejection } from './admission.ts';
import type { QueuedCall } from './fair-queue.ts';
import type { ReportedLimit } from './sliding-window.ts';

/** A vendor's rate limit: so many calls in any so many seconds. */
export interface RateLimit {
  readonly calls: number;
  readonly seconds: number;
  /** Whether the operator configured it, so that the vendor's headers can only lower it. */
  readonly isExplicit: boolean;
}

/**
 * What a vendor counts by: each credential on its own, or all calls of a route from one address, in which case
 * the callers of this gateway share one count.
 */
export type RateLimitScope = 'credential' | 'route';

/** A call that needs a slot. */
export interface LimitedCall extends QueuedCall {
  /** A hash of the credential, never its value. */
  readonly credential: string;
  /** Method and path without parameters. */
  readonly route: string;
  /** Whether it settles a call that was sent already, and so is never rejected for other reasons than time. */
  readonly isSettling: boolean;
}

/** What a vendor answered to a call, as far as its rate limit is concerned. */
export interface LimitFeedback extends ReportedLimit {
  readonly status: number;
  /** Whether the body is a JSON object or list: a proxy's page says nothing about the vendor's limit. */
  readonly isJson: boolean;
}

/** A slot of the rate limit for one call. It must be ended. */
export interface RateLimitPermit {
  readonly kind: 'permit';
  /** The ms that the call waited for it. */
  readonly waitedMs: number;
  /** The head of the call is being written: it counts from now on. */
  markSent(): void;
  /** The call ended, or was never written, in which case its slot is free again; null if no answer came. */
  end(feedback: LimitFeedback | null): void;
}

/** Why a call gets no slot. */
export type CallDenial =
  /** None is free in time. `waitMs`: when one would be. */
  | { readonly kind: 'limited'; readonly waitMs: number }
  /** Too many calls wait already, or the circuit breaker opened meanwhile. */
  | Rejection;

/** Keeps the calls to one vendor within its rate limit. A store that replicas share can stand behind it, too. */
export interface RateLimiter {
  /**
   * Takes a slot, at once if one is free and no earlier call waits for it.
   *
   * @param mostWaitMs how long the call may wait; no longer wait is begun
   * @param signal ends the wait early; null if nothing does
   */
  acquire(
    call: LimitedCall,
    mostWaitMs: number,
    signal: AbortSignal | null,
  ): RateLimitPermit | CallDenial | Promise<RateLimitPermit | CallDenial>;
  /** Returns why a call would be refused if it came now; null if it would not. Takes no slot. */
  check(call: LimitedCall, mostWaitMs: number): CallDenial | null;
  /** Holds later calls back as long as the vendor asked; null if it named no readable wait. */
  hold(call: LimitedCall, waitMs: number | null): void;
  /** Refuses the calls that wait for their first send. */
  dismissWaiting(refuse: () => Rejection): void;
  /** Forgets all calls, for a vendor that has forgotten them too. */
  reset(): void;
}
