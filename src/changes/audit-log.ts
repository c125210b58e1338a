import type { ChangeConfirmation, ChangeOutcome, MembershipVendor } from '../errors.ts';
import type { Log } from '../telemetry/log.ts';
import { AuditWriter, stalledAfterMs } from './audit-writer.ts';

/** A change that is about to be made. */
export interface AuditedChange {
  readonly requestId: string;
  /** The name of the caller; null if it has none. */
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
  /** The name of the error's type; null for a success. */
  readonly error: string | null;
  /** The status of the vendor's last answer to the change; null if it gave none. */
  readonly vendorStatus: number | null;
  readonly vendorRequestId: string | null;
}

/**
 * Records how a change ended.
 *
 * @param mostWaitMs how long the change's answer may wait for the disk, in ms; a second at least
 */
export type FinishAuditedChange = (end: AuditedEnd, mostWaitMs: number) => Promise<void>;

/** The end of a change that was given up before its start was written. */
const neverSent: AuditedEnd = {
  outcome: 'NOT_APPLIED',
  confirmedBy: null,
  error: 'VendorUnavailableError',
  vendorStatus: null,
  vendorRequestId: null,
};

/**
 * The audit log: one line of JSON before a change is made, and one before its answer is sent. A `started` without a
 * `finished` means that the outcome of the change is not known. A line in a file counts as written once it is on the
 * disk. A disk that stalls delays changes, each within its own time, and nothing else.
 */
export class AuditLog {
  readonly #writer: AuditWriter;
  /** Whether it is a file, which can be opened again. */
  readonly isFile: boolean;
  #recovering: Promise<boolean> | null = null;

  /**
   * @param path the file to which lines are appended, `-` for standard output
   * @throws {Error} if it cannot be opened or written
   */
  constructor(path: string, log: Log) {
    this.isFile = path !== '-';
    try {
      this.#writer = new AuditWriter(path, log);
    } catch (error) {
      throw new Error(`AUDIT_LOG: expected a writable file, or -; ${(error as Error).message}.`);
    }
  }

  /**
   * Records that a change is about to be made.
   *
   * @param mostWaitMs how long the change may wait for the disk, in ms
   * @returns what records its end; null if it was not written in time, and then the change must not be made
   */
  async started(change: AuditedChange, mostWaitMs: number): Promise<FinishAuditedChange | null> {
    const began = performance.now();
    const finish = (end: AuditedEnd, waitMs: number) => {
      const durationMs = Math.round(performance.now() - began);
      return this.#finish({ event: 'finished', ...change, ...end, durationMs }, waitMs);
    };
    const started = { event: 'started', ...change };
    const written = await this.#writer.append(started, mostWaitMs, (entry) => {
      if (this.#writer.withdraw(entry)) return;
      // It is on its way to the disk, and without an end it would count as a change whose outcome is not known.
      entry.settle = (late) => {
        if (late === 'written') void finish(neverSent, 0);
      };
    });
    return written === 'written' ? finish : null;
  }

  /** Whether the last line was written, and none has been on its way for a second. Tries nothing. */
  get wasWritable(): boolean {
    return this.#writer.isWritable;
  }

  /** Returns whether lines can be written. After a failure it tries, so that it recovers without a change. */
  async isWritable(): Promise<boolean> {
    if (this.#writer.isWritable) return true;
    if (this.#recovering !== null) return this.#recovering;
    // The line that hangs shows when the file can be written again.
    if (this.#writer.isWriting) return false;
    this.#recovering = this.#recover();
    const hasRecovered = await this.#recovering;
    this.#recovering = null;
    return hasRecovered;
  }

  /** Opens the file under its name again, before the next line. Creates it if it was moved or deleted. */
  reopen(): Promise<void> {
    return this.#writer.reopen();
  }

  /** Closes the file once the lines that wait are written, or after half a second. Nothing is recorded after it. */
  close(): Promise<void> {
    return this.#writer.close();
  }

  async #recover(): Promise<boolean> {
    const written = await this.#writer.append({ event: 'recovered' }, stalledAfterMs, (entry) =>
      this.#writer.withdraw(entry),
    );
    return written === 'written';
  }

  async #finish(what: object, mostWaitMs: number): Promise<void> {
    const written = await this.#writer.append(what, Math.max(stalledAfterMs, mostWaitMs));
    // It is written once the disk moves again, unless the process ends before.
    if (written === 'late') {
      this.#writer.noteMissing(new Error('the write did not end in time'), [{ what }]);
    }
  }
}
