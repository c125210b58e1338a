import { describeDatabaseProblem } from '../state/describe-problem.ts';
import type { StateSettings } from '../state/settings.ts';

/**
 * Brings the schema of a shared database up to date, for a role that the gateway does not serve with. Returns a line that says
 * so.
 *
 * @throws {Error} if the database is not shared, or cannot be migrated, with a line that names the variable
 */
export async function migrateDatabase(settings: StateSettings): Promise<string> {
  const { database, databaseVariable } = settings;
  const variable = databaseVariable ?? 'DATABASE_URL';
  if (database.kind !== 'postgres') {
    throw new Error(
      `${variable}: expected postgres://… for --migrate; the gateway migrates a file when it starts.`,
    );
  }
  const { migrate } = await import('../state/postgres/migrate.ts');
  const { version } = await migrate(database.url).catch((error: unknown) => {
    throw new Error(describeDatabaseProblem(settings, error as Error));
  });
  return `membership-gateway: ${variable}: ${database.shown}: schema version ${version}`;
}
