import { MIMEType } from 'node:util';
import { memoize } from './memoize.ts';

/** A parsed `Content-Type` header. */
export interface ContentType {
  /** Type and subtype, in lower case; empty without the header, null if it is malformed or was sent twice. */
  readonly mediaType: string | null;
  /** In lower case; null if absent. */
  readonly charset: string | null;
}

/** The content type of nearly all requests. */
const plainJson: ContentType = { mediaType: 'application/json', charset: null };

/** Parses a `Content-Type` header (RFC 9110, section 8.3.1). */
export function parseContentType(header: string | null): ContentType {
  return header === plainJson.mediaType ? plainJson : parse(header);
}

const parse = memoize((header: string | null): ContentType => {
  if (header === null || header.trim() === '') return { mediaType: '', charset: null };
  try {
    const { essence, params } = new MIMEType(header);
    return { mediaType: essence, charset: params.get('charset')?.toLowerCase() ?? null };
  } catch {
    return { mediaType: null, charset: null };
  }
});
