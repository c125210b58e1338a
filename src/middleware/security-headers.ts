import type { Middleware } from '../server/middleware.ts';

/**
 * Forbids caching of responses that do not allow it themselves, and sniffing of their media types (OWASP REST Security
 * Cheat Sheet, "Security headers").
 */
export const addSecurityHeaders: Middleware = {
  onResponse(_incoming, { headers }) {
    headers['cache-control'] ??= 'no-store';
    headers['x-content-type-options'] = 'nosniff';
  },
};
