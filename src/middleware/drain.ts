import type { Lifecycle } from '../server/lifecycle.ts';
import type { Middleware } from '../server/middleware.ts';
import { refuse } from '../server/response.ts';

/** Creates the middleware that, during shutdown, rejects new documents with 503 and closes keep-alive connections. */
export function createDrain(lifecycle: Lifecycle, endpoint: string): Middleware {
  return {
    onRequest(incoming) {
      if (!lifecycle.isStopping || !isUnder(endpoint, incoming.path)) return;
      const message = 'The gateway is shutting down; nothing was sent. Send the request again.';
      return refuse(incoming, { status: 503, message, code: 'STOPPING' });
    },
    onResponse(_incoming, { headers }) {
      if (lifecycle.isStopping) headers['connection'] = 'close';
    },
  };
}

/** Returns whether a path is the API's or below it, as the files of GraphiQL are. */
function isUnder(endpoint: string, path: string): boolean {
  return path === endpoint || path.startsWith(`${endpoint}/`);
}
