import type { Middleware } from '../server/middleware.ts';
import { refuse } from '../server/response.ts';

const valid = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]*)(:\d{0,5})?$/;

/** Refuses a malformed `Host` (RFC 9112, section 3.2), which nobody behind should have to make sense of. */
export const createHostCheck: Middleware = {
  before(incoming) {
    const host = incoming.headers.get('host');
    if (host === null || valid.test(host)) return;
    const message = 'The Host header is malformed.';
    return refuse(incoming, { status: 400, message, code: 'BAD_REQUEST' });
  },
};
