import type { Environment } from './parsers.ts';
import type { ReadVariable } from './read.ts';
import type { Config } from './settings.ts';

/**
 * Reads the settings of the audit log. If it is in the database, the database counts as named by the operator: it has to work.
 *
 * @param problems receives one line for each problem
 */
export function readAuditSettings(
  env: Environment,
  read: ReadVariable,
  { database, databaseVariable }: Pick<Config, 'database' | 'databaseVariable'>,
  problems: string[],
): Pick<Config, 'auditFile' | 'isAuditInDatabase' | 'auditDays' | 'databaseVariable'> {
  // Under its former name, it is a path.
  const isAuditInDatabase = env['AUDIT_LOG'] === 'database';
  const audit = read('AUDIT_LOG');
  const auditDays = read('AUDIT_DAYS');
  if (isAuditInDatabase && database.kind === 'off' && databaseVariable === 'DATABASE_URL') {
    problems.push(
      'AUDIT_LOG: expected a path or -, because DATABASE_URL is off; received "database". Set DATABASE_URL to a database.',
    );
  }
  if (auditDays !== null && !isAuditInDatabase) {
    problems.push(
      `AUDIT_DAYS: expected AUDIT_LOG=database with it, because no lines are deleted from a file; received "${auditDays}". Unset AUDIT_DAYS.`,
    );
  }
  return {
    auditFile: isAuditInDatabase ? null : audit,
    isAuditInDatabase,
    auditDays,
    databaseVariable: databaseVariable ?? (isAuditInDatabase ? 'DATABASE_URL' : null),
  };
}
