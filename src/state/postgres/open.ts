import type { Log } from '../../telemetry/log.ts';
import { PostgresDatabase } from './database.ts';
import { PostgresLedger } from './ledger.ts';
import { migrate } from './migrate.ts';
import { ReplicaSession } from './session.ts';

/**
 * Opens the ledger in a shared database, whose schema it brings up to date.
 *
 * @throws {Error} if the database cannot be used
 */
export async function openPostgresLedger(url: string, log: Log): Promise<PostgresLedger> {
  await migrate(url);
  const fences = new Set<number>();
  const session = await ReplicaSession.open(url, log, fences);
  return new PostgresLedger(new PostgresDatabase(url), session, fences);
}
