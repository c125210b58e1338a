import type { Log } from '../telemetry/log.ts';
import { AuditFile } from './audit-file.ts';
import { waitWithin } from './within.ts';

/** How long a write may take before the file counts as not writable, in ms. */
export const stalledAfterMs = 1_000;

/** How often the open file is compared with its name, in ms. */
const lookMs = 500;

/** How long a process that ends waits for lines to be written, in ms. */
const closingMs = 500;

/** Whether a line was written; `late` if that was not known in time. */
export type WriteResult = 'written' | 'failed' | 'late';

/** A line that has not been written. */
export interface AuditLine {
  readonly what: object;
  settle: (written: WriteResult) => void;
}

/**
 * Appends lines to a file in the background. Those that come during a write are written together. Opens the file again
 * under its name after a failure, and if it was moved or deleted.
 */
export class AuditWriter {
  readonly #path: string;
  readonly #log: Log;
  readonly #looking: NodeJS.Timeout;
  /** Null after a failure, and at the end. */
  #file: AuditFile | null;
  #isWritable = true;
  #waiting: AuditLine[] = [];
  /** Lines on their way to the disk. */
  #sent: readonly AuditLine[] = [];
  #writing: Promise<void> | null = null;
  #mustReopen = false;
  #isLooking = false;
  #isClosed = false;
  #isAbandoned = false;

  /** @throws {Error} if the file cannot be opened, or takes no line */
  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
    this.#file = AuditFile.openSync(path);
    try {
      // Written at the start, so that a full disk is not found out by the first change.
      this.#file.writeSync(toLine({ event: 'opened' }));
    } catch (error) {
      void this.#release();
      throw error;
    }
    this.#looking = setInterval(() => void this.#look(), lookMs).unref();
  }

  /** Whether the last line was written, and none has been on its way for a second. */
  get isWritable(): boolean {
    return this.#isWritable;
  }

  /** Whether lines are on their way. */
  get isWriting(): boolean {
    return this.#writing !== null;
  }

  /**
   * Appends a line.
   *
   * @param mostWaitMs how long to wait until it is written, in ms; null for as long as it takes
   * @param onLate called if it was not written in time
   */
  append(
    what: object,
    mostWaitMs: number | null,
    onLate: (entry: AuditLine) => void = () => {},
  ): Promise<WriteResult> {
    if (this.#isClosed) return Promise.resolve('failed');
    return new Promise((resolve) => {
      const settle = (written: WriteResult) => {
        clearTimeout(timer);
        resolve(written);
      };
      const entry: AuditLine = { what, settle };
      const giveUp = () => {
        settle('late');
        onLate(entry);
      };
      const timer = mostWaitMs === null ? undefined : setTimeout(giveUp, Math.max(0, mostWaitMs));
      this.#waiting.push(entry);
      this.#writing ??= this.#write();
    });
  }

  /** Takes a line back. Returns false if it is on its way to the disk. */
  withdraw(entry: AuditLine): boolean {
    const index = this.#waiting.indexOf(entry);
    if (index !== -1) this.#waiting.splice(index, 1);
    return index !== -1;
  }

  /** Opens the file under its name again, before the next line. Creates it if it was moved or deleted. */
  async reopen(): Promise<void> {
    this.#mustReopen = true;
    const written = await this.append({ event: 'reopened' }, null);
    if (written === 'written') this.#log.info('audit log opened again');
  }

  /** Logs lines that are missing in the file, or may be, for whoever must complete it. */
  noteMissing(error: unknown, missing: readonly Pick<AuditLine, 'what'>[]): void {
    const entries = missing.map(({ what }) => what);
    this.#log.error({ err: error, entries }, 'failed to write to the audit log');
  }

  /** Closes the file once the lines that wait are written, or after half a second. Nothing is appended after it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#looking);
    if (this.#writing !== null) await waitWithin(closingMs, this.#writing);
    this.#isAbandoned = true;
    this.#file?.abandon();
    const left = [...this.#sent, ...this.#waiting.splice(0)];
    if (left.length > 0) this.noteMissing(new Error('the process ended before the write'), left);
    else await this.#release();
  }

  /** Writes one batch at a time, so that a file is never closed under a line that is on its way. */
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

  async #writeAll(entries: readonly AuditLine[]): Promise<WriteResult> {
    const stall = setTimeout(() => this.#noteStall(), stalledAfterMs).unref();
    try {
      if (this.#mustReopen) await this.#release();
      this.#mustReopen = false;
      this.#file ??= await AuditFile.open(this.#path);
      await this.#file.write(entries.map(({ what }) => toLine(what)).join(''));
      if (!this.#isWritable) this.#log.info('audit log is writable again');
      this.#isWritable = true;
      return 'written';
    } catch (error) {
      this.#isWritable = false;
      if (!this.#isAbandoned) this.noteMissing(error, entries);
      await this.#release();
      return 'failed';
    } finally {
      clearTimeout(stall);
    }
  }

  #noteStall(): void {
    this.#isWritable = false;
    this.#log.error('audit log stalled; no change is made until it can be written');
  }

  /** Notices that the file has lost its name, so that no line goes where nobody looks for it. */
  async #look(): Promise<void> {
    const file = this.#file;
    const isStalled = this.isWriting && !this.#isWritable;
    // Behind a write that hangs, this would hang, too.
    if (file === null || this.#isLooking || isStalled) return;
    this.#isLooking = true;
    const place = await file.look();
    this.#isLooking = false;
    if (place === 'in place' || file !== this.#file || this.#isClosed) return;
    this.#log.warn({ place }, 'audit log lost its name; opening it again');
    await this.reopen();
  }

  async #release(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }
}

function toLine(entry: object): string {
  return `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`;
}
