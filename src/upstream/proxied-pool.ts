import type { Dispatcher, Pool, ProxyAgent } from 'undici';
import { correctReading } from './connector.ts';
import * as undici from './undici.ts';

/** The numbers of connections of a pool and of free ones. */
export interface PoolStats {
  readonly connected: number;
  readonly free: number;
}

/**
 * A pool whose connections are tunnels through a proxy. TLS ends at the origin itself: the proxy sees its host and port, and
 * no credentials except those in the proxy's URL. If the proxy opens no tunnel, the request fails before it is written.
 */
export class ProxiedPool extends undici.Dispatcher {
  readonly #origin: string;
  readonly #agent: ProxyAgent;
  #tunnels: Pool | null = null;

  /**
   * @param origin scheme, host and port; only `https://`, since the proxy could read anything else
   * @param timeoutMs the timeout for opening a tunnel, and then for its TLS handshake, in ms
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
        this.#tunnels = new undici.Pool(url, addCorrectReading(given));
        return this.#tunnels;
      },
      proxyTls: { allowH2: false },
      // No other timeout ends a CONNECT without a response.
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

  /** Closes idle tunnels, and the others once their responses are complete. */
  override async close(): Promise<void> {
    await this.#agent.close();
  }
}

/** Adds {@link correctReading} to the options of a pool of tunnels. */
function addCorrectReading(given: object): Pool.Options {
  const options: Pool.Options = given;
  const { connect } = options;
  return typeof connect === 'function' ? { ...options, connect: correctReading(connect) } : options;
}
