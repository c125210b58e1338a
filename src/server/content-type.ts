import { MIMEType } from 'node:util';
import { memoize } from './remembering.ts';

/** What a `Content-Type` header says of a body. */
export interface ContentType {
  /** Type and subtype, in lower case; empty without the header, null if it is malformed or was sent twice. */
  readonly mediaType: string | null;
  /** In lower case; null if none is named. */
  readonly charset: string | null;
}

/** What nearly all clients send. */
const plainJson: ContentType = { mediaType: 'application/json', charset: null };

/** Reads a `Content-Type` header (RFC 9110, section 8.3.1). */
export function readContentType(header: string | null): ContentType {
  return header === plainJson.mediaType ? plainJson : read(header);
}

const read = memoize((header: string | null): ContentType => {
  if (header === null || header.trim() === '') return { mediaType: '', charset: null };
  try {
    const { essence, params } = new MIMEType(header);
    return { mediaType: essence, charset: params.get('charset')?.toLowerCase() ?? null };
  } catch {
    return { mediaType: null, charset: null };
  }
});
