/** The size of the first own buffer: enough for most bodies that arrive in several chunks. */
const firstCapacity = 4_096;

const none = new Uint8Array(0);
const utf8 = new TextDecoder();

/**
 * The bytes of a body that arrives in chunks. They are copied into one buffer that doubles, so that the memory follows the
 * bytes: an object per chunk of one byte takes two hundred times as much. A body of one chunk is kept without a copy.
 */
export class GrowingBytes {
  readonly #max: number;
  #buffer: Uint8Array = none;
  #length = 0;
  #isOwn = false;

  /** @param max the most bytes */
  constructor(max: number) {
    this.#max = max;
  }

  /** All bytes so far. */
  get bytes(): Uint8Array {
    return this.#isOwn ? this.#buffer.subarray(0, this.#length) : this.#buffer;
  }

  /** The size of the buffer in bytes. */
  get capacity(): number {
    return this.#buffer.length;
  }

  /** Adds a chunk. Returns false and adds nothing if there would be too many bytes. */
  add(chunk: Uint8Array): boolean {
    const length = this.#length + chunk.length;
    if (length > this.#max) return false;
    if (this.#length === 0) this.#keep(chunk, false);
    else {
      if (!this.#isOwn || length > this.#buffer.length) this.#grow(length);
      this.#buffer.set(chunk, this.#length);
    }
    this.#length = length;
    return true;
  }

  #grow(least: number): void {
    const capacity = Math.min(this.#max, Math.max(firstCapacity, 2 * least));
    // Not from Node's shared pool: a small part would keep all of it in memory.
    const grown = Buffer.allocUnsafeSlow(capacity);
    grown.set(this.bytes);
    this.#keep(grown, true);
  }

  #keep(buffer: Uint8Array, isOwn: boolean): void {
    this.#buffer = buffer;
    this.#isOwn = isOwn;
  }
}

/**
 * Reads a body to its end.
 *
 * @param max the most bytes
 * @returns null if there are more; the rest is not read
 */
export async function readBytes(
  body: AsyncIterable<Uint8Array>,
  max: number,
): Promise<Uint8Array | null> {
  const bytes = new GrowingBytes(max);
  for await (const chunk of body) if (!bytes.add(chunk)) return null;
  return bytes.bytes;
}

/**
 * Reads a body as text in UTF-8, to its end.
 *
 * @param max the most bytes
 * @throws {RangeError} if there are more; the rest is not read
 */
export async function readText(body: AsyncIterable<Uint8Array>, max: number): Promise<string> {
  const bytes = await readBytes(body, max);
  if (bytes === null) throw new RangeError(`expected at most ${max} bytes, received more`);
  return utf8.decode(bytes);
}
