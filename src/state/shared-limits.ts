import type { Log } from '../telemetry/log.ts';
import type { WindowCounter, WindowLimit } from '../upstream/resilience/fixed-window.ts';
import type {
  RateLimit,
  RateLimiter,
  RateLimitScope,
} from '../upstream/resilience/rate-limiter.ts';

/** The rate limit of one vendor. */
export interface VendorLimit {
  /** The vendor's id. */
  readonly vendor: string;
  readonly limit: RateLimit;
  readonly scope: RateLimitScope;
  /** The most calls of this process that wait for their first send. */
  readonly queueLength: number;
}

/** Settings of the limits that replicas share. */
export interface SharedLimitsSettings {
  /** The replicas with the same outgoing address, for limits that a vendor counts by address. */
  readonly egressGroup: string;
  readonly log: Log;
}

/** Creates the limits that replicas share in a database. */
export interface SharedLimits {
  createRateLimiter(limit: VendorLimit, settings: SharedLimitsSettings): RateLimiter;
  /**
   * Creates a limit of callers.
   *
   * @param name tells the limits apart
   */
  createCallerLimit(name: string, limit: WindowLimit, log: Log): WindowCounter;
  /** Deletes what is over. */
  sweep(): Promise<void>;
}
