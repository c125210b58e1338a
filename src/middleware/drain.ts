import type { Lifecycle } from '../server/lifecycle.ts';
import type { Middleware } from '../server/middleware.ts';
import { refuse } from '../server/response.ts';

/** While the process stops: refuses new documents with 503, and tells keep-alive connections to close. */
export function createDrain(lifecycle: Lifecycle, endpoint: string): Middleware {
  return {
    before(incoming) {
      if (!lifecycle.isStopping || !isUnder(endpoint, incoming.path)) return;
      const message = 'The gateway is stopping; nothing was begun. Send the request again.';
      return refuse(incoming, { status: 503, message, code: 'STOPPING' });
    },
    after(_incoming, { headers }) {
      if (lifecycle.isStopping) headers['connection'] = 'close';
    },
  };
}

/** The files of GraphiQL are below the API. */
function isUnder(endpoint: string, path: string): boolean {
  return path === endpoint || path.startsWith(`${endpoint}/`);
}
