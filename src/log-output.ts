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

/** How many characters are gathered at most. */
const piece = 65_536;

/** How many characters wait for a reader that stands still; what comes later is lost, and the process lives. */
const waiting = 16 * 1_024 * 1_024;

/** As many as are gathered at most, for a pipe that another writer shares: POSIX keeps 4096 bytes whole (`PIPE_BUF`). */
const sharedPiece = 3_000;

/**
 * Opens the log. Lines are gathered and written in the background: a write for each costs more than all
 * else that is logged, and a reader that is slow must not hold requests up.
 */
export async function openLog(
  config: Pick<Config, 'logLevel' | 'logFormat' | 'auditFile'>,
): Promise<LogOutput> {
  if (config.logFormat === 'pretty') return prettyLog(config);
  const lines = new GatheredLines(config.auditFile === '-' ? sharedPiece : piece);
  return { log: createLog(lines, config.logLevel), flush: () => lines.flush() };
}

/** Gathers lines before pino's own stream takes them, which asks more for each than it takes to make it. */
class GatheredLines implements DestinationStream {
  readonly #most: number;
  readonly #stream: ReturnType<typeof pino.destination> & { readonly destroyed?: boolean };
  #gathered = '';

  constructor(most: number) {
    this.#most = most;
    // Before the stream's own, which end it.
    for (const event of ['beforeExit', 'exit']) process.on(event, () => this.flush());
    this.#stream = pino.destination({ dest: 1, sync: false, maxWrite: most, maxLength: waiting });
    setInterval(() => this.#handOver(), gatheredMs).unref();
  }

  write(line: string): void {
    if (this.#gathered.length + line.length > this.#most) this.#handOver();
    this.#gathered += line;
  }

  flush(): void {
    if (this.#stream.destroyed) return;
    this.#handOver();
    this.#stream.flushSync();
  }

  #handOver(): void {
    if (this.#gathered === '') return;
    this.#stream.write(this.#gathered);
    this.#gathered = '';
  }
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
