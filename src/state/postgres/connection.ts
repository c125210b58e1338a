import pg from 'pg';
import { DatabaseUnavailableError } from '../unavailable.ts';

/** How long opening a connection may take, in ms. */
const connectMs = 3_000;

/** How long the server may work on a statement, in ms. */
const statementMs = 5_000;

/** How long to wait for the result of a statement, in ms: longer than the server works on it. */
const resultMs = statementMs + 1_000;

/** Modes of TLS that `pg` treats like `verify-full`, with a warning on standard error that is of no use to operators. */
const strictModes: ReadonlySet<string> = new Set(['prefer', 'require', 'verify-ca']);

/**
 * The SQLSTATE codes, or their classes, of a server that works properly but cannot do so now: connection lost, no resources,
 * canceled or shut down, disk errors, a standby (https://www.postgresql.org/docs/14/errcodes-appendix.html).
 */
const unavailable = /^(08|53|57|58|25006|55P03)/;

/** Returns the options of every connection to a database. Parameters in the URL override them. */
export function createConnectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: toStrictUrl(url),
    application_name: 'membership-gateway',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: statementMs,
    query_timeout: resultMs,
    idle_in_transaction_session_timeout: 2 * statementMs,
  };
}

/**
 * Opens a connection outside the pool. It reports its loss by `end`, and an idle one does not crash the process.
 *
 * @throws {DatabaseUnavailableError} if the server cannot be reached
 */
export async function openConnection(
  url: string,
  options: pg.ClientConfig = {},
): Promise<pg.Client> {
  const client = new pg.Client({ ...createConnectionOptions(url), ...options });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.end().catch(() => {});
    throw toDatabaseError(error);
  }
}

/** Returns an error of `pg` as it is, or as a `DatabaseUnavailableError` if it may be gone later. */
export function toDatabaseError(error: unknown): Error {
  const isAnswer = error instanceof pg.DatabaseError;
  if (isAnswer && !unavailable.test(error.code ?? '')) return error;
  return new DatabaseUnavailableError(describeError(error as Error));
}

/** Describes why a connection failed. A host of several addresses has one cause for each. */
function describeError(error: Error): string {
  const first = error instanceof AggregateError ? (error.errors[0] as Error) : error;
  return first.message;
}

function toStrictUrl(url: string): string {
  const parsed = URL.parse(url);
  const mode = parsed?.searchParams.get('sslmode') ?? '';
  if (parsed === null || !strictModes.has(mode) || parsed.searchParams.has('uselibpqcompat')) {
    return url;
  }
  parsed.searchParams.set('sslmode', 'verify-full');
  return parsed.href;
}
