import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // graphql 16 ships two builds, and vite would take the other one than Node does: two copies
    // refuse each other's schemas.
    alias: [
      { find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql/index.js')) },
    ],
  },
  test: {
    retry: 0,
    // Most of the time goes by in waits for time-outs, not on the processor.
    maxWorkers: 5,
    // The schema is loaded once for each worker, and not for each file.
    isolate: false,
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          globalSetup: ['test/support/build.ts'],
          include: ['test/**/*.test.ts', 'client/test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/docs/run/**', 'test/**/*.postgres.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          globalSetup: ['test/support/build.ts', 'test/support/shared-postgres.ts'],
          include: ['test/**/*.postgres.test.ts'],
          // Several files at a time would be a load on the replicas whose limits are measured.
          fileParallelism: false,
          // Some tests start a server of their own, which takes several seconds on a busy machine.
          hookTimeout: 60_000,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          globalSetup: ['test/support/build.ts'],
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: { name: 'docs', include: ['test/docs/run/**/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
});
