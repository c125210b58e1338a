import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';

/** An HTTP answer before it is put on the wire. */
export interface Message {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How an answer is put on the wire. */
export interface Shape {
  /** The informational answers that come first (RFC 9110, section 15.2). */
  readonly interim: readonly number[];
  readonly coding: Coding;
  readonly framing: Framing;
  /** Where the answer ends early, as a part of its bytes, and how; null for a whole answer. */
  readonly cut: { readonly at: number; readonly how: 'end' | 'reset' | 'hang' } | null;
  /** Whether the connection stays open afterwards. */
  readonly isKept: boolean;
  /** In how many writes the bytes go out. */
  readonly pieces: number;
}

const codings = {
  identity: null,
  gzip: { name: 'gzip', encode: gzipSync },
  xGzip: { name: 'X-GZIP', encode: gzipSync },
  deflate: { name: 'deflate', encode: deflateSync },
  rawDeflate: { name: 'deflate', encode: deflateRawSync },
  br: { name: 'br', encode: brotliCompressSync },
  zstd: { name: 'zstd', encode: zstdCompressSync },
  mislabelled: { name: 'gzip', encode: (body: Buffer) => body },
};

/** A content coding; `mislabelled` says gzip of a plain body. */
export type Coding = keyof typeof codings;

/** All content codings. */
export const allCodings = Object.keys(codings) as Coding[];

/**
 * How the end of a body is told. `short` tells a length that is too small, `twice` two lengths, and
 * `both` a length and chunks.
 */
export type Framing = 'length' | 'chunked' | 'close' | 'http10' | 'short' | 'twice' | 'both';

/** All framings. */
export const allFramings: readonly Framing[] = [
  'length',
  'chunked',
  'close',
  'http10',
  'short',
  'twice',
  'both',
];

/**
 * How much of an answer arrives: nothing that can be read as one, its head only, or all of it.
 */
export type Arrival = 'lost' | 'cut' | 'whole';

/** An answer as bytes, with what can be read of them. */
export interface Encoded {
  readonly bytes: Buffer;
  /** What happens to the connection after the bytes. */
  readonly ending: 'keep' | 'end' | 'reset' | 'hang';
  readonly arrival: Arrival;
  /** The body as far as it is told to go; null if it cannot be decoded. */
  readonly text: string | null;
}

const withoutBody = new Set([204, 304]);

/** Puts an answer into bytes. */
export function encode({ status, headers, body }: Message, shape: Shape): Encoded {
  const coding = codings[shape.coding];
  const plain = Buffer.from(body);
  const content = coding === null || plain.length === 0 ? plain : coding.encode(plain);
  const isShort = shape.framing === 'short' && content.length > 4;
  const told = isShort ? content.length - 3 : content.length;
  const isClosed = shape.framing === 'close' || shape.framing === 'http10';
  const isKept = shape.isKept && !isClosed;
  const lines = [
    `HTTP/1.${shape.framing === 'http10' ? 0 : 1} ${status} Said`,
    ...Object.entries(headers).map((pair) => pair.join(': ')),
    ...(coding === null ? [] : [`Content-Encoding: ${coding.name}`]),
    ...lengthLines(shape.framing, told),
    ...(isKept ? [] : ['Connection: close']),
  ];
  const interim = shape.interim.map((code) => `HTTP/1.1 ${code} Wait\r\nlink: </x>\r\n\r\n`);
  const head = Buffer.from(`${interim.join('')}${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const isChunked = shape.framing === 'chunked' || shape.framing === 'both';
  const sent = isChunked ? chunks(content) : content;
  const all = Buffer.concat([head, sent]);
  const isBodiless = withoutBody.has(status);
  const end = head.length + (isBodiless ? 0 : isChunked ? sent.length : told);
  const cutAt = shape.cut === null ? all.length : Math.floor(shape.cut.at * all.length);
  const isWhole = cutAt >= end && (shape.cut === null || !isClosed || isBodiless);
  const isBroken = shape.framing === 'twice' || shape.framing === 'both';
  const isMislabelled = shape.coding === 'mislabelled' && plain.length > 0;
  const decoded = isShort ? plain.subarray(0, told).toString() : body;
  return {
    bytes: all.subarray(0, cutAt),
    ending: isWhole
      ? isKept && shape.cut === null
        ? 'keep'
        : 'end'
      : earlyEnding(shape, isClosed),
    arrival: isBroken || cutAt < head.length ? 'lost' : isWhole ? 'whole' : 'cut',
    text: isBodiless ? '' : isMislabelled || (isShort && coding !== null) ? null : decoded,
  };
}

/** An early end that looks like none is sent as a reset. */
function earlyEnding({ cut }: Shape, isClosed: boolean): 'end' | 'reset' | 'hang' {
  if (cut === null) return 'end';
  return cut.how === 'end' && isClosed ? 'reset' : cut.how;
}

function lengthLines(framing: Framing, length: number): readonly string[] {
  switch (framing) {
    case 'length':
    case 'short':
      return [`Content-Length: ${length}`];
    case 'twice':
      return [`Content-Length: ${length}`, `Content-Length: ${length + 1}`];
    case 'chunked':
      return ['Transfer-Encoding: chunked'];
    case 'both':
      return [`Content-Length: ${length}`, 'Transfer-Encoding: chunked'];
    case 'close':
    case 'http10':
      return [];
  }
}

function chunks(content: Buffer): Buffer {
  const middle = Math.ceil(content.length / 2);
  const parts = [content.subarray(0, middle), content.subarray(middle)];
  const written = parts
    .filter(({ length }) => length > 0)
    .flatMap((part) => [`${part.length.toString(16)};x=y\r\n`, part, '\r\n']);
  return Buffer.concat([...written, '0\r\n\r\n'].map((part) => Buffer.from(part)));
}

/** Bytes that are no answer at all, each with what happens to the connection after it. */
export const garbage: readonly Encoded[] = [
  '',
  'SSH-2.0-OpenSSH_9.6\r\n',
  '\x15\x03\x03\x00\x02\x02\x28',
  '<html><body>502 Bad Gateway</body></html>',
  'HTTP/1.1 OK\r\n\r\n',
  'HTTP/1.1 200 OK\r\n: nameless\r\ncontent-length: 2\r\n\r\n{}',
  'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n',
].map((text) => ({
  bytes: Buffer.from(text, 'latin1'),
  ending: 'end',
  arrival: 'lost',
  text: null,
}));
