import type { Rejection } from './admission.ts';
import { CredentialHistory } from './credential-history.ts';
import { createExemptPermit } from './local-rate-limiter.ts';
import { LocalShare } from './local-share.ts';
import type { WaitingCall } from './rate-limit-bucket.ts';
import type {
  CallDenial,
  LimitedCall,
  RateLimit,
  RateLimiter,
  RateLimitPermit,
  RateLimitScope,
  SharingStatus,
} from './rate-limiter.ts';
import { SharedRateLimitBucket } from './shared-rate-limit-bucket.ts';
import { getMarginMs, longestHoldMs } from './sliding-window.ts';
import { getGraceMs, type SharedBucketContext, StoreConnection } from './store-connection.ts';
import type { TurnStore } from './turn-store.ts';
import { UnreportedCalls } from './unreported-calls.ts';
import { WaitingRoom } from './waiting-room.ts';

/** The number of buckets at which idle ones are removed. */
const minSweepSize = 1_000;

/** Settings of a rate limit that replicas share. */
export interface SharedRateLimiterSettings {
  readonly limit: RateLimit;
  readonly scope: RateLimitScope;
  /** The most calls of this process that wait for their first send, in all buckets. */
  readonly queueLength: number;
  readonly store: TurnStore;
  /** Returns how many replicas use the store: a vendor that was never called gets no answer that tells it. */
  readonly countReplicas: () => number;
  /** Returns the name of a bucket in the store. It must not reveal a credential. */
  createKey(scope: RateLimitScope, of: string): string;
  /** Called when the store is out of reach. */
  readonly onLoss: (error: unknown) => void;
  /** Called when the store can be reached again. */
  readonly onRecovery: () => void;
}

/**
 * The rate limit of one vendor, shared by all replicas that use the same store, exact by the store's clock. A call whose turn
 * is free costs one round trip, and one that waits two. Without the store, calls that may change something are rejected and
 * reads use this process's share.
 */
export class SharedRateLimiter implements RateLimiter {
  readonly #settings: SharedRateLimiterSettings;
  readonly #windowMs: number;
  readonly #context: SharedBucketContext;
  readonly #unreported: UnreportedCalls;
  readonly #buckets = new Map<string, SharedRateLimitBucket>();
  #sweepAt = minSweepSize;
  /** Null while the store can be reached. */
  #share: LocalShare | null = null;
  /** Until then a new bucket may have calls of other replicas that the store does not know yet. */
  #uncertainUntil = 0;

  constructor(settings: SharedRateLimiterSettings) {
    const { limit, scope, queueLength, store, countReplicas } = settings;
    this.#settings = settings;
    const marginMs = getMarginMs(limit);
    this.#windowMs = Math.ceil(limit.seconds * 1_000 + marginMs);
    this.#unreported = new UnreportedCalls(this.#windowMs);
    const observer = {
      handleLoss: (error: unknown) => this.#handleLoss(error),
      handleRecovery: () => this.#handleRecovery(),
    };
    this.#context = {
      connection: new StoreConnection(store, observer, countReplicas),
      room: new WaitingRoom<WaitingCall>(queueLength),
      history: scope === 'route' ? new CredentialHistory(limit) : null,
      // The rest is for the jitter of the network.
      lateMs: 0.75 * marginMs,
      graceMs: getGraceMs(this.#windowMs),
    };
  }

  /** The number of buckets in memory. */
  get size(): number {
    return this.#buckets.size;
  }

  get sharing(): SharingStatus {
    return this.#context.connection.status;
  }

  acquire(
    call: LimitedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): RateLimitPermit | CallDenial | Promise<RateLimitPermit | CallDenial> {
    const { history } = this.#context;
    if (history?.isExempt(call.credential)) return createExemptPermit(history, call);
    if (this.#share !== null) return this.#acquireShare(this.#share, call, maxWaitMs, signal);
    const result = this.#getBucket(call).wait(call, maxWaitMs, signal);
    return result instanceof Promise ? this.#follow(result, call, maxWaitMs, signal) : result;
  }

  check(call: LimitedCall, maxWaitMs: number): CallDenial | null {
    if (this.#context.history?.isExempt(call.credential)) return null;
    if (this.#share !== null) return call.isRead ? null : { kind: 'storeAway' };
    const bucket = this.#getBucket(call);
    const waitMs = bucket.estimateWait(call);
    if (waitMs <= 0) return null;
    if (waitMs > maxWaitMs) return bucket.deny(call);
    return this.#context.room.hasSeatFor(call) ? null : { kind: 'overloaded' };
  }

  hold(call: LimitedCall, waitMs: number | null): void {
    this.#context.history?.forgetExemption(call.credential);
    const ms = waitMs !== null && waitMs <= longestHoldMs ? Math.max(0, Math.ceil(waitMs)) : 0;
    this.#share?.hold(call, waitMs);
    // Without the store, its bucket keeps the wait until the store can be told.
    this.#getBucket(call).hold(ms);
  }

  dismissWaiting(refuse: () => Rejection): void {
    for (const bucket of this.#buckets.values()) bucket.dismissWaiting(refuse);
  }

  reset(): void {
    const keys = Array.from(this.#buckets.values(), ({ bucket }) => bucket.key);
    this.#context.connection.run((store) => store.forget(keys)).catch(() => {});
    for (const bucket of this.#buckets.values()) bucket.reset();
  }

  async #follow(
    waiting: Promise<RateLimitPermit | CallDenial>,
    call: LimitedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): Promise<RateLimitPermit | CallDenial> {
    const since = performance.now();
    const result = await waiting;
    if (result.kind !== 'storeAway' || !call.isRead) return result;
    // The store may have recovered in the meantime.
    return this.acquire(call, maxWaitMs - (performance.now() - since), signal);
  }

  #acquireShare(
    share: LocalShare,
    call: LimitedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): CallDenial | Promise<RateLimitPermit | CallDenial> {
    if (!call.isRead) return { kind: 'storeAway' };
    const since = performance.now();
    const acquiring = share.acquire(this.#getName(call), call, maxWaitMs, signal);
    return acquiring.then(
      (result) => result ?? this.acquire(call, maxWaitMs - (performance.now() - since), signal),
    );
  }

  #handleLoss(error: unknown): void {
    const { replicas } = this.#context.connection;
    const unreported = this.#unreported;
    const windowMs = this.#windowMs;
    this.#share = new LocalShare({ ...this.#settings, windowMs, replicas, unreported });
    this.#settings.onLoss(error);
    for (const bucket of this.#buckets.values()) bucket.abandon();
  }

  #handleRecovery(): void {
    const share = this.#share;
    this.#share = null;
    if (share === null) return;
    share.close();
    this.#uncertainUntil = performance.now() + this.#context.graceMs;
    for (const [name, bucket] of this.#buckets) {
      // The store, which has just returned, need not hear of those that no call uses: each is recovered when one does.
      if (bucket.isIdle()) this.#buckets.delete(name);
      else bucket.recover(name, this.#unreported);
    }
    for (const name of this.#unreported.listKeys()) this.#getNamedBucket(name);
    this.#settings.onRecovery();
  }

  #getName({ route, credential }: LimitedCall): string {
    return this.#settings.scope === 'route' ? route : credential;
  }

  #getBucket(call: LimitedCall): SharedRateLimitBucket {
    return this.#getNamedBucket(this.#getName(call));
  }

  #getNamedBucket(name: string): SharedRateLimitBucket {
    const known = this.#buckets.get(name);
    if (known !== undefined) return known;
    if (this.#buckets.size >= this.#sweepAt) this.#sweep();
    const { limit, scope, createKey } = this.#settings;
    const key = createKey(scope, name);
    const bucket = new SharedRateLimitBucket(
      { key, limit, windowMs: this.#windowMs },
      this.#context,
    );
    this.#buckets.set(name, bucket);
    if (performance.now() < this.#uncertainUntil) bucket.recover(name, this.#unreported);
    return bucket;
  }

  /** Removes idle buckets. Visits all of them, so it runs only once their number has doubled. */
  #sweep(): void {
    for (const [name, bucket] of this.#buckets) if (bucket.isIdle()) this.#buckets.delete(name);
    this.#sweepAt = Math.max(minSweepSize, 2 * this.#buckets.size);
  }
}
