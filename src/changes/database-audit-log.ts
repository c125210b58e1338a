import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEvent, AuditEvents, AuditedChange } from '../state/audit-events.ts';
import type { Log } from '../telemetry/log.ts';
import {
  type AuditDatabase,
  type AuditLog,
  auditClosingMs,
  type FinishAudit,
  logMissingEvents,
  neverSent,
  stalledAfterMs,
  toFinished,
} from './audit-log.ts';
import { waitWithin } from './within.ts';

/** How often an end that could not be written is tried again, in ms. */
const retryMs = 200;

/**
 * The audit log in the database, for changes without an idempotency key: those with one have their events written in the
 * transactions of the ledger. An end is tried again until it is written, so that an outage of the database leaves no change
 * unknown that has ended. If the result of a write is lost with the connection, its event may be there twice.
 */
export class DatabaseAuditLog implements AuditLog {
  readonly database: AuditDatabase;
  readonly reopen = null;
  readonly #events: AuditEvents;
  readonly #log: Log;
  /** The ends that are not written yet. */
  readonly #pending = new Map<AuditEvent, Promise<void>>();
  #wasWritable = true;
  #recovering: Promise<boolean> | null = null;
  #isClosed = false;

  constructor(events: AuditEvents, log: Log) {
    this.#events = events;
    this.database = { events, noteFailure: (error) => this.#noteFailure(error) };
    this.#log = log;
  }

  get wasWritable(): boolean {
    return this.#wasWritable;
  }

  async start(change: AuditedChange, maxWaitMs: number): Promise<FinishAudit | null> {
    const began = performance.now();
    // During an outage one write tries for all changes, and none of them has an end to be written afterwards.
    if (!this.#wasWritable) await waitWithin(Math.max(0, maxWaitMs), this.isWritable());
    if (!this.#wasWritable || this.#isClosed) return null;
    const finish: FinishAudit = (end, waitMs) =>
      this.#finish(toFinished(change, end, performance.now() - began), waitMs);
    const started: AuditEvent = { event: 'started', ...change };
    const writing = this.#append(started);
    const leftMs = began + maxWaitMs - performance.now();
    const isInTime = await waitWithin(Math.max(0, leftMs), writing);
    const error = isInTime ? await writing : new Error('the write timed out');
    if (error === null) return finish;
    logMissingEvents(this.#log, error, [started]);
    // It may be in the database all the same; without an end it would mean that the outcome of the change is unknown.
    void writing.then(() => finish(neverSent, 0));
    return null;
  }

  async isWritable(): Promise<boolean> {
    if (this.#wasWritable) return true;
    this.#recovering ??= this.#recover();
    return this.#recovering;
  }

  async close(): Promise<void> {
    await waitWithin(auditClosingMs, Promise.all(this.#pending.values()));
    this.#isClosed = true;
    const left = [...this.#pending.keys()];
    if (left.length > 0) {
      logMissingEvents(this.#log, new Error('the process ended before the write'), left);
    }
  }

  async #recover(): Promise<boolean> {
    const appending = this.#append({ event: 'recovered' }).finally(() => {
      this.#recovering = null;
    });
    await waitWithin(stalledAfterMs, appending);
    return this.#wasWritable;
  }

  async #finish(event: AuditEvent, maxWaitMs: number): Promise<void> {
    if (this.#isClosed) {
      logMissingEvents(this.#log, new Error('the process ended before the write'), [event]);
      return;
    }
    const writing = this.#appendUntilWritten(event).finally(() => this.#pending.delete(event));
    this.#pending.set(event, writing);
    if (await waitWithin(Math.max(stalledAfterMs, maxWaitMs), writing)) return;
    // It is written once the database can be reached again, unless the process ends before.
    logMissingEvents(this.#log, new Error('the write timed out'), [event]);
  }

  async #appendUntilWritten(event: AuditEvent): Promise<void> {
    while (!this.#isClosed && (await this.#append(event)) !== null) {
      await sleep(retryMs, undefined, { ref: false });
    }
  }

  /** Appends an event. Returns the error if it could not be written, or if it is unknown whether it was. */
  async #append(event: AuditEvent): Promise<Error | null> {
    const noteStall = () => this.#noteFailure(new Error('a write has taken more than a second'));
    const stall = setTimeout(noteStall, stalledAfterMs).unref();
    try {
      await this.#events.append(event);
      if (!this.#wasWritable) this.#log.info('audit log is writable again');
      this.#wasWritable = true;
      return null;
    } catch (error) {
      this.#noteFailure(error);
      return error as Error;
    } finally {
      clearTimeout(stall);
    }
  }

  #noteFailure(error: unknown): void {
    if (!this.#wasWritable) return;
    this.#wasWritable = false;
    this.#log.error(
      { err: error },
      'audit log stalled; changes are rejected until it can be written',
    );
    this.#recoverLater();
  }

  /** Tries every second to write an event, so that it recovers without a change and without a probe. */
  #recoverLater(): void {
    const recover = async () => {
      if (!this.#isClosed && !(await this.isWritable())) this.#recoverLater();
    };
    setTimeout(() => void recover(), stalledAfterMs).unref();
  }
}
