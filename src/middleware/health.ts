import type { Readiness } from '../admin/readiness.ts';
import type { Middleware } from '../server/middleware.ts';

/**
 * Creates the middleware that answers `GET /health` (200 if the process is alive) and `GET /ready` (503 during
 * shutdown and while the audit log cannot be written), without bodies.
 */
export function createHealth(readiness: () => Promise<Readiness>): Middleware {
  const answer = async (path: string, method: string) => {
    if (method !== 'GET' && method !== 'HEAD') {
      return { status: 405, headers: { allow: 'GET, HEAD' }, body: null };
    }
    const isUp = path === '/health' || (await readiness()).ready;
    return { status: isUp ? 200 : 503, headers: {}, body: null };
  };
  return {
    onRequest({ path, method }) {
      return path === '/health' || path === '/ready' ? answer(path, method) : undefined;
    },
  };
}
