import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino';

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

/** What any of the two would find has one of these in it: few lines do, and looking costs little. */
const suspicious = /bearer |(?:authorization|cookie|auth-token|user-id)"/i;

/** A line without what looks like a credential: the second wall, should one ever be logged. */
export function maskLine(line: string): string {
  if (!suspicious.test(line)) return line;
  return line.replace(secret, '[masked]').replace(secretHeader, '$1[masked]');
}

/** How many causes behind an error are shown. */
const mostCauses = 5;

/**
 * What the log shows of an error: its type, message, code and stack, and the same of its causes. Never
 * what else hangs on it: a client's errors bear the request with its headers.
 */
export function serializeError(error: unknown, causes = mostCauses): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something thrown that is no error' };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: name,
    message,
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && causes > 0 && { cause: serializeError(cause, causes - 1) }),
  };
}

const moment = { at: 0, text: '' };

/** The time as pino takes it, in ISO 8601. Written once for all lines of the same ms: that costs as much as a line. */
function isoTime(): string {
  const now = Date.now();
  if (now !== moment.at) {
    moment.at = now;
    moment.text = `,"time":"${new Date(now).toISOString()}"`;
  }
  return moment.text;
}

/**
 * What writes the line that nearly every request has: as pino's own `info` does with members and a message, for
 * less than half of what it takes, which writes each member for itself.
 *
 * @returns null where the level info is not logged
 */
export function writeInfoLines(log: Log, message: string): ((members: object) => void) | null {
  if (!log.isLevelEnabled('info')) return null;
  // Kept by pino under public symbols: where the lines go, and what a child logger says in each.
  const stream = Reflect.get(log, pino.symbols.streamSym) as DestinationStream;
  const bound = Reflect.get(log, pino.symbols.chindingsSym) as string;
  const head = `{"level":${pino.levels.values['info']}`;
  const end = `,"msg":${JSON.stringify(message)}}\n`;
  return (members) => {
    const inner = JSON.stringify(members).slice(1, -1);
    stream.write(maskLine(`${head}${isoTime()}${bound}${inner && `,${inner}`}${end}`));
  };
}

/** How much is logged: `fatal` the least, `trace` the most. */
export type LogLevel = LevelWithSilent;

/**
 * @param destination where the lines go; standard output where it is not given
 */
export function createLog(destination?: DestinationStream, level: LogLevel = 'info'): Log {
  const options = {
    level,
    base: null,
    timestamp: isoTime,
    hooks: { streamWrite: maskLine },
    serializers: { err: (error: unknown) => serializeError(error) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
