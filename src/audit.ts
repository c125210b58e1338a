import { closeSync, fstatSync, openSync, readSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ChangeConfirmation, ChangeOutcome, MembershipVendor } from './errors.ts';
import type { Log } from './log.ts';

/** A change that is about to be sent. */
export interface AuditedChange {
  readonly requestId: string;
  /** Who called the gateway; null where he did not say. */
  readonly caller: string | null;
  readonly vendor: MembershipVendor;
  readonly mutation: string;
  /** The ids that it names, in their normal form. */
  readonly ids: Readonly<Record<string, string>>;
}

/** How a change ended. */
export interface AuditedEnd {
  readonly outcome: ChangeOutcome;
  readonly confirmedBy: ChangeConfirmation | null;
  /** The name of the error's type, null for a success. */
  readonly error: string | null;
  /** The status of the vendor's last answer to the change, null where it gave none. */
  readonly vendorStatus: number | null;
  readonly vendorRequestId: string | null;
}

const writeTo = promisify(write);

/** Lines that wait for their turn. */
interface Entry {
  readonly what: object;
  readonly settle: (isWritten: boolean) => void;
}

/**
 * The record of changes for whoever must answer for them: one line of JSON before the first byte of a
 * change goes to the vendor, and one before its answer goes out. A `started` without a `finished`
 * means that it is not known what became of the change. A line in a file counts as written once it is on
 * the disk; those that come meanwhile are written together.
 */
export class Audit {
  readonly #file: string;
  readonly #log: Log;
  /** Null after a failure, and in the end. */
  #descriptor: number | null;
  #isWritable = true;
  #waiting: Entry[] = [];
  #writing: Promise<void> | null = null;
  #recovering: Promise<boolean> | null = null;
  #isClosed = false;

  /**
   * @param file to which lines are appended, `-` for standard output
   * @throws {Error} where it cannot be opened
   */
  constructor(file: string, log: Log) {
    this.#file = file;
    this.#log = log;
    this.#descriptor = null;
    try {
      this.#descriptor = opened(file);
      // Said at the start, so that a file that takes nothing is not found out by the first change.
      writeSync(this.#descriptor, line({ event: 'opened' }));
    } catch (error) {
      this.#release();
      throw new Error(
        `AUDIT_FILE: ${(error as Error).message}; takes a file that can be written, or -`,
      );
    }
  }

  /**
   * Records that a change is about to be sent.
   *
   * @returns what is to be told the end, null where it could not be written: then nothing may be sent
   */
  async started(change: AuditedChange): Promise<((end: AuditedEnd) => Promise<void>) | null> {
    const began = performance.now();
    const isWritten = await this.#append({ event: 'started', ...change });
    if (!isWritten) return null;
    return async (end) => {
      const durationMs = Math.round(performance.now() - began);
      await this.#append({ event: 'finished', ...change, ...end, durationMs });
    };
  }

  /** Whether the last line was written; tries nothing. */
  get wasWritable(): boolean {
    return this.#isWritable;
  }

  /** Whether lines can be written; after a failure it tries, so that it recovers without a change. */
  async isWritable(): Promise<boolean> {
    if (this.#isWritable) return true;
    this.#recovering ??= this.#append({ event: 'recovered' }).finally(() => {
      this.#recovering = null;
    });
    return this.#recovering;
  }

  /** Closes the file, once what waits is written; nothing is recorded any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    this.#release();
  }

  #append(what: object): Promise<boolean> {
    if (this.#isClosed) return Promise.resolve(false);
    return new Promise((settle) => {
      this.#waiting.push({ what, settle });
      this.#writing ??= this.#write();
    });
  }

  /** One at a time, so that a file is never closed under a line that is on its way. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const entries = this.#waiting;
      this.#waiting = [];
      const isWritten = await this.#writeAll(entries.map(({ what }) => what));
      for (const { settle } of entries) settle(isWritten);
    }
    this.#writing = null;
  }

  async #writeAll(entries: readonly object[]): Promise<boolean> {
    try {
      this.#descriptor ??= opened(this.#file);
      let rest = Buffer.from(entries.map(line).join(''));
      while (rest.length > 0) {
        const { bytesWritten } = await writeTo(this.#descriptor, rest);
        if (bytesWritten === 0) throw new Error('nothing was written');
        rest = rest.subarray(bytesWritten);
      }
      this.#isWritable = true;
    } catch (error) {
      this.#isWritable = false;
      this.#log.error({ err: error, entries }, 'the audit record could not be written');
      this.#release();
    }
    return this.#isWritable;
  }

  #release(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    if (descriptor === null || this.#file === '-') return;
    try {
      closeSync(descriptor);
    } catch {
      // It is closed, then.
    }
  }
}

/** A file to append to, each line on the disk before it counts; a line that was cut before is ended. */
function opened(file: string): number {
  if (file === '-') return 1;
  const descriptor = openSync(file, 'as+', 0o600);
  try {
    if (isCut(descriptor)) writeSync(descriptor, '\n');
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return descriptor;
}

function isCut(descriptor: number): boolean {
  const stat = fstatSync(descriptor);
  if (!stat.isFile() || stat.size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, { position: stat.size - 1 });
  return last.toString() !== '\n';
}

function line(entry: object): string {
  return `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`;
}
