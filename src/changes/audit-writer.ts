import type { AuditEvent } from '../state/audit-events.ts';
import type { Log } from '../telemetry/log.ts';
import { AuditFile } from './audit-file.ts';
import { auditClosingMs, logMissingEvents, stalledAfterMs } from './audit-log.ts';
import { waitWithin } from './within.ts';

/** The interval at which the open file is compared with its path, in ms. */
const checkMs = 500;

/** The result of a write; `late` if it was not known in time. */
export type WriteResult = 'written' | 'failed' | 'late';

/** A line that has not been written. */
export interface AuditLine {
  readonly entry: AuditEvent;
  settle: (written: WriteResult) => void;
}

/**
 * Appends lines to a file in the background. Lines that are added during a write are written together. Reopens the file at
 * its path after a failure, and if it was moved or deleted.
 */
export class AuditWriter {
  readonly #path: string;
  readonly #log: Log;
  readonly #checking: NodeJS.Timeout;
  /** Null after a failure, and once it is closed. */
  #file: AuditFile | null;
  #isWritable = true;
  #waiting: AuditLine[] = [];
  /** Lines that are being written. */
  #sent: readonly AuditLine[] = [];
  #writing: Promise<void> | null = null;
  #mustReopen = false;
  #isChecking = false;
  #isClosed = false;
  #isAbandoned = false;

  /** @throws {Error} if the file cannot be opened or written */
  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
    this.#file = AuditFile.openSync(path);
    try {
      // Write a line at the start, so that a full disk is detected before the first change.
      this.#file.writeSync(toLine({ event: 'opened' }));
    } catch (error) {
      void this.#release();
      throw error;
    }
    this.#checking = setInterval(() => void this.#checkLocation(), checkMs).unref();
  }

  /** Whether the last line was written, and no write has taken more than a second. */
  get isWritable(): boolean {
    return this.#isWritable;
  }

  /** Whether lines are being written. */
  get isWriting(): boolean {
    return this.#writing !== null;
  }

  /**
   * Appends a line.
   *
   * @param entry the event that the line contains as JSON
   * @param maxWaitMs how long to wait until it is written, in ms; null for as long as it takes
   * @param onLate called if it was not written in time
   */
  append(
    entry: AuditEvent,
    maxWaitMs: number | null,
    onLate: (line: AuditLine) => void = () => {},
  ): Promise<WriteResult> {
    if (this.#isClosed) return Promise.resolve('failed');
    return new Promise((resolve) => {
      const settle = (written: WriteResult) => {
        clearTimeout(timer);
        resolve(written);
      };
      const line: AuditLine = { entry, settle };
      const giveUp = () => {
        settle('late');
        onLate(line);
      };
      const timer = maxWaitMs === null ? undefined : setTimeout(giveUp, Math.max(0, maxWaitMs));
      this.#waiting.push(line);
      this.#writing ??= this.#write();
    });
  }

  /** Removes a pending line. Returns false if it is being written. */
  withdraw(line: AuditLine): boolean {
    const index = this.#waiting.indexOf(line);
    if (index !== -1) this.#waiting.splice(index, 1);
    return index !== -1;
  }

  /** Reopens the file at its path before the next line. Creates it if it was moved or deleted. */
  async reopen(): Promise<void> {
    this.#mustReopen = true;
    const written = await this.append({ event: 'reopened' }, null);
    if (written === 'written') this.#log.info('audit log reopened');
  }

  /** Logs lines that are missing in the file, or may be, so that an operator can add them. */
  logMissing(error: unknown, missing: readonly Pick<AuditLine, 'entry'>[]): void {
    logMissingEvents(
      this.#log,
      error,
      missing.map(({ entry }) => entry),
    );
  }

  /** Closes the file once all pending lines are written, or after half a second. Nothing is appended afterwards. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#checking);
    if (this.#writing !== null) await waitWithin(auditClosingMs, this.#writing);
    this.#isAbandoned = true;
    this.#file?.abandon();
    const left = [...this.#sent, ...this.#waiting.splice(0)];
    if (left.length > 0) this.logMissing(new Error('the process ended before the write'), left);
    else await this.#release();
  }

  /** Writes one batch at a time, so that a file is never closed during a write. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      this.#sent = this.#waiting;
      this.#waiting = [];
      const written = await this.#writeAll(this.#sent);
      for (const { settle } of this.#sent) settle(written);
      this.#sent = [];
    }
    this.#writing = null;
  }

  async #writeAll(lines: readonly AuditLine[]): Promise<WriteResult> {
    const stall = setTimeout(() => this.#noteStall(), stalledAfterMs).unref();
    try {
      if (this.#mustReopen) await this.#release();
      this.#mustReopen = false;
      this.#file ??= await AuditFile.open(this.#path);
      await this.#file.write(lines.map(({ entry }) => toLine(entry)).join(''));
      if (!this.#isWritable) this.#log.info('audit log is writable again');
      this.#isWritable = true;
      return 'written';
    } catch (error) {
      this.#isWritable = false;
      if (!this.#isAbandoned) this.logMissing(error, lines);
      await this.#release();
      return 'failed';
    } finally {
      clearTimeout(stall);
    }
  }

  #noteStall(): void {
    this.#isWritable = false;
    this.#log.error('audit log stalled; changes are rejected until it can be written');
  }

  /** Reopens the file if it was moved or deleted, so that no line is written to the old one. */
  async #checkLocation(): Promise<void> {
    const file = this.#file;
    const isStalled = this.isWriting && !this.#isWritable;
    // After a stalled write this would stall, too.
    if (file === null || this.#isChecking || isStalled) return;
    this.#isChecking = true;
    const place = await file.locate();
    this.#isChecking = false;
    if (place === 'in place' || file !== this.#file || this.#isClosed) return;
    this.#log.warn({ place }, 'audit log file moved or deleted; reopening');
    await this.reopen();
  }

  async #release(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }
}

function toLine(entry: AuditEvent): string {
  return `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`;
}
