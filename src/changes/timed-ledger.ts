import { setTimeout as sleep } from 'node:timers/promises';
import { type MembershipError, type MembershipVendor, VendorUnavailableError } from '../errors.ts';
import type { AuditEvent } from '../state/audit-events.ts';
import type { Claim, Claimed, KeyedChange, Ledger, StoredEnd } from '../state/ledger.ts';
import type { Log } from '../telemetry/log.ts';
import type { TimeBudget } from './time-budget.ts';
import { waitWithin } from './within.ts';

/** How long an intent may take, in ms: the change holds a place at the vendor meanwhile, which others wait for. */
export const intentMs = 1_000;

/** How often an end that could not be stored is tried again, in ms. */
const retryMs = 200;

/** The ledger as changes use it: a claim and an intent within their time, and an end however long it takes. */
export class TimedLedger {
  readonly #ledger: Ledger;
  readonly #log: Log;
  readonly #onFailure: (error: unknown) => void;
  #isClosed = false;

  /** @param onFailure called if the database fails */
  constructor(ledger: Ledger, log: Log, onFailure: (error: unknown) => void) {
    this.#ledger = ledger;
    this.#log = log;
    this.#onFailure = onFailure;
  }

  /**
   * Claims a change, or returns what is known of it.
   *
   * @param awaited the fence of the run whose end the caller has waited for; null if it has not waited
   * @throws {VendorUnavailableError} `NOT_STARTED` if the database cannot be reached in time
   */
  async claim(
    change: KeyedChange,
    vendor: MembershipVendor,
    budget: TimeBudget,
    awaited: number | null,
  ): Promise<Claim> {
    const claiming = this.#ledger.claim(change, awaited);
    const isInTime = await waitWithin(
      Math.max(0, budget.spareMs),
      claiming.catch(() => {}),
    );
    if (!isInTime) {
      // The claim may still come; what was never sent must not keep the key.
      void claiming.then((late) => this.#release(late)).catch(() => {});
      this.#logUnreachable(new Error('the claim timed out'));
      throw createUnreachableError(vendor);
    }
    try {
      return await claiming;
    } catch (error) {
      this.#logUnreachable(error);
      throw createUnreachableError(vendor);
    }
  }

  /** Records that a change may be sent from now on. Returns the error if it must not be sent; null if it may. */
  async recordIntent(
    vendor: MembershipVendor,
    claimed: Claimed,
    started: AuditEvent | null,
    budget: TimeBudget,
  ): Promise<MembershipError | null> {
    const recording = this.#ledger.recordIntent(claimed, started).catch((error: unknown) => {
      this.#logUnreachable(error);
      return false;
    });
    const isInTime = await waitWithin(Math.max(0, Math.min(intentMs, budget.spareMs)), recording);
    if (!isInTime) this.#logUnreachable(new Error('the write timed out'));
    return isInTime && (await recording) ? null : createUnreachableError(vendor);
  }

  /**
   * Stores an end, however long the database cannot be reached: until then the key is in progress.
   *
   * @returns false if another request has claimed the change since
   */
  async storeEnd(claimed: Claimed, end: StoredEnd, finished: AuditEvent | null): Promise<boolean> {
    for (let attempt = 1; !this.#isClosed; attempt += 1) {
      try {
        return await this.#ledger.recordEnd(claimed, end, finished);
      } catch (error) {
        if (attempt === 1) this.#log.error({ err: error }, 'failed to store the end of a change');
        await sleep(retryMs, undefined, { ref: false });
      }
    }
    return true;
  }

  /** Stores no end any more. */
  close(): void {
    this.#isClosed = true;
  }

  async #release(claim: Claim): Promise<void> {
    if (!('claimed' in claim)) return;
    const outcome = claim.kind === 'begin' ? 'NOT_APPLIED' : 'UNKNOWN';
    await this.storeEnd(claim.claimed, { outcome, confirmedBy: null, result: null }, null);
  }

  #logUnreachable(error: unknown): void {
    this.#log.error({ err: error }, 'database cannot be reached; changes with a key are rejected');
    this.#onFailure(error);
  }
}

function createUnreachableError(vendor: MembershipVendor): MembershipError {
  return new VendorUnavailableError({
    vendor,
    outcome: 'NOT_APPLIED',
    message:
      "Nothing was sent: the gateway's database cannot be reached. Send the mutation again later.",
    reason: 'NOT_STARTED',
    isRepeatable: true,
  });
}
