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

// Each line is on the disk before it counts. Without O_NONBLOCK a pipe that nobody reads would hold a thread for good,
// and a process cannot end while a thread of it waits.
const flags =
  constants.O_RDWR |
  constants.O_APPEND |
  constants.O_CREAT |
  constants.O_SYNC |
  constants.O_NONBLOCK;

/** Only its owner may read or write it. */
const mode = 0o600;

/** How long to wait before a full pipe is tried again, in ms. */
const retryMs = 20;

const openFile = promisify(open);
const writeTo = promisify(write);
const closeFile = promisify(close);

/** Where the open file is now, compared with the name under which it was opened. */
export type FileLocation = 'in place' | 'moved' | 'deleted';

/** The audit log's file while it is open; `-` is standard output. */
export class AuditFile {
  readonly #path: string;
  readonly #descriptor: number;
  /** Whether the last line was cut, by a crash or a full disk: the next one begins on a new line. */
  #isCut: boolean;
  #isAbandoned = false;

  private constructor(path: string, descriptor: number) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#isCut = path !== '-' && endsInsideLine(descriptor);
  }

  /**
   * Opens a file, and waits for it: for the start of a process.
   *
   * @throws {Error} if it cannot be opened
   */
  static openSync(path: string): AuditFile {
    return AuditFile.#of(path, path === '-' ? 1 : openSync(path, flags, mode));
  }

  /**
   * Opens a file in the background.
   *
   * @throws {Error} if it cannot be opened
   */
  static async open(path: string): Promise<AuditFile> {
    return AuditFile.#of(path, path === '-' ? 1 : await openFile(path, flags, mode));
  }

  static #of(path: string, descriptor: number): AuditFile {
    try {
      return new AuditFile(path, descriptor);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /** Writes whole lines, and waits for it: for the start of a process. */
  writeSync(lines: string): void {
    writeSync(this.#descriptor, this.#isCut ? `\n${lines}` : lines);
    this.#isCut = false;
  }

  /**
   * Writes whole lines in the background. Waits while a pipe is full.
   *
   * @throws {Error} if they cannot be written, or the file was abandoned
   */
  async write(lines: string): Promise<void> {
    const text = this.#isCut ? `\n${lines}` : lines;
    // The log shares standard output: POSIX keeps a write of up to 4096 bytes whole (`PIPE_BUF`), as a line is.
    const pieces = this.#path === '-' ? (text.match(/.*\n/g) ?? []) : [text];
    for (const piece of pieces) {
      let rest = Buffer.from(piece);
      while (rest.length > 0) rest = rest.subarray(await this.#writeSome(rest));
    }
    this.#isCut = false;
  }

  /** Waits no longer for a full pipe. */
  abandon(): void {
    this.#isAbandoned = true;
  }

  /** Reports whether the file still has its name; `in place` if that cannot be found out. */
  async look(): Promise<FileLocation> {
    if (this.#path === '-') return 'in place';
    const [named, opened] = await Promise.all([
      lookUp((done) => stat(this.#path, { bigint: true }, done)),
      lookUp((done) => fstat(this.#descriptor, { bigint: true }, done)),
    ]);
    if (named === 'unknown' || opened === null || opened === 'unknown') return 'in place';
    if (named?.ino === opened.ino && named.dev === opened.dev) return 'in place';
    return opened.nlink === 0n ? 'deleted' : 'moved';
  }

  /** Closes it; standard output stays open. */
  async close(): Promise<void> {
    if (this.#path === '-') return;
    await closeFile(this.#descriptor).catch(() => {
      // It was closed already.
    });
  }

  async #writeSome(bytes: Uint8Array): Promise<number> {
    try {
      const { bytesWritten } = await writeTo(this.#descriptor, bytes);
      if (bytesWritten === 0) throw new Error('nothing was written');
      return bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || this.#isAbandoned) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      return 0;
    }
  }
}

/** Looks a file up: null if there is none, `unknown` if that cannot be told. */
function lookUp(
  ask: (done: (error: NodeJS.ErrnoException | null, stats: BigIntStats) => void) => void,
): Promise<BigIntStats | null | 'unknown'> {
  return new Promise((resolve) => {
    ask((error, stats) => {
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
