import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Log } from '../../telemetry/log.ts';
import { DatabaseUnavailableError } from '../unavailable.ts';
import { openConnection, toDatabaseError } from './connection.ts';
import { lockClass } from './migrate.ts';

/** How often a replica reports that it is alive, in ms. */
const beatMs = 5_000;

/** How long after its last report a replica counts as alive, in ms. */
export const leaseMs = 30_000;

/** How often a lost session is opened again, in ms. */
const reconnectMs = 500;

/** How long the end of a session may take, in ms. */
const closeMs = 500;

/** Counts the replicas that were alive in the last minute, with this one. `$1`: its id. */
const countReplicas = `(
  select count(*)::integer + 1 from membership_gateway.replica
  where id is distinct from $1 and seen_at > clock_timestamp() - interval '1 minute'
)`;

/** The row is visible to others when the lock is held, so that they never find it without. `$1`: the replica's last id. */
const register = `
  with former as (delete from membership_gateway.replica where id = $1),
  replica as (
    insert into membership_gateway.replica (seen_at) values (clock_timestamp()) returning id
  )
  select id, pg_advisory_lock(${lockClass}, id), ${countReplicas} as replicas from replica`;

/**
 * Reports that the replica is alive. It also ends the changes that it holds and does not work on: the answer to their claim
 * was lost with a connection, and they would be in progress as long as the replica lives. They are older than any statement
 * can be on its way.
 */
const beat = `
  with replica as (
    update membership_gateway.replica set seen_at = clock_timestamp() where id = $1 returning id
  ), orphan as (
    update membership_gateway.change set state = 'ended', ended_at = clock_timestamp(),
      outcome = case state when 'claimed' then 'NOT_APPLIED' else 'UNKNOWN' end
    where owner = $1 and state <> 'ended' and fence <> all($2::bigint[])
      and claimed_at < clock_timestamp() - interval '20 s'
  )
  select id, ${countReplicas} as replicas from replica`;

/** A replica's row as the statements return it. */
interface SessionRow {
  readonly id: number;
  /** How many replicas use the database. */
  readonly replicas: number;
}

/**
 * The session that shows other replicas that this process is alive: a connection of its own that holds an advisory lock, and
 * a row with the time of its last report. After its loss the process goes on under a new id, and everything that it began
 * under the former one counts as abandoned.
 */
export class ReplicaSession {
  readonly #url: string;
  readonly #log: Log;
  /** The fences of the changes that this process works on. */
  readonly #fences: ReadonlySet<number>;
  /** Null while the session is lost. */
  #client: Client | null = null;
  /** The last id of this process: its own while it has a session. */
  #id: number | null = null;
  #replicas = 1;
  /** Until when other replicas surely count this one as alive, by `performance.now()`. */
  #leasedUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  #isBusy = false;
  #isClosed = false;

  private constructor(url: string, log: Log, fences: ReadonlySet<number>) {
    this.#url = url;
    this.#log = log;
    this.#fences = fences;
  }

  /**
   * Opens the session of this process.
   *
   * @param fences the fences of the changes that the process works on
   * @throws {DatabaseUnavailableError} if the database cannot be reached
   */
  static async open(url: string, log: Log, fences: ReadonlySet<number>): Promise<ReplicaSession> {
    const session = new ReplicaSession(url, log, fences);
    await session.#register();
    session.#schedule(beatMs);
    return session;
  }

  /**
   * The id under which this process works now.
   *
   * @throws {DatabaseUnavailableError} while the session is lost
   */
  get id(): number {
    if (this.#client === null || this.#id === null) {
      throw new DatabaseUnavailableError('the session with the database is lost');
    }
    return this.#id;
  }

  /** How many replicas use the database, as this one last read. */
  get replicas(): number {
    return this.#replicas;
  }

  /** Returns whether other replicas surely count this process under that id as alive. */
  isAlive(id: number): boolean {
    return this.#client !== null && this.#id === id && performance.now() < this.#leasedUntil;
  }

  /** Ends the session: whatever this process has not ended counts as abandoned immediately. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    if (client !== null) {
      await Promise.race([client.end(), sleep(closeMs, undefined, { ref: false })]);
    }
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tick(), ms).unref();
  }

  async #tick(): Promise<void> {
    const client = this.#client;
    this.#isBusy = true;
    try {
      if (client !== null) await this.#beat(client);
      else await this.#register();
      if (client === null && !this.#isClosed) this.#log.info('session with the database restored');
    } catch (error) {
      if (client !== null) this.#lose(client, error as Error);
    }
    this.#isBusy = false;
    if (!this.#isClosed) this.#schedule(this.#client === null ? reconnectMs : beatMs);
  }

  async #beat(client: Client): Promise<void> {
    const sentAt = performance.now();
    const { rows } = await client.query<SessionRow>({
      name: 'beat',
      text: beat,
      values: [this.#id, [...this.#fences]],
    });
    // Deleted by a replica that has taken this one for dead for an hour.
    if (rows.length === 0) throw new Error('the row of this replica is gone');
    this.#replicas = rows[0]?.replicas ?? this.#replicas;
    if (client === this.#client) this.#leasedUntil = sentAt + leaseMs;
  }

  async #register(): Promise<void> {
    const client = await openConnection(this.#url);
    const sentAt = performance.now();
    try {
      const { rows } = await client.query<SessionRow>(register, [this.#id]);
      if (this.#isClosed) throw new Error('closed meanwhile');
      this.#id = rows[0]?.id ?? null;
      this.#replicas = rows[0]?.replicas ?? 1;
    } catch (error) {
      client.end().catch(() => {});
      throw toDatabaseError(error);
    }
    client.once('end', () => this.#lose(client, new Error('the connection was closed')));
    this.#client = client;
    this.#leasedUntil = sentAt + leaseMs;
  }

  #lose(client: Client, error: Error): void {
    if (client !== this.#client) return;
    this.#client = null;
    this.#log.warn({ problem: error.message }, 'session with the database lost; reconnecting');
    client.end().catch(() => {});
    if (!this.#isBusy) this.#schedule(reconnectMs);
  }
}
