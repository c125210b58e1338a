import { decodeContent } from './content-coding.ts';

/** The headers of a response as undici returns them: names in lower case, repeated headers as an array. */
export type VendorResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** A complete response of a vendor, or one whose status alone is sufficient. */
export interface VendorResponse {
  readonly status: number;
  readonly headers: VendorResponseHeaders;
  /** The body as text; null if it was cut, cannot be decoded, or is not UTF-8. */
  readonly text: string | null;
  /** Whether the body ended early: the connection was lost, the timeout was reached, or it was too large. */
  readonly isCut: boolean;
}

/**
 * The result of one attempt. `notSent`: the head was never written, so nothing can have arrived. `lost`: the request may have
 * arrived, but no usable response came back; `status` is set if the head of a response was read.
 */
export type Attempt =
  | { readonly kind: 'answered'; readonly response: VendorResponse }
  | { readonly kind: 'notSent'; readonly problem: TransportProblem; readonly cause: Error }
  | {
      readonly kind: 'lost';
      readonly problem: TransportProblem;
      readonly status: number | null;
      readonly cause: Error;
    };

/** The reason why the transport failed. */
export type TransportProblem = 'CONNECTION' | 'TIMEOUT';

/** Returns the first value of a header; null if it is absent. */
export function getHeader(headers: VendorResponseHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes a body to text, without its byte order mark.
 *
 * @returns null if it is not UTF-8 (RFC 3629), or its content coding is unknown or broken
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
