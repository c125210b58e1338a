import type { Middleware } from '../server/middleware.ts';

/**
 * No answer is kept by a cache that does not say so itself, and none is taken for another type than its
 * own (OWASP REST Security Cheat Sheet, "Security headers").
 */
export const addSecurityHeaders: Middleware = {
  after(_incoming, { headers }) {
    headers['cache-control'] ??= 'no-store';
    headers['x-content-type-options'] = 'nosniff';
  },
};
