import type { Dispatcher } from 'undici';
import { AttemptHandler, type AttemptListener } from './attempt.ts';
import { type CallObserver, silentObserver } from './observer.ts';
import { type PoolStats, ProxiedPool } from './proxied-pool.ts';
import type { VendorRequest } from './request.ts';
import { AdmissionControl, type AdmissionSettings } from './resilience/admission.ts';
import type { RateLimiter } from './resilience/rate-limiter.ts';
import type { Attempt } from './response.ts';
import * as undici from './undici.ts';

const noHeaders: readonly string[] = [];
// Compressed responses are not requested: the size limit counts the bytes as they are read.
const ownHeaders = ['Accept-Encoding', 'identity', 'User-Agent', 'membership-gateway'];

/**
 * Sends requests to one vendor over its connection pool. There is one client for each vendor and process, without
 * credentials and without a caller.
 */
export class VendorClient {
  /** Host and port of the vendor, as in its URL. */
  readonly host: string;
  /** Scheme, host and port of the vendor. */
  readonly origin: string;
  /** The vendor's URL without a final slash. */
  readonly base: string;
  readonly #basePath: string;
  readonly #pool: Dispatcher;
  /** The circuit breaker and the bulkhead of the vendor, for whole changes and reads. */
  readonly admission: AdmissionControl;
  /** The vendor's rate limit; null if it has none. */
  readonly limiter: RateLimiter | null;
  /** Receives the events of the calls. */
  readonly observer: CallObserver;

  /**
   * @param base the vendor's URL; its path precedes that of each request
   * @param concurrency the most changes and reads in flight, and the most that wait
   * @param limiter null for no rate limit
   * @param observer receives the events of the calls
   * @param pool the pool of connections to the vendor
   */
  constructor(
    base: URL,
    concurrency: Pick<AdmissionSettings, 'concurrency' | 'queueLength'>,
    limiter: RateLimiter | null,
    observer: CallObserver = silentObserver,
    pool: Dispatcher,
  ) {
    this.host = base.host;
    this.origin = base.origin;
    this.#basePath = base.pathname.replace(/\/+$/, '');
    this.base = this.origin + this.#basePath;
    this.#pool = pool;
    this.admission = new AdmissionControl({
      ...concurrency,
      onOpen: (refuse) => limiter?.dismissWaiting(refuse),
    });
    this.limiter = limiter;
    this.observer = observer;
  }

  /**
   * Sends a request once and never repeats it. Rejects only with a fault of the gateway, such as a malformed request.
   *
   * @param credentials the headers of the caller's credentials: names and values in turn
   * @param timeoutMs the time from leaving the queues to the last byte, in ms
   * @param read converts the attempt to the result
   * @param signal ends the attempt early, for reads whose client disconnects
   * @param more headers without credentials, such as those of a trace
   */
  sendOnce<T>(
    request: VendorRequest,
    credentials: readonly string[],
    timeoutMs: number,
    listener: AttemptListener,
    read: (attempt: Attempt) => T,
    signal: AbortSignal | null,
    more: readonly string[] = noHeaders,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      // Read here and not after the promise, which would be one more turn of the microtask queue (optimisations.md, group).
      const settle = (attempt: Attempt) => {
        try {
          resolve(read(attempt));
        } catch (fault) {
          reject(fault);
        }
      };
      this.#pool.dispatch(
        {
          method: request.method,
          path: this.#basePath + request.path,
          headers: credentials.concat(request.headers, ownHeaders, more),
          body: request.body ?? null,
        },
        new AttemptHandler({
          timeoutMs,
          listener,
          signal,
          settle,
          reject,
        }),
      );
    });
  }

  /** The numbers of connections and of free ones; null if they are unknown. */
  get connections(): PoolStats | null {
    const pool = this.#pool;
    return pool instanceof undici.Pool || pool instanceof ProxiedPool ? pool.stats : null;
  }

  /** Closes idle connections, and the others once their responses are complete. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
