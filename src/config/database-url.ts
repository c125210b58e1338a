import type { DatabaseUrl } from '../state/settings.ts';
import { maskUrl } from './mask.ts';
import type { Parser } from './parsers.ts';

const schemes: ReadonlySet<string> = new Set(['postgres:', 'postgresql:']);

/** The database that keeps durable state. */
export const databaseUrlParser: Parser<DatabaseUrl> = {
  expects:
    'file:PATH such as file:./data/gateway.db, postgres://USER:PASSWORD@HOST:PORT/DATABASE (special characters percent-encoded), or off',
  show: maskUrl,
  parse: (text) => {
    if (text === 'off') return { kind: 'off' };
    if (text.startsWith('file:')) {
      const path = text.slice('file:'.length);
      return path === '' || path.startsWith('//') ? undefined : { kind: 'file', path };
    }
    const url = URL.parse(text);
    if (url === null || !schemes.has(url.protocol)) return undefined;
    if (mayHoldPassword(url)) return undefined;
    return { kind: 'postgres', url: text, shown: `postgres://${url.host}${url.pathname}` };
  },
};

/** Returns whether a password that is not encoded may have ended up in a part of the URL that errors show. */
function mayHoldPassword({ href, pathname, searchParams }: URL): boolean {
  if (href.includes('#') || pathname.includes('@')) return true;
  for (const [name, value] of searchParams) {
    // Only these options of libpq may contain an @ of their own.
    const isKnown = name === 'user' || name === 'password';
    if (!isKnown && (name.includes('@') || value.includes('@'))) return true;
  }
  return false;
}
