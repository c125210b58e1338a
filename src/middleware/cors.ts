import type { Middleware } from '../server/middleware.ts';

/** How long a browser may keep the answer to a preflight, in seconds. */
const preflightSeconds = 600;

const exposed = ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'].join(', ');

/**
 * Lets pages of certain origins read answers (Fetch standard, CORS protocol). Never with cookies, and
 * never for the origin `null`, which any sandboxed frame has.
 *
 * @param origins exactly as browsers send them
 * @param requestHeaders what such a page may send, in lower case
 */
export function createCors(
  origins: ReadonlySet<string>,
  requestHeaders: readonly string[],
): Middleware {
  const allowed = requestHeaders.join(', ');
  return {
    before({ method }) {
      // Answered without looking at the path: it tells nothing but what may be asked.
      return method === 'OPTIONS' ? { status: 204, headers: {}, body: null } : undefined;
    },
    after(incoming, { headers }) {
      // Caches must not give one origin what another was told.
      headers['vary'] = 'Origin';
      const origin = incoming.headers.get('origin');
      if (origin === null || !origins.has(origin)) return;
      headers['access-control-allow-origin'] = origin;
      headers['access-control-expose-headers'] = exposed;
      if (incoming.method !== 'OPTIONS') return;
      headers['access-control-allow-methods'] = 'GET, POST';
      headers['access-control-allow-headers'] = allowed;
      headers['access-control-max-age'] = String(preflightSeconds);
    },
  };
}
