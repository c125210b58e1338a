import type { Middleware } from './middleware.ts';
import { refuse } from './response.ts';

/**
 * Rejects requests whose body has another transfer coding than `chunked` (RFC 9112, section 6.1): Node.js decodes only
 * that one, and would pass on other codings as the body.
 */
export const checkTransferCoding: Middleware = {
  onRequest(incoming) {
    const coding = incoming.headers.get('transfer-encoding');
    if (coding === null || coding.toLowerCase() === 'chunked') return undefined;
    return refuse(incoming, {
      status: 501,
      code: 'NOT_IMPLEMENTED',
      message:
        'The server expects the transfer coding "chunked" or none, received another one. Send the body without it.',
      headers: { connection: 'close' },
    });
  },
};
