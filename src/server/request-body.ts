import type { IncomingMessage } from 'node:http';
import { GrowingBytes } from '../upstream/growing-bytes.ts';

/**
 * The body of a request of `node:http`. Unwanted bodies are also read, and dropped: Node.js would queue an object for
 * each chunk, up to 65,536 chunks of one byte.
 */
export class RequestBody {
  readonly #request: IncomingMessage;
  readonly #maxBytes: number;
  #bytes: GrowingBytes | null = null;
  #whole: Promise<Uint8Array | null> | null = null;
  #isWanted = false;

  /** @param maxBytes the maximum length of the body */
  constructor(request: IncomingMessage, maxBytes: number) {
    this.#request = request;
    this.#maxBytes = maxBytes;
  }

  /** Returns the whole body; null if it is too long. Call it once. */
  read(): Promise<Uint8Array | null> {
    this.#isWanted = true;
    const whole = this.#whole ?? this.#gather();
    // The body is not kept longer than the caller keeps it.
    this.#whole = null;
    return whole;
  }

  /** Starts to read the body before it is known whether it is wanted. */
  readAhead(): void {
    if (this.#isWanted || !hasBody(this.#request)) return;
    this.#whole = this.#gather();
    // If the client disconnects, `read` rejects.
    this.#whole.catch(() => {});
  }

  /** Drops the body, including the rest that is still to come, unless it was read. */
  drop(): void {
    if (this.#isWanted || !hasBody(this.#request)) return;
    this.#bytes = null;
    this.#whole = null;
    this.#request.resume();
  }

  #gather(): Promise<Uint8Array | null> {
    const request = this.#request;
    return new Promise((resolve, reject) => {
      const length = Number(request.headers['content-length'] ?? 0);
      if (length > this.#maxBytes) resolve(null);
      else this.#bytes = new GrowingBytes(this.#maxBytes);
      request.on('data', (chunk: Buffer) => {
        if (this.#bytes === null || this.#bytes.add(chunk)) return;
        this.#bytes = null;
        resolve(null);
      });
      request.on('end', () => {
        const bytes = this.#bytes;
        this.#bytes = null;
        resolve(bytes === null ? null : bytes.bytes);
      });
      request.on('error', reject);
    });
  }
}

/** Returns whether a request announces a body (RFC 9112, section 6). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}
