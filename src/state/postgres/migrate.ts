import type { ClientBase } from 'pg';
import { openConnection } from './connection.ts';
import { type Migration, migrations } from './migrations.ts';

/** Advisory locks of the gateway have this class, so that they do not meet those of other programs (ASCII `mgwy`). */
export const lockClass = 0x6d_67_77_79;

/** The lock of those who migrate. The ids of replicas begin with 1. */
const migrationLock = 0;

/** How long a migration may wait for a lock, in ms: another replica may be migrating. */
const lockMs = 30_000;

/** The schema version of a database. */
export interface SchemaVersion {
  readonly version: number;
  /** The oldest schema version whose gateways work on it. */
  readonly oldestCompatible: number;
}

/**
 * Brings the schema of a database up to date. Replicas that start at the same time wait for the one that migrates. A role
 * that may not create anything suffices if the schema is up to date.
 *
 * @throws {Error} if the database is too new for this gateway
 * @throws {DatabaseError} of `pg` if the role has no right to create the schema
 * @throws {DatabaseUnavailableError} if the database cannot be reached
 */
export async function migrate(
  url: string,
  list: readonly Migration[] = migrations,
): Promise<SchemaVersion> {
  const client = await openConnection(url, {
    statement_timeout: 0,
    query_timeout: 0,
    lock_timeout: lockMs,
  });
  try {
    let current = await readSchemaVersion(client);
    while (current.version < list.length) current = await runNext(client, list);
    assertCompatible(current, list);
    return current;
  } finally {
    await client.end();
  }
}

/** Returns the schema version of a database: 0 before the first migration. */
export async function readSchemaVersion(client: ClientBase): Promise<SchemaVersion> {
  const none = { version: 0, oldestCompatible: 0 };
  // Not `to_regclass`, which may answer from a cache that has not heard of another replica's migration yet.
  const found = await client.query(
    `select 1 from pg_tables where schemaname = 'membership_gateway' and tablename = 'schema_version'`,
  );
  if (found.rows.length === 0) return none;
  const { rows } = await client.query<SchemaVersion>(
    'select version, oldest_compatible as "oldestCompatible" from membership_gateway.schema_version',
  );
  return rows[0] ?? none;
}

/** Runs the first migration that the database does not have. Another replica may run it at the same time. */
async function runNext(client: ClientBase, list: readonly Migration[]): Promise<SchemaVersion> {
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock($1, $2)', [lockClass, migrationLock]);
  const current = await readSchemaVersion(client);
  const next = list[current.version];
  if (next !== undefined) {
    if (current.version === 0) await createSchema(client);
    await client.query(next.sql);
    await client.query(
      'update membership_gateway.schema_version set version = $1, oldest_compatible = $2',
      [current.version + 1, next.oldestCompatible],
    );
  }
  await client.query('commit');
  return readSchemaVersion(client);
}

async function createSchema(client: ClientBase): Promise<void> {
  // `create schema if not exists` needs the right to create schemas even if an administrator has created this one.
  const { rows } = await client.query(
    `select 1 from pg_namespace where nspname = 'membership_gateway'`,
  );
  if (rows.length === 0) await client.query('create schema membership_gateway');
  await client.query(
    `create table membership_gateway.schema_version (
      is_only boolean primary key default true check (is_only),
      version integer not null,
      oldest_compatible integer not null
    );
    insert into membership_gateway.schema_version (version, oldest_compatible) values (0, 0)`,
  );
}

/** @throws {Error} if the database is too new for a gateway with these migrations */
export function assertCompatible(
  { oldestCompatible }: SchemaVersion,
  list: readonly Migration[],
): void {
  if (oldestCompatible <= list.length) return;
  throw new Error(
    `its schema works with gateways of schema version ${oldestCompatible} or newer, and this gateway has ${list.length}. Start a newer gateway`,
  );
}
