import {
  type BigIntStats,
  close,
  closeSync,
  constants,
  fstat,
  fstatSync,
  open,
  openSync,
  readSync,
  stat,
  write,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';

// O_SYNC: a line counts once it is on the disk. O_NONBLOCK: without it a pipe without a reader would block a thread
// forever, and a process cannot exit while one of its threads is blocked.
const flags =
  constants.O_RDWR |
  constants.O_APPEND |
  constants.O_CREAT |
  constants.O_SYNC |
  constants.O_NONBLOCK;

/** Read and write permission for the owner only. */
const mode = 0o600;

/** The wait before a write to a full pipe is repeated, in ms. */
const retryMs = 20;

const openFile = promisify(open);
const writeTo = promisify(write);
const closeFile = promisify(close);

/** The location of the open file compared with the path at which it was opened. */
export type FileLocation = 'in place' | 'moved' | 'deleted';

/** The open file of the audit log; `-` is standard output. */
export class AuditFile {
  readonly #path: string;
  readonly #descriptor: number;
  /** Whether the last line was cut by a crash or a full disk: then the next one begins on a new line. */
  #isCut: boolean;
  #isAbandoned = false;

  private constructor(path: string, descriptor: number) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#isCut = path !== '-' && endsInsideLine(descriptor);
  }

  /**
   * Opens a file synchronously, for the start of a process.
   *
   * @throws {Error} if it cannot be opened
   */
  static openSync(path: string): AuditFile {
    return AuditFile.#create(path, path === '-' ? 1 : openSync(path, flags, mode));
  }

  /**
   * Opens a file in the background.
   *
   * @throws {Error} if it cannot be opened
   */
  static async open(path: string): Promise<AuditFile> {
    return AuditFile.#create(path, path === '-' ? 1 : await openFile(path, flags, mode));
  }

  static #create(path: string, descriptor: number): AuditFile {
    try {
      return new AuditFile(path, descriptor);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /** Writes whole lines synchronously, for the start of a process. */
  writeSync(lines: string): void {
    writeSync(this.#descriptor, this.#isCut ? `\n${lines}` : lines);
    this.#isCut = false;
  }

  /**
   * Writes whole lines in the background. Waits as long as a pipe is full.
   *
   * @throws {Error} if they cannot be written, or the file was abandoned
   */
  async write(lines: string): Promise<void> {
    const text = this.#isCut ? `\n${lines}` : lines;
    // Line by line, because the log shares standard output: POSIX keeps a write of up to 4096 bytes whole (`PIPE_BUF`).
    const pieces = this.#path === '-' ? (text.match(/.*\n/g) ?? []) : [text];
    for (const piece of pieces) {
      let rest = Buffer.from(piece);
      while (rest.length > 0) rest = rest.subarray(await this.#writeSome(rest));
    }
    this.#isCut = false;
  }

  /** Stops waiting for a full pipe. */
  abandon(): void {
    this.#isAbandoned = true;
  }

  /** Returns whether the file is still at its path; `in place` if that is unknown. */
  async locate(): Promise<FileLocation> {
    if (this.#path === '-') return 'in place';
    const [named, opened] = await Promise.all([
      readStatus((done) => stat(this.#path, { bigint: true }, done)),
      readStatus((done) => fstat(this.#descriptor, { bigint: true }, done)),
    ]);
    if (named === 'unknown' || opened === null || opened === 'unknown') return 'in place';
    if (named?.ino === opened.ino && named.dev === opened.dev) return 'in place';
    return opened.nlink === 0n ? 'deleted' : 'moved';
  }

  /** Closes the file; standard output stays open. */
  async close(): Promise<void> {
    if (this.#path === '-') return;
    await closeFile(this.#descriptor).catch(() => {
      // It was closed already.
    });
  }

  async #writeSome(bytes: Uint8Array): Promise<number> {
    try {
      const { bytesWritten } = await writeTo(this.#descriptor, bytes);
      if (bytesWritten === 0) throw new Error('expected to write at least one byte, wrote none');
      return bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || this.#isAbandoned) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      return 0;
    }
  }
}

/** Returns the status of a file: null if it does not exist, `unknown` if it cannot be read. */
function readStatus(
  request: (done: (error: NodeJS.ErrnoException | null, stats: BigIntStats) => void) => void,
): Promise<BigIntStats | null | 'unknown'> {
  return new Promise((resolve) => {
    request((error, stats) => {
      if (error === null) resolve(stats);
      else resolve(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? null : 'unknown');
    });
  });
}

function endsInsideLine(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  if (!stats.isFile() || stats.size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, { position: stats.size - 1 });
  return last.toString() !== '\n';
}
