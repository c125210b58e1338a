import { type AuditLog, type FinishAudit, toFinished } from '../../changes/audit-log.ts';
import type { KeyedSending, RecordIntent } from '../../changes/keyed-changes.ts';
import type { TimeBudget } from '../../changes/time-budget.ts';
import { intentMs } from '../../changes/timed-ledger.ts';
import type { AuditedChange, AuditedEnd } from '../../state/audit-events.ts';
import { createNotRecordedError, type VendorName } from './gateway-errors.ts';

/** What is recorded of one change: before it is sent, and at its end. */
export interface ChangeRecord {
  /**
   * Records its start before it takes a slot and a place; returns false if it must not be sent. Null if the start is recorded
   * with the intent, or not at all.
   */
  readonly start: (() => Promise<boolean>) | null;
  /** Records it just before it is first sent; null if nothing is recorded then. */
  readonly recordIntent: RecordIntent | null;
  /**
   * Records its end, if its start was recorded.
   *
   * @param maxWaitMs how long its result may wait for that, in ms
   */
  finish(end: AuditedEnd, maxWaitMs: number): Promise<void> | undefined;
}

/** The parts that a record is made from. */
export interface ChangeRecordParts {
  /** Null if there is no audit log. */
  readonly audit: AuditLog | null;
  /** Null if the change has no idempotency key. */
  readonly sending: KeyedSending | null;
  readonly change: AuditedChange;
  readonly vendor: VendorName;
  readonly budget: TimeBudget;
}

/**
 * Creates the record of a change. Its intent is that of the ledger if it has an idempotency key, and otherwise that of an
 * audit log in the database.
 */
export function createChangeRecord(parts: ChangeRecordParts): ChangeRecord {
  const { audit, sending } = parts;
  if (audit === null || audit.database === null) return createFileRecord(parts);
  return sending === null
    ? createDatabaseRecord(audit, parts)
    : createLedgerRecord(sending, parts.change);
}

/** With an audit log in a file, or none. */
function createFileRecord({ audit, sending, change, budget }: ChangeRecordParts): ChangeRecord {
  let finish: FinishAudit | null = null;
  const start = async () => {
    finish = (await audit?.start(change, budget.spareMs)) ?? null;
    return finish !== null;
  };
  return {
    start: audit === null ? null : start,
    recordIntent: sending === null ? null : () => sending.recordIntent(null),
    finish: (end, maxWaitMs) => finish?.(end, maxWaitMs),
  };
}

/** With an audit log in the database, and no idempotency key. */
function createDatabaseRecord(
  audit: AuditLog,
  { change, vendor, budget }: ChangeRecordParts,
): ChangeRecord {
  let finish: FinishAudit | null = null;
  return {
    start: null,
    recordIntent: async () => {
      finish = await audit.start(change, Math.min(intentMs, budget.spareMs));
      return finish === null ? createNotRecordedError(vendor) : null;
    },
    finish: (end, maxWaitMs) => finish?.(end, maxWaitMs),
  };
}

/** With both in the database: the events are written in the transactions of the ledger, which stores the end anyway. */
function createLedgerRecord(sending: KeyedSending, change: AuditedChange): ChangeRecord {
  const began = performance.now();
  // An earlier request may have sent it, and started it in the audit log.
  let isStarted = sending.again !== null;
  return {
    start: null,
    recordIntent: () => {
      isStarted = true;
      return sending.recordIntent({ event: 'started', ...change });
    },
    finish: (end) => {
      if (isStarted) sending.recordWithEnd(toFinished(change, end, performance.now() - began));
      return undefined;
    },
  };
}
