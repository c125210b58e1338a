import { randomBytes } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { ChangeConfirmation, ChangeOutcome } from '../../errors.ts';
import type { AuditEvent, StoredAuditEvent } from '../audit-events.ts';
import { decideClaim, type StoredChange } from '../decide-claim.ts';
import type { Claim, Claimed, KeyedChange, StoredEnd } from '../ledger.ts';
import { DatabaseHeldError } from '../unavailable.ts';
import { AuditTable } from './audit-table.ts';
import { assertKnownVersion, fileMigrations } from './migrations.ts';

/** The most rows that one statement deletes: requests wait for the thread meanwhile. */
const batch = 500;

interface ChangeRow {
  readonly fingerprint: string;
  readonly state: StoredChange['state'];
  readonly fence: number;
  readonly owner: string;
  readonly sent_at: number | null;
  readonly outcome: ChangeOutcome | null;
  readonly confirmed_by: ChangeConfirmation | null;
  readonly result: string | null;
}

/**
 * The embedded database: one file, one process, synchronous. It belongs in a thread of its own, since each commit waits for
 * the disk (`PRAGMA synchronous`, https://www.sqlite.org/pragma.html).
 */
export class SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #owner: string;
  readonly #find: StatementSync;
  readonly #put: StatementSync;
  readonly #intend: StatementSync;
  readonly #end: StatementSync;
  readonly #deleteEnded: StatementSync;
  readonly #deleteClaimed: StatementSync;
  readonly #audit: AuditTable;

  /**
   * @param owner names this process: whatever another one has left unfinished, it left for good
   * @throws {DatabaseHeldError} if another process has opened the file
   * @throws {Error} if it cannot be opened or written, or is newer than this program
   */
  constructor(path: string, owner: string) {
    this.#owner = owner;
    this.#database = new DatabaseSync(path, { timeout: 0 });
    try {
      this.#open();
    } catch (error) {
      this.#database.close();
      const isHeld = (error as { errcode?: number }).errcode === 5;
      throw isHeld ? new DatabaseHeldError('another process has opened it') : error;
    }
    this.#audit = new AuditTable(this.#database);
    const prepare = (sql: string) => this.#database.prepare(sql);
    this.#find = prepare('select * from change where scope = ? and key = ?');
    this.#put = prepare(
      `insert into change (scope, key, fingerprint, state, fence, owner, claimed_at, sent_at)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict do update set state = excluded.state, fence = excluded.fence, owner = excluded.owner, claimed_at = excluded.claimed_at,
        sent_at = excluded.sent_at, ended_at = null, outcome = null, confirmed_by = null, result = null`,
    );
    this.#intend = prepare(
      `update change set state = 'sending', sent_at = coalesce(sent_at, ?)
      where scope = ? and key = ? and fence = ? and state <> 'ended'`,
    );
    this.#end = prepare(
      `update change set state = 'ended', ended_at = ?, outcome = ?, confirmed_by = ?, result = ?
      where scope = ? and key = ? and fence = ? and state <> 'ended'`,
    );
    const prepareBatch = (condition: string) =>
      prepare(
        `delete from change where (scope, key) in
        (select scope, key from change where ${condition} limit ${batch})`,
      );
    this.#deleteEnded = prepareBatch('ended_at < ?');
    this.#deleteClaimed = prepareBatch(`state = 'claimed' and claimed_at < ? and owner <> ?`);
  }

  /** Runs some work in one transaction: all of it is on the disk when this returns, or nothing is. */
  commit<T>(work: () => T): T {
    this.#database.exec('begin immediate');
    try {
      const result = work();
      this.#database.exec('commit');
      return result;
    } catch (error) {
      // SQLite has rolled back by itself after some errors, such as a full disk.
      if (this.#database.isTransaction) this.#database.exec('rollback');
      throw error;
    }
  }

  claim({ scope, key, fingerprint }: KeyedChange, awaited: number | null): Claim {
    const row = this.#find.get(scope, key) as unknown as ChangeRow | undefined;
    const decision = decideClaim(row ? this.#toStored(row) : null, fingerprint, awaited);
    if (decision === 'otherInput') return { kind: decision };
    if (decision === 'inProgress') return { kind: decision, fence: row?.fence ?? 0 };
    if (decision === 'ended') return { kind: decision, end: readEnd(row) as StoredEnd };
    const fence = (row?.fence ?? 0) + 1;
    const sentAt = decision === 'begin' ? null : (row?.sent_at ?? 0);
    const state = sentAt === null ? 'claimed' : 'sending';
    this.#put.run(scope, key, fingerprint, state, fence, this.#owner, Date.now(), sentAt);
    const claimed = { change: { scope, key, fingerprint }, fence };
    if (sentAt === null) return { kind: 'begin', claimed };
    return { kind: 'settleAgain', claimed, ageMs: Date.now() - sentAt };
  }

  recordIntent({ change: { scope, key }, fence }: Claimed, started?: AuditEvent | null): boolean {
    const isRecorded = this.#intend.run(Date.now(), scope, key, fence).changes === 1;
    if (isRecorded && started) this.#audit.append(started);
    return isRecorded;
  }

  recordEnd(
    { change: { scope, key }, fence }: Claimed,
    end: StoredEnd,
    finished?: AuditEvent | null,
  ): boolean {
    const { outcome, confirmedBy, result } = end;
    const { changes } = this.#end.run(Date.now(), outcome, confirmedBy, result, scope, key, fence);
    if (finished && (changes === 1 || !this.#hasFence(scope, key, fence))) {
      this.#audit.append(finished);
    }
    return changes === 1;
  }

  readOldestIntent(): number | null {
    const sql = `select min(sent_at) as at from change where state = 'sending'`;
    const at = this.#database.prepare(sql).get()?.['at'] ?? null;
    return at === null ? null : Date.now() - Number(at);
  }

  appendEvent(event: AuditEvent): void {
    this.#audit.append(event);
  }

  readEvents(after: number, limit: number): readonly StoredAuditEvent[] {
    return this.#audit.read(after, limit);
  }

  deleteEvents(days: number): boolean {
    return this.#audit.deleteOld(days);
  }

  readSecret(): Uint8Array {
    const row = this.#database.prepare('select value from secret').get();
    if (row !== undefined) return row['value'] as Uint8Array;
    const value = randomBytes(32);
    this.#database.prepare('insert into secret (value) values (?)').run(value);
    return value;
  }

  /**
   * Deletes a batch of what ended longer ago than that, in ms, or was claimed longer ago by a dead process and not sent.
   * Returns whether more may be left.
   */
  deleteEnded(ageMs: number): boolean {
    const before = Date.now() - ageMs;
    const ended = this.#deleteEnded.run(before).changes;
    const claimed = this.#deleteClaimed.run(before, this.#owner).changes;
    return ended === batch || claimed === batch;
  }

  close(): void {
    this.#database.close();
  }

  #open(): void {
    // WAL and FULL: a commit is one write, and outlives a loss of power.
    this.#database.exec(
      'pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full;',
    );
    this.commit(() => {
      const { user_version: version } = this.#database.prepare('pragma user_version').get() as {
        user_version: number;
      };
      assertKnownVersion(version);
      for (const migration of fileMigrations.slice(version)) this.#database.exec(migration);
      this.#database.exec(`pragma user_version = ${fileMigrations.length}`);
    });
  }

  #hasFence(scope: string, key: string, fence: number): boolean {
    return this.#find.get(scope, key)?.['fence'] === fence;
  }

  #toStored(row: ChangeRow): StoredChange {
    const { fingerprint, state, fence, owner } = row;
    return { fingerprint, state, fence, isOwnerAlive: owner === this.#owner, end: readEnd(row) };
  }
}

function readEnd(row: ChangeRow | undefined): StoredEnd | null {
  if (row === undefined || row.outcome === null) return null;
  return { outcome: row.outcome, confirmedBy: row.confirmed_by, result: row.result };
}
