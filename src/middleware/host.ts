import type { Middleware } from '../server/middleware.ts';
import { refuse } from '../server/response.ts';

const validHost = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]*)(:\d{0,5})?$/;

/** Rejects requests with a malformed `Host` header (RFC 9112, section 3.2). */
export const checkHost: Middleware = {
  onRequest(incoming) {
    const host = incoming.headers.get('host');
    if (host === null || validHost.test(host)) return;
    const message =
      'The server expects a host name with an optional port in the header Host, received something else. Correct it.';
    return refuse(incoming, { status: 400, message, code: 'BAD_REQUEST' });
  },
};
