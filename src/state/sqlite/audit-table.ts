import { hostname } from 'node:os';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AuditEvent, StoredAuditEvent } from '../audit-events.ts';

/** The most events that one statement deletes: changes wait for the thread meanwhile. */
const batch = 500;

const dayMs = 86_400_000;

/** The audit log in the embedded database. There is one writer, so that events are committed in the order of their ids. */
export class AuditTable {
  readonly #replica = hostname();
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('insert into audit_event (time, body) values (?, ?)');
    this.#select = database.prepare(
      'select id, time, body from audit_event where id > ? order by id limit ?',
    );
    this.#delete = database.prepare(
      `delete from audit_event where id in (select id from audit_event where time < ? limit ${batch})`,
    );
  }

  append(event: AuditEvent): void {
    const { event: name, ...rest } = event;
    this.#insert.run(Date.now(), JSON.stringify({ event: name, replica: this.#replica, ...rest }));
  }

  /** @param after the id that the events follow */
  read(after: number, limit: number): readonly StoredAuditEvent[] {
    return this.#select.all(after, limit).map(({ id, time, body }) => ({
      time: new Date(Number(time)).toISOString(),
      ...JSON.parse(String(body)),
      cursor: String(id),
    }));
  }

  /** Deletes a batch of the events that are older than that many days. Returns whether more may be left. */
  deleteOld(days: number): boolean {
    return this.#delete.run(Date.now() - days * dayMs).changes === batch;
  }
}
