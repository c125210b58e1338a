import type { Rejection } from './admission.ts';
import { BucketPermit } from './bucket-permit.ts';
import type { CredentialHistory } from './credential-history.ts';
import { FairQueue } from './fair-queue.ts';
import type { CallDenial, LimitedCall, RateLimit, RateLimitPermit } from './rate-limiter.ts';
import { SlidingWindow } from './sliding-window.ts';
import type { WaitingItem, WaitingRoom } from './waiting-room.ts';

/** The shortest wait of a denial, in ms. */
const shortestWaitMs = 250;

const overloaded: CallDenial = { kind: 'overloaded' };

/** A call that waits for a slot. */
export interface WaitingCall extends LimitedCall, WaitingItem {
  readonly since: number;
  readonly settle: (result: RateLimitPermit | CallDenial) => void;
}

/** The calls that one rate limit counts together, and those that wait for a slot of it. */
export class RateLimitBucket {
  readonly #history: CredentialHistory | null;
  readonly #window: SlidingWindow;
  readonly #room: WaitingRoom<WaitingCall>;
  readonly #queue = new FairQueue<WaitingCall>();
  /** Calls in flight whose credential the vendor has not accepted yet. */
  #unverified = 0;
  #timer: NodeJS.Timeout | null = null;

  /**
   * @param history null if the vendor counts each credential on its own
   * @param room limits the calls that wait, in all buckets of the vendor
   */
  constructor(limit: RateLimit, history: CredentialHistory | null, room: WaitingRoom<WaitingCall>) {
    this.#history = history;
    this.#window = new SlidingWindow(limit);
    this.#room = room;
  }

  /** Returns whether it can be removed without losing anything. */
  isIdle(): boolean {
    return this.#queue.size === 0 && this.#window.isIdle(performance.now());
  }

  /** Returns a permit if a slot is free and no waiting call goes first; null otherwise. */
  tryGrant(call: LimitedCall): RateLimitPermit | null {
    const isFirst = this.#queue.size === 0 || this.#queue.countAhead(call) === 0;
    if (!isFirst || !this.#isEligible(call)) return null;
    return this.#window.tryTake(performance.now()) ? this.#grant(call, 0) : null;
  }

  /** Returns the ms that a new call has to wait, if no later call overtakes it. */
  estimateWait(call: LimitedCall): number {
    return this.#window.getWait(this.#countAhead(call) + 1, performance.now());
  }

  /** Waits for a slot for some ms, or until the signal aborts or a call of another caller takes its seat. */
  wait(
    call: LimitedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): CallDenial | Promise<RateLimitPermit | CallDenial> {
    const { promise, resolve } = Promise.withResolvers<RateLimitPermit | CallDenial>();
    const giveUp = () => {
      this.#queue.delete(waiting);
      settle(this.deny(call));
    };
    const settle = (result: RateLimitPermit | CallDenial) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      this.#room.leave(waiting);
      resolve(result);
    };
    const displace = () => {
      this.#queue.delete(waiting);
      settle(overloaded);
    };
    const waiting: WaitingCall = { ...call, since: performance.now(), settle, displace };
    // A call that settles another needs no seat: it already has a place in the bulkhead.
    if (!call.isSettling && !this.#room.admit(waiting)) return overloaded;
    const timer = setTimeout(giveUp, maxWaitMs);
    signal?.addEventListener('abort', giveUp);
    this.#queue.add(waiting);
    this.#serve();
    return promise;
  }

  /** Returns the denial of a call, with the wait after which it may be sent again. */
  deny(call: LimitedCall): CallDenial {
    return { kind: 'limited', waitMs: Math.max(shortestWaitMs, this.estimateWait(call)) };
  }

  /** Delays calls for some ms, as the vendor asked. */
  hold(ms: number): void {
    this.#window.hold(ms, performance.now());
    this.#serve();
  }

  /** Rejects the calls that wait for their first send. */
  dismissWaiting(refuse: () => Rejection): void {
    for (const { settle } of this.#queue.takeAll(({ isSettling }) => !isSettling)) settle(refuse());
  }

  /** Forgets all calls that were written. */
  reset(): void {
    this.#window.clear();
    this.#serve();
  }

  /** Grants the free slots to waiting calls, and runs again when the next slot is free. */
  #serve(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#queue.size > 0) {
      const now = performance.now();
      const waitMs = this.#window.getWait(1, now);
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(waitMs));
        return;
      }
      const next = this.#queue.take((call) => this.#isEligible(call));
      // The others are served when a call of an unverified credential has ended.
      if (next === null) return;
      this.#window.tryTake(now);
      next.settle(this.#grant(next, now - next.since));
    }
  }

  /** Returns how many calls go first and keep their slots: those of made-up credentials are freed by their 401s. */
  #countAhead(call: LimitedCall): number {
    const ahead = this.#queue.countAhead(call);
    const history = this.#history;
    if (history === null) return ahead;
    let accepted = 0;
    for (const { credential } of this.#queue) accepted += Number(history.isAccepted(credential));
    return Math.min(ahead, accepted) - this.#unverified;
  }

  #isEligible({ credential }: LimitedCall): boolean {
    if (this.#history === null || this.#history.isAccepted(credential)) return true;
    return this.#unverified < this.#history.maxUnverified;
  }

  #grant({ credential }: LimitedCall, waitedMs: number): RateLimitPermit {
    const isUnverified = this.#history !== null && !this.#history.isAccepted(credential);
    if (isUnverified) this.#unverified += 1;
    const close = () => {
      if (isUnverified) this.#unverified -= 1;
      // Not before the wait that the vendor asked for in its response is set, which happens next.
      queueMicrotask(() => this.#serve());
    };
    return new BucketPermit(this.#window, this.#history, credential, waitedMs, close);
  }
}
