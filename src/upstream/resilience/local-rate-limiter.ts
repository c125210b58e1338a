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

/** How many buckets are kept before the idle ones are looked for. */
const fewestKept = 1_000;

/** The rate limit of one vendor in this process's memory, exact for the calls of this process. */
export class LocalRateLimiter implements RateLimiter {
  readonly #limit: RateLimit;
  readonly #scope: RateLimitScope;
  readonly #room: WaitingRoom<WaitingCall>;
  readonly #history: CredentialHistory | null;
  readonly #buckets = new Map<string, RateLimitBucket>();
  #sweepAt = fewestKept;

  /** @param queueLength how many calls may wait for their first send, over all buckets */
  constructor(limit: RateLimit, scope: RateLimitScope, queueLength: number) {
    this.#limit = limit;
    this.#scope = scope;
    this.#room = new WaitingRoom(queueLength);
    this.#history = scope === 'route' ? new CredentialHistory(limit) : null;
  }

  /** The number of buckets that are kept. */
  get size(): number {
    return this.#buckets.size;
  }

  acquire(
    call: LimitedCall,
    mostWaitMs: number,
    signal: AbortSignal | null,
  ): RateLimitPermit | CallDenial | Promise<RateLimitPermit | CallDenial> {
    if (this.#history?.isExempt(call.credential)) return createExemptPermit(this.#history, call);
    const bucket = this.#bucketOf(call);
    const permit = bucket.tryGrant(call);
    if (permit !== null) return permit;
    if (bucket.estimateWait(call) > mostWaitMs || signal?.aborted) return bucket.deny(call);
    return bucket.wait(call, mostWaitMs, signal);
  }

  check(call: LimitedCall, mostWaitMs: number): CallDenial | null {
    if (this.#history?.isExempt(call.credential)) return null;
    const bucket = this.#bucketOf(call);
    const waitMs = bucket.estimateWait(call);
    if (waitMs <= 0) return null;
    if (waitMs > mostWaitMs) return bucket.deny(call);
    return this.#room.hasSeatFor(call) ? null : { kind: 'overloaded' };
  }

  hold(call: LimitedCall, waitMs: number | null): void {
    this.#history?.forgetExemption(call.credential);
    this.#bucketOf(call).hold(waitMs ?? 0);
  }

  dismissWaiting(refuse: () => Rejection): void {
    for (const bucket of this.#buckets.values()) bucket.dismissWaiting(refuse);
  }

  reset(): void {
    for (const bucket of this.#buckets.values()) bucket.reset();
  }

  #bucketOf(call: LimitedCall): RateLimitBucket {
    const key = this.#scope === 'route' ? call.route : call.credential;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      if (this.#buckets.size >= this.#sweepAt) this.#sweep();
      bucket = new RateLimitBucket(this.#limit, this.#history, this.#room);
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }

  /** Costs as much as there are buckets, and so runs only once as many have been added. */
  #sweep(): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isIdle()) this.#buckets.delete(key);
    this.#sweepAt = Math.max(fewestKept, 2 * this.#buckets.size);
  }
}

/** A permit of a credential that the vendor does not limit: its answers still show whether that holds. */
function createExemptPermit(
  history: CredentialHistory,
  { credential }: LimitedCall,
): RateLimitPermit {
  return {
    kind: 'permit',
    waitedMs: 0,
    markSent: () => {},
    end: (feedback) => {
      if (feedback !== null) history.note(credential, feedback);
    },
  };
}
