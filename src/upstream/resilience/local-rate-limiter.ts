import type { Rejection } from './admission.ts';
import { CredentialHistory } from './credential-history.ts';
import { RateLimitBucket, type WaitingCall } from './rate-limit-bucket.ts';
import type {
  CallDenial,
  LimitedCall,
  RateLimit,
  RateLimiter,
  RateLimitPermit,
  RateLimitScope,
} from './rate-limiter.ts';
import { WaitingRoom } from './waiting-room.ts';

/** The number of buckets at which idle ones are removed. */
const minSweepSize = 1_000;

/** The rate limit of one vendor in the memory of this process, exact for the calls of this process. */
export class LocalRateLimiter implements RateLimiter {
  readonly sharing = null;
  readonly #limit: RateLimit;
  readonly #scope: RateLimitScope;
  readonly #room: WaitingRoom<WaitingCall>;
  readonly #history: CredentialHistory | null;
  readonly #buckets = new Map<string, RateLimitBucket>();
  #sweepAt = minSweepSize;

  /** @param queueLength the most calls that wait for their first send, in all buckets */
  constructor(limit: RateLimit, scope: RateLimitScope, queueLength: number) {
    this.#limit = limit;
    this.#scope = scope;
    this.#room = new WaitingRoom(queueLength);
    this.#history = scope === 'route' ? new CredentialHistory(limit) : null;
  }

  /** The number of buckets. */
  get size(): number {
    return this.#buckets.size;
  }

  acquire(
    call: LimitedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): RateLimitPermit | CallDenial | Promise<RateLimitPermit | CallDenial> {
    if (this.#history?.isExempt(call.credential)) return createExemptPermit(this.#history, call);
    const bucket = this.#getBucket(call);
    const permit = bucket.tryGrant(call);
    if (permit !== null) return permit;
    if (bucket.estimateWait(call) > maxWaitMs || signal?.aborted) return bucket.deny(call);
    return bucket.wait(call, maxWaitMs, signal);
  }

  check(call: LimitedCall, maxWaitMs: number): CallDenial | null {
    if (this.#history?.isExempt(call.credential)) return null;
    const bucket = this.#getBucket(call);
    const waitMs = bucket.estimateWait(call);
    if (waitMs <= 0) return null;
    if (waitMs > maxWaitMs) return bucket.deny(call);
    return this.#room.hasSeatFor(call) ? null : { kind: 'overloaded' };
  }

  hold(call: LimitedCall, waitMs: number | null): void {
    this.#history?.forgetExemption(call.credential);
    this.#getBucket(call).hold(waitMs ?? 0);
  }

  dismissWaiting(refuse: () => Rejection): void {
    for (const bucket of this.#buckets.values()) bucket.dismissWaiting(refuse);
  }

  reset(): void {
    for (const bucket of this.#buckets.values()) bucket.reset();
  }

  #getBucket(call: LimitedCall): RateLimitBucket {
    const key = this.#scope === 'route' ? call.route : call.credential;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      if (this.#buckets.size >= this.#sweepAt) this.#sweep();
      bucket = new RateLimitBucket(this.#limit, this.#history, this.#room);
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }

  /** Removes idle buckets. Visits all of them, so it runs only once their number has doubled. */
  #sweep(): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isIdle()) this.#buckets.delete(key);
    this.#sweepAt = Math.max(minSweepSize, 2 * this.#buckets.size);
  }
}

/** Returns a permit for a credential that the vendor does not limit: its responses still show whether that is so. */
export function createExemptPermit(
  history: CredentialHistory,
  { credential }: LimitedCall,
): RateLimitPermit {
  return {
    kind: 'permit',
    waitedMs: 0,
    markSent: () => true,
    end: (feedback) => {
      if (feedback !== null) history.note(credential, feedback);
    },
  };
}
