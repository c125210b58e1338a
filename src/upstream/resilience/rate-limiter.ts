import type { Rejection } from './admission.ts';
import type { QueuedCall } from './fair-queue.ts';

/** A vendor's rate limit: a number of calls in any period of some seconds. */
export interface RateLimit {
  readonly calls: number;
  readonly seconds: number;
  /** Whether the operator configured it, so that the vendor's headers can only lower it. */
  readonly isExplicit: boolean;
}

/**
 * The scope of a vendor's rate limit: each credential on its own, or all calls of a route from one address, in which case the
 * callers of this gateway share one count.
 */
export type RateLimitScope = 'credential' | 'route';

/** A call that needs a slot. */
export interface LimitedCall extends QueuedCall {
  /** A hash of the credential, never its value. */
  readonly credential: string;
  /** Method and path without the query. */
  readonly route: string;
  /** Whether it settles a call that was sent already: then it is rejected only if there is no time. */
  readonly isSettling: boolean;
  /** Whether it only reads: also the read-back of a change. */
  readonly isRead: boolean;
}

/** The headers of a vendor's response that report its rate limit. */
export interface ReportedLimit {
  /** Calls allowed in one window; null if not reported. */
  readonly limit: number | null;
  /** Calls left in the vendor's window; null if not reported. */
  readonly remaining: number | null;
  /** Milliseconds until the vendor's window ends; null if not reported. */
  readonly resetMs: number | null;
}

/** A vendor's response to a call, as far as its rate limit is concerned. */
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
  /**
   * The head of the call is about to be written: it counts from now on. Returns false if the slot's time has passed, so that
   * the call must not be written; it needs another slot.
   */
  markSent(): boolean;
  /** The call ended, or was never written, in which case its slot is free again; null if there was no response. */
  end(feedback: LimitFeedback | null): void;
}

/** The reason why a call gets no slot. */
export type CallDenial =
  /** No slot is free in time. `waitMs` is the time until one is. */
  | { readonly kind: 'limited'; readonly waitMs: number }
  /** The store that replicas share cannot be reached, and the call may change something. */
  | { readonly kind: 'storeAway' }
  /** Too many calls wait already, or the circuit breaker opened. */
  | Rejection;

/** Keeps the calls to one vendor within its rate limit. An implementation may use a store that replicas share. */
export interface RateLimiter {
  /**
   * Takes a slot: immediately if one is free and no earlier call waits for it.
   *
   * @param maxWaitMs the longest wait, in ms; a longer wait is not begun
   * @param signal ends the wait early; null if nothing does
   */
  acquire(
    call: LimitedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): RateLimitPermit | CallDenial | Promise<RateLimitPermit | CallDenial>;
  /** Returns the denial that a call would get now; null if it would get a slot. Takes no slot. */
  check(call: LimitedCall, maxWaitMs: number): CallDenial | null;
  /** Delays later calls for as long as the vendor asked; null if it named no readable wait. */
  hold(call: LimitedCall, waitMs: number | null): void;
  /** Rejects the calls that wait for their first send. */
  dismissWaiting(refuse: () => Rejection): void;
  /** Forgets all calls, for a vendor that has forgotten them too. */
  reset(): void;
  /** How the limit is shared with other replicas; null if it is this process's own. */
  readonly sharing: SharingStatus | null;
}

/** The work of a rate limiter with the store that it shares with other replicas, since the start. */
export interface SharingStatus {
  /** Round trips that booked, took or freed slots, and their total duration in ms. */
  readonly bookings: number;
  readonly bookingMs: number;
  /** Slots whose time passed before the head of their call was written. */
  readonly late: number;
  /** Whether the store cannot be reached, so that reads use a local share. */
  readonly isAway: boolean;
}
