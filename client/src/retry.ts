import { GatewayError } from './errors.ts';
import type { ChangeOutcome } from './generated/types.ts';

/** Options for sending a change again. */
export interface RetryOptions {
  /** The most retries after the first attempt, 3 by default. */
  readonly limit?: number | undefined;
  /** The timeout of one attempt in ms, 30,000 by default. It should exceed the gateway's `FIELD_TIMEOUT_MS`. */
  readonly attemptTimeoutMs?: number | undefined;
  /** The timeout of the call with all its attempts and waits in ms, 60,000 by default. */
  readonly timeoutMs?: number | undefined;
}

/** The end of one attempt: a member of the union, or the error of a request without a result. */
export interface AttemptEnd {
  readonly outcome: ChangeOutcome | null;
  readonly retryable?: boolean;
  readonly retryAfterSeconds?: number | null;
}

/** The wait before the first retry without a `Retry-After` in ms; each further wait is twice as long. */
const firstWaitMs = 500;

/** The longest wait without a `Retry-After` in ms. */
const longestWaitMs = 8_000;

/** The retries of one call: how many are left, and how much time. */
export class Retries {
  readonly #limit: number;
  readonly #attemptTimeoutMs: number;
  readonly #endsAt: number;
  #made = 0;

  /** @param options false to send one attempt without a timeout */
  constructor(options: RetryOptions | false = {}) {
    const off = { limit: 0, attemptTimeoutMs: Infinity, timeoutMs: Infinity };
    const { limit = 3, attemptTimeoutMs = 30_000, timeoutMs = 60_000 } = options || off;
    this.#limit = limit;
    this.#attemptTimeoutMs = attemptTimeoutMs;
    this.#endsAt = performance.now() + timeoutMs;
  }

  /** The rest of the call's time in ms. */
  get leftMs(): number {
    return this.#endsAt - performance.now();
  }

  /** The timeout of an attempt that begins now in ms. */
  get attemptMs(): number {
    return Math.min(this.#attemptTimeoutMs, this.leftMs);
  }

  /**
   * Uses up a retry, and returns the wait before it in ms.
   *
   * @returns null if the change must not be sent again, or no retry or not enough time is left
   */
  take(end: AttemptEnd, hasKey: boolean): number | null {
    if (this.#made >= this.#limit || !canRetry(end, hasKey)) return null;
    const backoffMs = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#made);
    // With jitter, so that the clients of a gateway that was restarted do not return all at the same time.
    const jitteredMs = backoffMs * (0.5 + Math.random() / 2);
    const waitMs = Math.max(jitteredMs, (end.retryAfterSeconds ?? 0) * 1_000);
    if (waitMs >= this.leftMs) return null;
    this.#made += 1;
    return waitMs;
  }
}

/**
 * Returns whether a change can be sent again without making it twice. With a key, the gateway makes it once; without one,
 * it can if nothing was changed.
 */
function canRetry(end: AttemptEnd, hasKey: boolean): boolean {
  if (end instanceof GatewayError && end.code === 'ABORTED') return false;
  if (end.outcome === 'APPLIED') return false;
  return end.outcome === 'NOT_APPLIED' ? end.retryable === true : hasKey;
}
