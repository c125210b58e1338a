import type { StateSettings } from './settings.ts';

/** Advice by the SQLSTATE code of PostgreSQL (https://www.postgresql.org/docs/14/errcodes-appendix.html). */
const advice: Readonly<Record<string, string>> = {
  '28P01': 'Check user and password',
  '28000': "Check user and password, and the server's pg_hba.conf",
  '3D000': 'Create the database, or check its name',
  '42501':
    'Let an administrator run CREATE SCHEMA membership_gateway AUTHORIZATION with the name of the role, or grant the missing right',
};

/** Returns a line that names the variable, shows the database without its password, and says what to do. */
export function describeDatabaseProblem(
  { database, databaseVariable }: StateSettings,
  error: Error & { readonly code?: unknown },
): string {
  const variable = databaseVariable ?? 'DATABASE_URL';
  if (database.kind !== 'postgres') {
    const path = database.kind === 'file' ? database.path : '';
    return `${variable}: file:${path} cannot be used: ${error.message}. Set it to a file of this process alone, or to off.`;
  }
  const fallback =
    error.name === 'DatabaseUnavailableError'
      ? 'Check host, port and TLS (sslmode), and that the server runs and can be reached from here'
      : null;
  const hint = advice[String(error.code)] ?? fallback;
  return `${variable}: ${database.shown} cannot be used: ${error.message}.${hint === null ? '' : ` ${hint}.`}`;
}
