import type { Rule } from '../server/middleware.ts';

/** Puts the request's id on its answer. */
export const requestIdRule: Rule = {
  after(incoming, { headers }) {
    headers['x-request-id'] = incoming.requestId;
  },
};
