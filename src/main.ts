import { enableCompileCache } from 'node:module';

// For a start without the flags of `npm start`: see compile-cache.js.
enableCompileCache();
await import('./start.ts');
