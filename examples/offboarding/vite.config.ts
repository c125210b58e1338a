import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Where the gateway is: `GATEWAY_URL`, by itself the sandbox's usual place. */
const gateway = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000';

/** The page and the gateway share an origin, so that no other origin need be let in. */
const proxy = { '/graphql': gateway, '/sandbox': gateway };

export default defineConfig({
  root: import.meta.dirname,
  resolve: {
    alias: {
      // In a project of one's own it is a dependency like any other.
      'membership-gateway-client': fileURLToPath(
        new URL('../../client/src/index.ts', import.meta.url),
      ),
    },
  },
  server: { host: '127.0.0.1', port: 4100, proxy },
  preview: {
    host: '127.0.0.1',
    port: 4100,
    proxy,
    headers: {
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  },
});
