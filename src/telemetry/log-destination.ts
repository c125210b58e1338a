import type { DestinationStream } from 'pino';
import sonicBoom from 'sonic-boom';
import type { Config } from '../config/settings.ts';
import { createLog, type Log } from './log.ts';
import { maxBufferedBytes, NonBlockingWriter, openNonBlockingOutput } from './standard-output.ts';

/** The log of a process, written to standard output. */
export interface LogDestination {
  readonly log: Log;
  /** Writes all gathered lines before it returns, within a second. Call it before the process exits. */
  flush(): void;
}

/** Writes pieces of the log. */
interface PieceWriter {
  write(piece: string): void;
  flushSync(): void;
}

/** The longest that a line waits to be written together with others, in ms. */
const gatheredMs = 100;

/** The most characters that are gathered. */
const pieceLength = 65_536;

/** The most for a pipe that another writer shares: POSIX writes up to 4096 bytes without interleaving (`PIPE_BUF`). */
const sharedPieceLength = 3_000;

/**
 * Opens the log. Lines are gathered to one write. sonic-boom's own gathering costs as much, but repeats lines of a backlog
 * on a shared pipe. A slow or stalled reader delays no request and does not keep the process from exiting.
 */
export async function openLogDestination(
  config: Pick<Config, 'logLevel' | 'logFormat' | 'auditFile'>,
): Promise<LogDestination> {
  const lines = new GatheredLines(config.auditFile === '-' ? sharedPieceLength : pieceLength);
  const destination = config.logFormat === 'pretty' ? await createPrettyDestination(lines) : lines;
  return { log: createLog(destination, config.logLevel), flush: () => lines.flush() };
}

/** Gathers lines. */
class GatheredLines implements DestinationStream {
  readonly #maxLength: number;
  readonly #writer: PieceWriter;
  #gathered = '';

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
    const descriptor = openNonBlockingOutput();
    this.#writer =
      descriptor === null ? openFileWriter(maxLength) : new NonBlockingWriter(descriptor);
    for (const event of ['beforeExit', 'exit']) process.on(event, () => this.flush());
    setInterval(() => this.#handOver(), gatheredMs).unref();
  }

  write(line: string): void {
    if (this.#gathered.length + line.length > this.#maxLength) this.#handOver();
    this.#gathered += line;
  }

  flush(): void {
    this.#handOver();
    try {
      this.#writer.flushSync();
    } catch {
      // The process exits even if the log cannot be written.
    }
  }

  #handOver(): void {
    if (this.#gathered === '') return;
    this.#writer.write(this.#gathered);
    this.#gathered = '';
  }
}

/** Writes to a file in the background. */
function openFileWriter(maxWrite: number): PieceWriter {
  const stream = new sonicBoom.SonicBoom({
    fd: 1,
    sync: false,
    maxWrite,
    maxLength: maxBufferedBytes,
  });
  // The next piece retries what a full disk did not accept.
  stream.on('error', () => {});
  return stream;
}

/** Creates a destination that formats lines for people, in colours on a terminal. */
async function createPrettyDestination(lines: DestinationStream): Promise<DestinationStream> {
  const { prettyFactory } = await import('pino-pretty');
  const toPretty = prettyFactory({
    colorize: process.stdout.isTTY,
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  });
  return { write: (line) => lines.write(toPretty(line)) };
}
