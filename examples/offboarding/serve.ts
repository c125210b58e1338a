import type { AddressInfo } from 'node:net';
import { build, preview } from 'vite';
import { ConfigError, parseConfig } from '../../src/config/index.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { listen } from '../../src/server/listen.ts';
import { createLog } from '../../src/telemetry/log.ts';

// `npm run example`: builds the page and serves it, over the sandbox that runs already or over one of its own.

const { env } = process;

try {
  const port = readPort();
  const gateway = readGatewayUrl() ?? (await findRunningSandbox()) ?? (await startOwnSandbox());
  process.env['GATEWAY_URL'] = gateway;
  const root = import.meta.dirname;
  await build({ root, logLevel: 'warn' });
  const { httpServer } = await preview({ root, preview: { port, strictPort: true } }).catch(
    (error: Error) => {
      if (!error.message.includes('in use')) throw error;
      throw createError('EXAMPLE_PORT', String(port), 'another port: this one is in use');
    },
  );
  const address = httpServer.address() as AddressInfo;
  process.stdout.write(`
Example    http://127.0.0.1:${address.port}/  (open it in a browser)
Gateway    ${gateway}/

Stop with Ctrl-C.

`);
} catch (error) {
  const lines = error instanceof ConfigError ? error.problems : [(error as Error).message];
  for (const line of lines) process.stderr.write(`example: ${line}\n`);
  process.exit(1);
}

function readPort(): number {
  const text = env['EXAMPLE_PORT'] ?? '4100';
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw createError('EXAMPLE_PORT', text, 'a port from 1 to 65535, or 0 for any free one');
}

function readGatewayUrl(): string | null {
  const text = env['GATEWAY_URL'];
  if (text === undefined) return null;
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text.replace(/\/$/, '');
  throw createError('GATEWAY_URL', text, 'the http or https URL of a gateway, without /graphql');
}

function createError(variable: string, got: string, takes: string): Error {
  return new Error(`${variable}: got "${got}"; takes ${takes}`);
}

/** A sandbox that was started before, where `npm run sandbox` would be. */
async function findRunningSandbox(): Promise<string | null> {
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

async function startOwnSandbox(): Promise<string> {
  const log = createLog(process.stdout, 'warn');
  const { config, gateway } = await startSandbox(env, log);
  return (await listen(gateway, config)).origin;
}

/** Returns the configuration of the sandbox: the simulators' URLs are not known yet, and nothing here uses them. */
function sandboxConfig() {
  return parseConfig({ ...env, WETHOD_URL: 'http://127.0.0.1' });
}
