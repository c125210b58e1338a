/** A response's headers as undici gives them: names in lower case, repeated ones as a list. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** One complete answer of a vendor, or one whose status alone settles what it means. */
export interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** The body as text; null where it was cut, over the size bound, or not UTF-8. */
  readonly text: string | null;
}

/**
 * What came of one attempt. `notSent`: the head was never written, so nothing can have arrived.
 * `lost`: something may have arrived, and no usable answer came back; `status` where the head of
 * an answer was read.
 */
export type Attempt =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'notSent'; readonly problem: TransportProblem; readonly cause: Error }
  | {
      readonly kind: 'lost';
      readonly problem: TransportProblem;
      readonly status: number | null;
      readonly cause: Error;
    };

/** How the transport failed: the connection, or the time. */
export type TransportProblem = 'CONNECTION' | 'TIMEOUT';

/** The first value of a header, null where it is absent. */
export function header(headers: AnswerHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A body's bytes as text, without a byte order mark; null where they are not UTF-8 (RFC 3629). */
export function decodeText(chunks: readonly Uint8Array[]): string | null {
  const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}
