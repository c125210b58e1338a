import { createHmac } from 'node:crypto';
import type { Log } from '../../telemetry/log.ts';
import type { WindowCounter, WindowLimit } from '../../upstream/resilience/fixed-window.ts';
import type { RateLimiter, RateLimitScope } from '../../upstream/resilience/rate-limiter.ts';
import { SharedRateLimiter } from '../../upstream/resilience/shared-rate-limiter.ts';
import { SharedWindowLimiter } from '../../upstream/resilience/shared-window-limiter.ts';
import type { SharedLimits, SharedLimitsSettings, VendorLimit } from '../shared-limits.ts';
import { PostgresDatabase } from './database.ts';
import { PostgresLeases } from './leases.ts';
import { PostgresTurns } from './turns.ts';

/** The limits that replicas share in PostgreSQL. */
export class PostgresLimits implements SharedLimits {
  readonly #database: PostgresDatabase;
  readonly #secret: Uint8Array;
  readonly #turns: PostgresTurns;
  readonly #leases: PostgresLeases;
  readonly #countReplicas: () => number;

  /**
   * @param url the database, whose schema is up to date
   * @param secret the secret of keyed hashes, so that the database reveals no credential and no address
   * @param countReplicas returns how many replicas use the database
   */
  constructor(url: string, secret: Uint8Array, countReplicas: () => number) {
    const database = new PostgresDatabase(url);
    this.#database = database;
    this.#secret = secret;
    this.#countReplicas = countReplicas;
    this.#turns = new PostgresTurns(database);
    this.#leases = new PostgresLeases(database);
  }

  createRateLimiter(
    { vendor, limit, scope, queueLength }: VendorLimit,
    { egressGroup, log }: SharedLimitsSettings,
  ): RateLimiter {
    return new SharedRateLimiter({
      limit,
      scope,
      queueLength,
      store: this.#turns,
      countReplicas: this.#countReplicas,
      createKey: (counted: RateLimitScope, of: string) =>
        counted === 'route'
          ? `${vendor} ${egressGroup} ${of}`
          : `${vendor} ${this.#hash(`rate limit ${vendor} ${of}`)}`,
      onLoss: (error) => {
        log.error({ vendor, err: error }, 'lost the database of the rate limit');
      },
      onRecovery: () => {
        log.info({ vendor }, 'reached the database of the rate limit again');
      },
    });
  }

  createCallerLimit(name: string, limit: WindowLimit, log: Log): WindowCounter {
    return new SharedWindowLimiter({
      limit,
      store: this.#leases,
      countReplicas: this.#countReplicas,
      createKey: (key) => `${name} ${this.#hash(`caller ${name} ${key}`)}`,
      onLoss: (error) => {
        log.error({ limit: name, err: error }, 'lost the database of the caller limit');
      },
      onRecovery: () => {
        log.info({ limit: name }, 'reached the database of the caller limit again');
      },
    });
  }

  async sweep(): Promise<void> {
    await this.#turns.sweep();
    await this.#leases.sweep();
  }

  /** Closes the connections once their statements have ended. */
  close(): Promise<void> {
    return this.#database.close();
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url');
  }
}
