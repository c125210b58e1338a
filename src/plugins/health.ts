import type { Plugin } from 'graphql-yoga';
import type { Audit } from '../audit.ts';
import type { Lifecycle } from '../lifecycle.ts';

/**
 * `GET /health`: the process is alive. `GET /ready`: it takes traffic; 503 while it stops, and while the
 * audit record cannot be written. No bodies.
 */
export function useHealth(lifecycle: Lifecycle, audit: Audit | null): Plugin {
  return {
    async onRequest({ url, request, fetchAPI, endResponse }) {
      if (url.pathname !== '/health' && url.pathname !== '/ready') return;
      const isReading = request.method === 'GET' || request.method === 'HEAD';
      const isUp =
        url.pathname === '/health' ||
        (!lifecycle.isStopping && ((await audit?.isWritable()) ?? true));
      const status = isReading ? (isUp ? 200 : 503) : 405;
      const headers = isReading ? { 'cache-control': 'no-store' } : { allow: 'GET, HEAD' };
      endResponse(new fetchAPI.Response(null, { status, headers }));
    },
  };
}
