import type { Middleware } from './middleware.ts';
import { refuse } from './response.ts';

/**
 * Refuses a request whose body has another transfer coding than `chunked` (RFC 9112, section 6.1): Node undoes that
 * one only, and would hand over the rest as if it were the body.
 */
export const checkTransferCoding: Middleware = {
  before(incoming) {
    const coding = incoming.headers.get('transfer-encoding');
    if (coding === null || coding.toLowerCase() === 'chunked') return undefined;
    return refuse(incoming, {
      status: 501,
      code: 'NOT_IMPLEMENTED',
      message: 'The server expects the transfer coding "chunked" or none, received another one.',
      headers: { connection: 'close' },
    });
  },
};
