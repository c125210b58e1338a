import { type ChangeOutcome, type MembershipVendor, notStarted } from '../errors.ts';
import type { ChangeInFlight, Lifecycle, UnfinishedChange } from '../server/lifecycle.ts';
import type { GatewayRequest } from '../server/request.ts';
import type { FieldResult } from '../telemetry/field-result.ts';
import type { Log } from '../telemetry/log.ts';
import type { CallBudget } from './call-budget.ts';
import { type BudgetBounds, TimeBudget } from './time-budget.ts';

/** What outlives the documents, and bounds their changes. Times are in ms. */
export interface ChangeTrackerSettings {
  /** What one change may take in all. */
  readonly fieldTimeoutMs: number;
  /** What one call of a change may take. */
  readonly vendorTimeoutMs: number;
  /** What one document may take; fields that have not begun by then are not sent. */
  readonly requestTimeoutMs: number;
  /** Told of each change, so that a stop waits for it even where its client has gone. */
  readonly lifecycle: Lifecycle;
  readonly log: Log;
}

/**
 * The root mutation fields of one document, by response key: which may still begin, and how far each
 * came, so that even a fault that nobody foresaw is reported with an honest outcome.
 */
export class ChangeTracker implements BudgetBounds {
  readonly callMs: number;
  readonly callsAhead = 2;
  readonly signal = null;
  readonly calls: CallBudget;
  readonly #settings: ChangeTrackerSettings;
  readonly #incoming: GatewayRequest;
  readonly #deadline: number;
  #fields: Map<string, TrackedChange> | null = null;
  readonly #results: FieldResult[] = [];

  /** @param calls the calls to vendors that the document may make */
  constructor(settings: ChangeTrackerSettings, incoming: GatewayRequest, calls: CallBudget) {
    this.calls = calls;
    this.callMs = settings.vendorTimeoutMs;
    this.#settings = settings;
    this.#incoming = incoming;
    this.#deadline = performance.now() + settings.requestTimeoutMs;
  }

  /** The id of the document's request. */
  get requestId(): string {
    return this.#incoming.requestId;
  }

  /** False once the client has gone. */
  isWanted(): boolean {
    return !this.#incoming.client.isGone;
  }

  /** False once the document's time is over, its client gone, or the process stopping. */
  mayBegin(): boolean {
    return (
      performance.now() < this.#deadline && this.isWanted() && !this.#settings.lifecycle.isStopping
    );
  }

  /**
   * Begins one field's change, which is to be ended.
   *
   * @param key the field's response key
   * @throws {VendorUnavailableError} `NOT_STARTED` where it may not begin any more
   */
  beginChange(key: string, vendor: MembershipVendor): TrackedChange {
    if (!this.mayBegin()) throw notStarted(vendor);
    const operation = new TimeBudget(this, performance.now() + this.#settings.fieldTimeoutMs);
    const field = new TrackedChange(this, key, vendor, operation);
    this.#fields ??= new Map();
    this.#fields.set(key, field);
    this.#settings.lifecycle.beginChange(field);
    return field;
  }

  /** Ends the change of a field that was begun. */
  endChange(field: TrackedChange): void {
    const { lifecycle, log } = this.#settings;
    lifecycle.endChange(field);
    if (!this.isWanted()) log.warn(field.describe(), 'a change ended after its client had gone');
  }

  /** Notes how a field ended, for those who operate the gateway. */
  ended(result: FieldResult): void {
    this.#results.push(result);
  }

  /** How its fields ended, in their order. */
  get results(): readonly FieldResult[] {
    return this.#results;
  }

  /** When a field's change must have ended, in ms as `performance.now()` tells them; null for no change. */
  deadlineOf(key: string): number | null {
    return this.#fields?.get(key)?.operation.deadline ?? null;
  }

  /** What is known of a field's change; null for a field that is no change or never began. */
  outcomeOf(key: string): ChangeOutcome | null {
    return this.#fields?.get(key)?.outcome ?? null;
  }
}

/** How far the change of one root field came. */
export class TrackedChange implements ChangeInFlight {
  place = 0;
  readonly operation: TimeBudget;
  readonly #progress: ChangeTracker;
  readonly #key: string;
  readonly #vendor: MembershipVendor;
  #settled: ChangeOutcome | null = null;

  constructor(
    progress: ChangeTracker,
    key: string,
    vendor: MembershipVendor,
    operation: TimeBudget,
  ) {
    this.operation = operation;
    this.#progress = progress;
    this.#key = key;
    this.#vendor = vendor;
  }

  /** @param outcome what is known of the change; null after a fault of ours, for what the transport saw */
  end(outcome: ChangeOutcome | null): void {
    this.#settled = outcome;
    this.#progress.endChange(this);
  }

  /** What is known of the change so far. */
  get outcome(): ChangeOutcome {
    return this.#settled ?? (this.operation.mayHaveArrived ? 'UNKNOWN' : 'NOT_APPLIED');
  }

  describe(): UnfinishedChange {
    const { requestId } = this.#progress;
    return { requestId, field: this.#key, vendor: this.#vendor, outcome: this.outcome };
  }
}
