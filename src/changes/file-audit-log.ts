import type { AuditEvent, AuditedChange } from '../state/audit-events.ts';
import type { Log } from '../telemetry/log.ts';
import {
  type AuditLog,
  type FinishAudit,
  neverSent,
  stalledAfterMs,
  toFinished,
} from './audit-log.ts';
import { AuditWriter } from './audit-writer.ts';

/** The audit log in a file: a line of JSON for each event. A stalled disk delays only changes, each within its own time. */
export class FileAuditLog implements AuditLog {
  readonly database = null;
  readonly reopen: (() => Promise<void>) | null;
  readonly #writer: AuditWriter;
  #recovering: Promise<boolean> | null = null;

  /**
   * @param path the file that lines are appended to, `-` for standard output
   * @throws {Error} if it cannot be opened or written
   */
  constructor(path: string, log: Log) {
    this.reopen = path === '-' ? null : () => this.#writer.reopen();
    try {
      this.#writer = new AuditWriter(path, log);
    } catch (error) {
      throw new Error(
        `AUDIT_LOG: ${(error as Error).message}. Set it to a file that can be written, or to - for standard output.`,
      );
    }
  }

  async start(change: AuditedChange, maxWaitMs: number): Promise<FinishAudit | null> {
    const began = performance.now();
    const finish: FinishAudit = (end, waitMs) =>
      this.#finish(toFinished(change, end, performance.now() - began), waitMs);
    const started: AuditEvent = { event: 'started', ...change };
    const written = await this.#writer.append(started, maxWaitMs, (line) => {
      if (this.#writer.withdraw(line)) return;
      // The line may still reach the disk; without an end it would mean that the outcome of the change is unknown.
      line.settle = (late) => {
        if (late === 'written') void finish(neverSent, 0);
      };
    });
    return written === 'written' ? finish : null;
  }

  get wasWritable(): boolean {
    return this.#writer.isWritable;
  }

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

  close(): Promise<void> {
    return this.#writer.close();
  }

  async #recover(): Promise<boolean> {
    const written = await this.#writer.append({ event: 'recovered' }, stalledAfterMs, (line) =>
      this.#writer.withdraw(line),
    );
    return written === 'written';
  }

  async #finish(entry: AuditEvent, maxWaitMs: number): Promise<void> {
    const written = await this.#writer.append(entry, Math.max(stalledAfterMs, maxWaitMs));
    // It is written once the disk responds again, unless the process ends before.
    if (written === 'late') {
      this.#writer.logMissing(new Error('the write timed out'), [{ entry }]);
    }
  }
}
