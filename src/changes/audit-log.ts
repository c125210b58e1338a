import type { ChangeConfirmation, ChangeOutcome, MembershipVendor } from '../errors.ts';
import type { Log } from '../telemetry/log.ts';
import { AuditWriter, stalledAfterMs } from './audit-writer.ts';

/** A change that is about to be sent. */
export interface AuditedChange {
  readonly requestId: string;
  /** The name of the caller; null if the caller has none. */
  readonly caller: string | null;
  readonly vendor: MembershipVendor;
  readonly mutation: string;
  /** The ids of its input in their normal form. */
  readonly ids: Readonly<Record<string, string>>;
}

/** The end of a change. */
export interface AuditedEnd {
  readonly outcome: ChangeOutcome;
  readonly confirmedBy: ChangeConfirmation | null;
  /** The name of the error's type; null for a success. */
  readonly error: string | null;
  /** The status of the vendor's last response to the change; null if there was none. */
  readonly vendorStatus: number | null;
  readonly vendorRequestId: string | null;
}

/**
 * Records the end of a change.
 *
 * @param maxWaitMs how long the result of the change may wait for the disk, in ms; at least a second
 */
export type FinishAudit = (end: AuditedEnd, maxWaitMs: number) => Promise<void>;

/** The end of a change that was abandoned before its start was written. */
const neverSent: AuditedEnd = {
  outcome: 'NOT_APPLIED',
  confirmedBy: null,
  error: 'VendorUnavailableError',
  vendorStatus: null,
  vendorRequestId: null,
};

/**
 * The audit log: one line of JSON before a change is sent, and one before its result is returned. A `started` without a
 * `finished` means that the outcome of the change is unknown. A line counts as written once it is on the disk. A stalled
 * disk delays only changes, each within its own time.
 */
export class AuditLog {
  readonly #writer: AuditWriter;
  /** Whether it is a file, which can be reopened. */
  readonly isFile: boolean;
  #recovering: Promise<boolean> | null = null;

  /**
   * @param path the file that lines are appended to, `-` for standard output
   * @throws {Error} if it cannot be opened or written
   */
  constructor(path: string, log: Log) {
    this.isFile = path !== '-';
    try {
      this.#writer = new AuditWriter(path, log);
    } catch (error) {
      throw new Error(
        `AUDIT_LOG: ${(error as Error).message}. Set it to a file that can be written, or to - for standard output.`,
      );
    }
  }

  /**
   * Records that a change is about to be sent.
   *
   * @param maxWaitMs how long the change may wait for the disk, in ms
   * @returns a function that records its end; null if it was not written in time, and then the change must not be sent
   */
  async start(change: AuditedChange, maxWaitMs: number): Promise<FinishAudit | null> {
    const began = performance.now();
    const finish = (end: AuditedEnd, waitMs: number) => {
      const durationMs = Math.round(performance.now() - began);
      return this.#finish({ event: 'finished', ...change, ...end, durationMs }, waitMs);
    };
    const started = { event: 'started', ...change };
    const written = await this.#writer.append(started, maxWaitMs, (line) => {
      if (this.#writer.withdraw(line)) return;
      // The line may still reach the disk; without an end it would mean that the outcome of the change is unknown.
      line.settle = (late) => {
        if (late === 'written') void finish(neverSent, 0);
      };
    });
    return written === 'written' ? finish : null;
  }

  /** Whether the last line was written, and no write has taken more than a second. Does not try to write. */
  get wasWritable(): boolean {
    return this.#writer.isWritable;
  }

  /** Returns whether lines can be written. After a failure it tries to write one, so that it recovers without a change. */
  async isWritable(): Promise<boolean> {
    if (this.#writer.isWritable) return true;
    if (this.#recovering !== null) return this.#recovering;
    // The end of the stalled write shows when the file can be written again.
    if (this.#writer.isWriting) return false;
    this.#recovering = this.#recover();
    const hasRecovered = await this.#recovering;
    this.#recovering = null;
    return hasRecovered;
  }

  /** Reopens the file at its path before the next line. Creates it if it was moved or deleted. */
  reopen(): Promise<void> {
    return this.#writer.reopen();
  }

  /** Closes the file once all pending lines are written, or after half a second. Nothing is recorded afterwards. */
  close(): Promise<void> {
    return this.#writer.close();
  }

  async #recover(): Promise<boolean> {
    const written = await this.#writer.append({ event: 'recovered' }, stalledAfterMs, (line) =>
      this.#writer.withdraw(line),
    );
    return written === 'written';
  }

  async #finish(entry: object, maxWaitMs: number): Promise<void> {
    const written = await this.#writer.append(entry, Math.max(stalledAfterMs, maxWaitMs));
    // It is written once the disk responds again, unless the process ends before.
    if (written === 'late') {
      this.#writer.logMissing(new Error('the write timed out'), [{ entry }]);
    }
  }
}
