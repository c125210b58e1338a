import module from 'node:module';

// Loaded before anything else (`--import`). It is JavaScript, so that an older Node.js can read it and report itself.

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

// An older Node.js lacks these names: an import by name would be a syntax error there.
const { enableCompileCache, flushCompileCache } = module;

enableCompileCache();
// Node.js writes the cache when a process ends by itself, which a server does not.
setTimeout(flushCompileCache).unref();
