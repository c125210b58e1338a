import type { Middleware } from '../server/middleware.ts';

/** How long browsers may cache a preflight response, in seconds. */
const preflightSeconds = 600;

const exposed = ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'].join(', ');

/**
 * Creates the middleware that lets pages of other origins read responses (Fetch standard, CORS protocol), but never
 * with cookies, and never for the origin `null`, which any sandboxed frame has.
 *
 * @param origins the allowed origins, exactly as browsers send them
 * @param requestHeaders the headers that such pages may send, in lower case
 */
export function createCors(
  origins: ReadonlySet<string>,
  requestHeaders: readonly string[],
): Middleware {
  const allowed = requestHeaders.join(', ');
  return {
    onRequest({ method }) {
      // Every path gets the same answer, which reveals only the allowed headers.
      return method === 'OPTIONS' ? { status: 204, headers: {}, body: null } : undefined;
    },
    onResponse(incoming, { headers }) {
      // Caches must not serve one origin the response for another.
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
