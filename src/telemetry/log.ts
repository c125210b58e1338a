import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino';

/** The gateway's log: one JSON object in a line. */
export type Log = Logger;

/** An error in the log. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const bearerToken = /(?<=Bearer )[A-Za-z0-9\-._~+/=]+/gi;
const secretHeader =
  /("(?:[a-z-]*authorization|cookie|set-cookie|[a-z-]*auth-token|[a-z-]*user-id)":\[?")(?:[^"\\]|\\.)*/gi;

/** Matches every line that one of the two patterns could match. Few lines do (optimisations.md, group). */
const suspicious = /bearer |(?:authorization|cookie|auth-token|user-id)"/i;

/** Masks everything that looks like a credential in a line. This is the second line of defence: credentials are not logged at all. */
export function maskLine(line: string): string {
  if (!suspicious.test(line)) return line;
  return line.replace(bearerToken, '[masked]').replace(secretHeader, '$1[masked]');
}

/** The most causes of an error in the log. */
const maxCauses = 5;

/**
 * Converts an error for the log: its type, message, code and stack, and the same of its causes. All other properties
 * are dropped, since errors of HTTP clients carry the request with its headers.
 */
export function serializeError(error: unknown, causes = maxCauses): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'thrown value is not an error' };
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

const formatted = { at: 0, text: '' };

/** Returns the time in ISO 8601, in the form that pino expects. Lines of the same ms share the text (optimisations.md, group). */
function formatTime(): string {
  const now = Date.now();
  if (now !== formatted.at) {
    formatted.at = now;
    formatted.text = `,"time":"${new Date(now).toISOString()}"`;
  }
  return formatted.text;
}

/**
 * Creates a function that writes lines with one message at level info, as pino's `info` does. Nearly every request writes
 * such a line: with `info`, a change costs 1.05 of its CPU (optimisations.md, log line).
 *
 * @returns null if the level info is not logged
 */
export function createInfoWriter(log: Log, message: string): ((members: object) => void) | null {
  if (!log.isLevelEnabled('info')) return null;
  // pino keeps the stream and the bindings of a child logger under public symbols.
  const stream = Reflect.get(log, pino.symbols.streamSym) as DestinationStream;
  const bound = Reflect.get(log, pino.symbols.chindingsSym) as string;
  const head = `{"level":${pino.levels.values['info']}`;
  const end = `,"msg":${JSON.stringify(message)}}\n`;
  return (members) => {
    const inner = JSON.stringify(members).slice(1, -1);
    stream.write(maskLine(`${head}${formatTime()}${bound}${inner && `,${inner}`}${end}`));
  };
}

/** The lowest level that is logged. */
export type LogLevel = LevelWithSilent;

/**
 * Creates a log.
 *
 * @param destination receives the lines; standard output by default
 */
export function createLog(destination?: DestinationStream, level: LogLevel = 'info'): Log {
  const options = {
    level,
    base: null,
    timestamp: formatTime,
    hooks: { streamWrite: maskLine },
    serializers: { err: (error: unknown) => serializeError(error) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
