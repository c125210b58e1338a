import type { DestinationStream } from 'pino';
import sonicBoom from 'sonic-boom';
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

/** Gathers lines before the stream takes them, which asks more for each than it takes to make it. */
class GatheredLines implements DestinationStream {
  readonly #most: number;
  /** Null once the reader has gone: it does not come back. */
  #stream: sonicBoom.SonicBoom | null;
  #gathered = '';

  constructor(most: number) {
    this.#most = most;
    this.#stream = new sonicBoom.SonicBoom({
      fd: 1,
      sync: false,
      maxWrite: most,
      maxLength: waiting,
    });
    // What a full disk does not take now is tried again with the next piece.
    this.#stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') this.#stream = null;
    });
    for (const event of ['beforeExit', 'exit']) process.on(event, () => this.flush());
    setInterval(() => this.#handOver(), gatheredMs).unref();
  }

  write(line: string): void {
    if (this.#gathered.length + line.length > this.#most) this.#handOver();
    this.#gathered += line;
  }

  flush(): void {
    this.#handOver();
    try {
      this.#stream?.flushSync();
    } catch {
      // Nobody reads it, or it cannot be written: no reason not to end.
    }
  }

  #handOver(): void {
    if (this.#gathered === '') return;
    this.#stream?.write(this.#gathered);
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
