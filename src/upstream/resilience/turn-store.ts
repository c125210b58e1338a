import type { RateLimit, ReportedLimit } from './rate-limiter.ts';

/** A call's place in a rate limit that replicas share. */
export interface Turn {
  readonly id: number;
  /** Its time, in ms of the store's clock. */
  readonly at: number;
  /** Whether it may be used at its time. A turn that is only booked can still be moved or taken away. */
  readonly isTaken: boolean;
  /** Whether it was booked for a change. */
  readonly isChange: boolean;
}

/** The calls that a rate limit counts together, over all replicas. */
export interface SharedBucket {
  readonly key: string;
  /** The configured limit. */
  readonly limit: RateLimit;
  /** The seconds of the limit with the margin against jitter, in ms. */
  readonly windowMs: number;
}

/** The wishes of one replica. */
export interface TurnRequest {
  /** How many turns to book for each class. */
  readonly changes: number;
  readonly reads: number;
  /** The ids of booked turns to take, because their time comes. */
  readonly due: readonly number[];
  /** The ids of turns whose calls were not sent, or not counted by the vendor. */
  readonly givenBack: readonly number[];
  /** The longest wait for a turn, in ms. */
  readonly mostMs: number;
  /** How long before its time a turn is taken, in ms. */
  readonly nearMs: number;
  /** How long after its time a turn may still be used, in ms. */
  readonly lateMs: number;
  /** The earliest time of a new turn from now, in ms: the answer takes so long. */
  readonly leadMs: number;
}

/** The answer to a {@link TurnRequest}. */
export interface TurnAnswer {
  /** The time of the answer, in ms of the store's clock. */
  readonly now: number;
  /** The calls per window that hold now: configured, or learned from the vendor. */
  readonly calls: number;
  /** The time of the next turn that could be booked. */
  readonly nextAt: number;
  /** How many replicas use the store. */
  readonly replicas: number;
  /** The due turns that still exist, with their present times, and the new ones. */
  readonly turns: readonly Turn[];
}

/**
 * The turns of rate limits in a store that replicas share. Each method is one round trip, and rejects if the store cannot be
 * reached: then it is unknown whether it took effect.
 */
export interface TurnStore {
  take(bucket: SharedBucket, request: TurnRequest): Promise<TurnAnswer>;
  /** Delays the turns of all replicas by some ms from now on, except those that are taken. */
  hold(bucket: SharedBucket, waitMs: number): Promise<void>;
  /**
   * Learns from a vendor's response.
   *
   * @param at the time of the turn that the response belongs to
   */
  report(bucket: SharedBucket, at: number, reported: ReportedLimit): Promise<void>;
  /**
   * Adds calls that were made while the store could not be reached.
   *
   * @param agesMs how long ago they were made
   * @param graceMs how long to wait for the calls of other replicas, if none has reached the store for a whole window
   */
  recover(bucket: SharedBucket, agesMs: readonly number[], graceMs: number): Promise<void>;
  /** Forgets everything about some buckets. */
  forget(keys: readonly string[]): Promise<void>;
  /** Resolves if the store can be reached. */
  probe(): Promise<void>;
}
