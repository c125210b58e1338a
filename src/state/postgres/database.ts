import pg from 'pg';
import { createConnectionOptions, toDatabaseError } from './connection.ts';

/** The most connections of a process, without the one of its session. */
const maxConnections = 5;

/** The most rows that one statement deletes, so that it ends in time however many there are. */
export const batch = 1_000;

/** How long a connection may be idle, in ms: opening one costs several round trips. */
const idleMs = 300_000;

/** A statement, which a connection prepares once under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a statement and returns its rows. */
export type Query = <Row>(
  statement: Statement,
  values?: readonly unknown[],
) => Promise<readonly Row[]>;

/**
 * The shared database: a few connections, which are opened when they are needed and again after they were lost. Every method
 * throws `DatabaseUnavailableError` if the server cannot be reached or cannot work, and `DatabaseError` of `pg` if it rejects
 * a statement.
 */
export class PostgresDatabase {
  readonly #pool: pg.Pool;

  /** @param url its user, password, host and database, with the options of libpq */
  constructor(url: string) {
    this.#pool = new pg.Pool({
      ...createConnectionOptions(url),
      max: maxConnections,
      idleTimeoutMillis: idleMs,
    });
    // The pool has removed a connection that was lost while it was idle; the next statement opens another.
    this.#pool.on('error', () => {});
    // Likewise one that is lost between two statements of a transaction: the second statement fails.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** Runs one statement, which is committed when this resolves. If it throws, it is unknown whether it took effect. */
  query<Row>(statement: Statement, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return run<Row>(this.#pool, { ...statement, values: [...values] });
  }

  /**
   * Runs statements in one transaction, which is committed when this resolves. If the work throws, nothing took effect; if
   * the commit throws, it is unknown.
   */
  async transact<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let isClean = false;
    try {
      await run(client, 'begin');
      const result = await work((statement, values = []) =>
        run(client, { ...statement, values: [...values] }),
      );
      await run(client, 'commit');
      isClean = true;
      return result;
    } catch (error) {
      isClean = await run(client, 'rollback').then(
        () => true,
        () => false,
      );
      throw error;
    } finally {
      // A connection in an unknown state is closed, and the server rolls back.
      client.release(!isClean);
    }
  }

  /** Closes the connections once their statements have ended. */
  close(): Promise<void> {
    return this.#pool.end();
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw toDatabaseError(error);
    }
  }
}

/**
 * Repeats a statement that deletes one batch of rows and returns a row for each, until fewer are left.
 *
 * @throws {DatabaseUnavailableError} if the database cannot be reached
 */
export async function deleteInBatches(
  database: PostgresDatabase,
  statement: Statement,
  values: readonly unknown[] = [],
): Promise<void> {
  let deleted = batch;
  while (deleted === batch) deleted = (await database.query(statement, values)).length;
}

async function run<Row>(
  on: pg.Pool | pg.PoolClient,
  query: string | pg.QueryConfig,
): Promise<readonly Row[]> {
  try {
    const { rows } = await on.query(query);
    return rows;
  } catch (error) {
    throw toDatabaseError(error);
  }
}
