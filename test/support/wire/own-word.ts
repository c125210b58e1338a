import type { Change } from '../changes.ts';
import type { Arrival } from './message.ts';

/** An answer as it arrived. */
export interface Said {
  readonly arrival: Arrival;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null if it cannot be decoded. */
  readonly text: string | null;
}

/**
 * Returns whether a vendor is known to answer so with this status. A cut body counts as its own unless the
 * headers show that it is not.
 */
export function isOwnWord({ vendor }: Pick<Change, 'vendor'>, said: Said): boolean {
  const { status, headers, text, arrival } = said;
  const type = headers['content-type'] ?? '';
  const isCut = arrival === 'cut';
  const body = parseObject(said);
  const isJson = /json/.test(type);
  switch (vendor) {
    case 'WETHOD':
      return isCut ? isJson : typeof body?.['key'] === 'string';
    case 'KAITEN':
      if (status === 403 || status === 404) return !isCut && text === '';
      if (isCut) return isJson || (status === 401 && type === 'text/plain');
      if (text === '') return true;
      if (status === 401 && type === 'text/plain' && text === 'Unauthorized') return true;
      if (isQuoted(text)) return true;
      return typeof body?.['message'] === 'string' && !('id' in body);
    case 'AEROSPIKE':
      if (isCut) return /problem/.test(type) || (isJson && headers['x-request-id'] !== undefined);
      if (typeof body?.['message'] === 'string') return headers['x-request-id'] !== undefined;
      return /^urn:aerospike:/.test(String(body?.['type'])) && typeof body?.['title'] === 'string';
    case 'ROCKETCHAT':
      return isCut ? isJson : body?.['success'] === false || body?.['status'] === 'error';
  }
}

/** Returns whether a 401 is plain text that may be Kaiten's or a proxy's. */
export function isPlainText({ vendor }: Change, { status, headers, text }: Said): boolean {
  const isText = headers['content-type']?.startsWith('text/plain') === true;
  return vendor === 'KAITEN' && status === 401 && isText && text !== 'Unauthorized';
}

function isQuoted(text: string | null): boolean {
  return typeof parsed(text) === 'string';
}

/** Returns the body as an object; null for anything else. */
export function parseObject({ text }: Said): Readonly<Record<string, unknown>> | null {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
