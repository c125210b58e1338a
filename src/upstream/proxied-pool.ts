import type { Dispatcher, Pool, ProxyAgent } from 'undici';
import { correctReading } from './connector.ts';
import * as undici from './undici.ts';

/** How many connections a pool has, and how many of them are free. */
export interface PoolStats {
  readonly connected: number;
  readonly free: number;
}

/**
 * A pool whose connections are tunnels of a proxy. TLS is spoken with the origin itself: the proxy learns
 * its host and port, and no credentials but those in its own URL. Where it opens no tunnel the request
 * fails before it is written.
 */
export class ProxiedPool extends undici.Dispatcher {
  readonly #origin: string;
  readonly #agent: ProxyAgent;
  #tunnels: Pool | null = null;

  /**
   * @param origin scheme, host and port; `https://` alone, since the proxy could read anything else
   * @param timeoutMs what a tunnel may take, and then its TLS, in ms
   */
  constructor(origin: string, proxy: URL, timeoutMs: number, options: Pool.Options) {
    super();
    this.#origin = origin;
    const Agent = undici.loadProxyAgent();
    this.#agent = new Agent({
      ...options,
      uri: proxy.href,
      connectTimeout: timeoutMs,
      factory: (url, given) => {
        this.#tunnels = new undici.Pool(url, corrected(given));
        return this.#tunnels;
      },
      proxyTls: { allowH2: false },
      // Nobody else ends a CONNECT that is not answered.
      clientFactory: (url, given) =>
        new undici.Pool(url, { ...options, headersTimeout: timeoutMs, ...given }),
    });
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    return this.#agent.dispatch({ ...options, origin: this.#origin }, handler);
  }

  get stats(): PoolStats {
    return this.#tunnels?.stats ?? { connected: 0, free: 0 };
  }

  /** Ends the tunnels that are idle, and the others once their answers are in. */
  override async close(): Promise<void> {
    await this.#agent.close();
  }
}

/** The options of a pool of tunnels, through which answers are read as HTTP defines them as well. */
function corrected(given: object): Pool.Options {
  const options: Pool.Options = given;
  const { connect } = options;
  return typeof connect === 'function' ? { ...options, connect: correctReading(connect) } : options;
}
