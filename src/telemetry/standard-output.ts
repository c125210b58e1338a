import { constants, fstatSync, openSync, writeSync } from 'node:fs';

/** The most bytes that wait for a stalled reader. Further lines are lost, and the process continues. */
export const maxBufferedBytes = 16 * 1_024 * 1_024;

/** The delay before a full output is tried again, in ms. */
const retryMs = 5;

/** The longest that an exiting process waits for its reader, in ms. */
const flushMs = 1_000;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Returns a descriptor of standard output whose writes never wait for a reader; null for a file, which has no reader,
 * or if there is no such descriptor.
 */
export function openNonBlockingOutput(): number | null {
  const stats = fstatSync(1);
  if (stats.isFIFO() || stats.isSocket()) {
    // Node.js itself makes these non-blocking when it opens its stream of them.
    void process.stdout;
    return 1;
  }
  if (!stats.isCharacterDevice()) return null;
  try {
    // A terminal is opened a second time: programs that share the first descriptor, such as a shell, expect it to block.
    const flags = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
    return openSync('/proc/self/fd/1', flags);
  } catch {
    return null;
  }
}

/**
 * Writes to a descriptor that never blocks. A thread that waits for a reader would keep the process from exiting, even
 * with `process.exit`.
 */
export class NonBlockingWriter {
  /** Null once the reader has disconnected, or did not read in time before the exit. */
  #descriptor: number | null;
  #pieces: Buffer[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Writes a piece now, or as soon as there is room for it. */
  write(piece: string): void {
    if (this.#descriptor === null || this.#size > maxBufferedBytes) return;
    const bytes = Buffer.from(piece);
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    this.#pump();
  }

  /** Writes all pending pieces before it returns. They are lost if the reader does not read them within a second. */
  flushSync(): void {
    const end = performance.now() + flushMs;
    while (!this.#drain()) {
      if (performance.now() >= end) this.#stop();
      else Atomics.wait(sleeper, 0, 0, retryMs);
    }
  }

  #pump(): void {
    if (this.#drain() || this.#timer !== null) return;
    const again = () => {
      this.#timer = null;
      this.#pump();
    };
    this.#timer = setTimeout(again, retryMs).unref();
  }

  /** Writes as much as there is room for. Returns whether everything was written. */
  #drain(): boolean {
    while (this.#descriptor !== null) {
      const [bytes] = this.#pieces;
      if (bytes === undefined) return true;
      try {
        const written = writeSync(this.#descriptor, bytes);
        this.#size -= written;
        if (written === bytes.length) this.#pieces.shift();
        else this.#pieces[0] = bytes.subarray(written);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EPIPE') return false;
        this.#stop();
      }
    }
    return true;
  }

  /** Drops all pieces from now on: a disconnected reader does not come back. */
  #stop(): void {
    this.#descriptor = null;
    this.#pieces = [];
  }
}
