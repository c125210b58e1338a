import { type Config, type Environment, parseConfig } from '../config/index.ts';
import { createGateway, endpoint, type Gateway } from '../gateway.ts';
import type { Middleware } from '../server/middleware.ts';
import type { Log } from '../telemetry/log.ts';
import type { Tracing } from '../telemetry/tracing/tracing.ts';
import { aerospikeSimulator } from './aerospike.ts';
import { kaitenSimulator } from './kaiten.ts';
import { rocketChatSimulator } from './rocketchat.ts';
import { startSimulator } from './simulator.ts';
import { startPageRule } from './start-page/rule.ts';
import { sandboxGraphiQL } from './tabs.ts';
import { wethodSimulator } from './wethod.ts';

/** Where `npm run example` serves its page, unless it is told otherwise. */
export const exampleUrl = 'http://127.0.0.1:4100/';

/** A gateway over four simulated vendors. */
export interface Sandbox extends AsyncDisposable {
  readonly config: Config;
  readonly gateway: Gateway;
}

/**
 * Starts the simulators on free loopback ports, and builds a gateway over them.
 *
 * @param env as for the gateway itself; the vendors' URLs in it are not used
 * @throws {ConfigError} as the gateway's configuration does
 */
export async function startSandbox(
  env: Environment,
  log: Log,
  tracing: Tracing | null = null,
): Promise<Sandbox> {
  const vendors = {
    wethod: await startSimulator(wethodSimulator()),
    kaiten: await startSimulator(kaitenSimulator()),
    aerospike: await startSimulator(aerospikeSimulator()),
    rocketchat: await startSimulator(rocketChatSimulator()),
  };
  const simulators = Object.values(vendors);
  const dispose = async () => {
    await Promise.all(simulators.map((simulator) => simulator[Symbol.asyncDispose]()));
  };
  try {
    const config = parseConfig({
      ...env,
      WETHOD_URL: vendors.wethod.url,
      KAITEN_URL: `${vendors.kaiten.url}/api/latest`,
      AEROSPIKE_URL: `${vendors.aerospike.url}/v2`,
      ROCKETCHAT_URL: vendors.rocketchat.url,
    });
    const reset = () => {
      for (const simulator of simulators) simulator.reset();
      gateway.resetRateLimits();
    };
    const start = startPageRule({
      endpoint,
      hasGraphiQL: config.graphiql,
      exampleUrl,
      urls: {
        wethod: vendors.wethod.url,
        kaiten: vendors.kaiten.url,
        aerospike: vendors.aerospike.url,
        rocketchat: vendors.rocketchat.url,
      },
      readiness: () => gateway.probes.readiness(),
    });
    const gateway: Gateway = createGateway(config, {
      log,
      tracing,
      graphiql: sandboxGraphiQL,
      middleware: [start, resetRule(() => reset())],
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
 * `POST /sandbox/reset` puts the seed back in all four vendors, and their rate limits to the start. The start
 * page's form comes back to it.
 */
function resetRule(reset: () => void): Middleware {
  return {
    onRequest({ path, method, headers }) {
      if (path !== '/sandbox/reset') return;
      if (method !== 'POST')
        return { status: 405, headers: { allow: 'POST' }, body: 'Takes POST.\n' };
      reset();
      if (headers.get('accept')?.includes('text/html')) {
        return { status: 303, headers: { location: '/?reset' }, body: null };
      }
      return { status: 204, headers: {}, body: null };
    },
  };
}
