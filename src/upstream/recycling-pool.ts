import type { Dispatcher, Pool } from 'undici';
import type { PoolStats, ProxiedPool } from './proxied-pool.ts';
import * as undici from './undici.ts';

/** How long a pool gets new requests, in ms. */
const lifeMs = 60_000;

/**
 * A pool that is replaced each minute, so that DNS changes are picked up: a connection that is never idle would stay at an
 * old address forever. Requests in flight finish in the old pool. undici's own `clientTtl` reads the clock for each busy
 * connection at each request.
 */
export class RecyclingPool extends undici.Dispatcher {
  readonly #open: () => Pool | ProxiedPool;
  readonly #timer: NodeJS.Timeout;
  readonly #ending = new Set<Promise<void>>();
  #pool: Pool | ProxiedPool;

  /** @param open opens a pool; called immediately, and then each minute */
  constructor(open: () => Pool | ProxiedPool) {
    super();
    this.#open = open;
    this.#pool = open();
    this.#timer = setInterval(() => this.#renew(), lifeMs).unref();
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    return this.#pool.dispatch(options, handler);
  }

  /** The numbers of the pool that gets new requests. */
  get stats(): PoolStats {
    return this.#pool.stats;
  }

  /** Closes idle connections, and the others once their responses are complete. */
  override async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([this.#pool.close(), ...this.#ending]);
  }

  #renew(): void {
    const ending = this.#pool.close().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    this.#pool = this.#open();
  }
}
