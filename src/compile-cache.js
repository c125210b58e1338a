import { enableCompileCache } from 'node:module';

// Loaded before anything else (`--import`), and no TypeScript: what comes compiled from the last start, where a
// folder can be written, then needs neither Node's compiler nor what strips its types.
enableCompileCache();
