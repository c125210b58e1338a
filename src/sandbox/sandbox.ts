import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, type Environment, parseConfig } from '../config/index.ts';
import { createGateway, endpoint, type Gateway } from '../gateway.ts';
import type { Middleware } from '../server/middleware.ts';
import { openState } from '../state/open.ts';
import type { Log } from '../telemetry/log.ts';
import type { Tracing } from '../telemetry/tracing/tracing.ts';
import { startSimulator } from './simulator.ts';
import { createStartPageMiddleware } from './start-page/rule.ts';
import { sandboxGraphiQL } from './tabs.ts';
import { sandboxVendors } from './vendors.ts';

/** The default address of the page that `npm run example` serves. */
export const exampleUrl = 'http://127.0.0.1:4100/';

/** A gateway over simulated vendors. */
export interface Sandbox extends AsyncDisposable {
  readonly config: Config;
  readonly gateway: Gateway;
}

/**
 * Starts the simulators on free loopback ports, and creates a gateway over them.
 *
 * @param env the gateway's environment; its vendor URLs are ignored
 * @throws {ConfigError} if the configuration is invalid
 */
export async function startSandbox(
  env: Environment,
  log: Log,
  tracing: Tracing | null = null,
): Promise<Sandbox> {
  const simulators = await Promise.all(
    sandboxVendors.map(async (vendor) => ({
      ...vendor,
      ...(await startSimulator(vendor.createSimulator())),
    })),
  );
  const folder = await mkdtemp(join(tmpdir(), 'membership-gateway-'));
  const dispose = async () => {
    await Promise.all(simulators.map((simulator) => simulator[Symbol.asyncDispose]()));
    await rm(folder, { recursive: true });
  };
  try {
    const urls = simulators.map(({ urlVariable, url, basePath }) => [urlVariable, url + basePath]);
    const config = parseConfig({
      DATABASE_URL: `file:${join(folder, 'gateway.db')}`,
      ...env,
      ...Object.fromEntries(urls),
    });
    const reset = () => {
      for (const simulator of simulators) simulator.reset();
      gateway.resetRateLimits();
    };
    const start = createStartPageMiddleware({
      endpoint,
      hasGraphiQL: config.graphiql,
      exampleUrl,
      vendors: simulators,
      readiness: () => gateway.probes.readiness(),
    });
    const state = await openState(config, log);
    const gateway: Gateway = createGateway(config, {
      log,
      tracing,
      state,
      graphiql: sandboxGraphiQL,
      middleware: [start, createResetMiddleware(() => reset())],
    });
    return {
      config,
      gateway,
      [Symbol.asyncDispose]: async () => {
        await gateway.close();
        await dispose();
      },
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/**
 * Creates the middleware for `POST /sandbox/reset`, which resets the seed and the rate limits of all vendors. A
 * browser is redirected to the start page.
 */
function createResetMiddleware(reset: () => void): Middleware {
  return {
    onRequest({ path, method, headers }) {
      if (path !== '/sandbox/reset') return;
      if (method !== 'POST')
        return { status: 405, headers: { allow: 'POST' }, body: 'Use POST.\n' };
      reset();
      if (headers.get('accept')?.includes('text/html')) {
        return { status: 303, headers: { location: '/?reset' }, body: null };
      }
      return { status: 204, headers: {}, body: null };
    },
  };
}
