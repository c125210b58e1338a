import type { Readiness } from '../admin/readiness.ts';
import type { Middleware } from '../server/middleware.ts';

/**
 * `GET /health`: the process is alive. `GET /ready`: it takes traffic; 503 while it stops, and while the
 * audit log cannot be written. No bodies.
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
    before({ path, method }) {
      return path === '/health' || path === '/ready' ? answer(path, method) : undefined;
    },
  };
}
