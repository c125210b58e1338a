import type { DestinationStream } from 'pino';
import sonicBoom from 'sonic-boom';
import type { Config } from '../config/index.ts';
import { createLog, type Log } from './log.ts';
import { maxBufferedBytes, NonBlockingWriter, openNonBlockingOutput } from './standard-output.ts';

/** The log of a process, written to standard output. */
export interface LogDestination {
  readonly log: Log;
  /** Writes what was gathered before it returns, within a second: what a process does before it ends. */
  flush(): void;
}

/** Where the pieces of a log are written. */
interface PieceWriter {
  write(piece: string): void;
  flushSync(): void;
}

/** How long a line waits for others to be written with it, in ms at most. */
const gatheredMs = 100;

/** How many characters are gathered at most. */
const pieceLength = 65_536;

/** As many as are gathered at most for a pipe that another writer shares: POSIX keeps 4096 bytes whole (`PIPE_BUF`). */
const sharedPieceLength = 3_000;

/**
 * Opens the log. Lines are gathered: a write for each costs more than all else that is logged. A reader that is slow,
 * or stands still, holds no request up, and does not keep the process from ending.
 */
export async function openLogDestination(
  config: Pick<Config, 'logLevel' | 'logFormat' | 'auditFile'>,
): Promise<LogDestination> {
  const lines = new GatheredLines(config.auditFile === '-' ? sharedPieceLength : pieceLength);
  const destination = config.logFormat === 'pretty' ? await prettyLines(lines) : lines;
  return { log: createLog(destination, config.logLevel), flush: () => lines.flush() };
}

/** Gathers lines before a writer takes them, which asks more for each than it takes to make it. */
class GatheredLines implements DestinationStream {
  readonly #most: number;
  readonly #writer: PieceWriter;
  #gathered = '';

  constructor(most: number) {
    this.#most = most;
    const descriptor = openNonBlockingOutput();
    this.#writer = descriptor === null ? fileWriter(most) : new NonBlockingWriter(descriptor);
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
      this.#writer.flushSync();
    } catch {
      // It cannot be written: no reason not to end.
    }
  }

  #handOver(): void {
    if (this.#gathered === '') return;
    this.#writer.write(this.#gathered);
    this.#gathered = '';
  }
}

/** Writes to a file in the background. */
function fileWriter(maxWrite: number): PieceWriter {
  const stream = new sonicBoom.SonicBoom({
    fd: 1,
    sync: false,
    maxWrite,
    maxLength: maxBufferedBytes,
  });
  // What a full disk does not take now is tried again with the next piece.
  stream.on('error', () => {});
  return stream;
}

/** For people: a line each, in colours where a terminal shows them. */
async function prettyLines(lines: DestinationStream): Promise<DestinationStream> {
  const { prettyFactory } = await import('pino-pretty');
  const toPretty = prettyFactory({
    colorize: process.stdout.isTTY,
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  });
  return { write: (line) => lines.write(toPretty(line)) };
}
