import { type DestinationStream, pino } from 'pino';
import type { Config } from './config.ts';
import { createLog, type Log } from './log.ts';

/** The log of a process, written to standard output. */
export interface LogOutput {
  readonly log: Log;
  /** Writes what was gathered, before it returns: what a process does before it ends. */
  flush(): void;
}

/** How long a line waits for others to be written with it, in ms at most. */
const gatheredMs = 100;

/** How many characters are gathered, and how many are written at once at most. */
const piece = { minLength: 16_384, maxWrite: 65_536 };

/** What a pipe takes without the words of another writer in between (POSIX, `PIPE_BUF`). */
const shared = { minLength: 3_000, maxWrite: 4_096 };

/**
 * Opens the log. Lines are gathered and written in the background: a write for each costs more than all
 * else that is logged, and a reader that is slow must not hold requests up.
 */
export async function openLog(
  config: Pick<Config, 'logLevel' | 'logFormat' | 'auditFile'>,
): Promise<LogOutput> {
  if (config.logFormat === 'pretty') return prettyLog(config);
  const options = config.auditFile === '-' ? shared : piece;
  const stream = pino.destination({
    dest: 1,
    sync: false,
    periodicFlush: gatheredMs,
    ...options,
  });
  return { log: createLog(stream, config.logLevel), flush: () => stream.flushSync() };
}

/** For people: a line each, in colours where a terminal shows them. */
async function prettyLog({ logLevel }: Pick<Config, 'logLevel'>): Promise<LogOutput> {
  const { default: pretty } = await import('pino-pretty');
  const stream: DestinationStream = pretty({
    destination: 1,
    sync: true,
    colorize: process.stdout.isTTY,
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  });
  return { log: createLog(stream, logLevel), flush: () => {} };
}
