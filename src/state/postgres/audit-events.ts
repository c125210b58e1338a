import { hostname } from 'node:os';
import {
  type AuditEvent,
  type AuditEvents,
  InvalidCursorError,
  type StoredAuditEvent,
} from '../audit-events.ts';
import * as sql from './audit-statements.ts';
import type { PostgresDatabase } from './database.ts';

/** The parts of a cursor: epoch, transaction and id. */
const cursorPattern = /^(\d{1,9})-(\d{1,20})-(\d{1,18})$/;

/** The largest transaction id, which has 64 bits without a sign. */
const maxTransaction = 2n ** 64n - 1n;

/** An event as the database returns it. */
interface EventRow {
  readonly time: Date;
  readonly replica: string;
  readonly cursor: string;
  readonly event: AuditEvent['event'];
  readonly [Member: string]: unknown;
}

/** Events that are written together, and the promise of their write. */
interface Batch {
  readonly events: string[];
  readonly written: Promise<unknown>;
}

/**
 * The audit log in a database that replicas share. Transactions commit in another order than they take ids in, so that an event
 * could be committed before one that was read already. Events are therefore read in the order of their transactions, and only
 * those that are older than every transaction still in progress.
 */
export class PostgresAuditEvents implements AuditEvents {
  readonly isShared = true;
  readonly #database: PostgresDatabase;
  /** Pending until the last batch was written. */
  #writing: Promise<unknown> = Promise.resolve();
  /** The events that wait for it. */
  #next: Batch | null = null;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async open(): Promise<void> {
    await this.#database.query(sql.beginEpoch);
    await this.append({ event: 'opened' });
  }

  /** Appends an event. Those that arrive during a write are written together in the next one. */
  async append(event: AuditEvent): Promise<void> {
    this.#next ??= this.#openBatch();
    this.#next.events.push(toEventText(event));
    await this.#next.written;
  }

  async read(after: string | null, limit: number): Promise<readonly StoredAuditEvent[]> {
    const [, epoch, transaction, id] = cursorPattern.exec(after ?? '0-0-0') ?? [];
    if (transaction === undefined || BigInt(transaction) > maxTransaction) {
      throw new InvalidCursorError();
    }
    const values = [epoch, transaction, id, limit];
    return (await this.#database.query<EventRow>(sql.readEvents, values)).map(toStoredEvent);
  }

  async deleteOld(days: number): Promise<void> {
    let deleted = 1;
    while (deleted > 0) {
      const [row] = await this.#database.query<{ deleted: number }>(sql.deleteEvents, [days]);
      deleted = row?.deleted ?? 0;
    }
  }

  #openBatch(): Batch {
    const events: string[] = [];
    const before = this.#writing;
    const write = async () => {
      await before;
      this.#next = null;
      await this.#database.query(sql.appendEvents, [`[${events.join()}]`]);
    };
    const written = write();
    this.#writing = written.catch(() => {});
    return { events, written };
  }
}

/** Returns an event as JSON that PostgreSQL accepts: it rejects NUL and halves of surrogate pairs in texts. */
export function toEventText(event: AuditEvent): string {
  return JSON.stringify({ replica: hostname(), ...event }, (_member, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  );
}

function toStoredEvent({ time, event, replica, cursor, ...members }: EventRow): StoredAuditEvent {
  const kept = sql.listMembers(event).map((name) => [name, members[name]]);
  const stored = { time: time.toISOString(), event, replica, ...Object.fromEntries(kept), cursor };
  return stored as StoredAuditEvent;
}
