import {
  type AuditEvent,
  type AuditEvents,
  InvalidCursorError,
  type StoredAuditEvent,
} from '../audit-events.ts';
import type { CallMethod } from './messages.ts';

/** The id of an event. */
const cursorPattern = /^\d{1,15}$/;

/** The audit log in the embedded database. */
export class SqliteAuditEvents implements AuditEvents {
  readonly isShared = false;
  readonly #call: CallMethod;

  constructor(call: CallMethod) {
    this.#call = call;
  }

  open(): Promise<void> {
    return this.append({ event: 'opened' });
  }

  append(event: AuditEvent): Promise<void> {
    return this.#call('appendEvent', [event]);
  }

  async read(after: string | null, limit: number): Promise<readonly StoredAuditEvent[]> {
    // Checked here: an error in the thread would roll back the calls of others.
    if (!cursorPattern.test(after ?? '0')) throw new InvalidCursorError();
    return this.#call('readEvents', [Number(after ?? 0), limit]);
  }

  async deleteOld(days: number): Promise<void> {
    while (await this.#call('deleteEvents', [days]));
  }
}
