import 'node:crypto';
import 'node:fs';
import 'node:fs/promises';
import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import 'node:net';
import 'node:util';
import { setFlagsFromString } from 'node:v8';

// Loaded before anything else (`--import`), so that a start takes three quarters of the time on one core. It is no
// TypeScript: what strips the types would be loaded for it.

// What a start needs of Node.js itself comes compiled, but is only taken while V8 has the flags that it was compiled with:
// it is loaded before they change. What the program imports is imported above. An `import` of these would read all of
// their names, which loads a second undici (`http.WebSocket`) and the root certificates (`tls.rootCertificates`).
const others = [
  'assert',
  'cluster',
  'dns',
  'http',
  'http2',
  'perf_hooks',
  'stream/promises',
  'tls',
  'worker_threads',
];
for (const name of others) process.getBuiltinModule(name);

// V8 reads each of these flags where it decides, so that they may change as it runs.
// What runs once is not worth a compiler's time, and nothing of what is loaded can be collected: both would take the one
// core from the program.
setFlagsFromString('--no-sparkplug');
setFlagsFromString('--no-turbofan');
setFlagsFromString('--no-incremental-marking');
// For good: objects that V8 puts among the old ones from the start die with their requests all the same, where it costs
// more; and what its middle compiler makes is soon made anew. The two flags behind `--no-maglev` come with it where Node.js
// is given it; the last one has code at its best sooner.
const kept = [
  '--no-allocation-site-pretenuring',
  '--no-maglev',
  '--no-maglev-overwrite-budget',
  '--min-inlining-frequency=0.15',
  '--invocation-count-for-turbofan=1000',
];
for (const flag of kept) setFlagsFromString(flag);

// What comes compiled from the last start, where a folder can be written, needs neither a compiler nor what strips
// types.
enableCompileCache();

// A relative name with its ending is that of a file: nothing has to be looked up.
registerHooks({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    return /^\.\.?\/.+\.[cm]?[jt]s$/.test(specifier) && parentURL?.startsWith('file:')
      ? { url: new URL(specifier, parentURL).href, shortCircuit: true }
      : next(specifier, context);
  },
});

// The first turn of the event loop comes when the program is loaded.
setTimeout(() => {
  // Before the flags change, since what is written down is only taken with the flags that it was made with.
  flushCompileCache();
  setFlagsFromString('--sparkplug');
  setFlagsFromString('--turbofan');
});
// Behind the first answers.
setTimeout(() => setFlagsFromString('--incremental-marking'), 1_000).unref();
