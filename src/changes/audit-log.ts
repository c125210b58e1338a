import type { AuditEvent, AuditEvents, AuditedChange, AuditedEnd } from '../state/audit-events.ts';
import type { Log } from '../telemetry/log.ts';

/**
 * Records the end of a change.
 *
 * @param maxWaitMs how long the result of the change may wait until it is on the disk, in ms; at least a second
 */
export type FinishAudit = (end: AuditedEnd, maxWaitMs: number) => Promise<void>;

/**
 * The audit log: one event before a change is sent, and one before its result is returned. A `started` without a `finished`
 * means that the outcome of the change is unknown. An event counts as written once it is on the disk.
 */
export interface AuditLog {
  /**
   * The database that it is in: the start of a change is written with its intent, just before it is sent. Null for a file: the
   * start is written before the change takes a slot of the rate limit and a place in the bulkhead, since a stalled disk must not
   * withhold those from other calls.
   */
  readonly database: AuditDatabase | null;
  /** Whether the last event was written, and no write has taken more than a second. Does not try to write. */
  readonly wasWritable: boolean;
  /** Reopens the file at its path before the next line; null if it is no file that can be reopened. */
  readonly reopen: (() => Promise<void>) | null;
  /**
   * Records that a change is about to be sent.
   *
   * @param maxWaitMs how long the change may wait until it is on the disk, in ms
   * @returns a function that records its end; null if it was not written in time, and then the change must not be sent
   */
  start(change: AuditedChange, maxWaitMs: number): Promise<FinishAudit | null>;
  /** Returns whether events can be written. After a failure it tries to write one, so that it recovers without a change. */
  isWritable(): Promise<boolean>;
  /** Waits for pending events, for at most half a second. Nothing is recorded afterwards. */
  close(): Promise<void>;
}

/** The duration of a write after which the audit log counts as not writable, in ms. */
export const stalledAfterMs = 1_000;

/** The database of an audit log. */
export interface AuditDatabase {
  readonly events: AuditEvents;
  /** Notes that the database failed when the ledger used it. */
  noteFailure(error: unknown): void;
}

/** How long a process that shuts down waits for pending events, in ms. */
export const auditClosingMs = 500;

/** The end of a change that was abandoned before its start was written. */
export const neverSent: AuditedEnd = {
  outcome: 'NOT_APPLIED',
  confirmedBy: null,
  error: 'VendorUnavailableError',
  vendorStatus: null,
  vendorRequestId: null,
};

/** Returns the event for the end of a change. */
export function toFinished(change: AuditedChange, end: AuditedEnd, durationMs: number): AuditEvent {
  return { event: 'finished', ...change, ...end, durationMs: Math.round(durationMs) };
}

/** Logs events that are missing in the audit log, or may be, so that an operator can add them. */
export function logMissingEvents(log: Log, error: unknown, entries: readonly object[]): void {
  log.error({ err: error, entries }, 'failed to write to the audit log');
}
