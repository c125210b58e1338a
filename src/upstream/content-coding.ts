type Zlib = typeof import('node:zlib');
type Decode = (zlib: Zlib, body: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

/** The largest body that is read, in bytes: both encoded and decoded. */
export const largestBody = 1024 * 1024;

// RFC 9110, section 8.4.1, RFC 7932 and RFC 8878.
const decoders: Readonly<Record<string, Decode>> = {
  identity: (_zlib, body) => body,
  gzip: (zlib, body, options) => zlib.gunzipSync(body, options),
  'x-gzip': (zlib, body, options) => zlib.gunzipSync(body, options),
  // Some servers omit the zlib header (RFC 9110, section 8.4.1.2).
  deflate: (zlib, body, options) =>
    hasZlibHeader(body) ? zlib.inflateSync(body, options) : zlib.inflateRawSync(body, options),
  br: (zlib, body, options) => zlib.brotliDecompressSync(body, options),
  zstd: (zlib, body, options) => zlib.zstdDecompressSync(body, options),
};

// Each coding costs a pass over the whole body; only a hostile server applies more.
const maxCodings = 3;

/**
 * Decodes a body that a server compressed although `identity` was requested.
 *
 * @param codings the value of `Content-Encoding`: the codings in the order in which they were applied
 * @returns null for an unknown coding, a broken stream, or more than {@link largestBody} bytes
 */
export function decodeContent(
  body: Uint8Array,
  codings: string | readonly string[],
): Uint8Array | null {
  const names = codings.toString().toLowerCase().split(',');
  const applied = names.map((name) => name.trim()).filter((name) => name !== '');
  if (applied.length > maxCodings) return null;
  // Loaded when it is first needed: hardly any server compresses without being asked.
  const zlib = process.getBuiltinModule('node:zlib');
  let decoded = body;
  for (const name of applied.reverse()) {
    const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
    if (decode === undefined) return null;
    try {
      decoded = decode(zlib, decoded, { maxOutputLength: largestBody });
    } catch {
      return null;
    }
  }
  return decoded;
}

function hasZlibHeader(body: Uint8Array): boolean {
  return ((body[0] ?? 0) & 0x0f) === 8;
}
