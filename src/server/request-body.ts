import type { IncomingMessage } from 'node:http';
import { GrowingBytes } from '../upstream/growing-bytes.ts';

/**
 * The body of a request of `node:http`. Whatever nobody wants is read as well, and dropped: Node queues an object
 * for each chunk, up to 65,536 of one byte.
 */
export class RequestBody {
  readonly #request: IncomingMessage;
  readonly #most: number;
  #bytes: GrowingBytes | null = null;
  #whole: Promise<Uint8Array | null> | null = null;
  #isWanted = false;

  /** @param most how many bytes it may have */
  constructor(request: IncomingMessage, most: number) {
    this.#request = request;
    this.#most = most;
  }

  /** Returns the whole body; null if it is too long. To be called once. */
  read(): Promise<Uint8Array | null> {
    this.#isWanted = true;
    const whole = this.#whole ?? this.#gather();
    // Not kept longer than the caller does.
    this.#whole = null;
    return whole;
  }

  /** Gathers the body until it is known whether it is wanted. */
  readAhead(): void {
    if (this.#isWanted || !hasBody(this.#request)) return;
    this.#whole = this.#gather();
    // A client that leaves is noticed by whoever reads the body.
    this.#whole.catch(() => {});
  }

  /** Drops what has come and what is still to come, unless it was wanted. */
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
      if (length > this.#most) resolve(null);
      else this.#bytes = new GrowingBytes(this.#most);
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

/** Whether a request announces a body (RFC 9112, section 6). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}
