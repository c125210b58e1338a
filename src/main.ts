import { enableCompileCache } from 'node:module';

// What is loaded from here on comes compiled from the last start, where a folder can be written.
enableCompileCache();
await import('./start.ts');
