import { randomBytes, randomInt } from 'node:crypto';
import type { ChangeConfirmation, ChangeOutcome } from '../../errors.ts';
import type { AuditEvent } from '../audit-events.ts';
import { type ClaimDecision, decideClaim, type StoredChange } from '../decide-claim.ts';
import type { Claim, Claimed, KeyedChange, Ledger, StoredEnd } from '../ledger.ts';
import { PostgresAuditEvents, toEventText } from './audit-events.ts';
import { deleteInBatches, type PostgresDatabase } from './database.ts';
import type { ReplicaSession } from './session.ts';
import * as sql from './statements.ts';

interface ChangeRow {
  readonly fingerprint: string;
  readonly state: StoredChange['state'];
  readonly fence: number;
  readonly is_owner_alive: boolean;
  /** Null if it was never sent. */
  readonly age_ms: number | null;
  readonly outcome: ChangeOutcome | null;
  readonly confirmed_by: ChangeConfirmation | null;
  readonly result: string | null;
}

/** The ledger in a database that replicas share. Its clock is the database's. */
export class PostgresLedger implements Ledger {
  /** The audit log in the same database. */
  readonly audit: PostgresAuditEvents;
  readonly #database: PostgresDatabase;
  readonly #session: ReplicaSession;
  /** The fences of the changes that this process works on, which its session keeps. */
  readonly #fences: Set<number>;

  constructor(database: PostgresDatabase, session: ReplicaSession, fences: Set<number>) {
    this.#database = database;
    this.#session = session;
    this.#fences = fences;
    this.audit = new PostgresAuditEvents(database);
  }

  /** How many replicas use the database, as its session last read. */
  get replicas(): number {
    return this.#session.replicas;
  }

  async claim(change: KeyedChange, awaited: number | null): Promise<Claim> {
    // Chosen here, so that a claim whose answer is lost can be found again.
    const claimed: Claimed = { change, fence: randomInt(2 ** 48 - 1) };
    this.#fences.add(claimed.fence);
    let isClaimed = false;
    try {
      const claim = await this.#claim(claimed, this.#session.id, awaited);
      isClaimed = 'claimed' in claim;
      return claim;
    } finally {
      if (!isClaimed) this.#fences.delete(claimed.fence);
    }
  }

  async recordIntent(
    { change: { scope, key }, fence }: Claimed,
    started?: AuditEvent | null,
  ): Promise<boolean> {
    const { id } = this.#session;
    const values = [scope, key, fence, id];
    const rows = await (started
      ? this.#database.query(sql.recordAuditedIntent, [...values, `[${toEventText(started)}]`])
      : this.#database.query(sql.recordIntent, values));
    // A process that was frozen meanwhile may count as dead: then another one settles the change.
    return rows.length === 1 && this.#session.isAlive(id);
  }

  async recordEnd(
    { change: { scope, key }, fence }: Claimed,
    end: StoredEnd,
    finished?: AuditEvent | null,
  ): Promise<boolean> {
    const { outcome, confirmedBy, result } = end;
    const values = [scope, key, fence, outcome, confirmedBy, result];
    const rows = await (finished
      ? this.#database.query(sql.recordAuditedEnd, [...values, `[${toEventText(finished)}]`])
      : this.#database.query(sql.recordEnd, values));
    this.#fences.delete(fence);
    return rows.length === 1;
  }

  async readOldestIntent(): Promise<number | null> {
    const [row] = await this.#database.query<Pick<ChangeRow, 'age_ms'>>(sql.findOldestIntent);
    return row?.age_ms ?? null;
  }

  async readSecret(): Promise<Uint8Array> {
    await this.#database.query(sql.putSecret, [randomBytes(32)]);
    const [row] = await this.#database.query<{ value: Uint8Array }>(sql.findSecret);
    if (row === undefined) throw new Error('expected a secret in the database');
    return row.value;
  }

  async deleteEnded(ageMs: number): Promise<void> {
    await this.#database.query(sql.deleteReplicas);
    await deleteInBatches(this.#database, sql.deleteEnded, [ageMs]);
    await deleteInBatches(this.#database, sql.deleteAbandoned, [ageMs]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#session.close(), this.#database.close()]);
  }

  /** Claims a change. A row that another replica changes between its read and its update is read again. */
  async #claim(claimed: Claimed, id: number, awaited: number | null): Promise<Claim> {
    const { fence, change } = claimed;
    const { scope, key, fingerprint } = change;
    for (;;) {
      const begin = [scope, key, fingerprint, fence, id];
      const [begun] = await this.#database.query(sql.begin, begin);
      if (begun !== undefined) return { kind: 'begin', claimed };
      const [row] = await this.#database.query<ChangeRow>(sql.find, [scope, key]);
      // Deleted since.
      if (row === undefined) continue;
      const decision = decideClaim(toStored(row), fingerprint, awaited);
      if (decision === 'otherInput') return { kind: decision };
      if (decision === 'inProgress') return { kind: decision, fence: row.fence };
      if (decision === 'ended') return { kind: decision, end: readEnd(row) as StoredEnd };
      if (!(await this.#take(claimed, id, row, decision))) continue;
      if (decision === 'begin') return { kind: decision, claimed };
      return { kind: decision, claimed, ageMs: row.age_ms ?? 0 };
    }
  }

  /** Takes over a change, unless it is no longer as it was read. */
  async #take(
    { fence, change: { scope, key, fingerprint } }: Claimed,
    id: number,
    row: ChangeRow,
    decision: ClaimDecision,
  ): Promise<boolean> {
    const state = decision === 'begin' ? 'claimed' : 'sending';
    const values = [scope, key, fingerprint, fence, id, state, row.fence, row.state];
    return (await this.#database.query(sql.take, values)).length === 1;
  }
}

function toStored(row: ChangeRow): StoredChange {
  const { fingerprint, state, fence, is_owner_alive: isOwnerAlive } = row;
  return { fingerprint, state, fence, isOwnerAlive, end: readEnd(row) };
}

function readEnd({ outcome, confirmed_by: confirmedBy, result }: ChangeRow): StoredEnd | null {
  return outcome === null ? null : { outcome, confirmedBy, result };
}
