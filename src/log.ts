import { type DestinationStream, type Logger, pino } from 'pino';

/** The gateway's log: one JSON object in a line. */
export type Log = Logger;

/** An error as the log shows it. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const secret = /(?<=Bearer )[A-Za-z0-9\-._~+/=]+/gi;
const secretHeader =
  /("(?:[a-z-]*authorization|cookie|set-cookie|[a-z-]*auth-token|[a-z-]*user-id)":\[?")(?:[^"\\]|\\.)*/gi;

/** A line without what looks like a credential: the second wall, should one ever be logged. */
function masked(line: string): string {
  return line.replace(secret, '[masked]').replace(secretHeader, '$1[masked]');
}

/** How many causes behind an error are shown. */
const mostCauses = 5;

/**
 * What the log shows of an error: its type, message, code and stack, and the same of its causes. Never
 * what else hangs on it: a client's errors bear the request with its headers.
 */
export function loggedError(error: unknown, causes = mostCauses): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something thrown that is no error' };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: name,
    message,
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && causes > 0 && { cause: loggedError(cause, causes - 1) }),
  };
}

/**
 * @param destination where the lines go; standard output where it is not given
 */
export function createLog(destination?: DestinationStream): Log {
  const options = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: masked },
    serializers: { err: (error: unknown) => loggedError(error) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
