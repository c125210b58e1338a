import { copyFile, rm } from 'node:fs/promises';
import { build } from 'rolldown';

/*
 * Bundles the gateway into `dist/main.js` for the image: one file in place of some 430 modules, which start with a third
 * of the CPU time. Run by `npm run build`.
 */

/** Loaded only when they are used, or by paths of their own: they stay in node_modules. */
const external = [
  /^(?:@graphql-yoga\/render-graphiql|@opentelemetry\/|jose|pg$|pino-pretty|prom-client|undici|zod)/,
];

await rm('dist', { recursive: true, force: true });
await build({
  input: {
    main: 'src/main.ts',
    // Loaded when it is first used, and found here before the one in node_modules, which has a graphql of its own: to it
    // no type of the schema is a type.
    'node_modules/graphql-jit/index': 'graphql-jit',
    'database-thread': 'src/state/sqlite/thread.ts',
  },
  platform: 'node',
  external,
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify: false,
  },
});
// The script of GraphiQL's page, which the gateway reads and serves.
await copyFile('src/graphiql/start.js', 'dist/start.js');
