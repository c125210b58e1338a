/** The size of the first buffer of its own, enough for most bodies that come in several chunks. */
const firstRoom = 4_096;

const none = new Uint8Array(0);
const utf8 = new TextDecoder();

/**
 * The bytes of a body that comes in chunks. They are copied into one buffer that doubles, so that the memory
 * follows the bytes: an object for each chunk of one byte takes two hundred times as much as its byte. A body of
 * one chunk is kept as it came, without a copy.
 */
export class GrowingBytes {
  readonly #most: number;
  #buffer: Uint8Array = none;
  #length = 0;
  #isOwn = false;

  /** @param most how many bytes there may be */
  constructor(most: number) {
    this.#most = most;
  }

  /** All bytes so far. */
  get bytes(): Uint8Array {
    return this.#isOwn ? this.#buffer.subarray(0, this.#length) : this.#buffer;
  }

  /** How much memory is held for them, in bytes. */
  get room(): number {
    return this.#buffer.length;
  }

  /** Adds a chunk. Returns false, and adds nothing, if there would be more bytes than allowed. */
  add(chunk: Uint8Array): boolean {
    const length = this.#length + chunk.length;
    if (length > this.#most) return false;
    if (this.#length === 0) this.#keep(chunk, false);
    else {
      if (!this.#isOwn || length > this.#buffer.length) this.#grow(length);
      this.#buffer.set(chunk, this.#length);
    }
    this.#length = length;
    return true;
  }

  #grow(least: number): void {
    const room = Math.min(this.#most, Math.max(firstRoom, 2 * least));
    // Not from the pool that Node shares: a small part would keep all of it.
    const grown = Buffer.allocUnsafeSlow(room);
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
 * @param most how many bytes there may be
 * @returns null if there are more; then the rest is not read
 */
export async function readBytes(
  body: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Uint8Array | null> {
  const bytes = new GrowingBytes(most);
  for await (const chunk of body) if (!bytes.add(chunk)) return null;
  return bytes.bytes;
}

/**
 * Reads a body as text in UTF-8, to its end.
 *
 * @param most how many bytes there may be
 * @throws {RangeError} if there are more; then the rest is not read
 */
export async function readText(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const bytes = await readBytes(body, most);
  if (bytes === null) throw new RangeError(`expected at most ${most} bytes, received more`);
  return utf8.decode(bytes);
}
