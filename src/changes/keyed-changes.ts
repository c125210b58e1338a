import { setTimeout as sleep } from 'node:timers/promises';
import type { MembershipError, MembershipVendor } from '../errors.ts';
import type { AuditEvent } from '../state/audit-events.ts';
import type { Claim, Claimed, KeyedChange, Ledger, StoredEnd } from '../state/ledger.ts';
import type { Log } from '../telemetry/log.ts';
import { createIdempotencyError } from './idempotency-error.ts';
import type { Settled } from './settle.ts';
import { restoreEnd, toStoredEnd } from './stored-end.ts';
import type { TimeBudget } from './time-budget.ts';
import { TimedLedger } from './timed-ledger.ts';
import { waitWithin } from './within.ts';

/** How long a request waits for another one with the same key, in ms. */
const waitMs = 2_000;

/** How often it looks whether another process has ended the change, in ms. */
const lookMs = 100;

/** How long after its first intent a removal may be sent again, in ms: later the person may have been added anew. */
const repeatableMs = 3_600_000;

/** How long an answer waits until its end is stored, in ms, even if no time is left. */
const endMs = 1_000;

/** How long a process that shuts down waits until the ends of changes are stored, in ms. */
const closingMs = 500;

/** Records that the change may be sent from now on. Returns the error if it must not be sent; null if it may. */
export type RecordIntent = () => Promise<MembershipError | null>;

/** How a change under an idempotency key is sent. */
export interface KeyedSending {
  /**
   * Records that the change may be sent from now on. Returns the error if it must not be sent; null if it may.
   *
   * @param started the event for the audit log, if that is in the database: it is written in the same transaction
   */
  recordIntent(started: AuditEvent | null): Promise<MembershipError | null>;
  /** Has an event for the audit log written in the same transaction as the end of the change. */
  recordWithEnd(finished: AuditEvent): void;
  /**
   * Set if an earlier request may have sent it: then the vendor's list is read first. `mayRepeat`: whether it may be sent
   * again unless the list shows the requested state.
   */
  readonly again: { readonly mayRepeat: boolean } | null;
}

/** A change that is made under an idempotency key. */
export interface KeyedWork<Value> {
  readonly vendor: MembershipVendor;
  readonly change: KeyedChange;
  /** Whether sending it twice leaves the state that sending it once leaves. */
  readonly isRepeatable: boolean;
  /** Makes the change and settles its outcome. */
  make(sending: KeyedSending): Promise<Settled<Value>>;
  /** Returns the part of a success that may be stored: ids, dates, and no names. */
  toStored(value: Value): Value;
}

/** Makes each change that has an idempotency key once, however often it is requested. */
export class KeyedChanges {
  readonly #ledger: TimedLedger;
  /** The changes that this process works on, by scope and key. */
  readonly #running = new Map<string, Promise<void>>();

  /** @param onFailure called if the database fails */
  constructor(ledger: Ledger, log: Log, onFailure: (error: unknown) => void = () => {}) {
    this.#ledger = new TimedLedger(ledger, log, onFailure);
  }

  /**
   * Makes a change, or returns the end of an earlier request with the same key.
   *
   * @throws {IdempotencyError} if the key was used for another change, or another request works on it
   * @throws {VendorUnavailableError} `NOT_STARTED` if the database cannot be reached in time
   */
  async run<Value>(work: KeyedWork<Value>, budget: TimeBudget): Promise<Settled<Value>> {
    const giveUpAt = performance.now() + waitMs;
    let claim = await this.#ledger.claim(work.change, work.vendor, budget, null);
    while (claim.kind === 'inProgress') {
      const leftMs = Math.min(giveUpAt - performance.now(), budget.spareMs);
      if (leftMs <= 0 || !budget.mayBegin) throw createIdempotencyError(work.vendor, 'IN_PROGRESS');
      await this.#waitForEnd(work.change, Math.min(leftMs, lookMs));
      claim = await this.#claimAgain(work, budget, claim.fence);
    }
    if (claim.kind === 'otherInput') throw createIdempotencyError(work.vendor, 'OTHER_INPUT');
    if (claim.kind === 'ended') return restoreEnd<Value>(claim.end);
    return this.#work(work, claim, budget);
  }

  async #work<Value>(
    work: KeyedWork<Value>,
    claim: Extract<Claim, { claimed: Claimed }>,
    budget: TimeBudget,
  ): Promise<Settled<Value>> {
    const { claimed } = claim;
    const { promise, resolve } = Promise.withResolvers<void>();
    const id = getId(work.change);
    this.#running.set(id, promise);
    // An earlier request may have sent it: a fault of this one must not say that nothing was changed.
    if (claim.kind === 'settleAgain') budget.markArrived();
    let end: StoredEnd = {
      outcome: claim.kind === 'begin' ? 'NOT_APPLIED' : 'UNKNOWN',
      confirmedBy: null,
      result: null,
    };
    let finished: AuditEvent | null = null;
    const recordWithEnd = (event: AuditEvent) => {
      finished = event;
    };
    let settled: Settled<Value> | null = null;
    let fault: unknown = null;
    try {
      settled = await this.#settle(work, claim, budget, recordWithEnd);
      end = toStoredEnd(settled, work.toStored);
    } catch (error) {
      fault = error;
      if (budget.mayHaveArrived) end = { ...end, outcome: 'UNKNOWN' };
    }
    let isLost = false;
    const stored = this.#ledger.storeEnd(claimed, end, finished).then((isOurs) => {
      isLost = !isOurs;
      // After a loss of the database's session, a later request may work on it as well.
      if (this.#running.get(id) === promise) this.#running.delete(id);
      resolve();
    });
    await waitWithin(Math.max(endMs, budget.getRoomMs(true)), stored);
    // Another request has taken the change over, and may have made it.
    if (isLost && end.outcome === 'NOT_APPLIED') {
      throw createIdempotencyError(work.vendor, 'IN_PROGRESS');
    }
    if (settled === null) throw fault;
    return settled;
  }

  async #settle<Value>(
    work: KeyedWork<Value>,
    claim: Extract<Claim, { claimed: Claimed }>,
    budget: TimeBudget,
    recordWithEnd: KeyedSending['recordWithEnd'],
  ): Promise<Settled<Value>> {
    const recordIntent = (started: AuditEvent | null) =>
      this.#ledger.recordIntent(work.vendor, claim.claimed, started, budget);
    const again =
      claim.kind === 'begin'
        ? null
        : { mayRepeat: work.isRepeatable && claim.ageMs < repeatableMs };
    const made = await work.make({ recordIntent, recordWithEnd, again });
    if (made.kind === 'applied') return made;
    // That this request sent nothing does not show that an earlier one did not.
    const error = again === null ? made.error : made.error.withOutcome('UNKNOWN');
    return { kind: 'failed', error: error.withKey() };
  }

  /** Claims a change that was in progress: that nothing can be learned of it now does not mean that nothing was sent. */
  async #claimAgain(work: KeyedWork<unknown>, budget: TimeBudget, awaited: number): Promise<Claim> {
    try {
      return await this.#ledger.claim(work.change, work.vendor, budget, awaited);
    } catch {
      throw createIdempotencyError(work.vendor, 'IN_PROGRESS');
    }
  }

  async #waitForEnd(change: KeyedChange, ms: number): Promise<void> {
    const running = this.#running.get(getId(change));
    if (running === undefined) await sleep(ms);
    else await waitWithin(ms, running);
  }

  /** Waits for the ends that are not stored yet, for at most half a second. Nothing is stored afterwards. */
  async close(): Promise<void> {
    await waitWithin(closingMs, Promise.all(this.#running.values()));
    this.#ledger.close();
  }
}

function getId({ scope, key }: KeyedChange): string {
  return `${scope}\n${key}`;
}
