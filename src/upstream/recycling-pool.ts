import type { Dispatcher, Pool } from 'undici';
import type { PoolStats, ProxiedPool } from './proxied-pool.ts';
import * as undici from './undici.ts';

/** How long a pool is given new requests, in ms. */
const lifeMs = 60_000;

/**
 * A pool that a new one takes the place of each minute: connections that are never idle would stay for ever at
 * an address that their name has left, and only a new one looks it up. What is under way in the old one ends
 * there. undici's own `clientTtl` reads the clock for each busy connection at each request.
 */
export class RecyclingPool extends undici.Dispatcher {
  readonly #open: () => Pool | ProxiedPool;
  readonly #timer: NodeJS.Timeout;
  readonly #ending = new Set<Promise<void>>();
  #pool: Pool | ProxiedPool;

  /** @param open opens a pool; called at once, and then each minute */
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

  /** Those of the pool that gets new requests. */
  get stats(): PoolStats {
    return this.#pool.stats;
  }

  /** Ends idle connections, and the others once their answers are in. */
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
