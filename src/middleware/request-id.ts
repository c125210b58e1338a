import type { Middleware } from '../server/middleware.ts';

/** Sets the request ID on the response. */
export const addRequestId: Middleware = {
  onResponse(incoming, { headers }) {
    headers['x-request-id'] = incoming.requestId;
  },
};
