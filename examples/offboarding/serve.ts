import type { AddressInfo } from 'node:net';
import { build, preview } from 'vite';
import { parseConfig } from '../../src/config.ts';
import { listen } from '../../src/listen.ts';
import { createLog } from '../../src/log.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

// `npm run example`: builds the page and serves it, over the sandbox that runs already or over one of its own.

const { env } = process;

try {
  const gateway = env['GATEWAY_URL'] ?? (await runningSandbox()) ?? (await ownSandbox());
  process.env['GATEWAY_URL'] = gateway;
  const root = import.meta.dirname;
  await build({ root, logLevel: 'warn' });
  const port = Number(env['EXAMPLE_PORT'] ?? 4100);
  const { httpServer } = await preview({ root, preview: { port, strictPort: true } });
  const address = httpServer.address() as AddressInfo;
  process.stdout.write(`
Example    http://127.0.0.1:${address.port}/  (open it in a browser)
Gateway    ${gateway}/

Stop with Ctrl-C.

`);
} catch (error) {
  process.stderr.write(`example: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

/** A sandbox that was started before, where `npm run sandbox` would be. */
async function runningSandbox(): Promise<string | null> {
  const { host, port } = sandboxConfig();
  if (port === 0) return null;
  const origin = `http://${host}:${port}`;
  try {
    const response = await fetch(`${origin}/sandbox/credentials`);
    await response.body?.cancel();
    return response.ok ? origin : null;
  } catch {
    return null;
  }
}

async function ownSandbox(): Promise<string> {
  const log = createLog(process.stdout, 'warn');
  const { config, gateway } = await startSandbox(env, log);
  return (await listen(gateway, config)).origin;
}

/** The simulators' URLs are not known yet, and matter to nothing here. */
function sandboxConfig() {
  return parseConfig({ ...env, WETHOD_URL: 'http://127.0.0.1' });
}
