import { resolve } from 'node:path';
import { describeDatabaseProblem } from '../state/describe-problem.ts';
import type { StateSettings } from '../state/settings.ts';
import type { CheckResult } from './check-online.ts';

/**
 * Checks the database without changing it: whether it can be used, and whether its schema fits this gateway. A default
 * database that cannot be used is expected, since the gateway starts without it.
 *
 * @returns null if the database is off
 */
export async function checkDatabase(settings: StateSettings): Promise<CheckResult | null> {
  const { database, databaseVariable } = settings;
  const variable = databaseVariable ?? 'DATABASE_URL';
  try {
    if (database.kind === 'off') return null;
    if (database.kind === 'postgres') {
      const { checkSchema } = await import('../state/postgres/check.ts');
      const found = await checkSchema(database.url);
      return { isExpected: true, line: `${variable}: ${database.shown}: ${found}` };
    }
    const { checkFile } = await import('../state/sqlite/check.ts');
    const found = checkFile(resolve(database.path));
    return { isExpected: true, line: `${variable}: file:${database.path}: ${found}` };
  } catch (error) {
    const line = describeDatabaseProblem(settings, error as Error);
    return { isExpected: databaseVariable === null, line };
  }
}
