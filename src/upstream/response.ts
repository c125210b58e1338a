import { decodeContent } from './content-coding.ts';

/** A response's headers as undici gives them: names in lower case, repeated ones as a list. */
export type VendorResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** One complete answer of a vendor, or one whose status alone settles what it means. */
export interface VendorResponse {
  readonly status: number;
  readonly headers: VendorResponseHeaders;
  /** The body as text; null if it was cut, or cannot be decoded, or is not UTF-8. */
  readonly text: string | null;
  /** Whether the body ended early: the connection was lost, the time was over, or it was too large. */
  readonly isCut: boolean;
}

/**
 * What came of one attempt. `notSent`: the head was never written, so nothing can have arrived.
 * `lost`: something may have arrived, and no usable answer came back; `status` where the head of
 * an answer was read.
 */
export type Attempt =
  | { readonly kind: 'answered'; readonly answer: VendorResponse }
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
export function getHeader(headers: VendorResponseHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes a body to text, without its byte order mark.
 *
 * @returns null for what is not UTF-8 (RFC 3629), or whose content coding cannot be undone
 */
export function decodeBody(bytes: Uint8Array, headers: VendorResponseHeaders): string | null {
  const codings = headers['content-encoding'];
  const body = codings === undefined ? bytes : decodeContent(bytes, codings);
  if (body === null) return null;
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}
