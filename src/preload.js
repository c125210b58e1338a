import 'node:crypto';
import { lstatSync } from 'node:fs';
import 'node:fs/promises';
import module from 'node:module';
import 'node:net';
import 'node:util';
import { setFlagsFromString } from 'node:v8';

// Loaded before anything else (`--import`), so that a start takes three quarters of the time on one core. It is no
// TypeScript: what strips the types would be loaded for it.

// The first thing that runs, and in any Node.js: an import by its name of what an older one lacks would be a syntax error.
if (Number.parseInt(process.versions.node, 10) < 26) {
  process.stderr.write(
    `membership-gateway: expected Node.js 26 or newer, got ${process.versions.node}. ` +
      'Run "npm ci" without --ignore-scripts, which installs it for this project, or see https://nodejs.org/en/download.\n',
  );
  process.exit(1);
}

// Node.js would open its debugger, which shows all of the memory to any user of this machine. `--disable-sigusr1` of
// `npm start` does the same from the very beginning.
process.on('SIGUSR1', () => {});

const { enableCompileCache, flushCompileCache, registerHooks } = module;

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
];
for (const name of others) process.getBuiltinModule(name);

// A worker has this file loaded, too, and V8's flags are those of the process.
if (process.getBuiltinModule('worker_threads').isMainThread) setFlags();

// What comes compiled from the last start, where a folder can be written, needs neither a compiler nor what strips
// types.
enableCompileCache();

// A relative name with its ending is that of a file, if there is one: nothing else has to be looked up. A link is none.
const hooks = registerHooks({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    if (/^\.\.?\/[\w./-]+\.[cm]?[jt]s$/.test(specifier) && parentURL?.startsWith('file:')) {
      const url = new URL(specifier, parentURL);
      if (lstatSync(url, { throwIfNoEntry: false })?.isFile()) {
        return { url: url.href, shortCircuit: true };
      }
    }
    return next(specifier, context);
  },
});

// Behind the program's loading.
setTimeout(() => {
  hooks.deregister();
  // Else it is written where the process ends by itself.
  flushCompileCache();
});

/**
 * Sets flags of V8, but none that whoever starts the program has set. Node.js warns of doing so as a program runs: these
 * are read where V8 decides, in the Node.js that package.json pins, and tests see them come and go.
 */
function setFlags() {
  const given = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(' ')].map(
    nameOf,
  );
  const set = (...flags) => {
    for (const flag of flags) if (!given.includes(nameOf(flag))) setFlagsFromString(flag);
  };
  // What runs once is not worth a compiler's time, and most of what is loaded stays: both would take the one core from the
  // program.
  set('--no-sparkplug', '--no-turbofan', '--no-incremental-marking');
  // The first turn of the event loop comes when the program is loaded; the first answers need not wait for this either.
  setTimeout(() => {
    setTimeout(() => set('--sparkplug', '--turbofan'), 100).unref();
    setTimeout(() => set('--incremental-marking'), 1_000).unref();
  });
  // For good: objects that V8 puts among the old ones from the start die with their requests all the same, where it costs
  // more; and what its middle compiler makes is soon made anew.
  set('--no-allocation-site-pretenuring', '--no-maglev');
  // What comes with `--no-maglev` where Node.js is given it; the last would be 3000, and has code at its best sooner so.
  set('--no-maglev-overwrite-budget', '--min-inlining-frequency=0.15');
  set('--invocation-count-for-turbofan=1000');
}

/** The name of a flag, without what it is set to. */
function nameOf(flag) {
  return flag.replace(/^--(no-)?|=.*/g, '').replaceAll('_', '-');
}
