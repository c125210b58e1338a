import { type ChangeOutcome, createNotStartedError, type MembershipVendor } from '../errors.ts';
import type { ChangeInFlight, Lifecycle, UnfinishedChange } from '../server/lifecycle.ts';
import type { GatewayRequest } from '../server/request.ts';
import type { FieldResult } from '../telemetry/field-result.ts';
import type { Log } from '../telemetry/log.ts';
import { type CallBudget, ChangeLimits, TimeBudget } from './time-budget.ts';

/** Settings for the changes of all documents. Times are in ms. */
export interface ChangeTrackerSettings {
  /** The time of one change in total. */
  readonly fieldTimeoutMs: number;
  /** The timeout of one call of a change. */
  readonly vendorTimeoutMs: number;
  /** The time of one document; changes that have not begun by then are not sent. */
  readonly requestTimeoutMs: number;
  /** Counts each change, so that a shutdown waits for it even if its client has disconnected. */
  readonly lifecycle: Lifecycle;
  readonly log: Log;
}

/**
 * Tracks the changes of one document by response key: whether they may still begin, and how far each came, so that even an
 * unexpected error is reported with an honest outcome.
 */
export class ChangeTracker extends ChangeLimits {
  readonly #settings: ChangeTrackerSettings;
  readonly #incoming: GatewayRequest;
  #fields: Map<string, TrackedChange> | null = null;
  readonly #results: FieldResult[] = [];

  /** @param calls the calls to vendors that the document may make */
  constructor(settings: ChangeTrackerSettings, incoming: GatewayRequest, calls: CallBudget) {
    const { vendorTimeoutMs, requestTimeoutMs, lifecycle } = settings;
    const deadline = performance.now() + requestTimeoutMs;
    super(vendorTimeoutMs, deadline, incoming.client, lifecycle, calls);
    this.#settings = settings;
    this.#incoming = incoming;
  }

  /** The id of the document's request. */
  get requestId(): string {
    return this.#incoming.requestId;
  }

  /**
   * Begins one field's change. The caller must end it.
   *
   * @param key the field's response key
   * @throws {VendorUnavailableError} `NOT_STARTED` if it may not begin any more
   */
  beginChange(key: string, vendor: MembershipVendor): TrackedChange {
    if (!this.mayBegin()) throw createNotStartedError(vendor);
    const budget = new TimeBudget(this, performance.now() + this.#settings.fieldTimeoutMs);
    const field = new TrackedChange(this, key, vendor, budget);
    this.#fields ??= new Map();
    this.#fields.set(key, field);
    this.#settings.lifecycle.beginChange(field);
    return field;
  }

  /** Ends a change that was begun. */
  endChange(field: TrackedChange): void {
    const { lifecycle, log } = this.#settings;
    lifecycle.endChange(field);
    if (!this.isWanted()) log.warn(field.describe(), 'change completed after client disconnected');
  }

  /** Stores the result of a field, for metrics and logs. */
  noteResult(result: FieldResult): void {
    this.#results.push(result);
  }

  /** The results of the fields in their order. */
  get results(): readonly FieldResult[] {
    return this.#results;
  }

  /** Returns the deadline of a field's change, in ms of `performance.now()`; null if there is no such change. */
  getDeadline(key: string): number | null {
    return this.#fields?.get(key)?.budget.deadline ?? null;
  }

  /** Returns the outcome of a field's change so far; null if it is no change or never began. */
  getOutcome(key: string): ChangeOutcome | null {
    return this.#fields?.get(key)?.outcome ?? null;
  }
}

/** The change of one root field, from its beginning to its end. */
export class TrackedChange implements ChangeInFlight {
  readonly budget: TimeBudget;
  place = 0;
  readonly #tracker: ChangeTracker;
  readonly #key: string;
  readonly #vendor: MembershipVendor;
  #settled: ChangeOutcome | null = null;

  constructor(tracker: ChangeTracker, key: string, vendor: MembershipVendor, budget: TimeBudget) {
    this.budget = budget;
    this.#tracker = tracker;
    this.#key = key;
    this.#vendor = vendor;
  }

  /** @param outcome null after a fault of the gateway: then it depends on whether an attempt may have arrived */
  end(outcome: ChangeOutcome | null): void {
    this.#settled = outcome;
    this.#tracker.endChange(this);
  }

  /** The outcome so far. */
  get outcome(): ChangeOutcome {
    return this.#settled ?? (this.budget.mayHaveArrived ? 'UNKNOWN' : 'NOT_APPLIED');
  }

  describe(): UnfinishedChange {
    const { requestId } = this.#tracker;
    return { requestId, field: this.#key, vendor: this.#vendor, outcome: this.outcome };
  }
}
