import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // graphql 16 ships two builds; vite would take the other one than Node does, and two copies refuse each other's schemas.
    alias: [
      { find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql/index.js')) },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    retry: 0,
    testTimeout: 20_000,
    server: { deps: { inline: [] } },
  },
});
