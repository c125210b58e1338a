import { closeSync, open, openSync, write, writeSync } from 'node:fs';
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
const openFile = promisify(open);

/**
 * The record of changes for whoever must answer for them: one line of JSON before the first byte of a
 * change goes to the vendor, and one before its answer goes out. A `started` without a `finished`
 * means that it is not known what became of the change.
 */
export class Audit {
  readonly #file: string;
  readonly #log: Log;
  #descriptor: number;
  #isWritable = true;

  /**
   * @param file to which lines are appended, `-` for standard output
   * @throws {Error} where it cannot be opened
   */
  constructor(file: string, log: Log) {
    this.#file = file;
    this.#log = log;
    try {
      this.#descriptor = file === '-' ? 1 : openSync(file, 'a', 0o600);
      // Said at the start, so that a file that takes nothing is not found out by the first change.
      writeSync(this.#descriptor, line({ event: 'opened' }));
    } catch (error) {
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
    return this.#append({ event: 'recovered' });
  }

  /** Closes the file; nothing is recorded any more. */
  close(): void {
    if (this.#file === '-' || !this.#isWritable) return;
    this.#isWritable = false;
    closeSync(this.#descriptor);
  }

  async #append(entry: object): Promise<boolean> {
    try {
      if (!this.#isWritable && this.#file !== '-') {
        this.#descriptor = await openFile(this.#file, 'a', 0o600);
      }
      const text = Buffer.from(line(entry));
      const { bytesWritten } = await writeTo(this.#descriptor, text);
      if (bytesWritten < text.length) throw new Error(`only ${bytesWritten} bytes were written`);
      this.#isWritable = true;
    } catch (error) {
      this.#isWritable = false;
      this.#log.error({ err: error, entry }, 'the audit record could not be written');
    }
    return this.#isWritable;
  }
}

function line(entry: object): string {
  return `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`;
}
