import { LocalRateLimiter } from './local-rate-limiter.ts';
import type {
  CallDenial,
  LimitedCall,
  RateLimit,
  RateLimitPermit,
  RateLimitScope,
} from './rate-limiter.ts';
import { probeMs } from './store-connection.ts';
import type { UnreportedCalls } from './unreported-calls.ts';

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
  /** Receives the calls that are sent. */
  readonly unreported: UnreportedCalls;
}

/**
 * This process's share of a rate limit while the store cannot be reached. It begins after one quiet window, in which calls of
 * this and other replicas may still count, and not before the store was tried again: a lost answer alone is no outage.
 */
export class LocalShare {
  readonly #limiter: LocalRateLimiter;
  readonly #unreported: UnreportedCalls;
  readonly #quietUntil: number;
  #isOver = false;

  constructor({ limit, scope, queueLength, windowMs, replicas, unreported }: ShareSettings) {
    const calls = Math.floor(limit.calls / replicas);
    const rate =
      calls > 0
        ? { calls, seconds: limit.seconds }
        : { calls: 1, seconds: (limit.seconds * replicas) / limit.calls };
    this.#limiter = new LocalRateLimiter({ ...rate, isExplicit: true }, scope, queueLength);
    this.#unreported = unreported;
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
        this.#unreported.note(key);
        return permit.markSent();
      },
      end: (feedback) => permit.end(feedback),
    };
  }

  /** Delays later calls for as long as the vendor asked. */
  hold(call: LimitedCall, waitMs: number | null): void {
    this.#limiter.hold(call, waitMs);
  }
}
