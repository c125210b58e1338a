import type { Rule } from '../server/middleware.ts';

/**
 * No answer is kept by a cache that does not say so itself, and none is taken for another type than its
 * own (OWASP REST Security Cheat Sheet, "Security headers").
 */
export const securityHeadersRule: Rule = {
  after(_incoming, { headers }) {
    headers['cache-control'] ??= 'no-store';
    headers['x-content-type-options'] = 'nosniff';
  },
};
