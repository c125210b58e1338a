import type { Middleware } from '../server/middleware.ts';

/** Puts the request's id on its answer. */
export const addRequestId: Middleware = {
  after(incoming, { headers }) {
    headers['x-request-id'] = incoming.requestId;
  },
};
