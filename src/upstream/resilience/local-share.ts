import { LocalRateLimiter } from './local-rate-limiter.ts';
import type {
  CallDenial,
  LimitedCall,
  RateLimit,
  RateLimitPermit,
  RateLimitScope,
} from './rate-limiter.ts';
import { probeMs } from './store-connection.ts';

/** What a share is made of. */
export interface ShareSettings {
  readonly limit: RateLimit;
  readonly scope: RateLimitScope;
  /** The most calls that wait. */
  readonly queueLength: number;
  /** The window with its margin, in ms. */
  readonly windowMs: number;
  /** The most replicas that have used the store. */
  readonly replicas: number;
}

/**
 * This process's share of a rate limit while the store cannot be reached. It begins after one quiet window, in which calls of
 * this and other replicas may still count, and not before the store was tried again: a lost answer alone is no outage.
 */
export class LocalShare {
  readonly #limiter: LocalRateLimiter;
  readonly #windowMs: number;
  readonly #quietUntil: number;
  #isOver = false;
  /** When the calls of each bucket were sent, in ms of `performance.now()`; those of the last window. */
  readonly #sent = new Map<string, number[]>();

  constructor({ limit, scope, queueLength, windowMs, replicas }: ShareSettings) {
    const calls = Math.floor(limit.calls / replicas);
    const rate =
      calls > 0
        ? { calls, seconds: limit.seconds }
        : { calls: 1, seconds: (limit.seconds * replicas) / limit.calls };
    this.#limiter = new LocalRateLimiter({ ...rate, isExplicit: true }, scope, queueLength);
    this.#windowMs = windowMs;
    this.#quietUntil = performance.now() + windowMs + probeMs;
  }

  /** Ends the share: the store can be reached again. Calls that were not sent need a turn of the store. */
  close(): void {
    this.#isOver = true;
    this.#limiter.dismissWaiting(() => ({ kind: 'overloaded' }));
  }

  /**
   * Takes a slot of the share, as a rate limiter does. Returns null if the share ended during the wait.
   *
   * @param key the key of the call's bucket
   */
  async acquire(
    key: string,
    call: LimitedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): Promise<RateLimitPermit | CallDenial | null> {
    const quietMs = this.#quietUntil - performance.now();
    if (quietMs > 0) this.#limiter.hold(call, quietMs);
    const permit = await this.#limiter.acquire(call, maxWaitMs, signal);
    if (this.#isOver) {
      if (permit.kind === 'permit') permit.end(null);
      return null;
    }
    if (permit.kind !== 'permit') return permit;
    return {
      kind: 'permit',
      waitedMs: permit.waitedMs,
      markSent: () => {
        if (this.#isOver) return false;
        this.#note(key);
        return permit.markSent();
      },
      end: (feedback) => permit.end(feedback),
    };
  }

  /** Delays later calls for as long as the vendor asked. */
  hold(call: LimitedCall, waitMs: number | null): void {
    this.#limiter.hold(call, waitMs);
  }

  /** Returns the keys of the buckets in which calls were sent. */
  listKeys(): Iterable<string> {
    return this.#sent.keys();
  }

  /** Returns how long ago the calls of a bucket were sent that still count, in whole ms. */
  getAgesMs(key: string): readonly number[] {
    const now = performance.now();
    return (this.#sent.get(key) ?? []).map((at) => Math.floor(now - at));
  }

  #note(key: string): void {
    const now = performance.now();
    const recent = (this.#sent.get(key) ?? []).filter((at) => at > now - this.#windowMs);
    this.#sent.set(key, [...recent, now]);
  }
}
