import type { Plugin } from 'graphql-yoga';

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
export function useCors(origins: ReadonlySet<string>, requestHeaders: readonly string[]): Plugin {
  const allowed = requestHeaders.join(', ');
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      if (request.method !== 'OPTIONS') return;
      // Answered without looking at the path: it tells nothing but what may be asked.
      endResponse(new fetchAPI.Response(null, { status: 204 }));
    },
    onResponse({ request, response }) {
      // Caches must not give one origin what another was told.
      response.headers.append('vary', 'Origin');
      const origin = request.headers.get('origin');
      if (origin === null || !origins.has(origin)) return;
      response.headers.set('access-control-allow-origin', origin);
      response.headers.set('access-control-expose-headers', exposed);
      if (request.method !== 'OPTIONS') return;
      response.headers.set('access-control-allow-methods', 'GET, POST');
      response.headers.set('access-control-allow-headers', allowed);
      response.headers.set('access-control-max-age', String(preflightSeconds));
    },
  };
}
