import type { Dispatcher } from 'undici';
import { AttemptHandler, type AttemptListener } from './attempt.ts';
import { type CallObserver, silentObserver } from './observer.ts';
import type { VendorPath } from './path.ts';
import type { PoolStats } from './proxied-pool.ts';
import { RecyclingPool } from './recycling-pool.ts';
import { AdmissionControl, type AdmissionSettings } from './resilience/admission.ts';
import type { RateLimiter } from './resilience/rate-limiter.ts';
import type { Attempt } from './response.ts';
import { TimeoutQueue } from './timeout-queue.ts';

/** One call to a vendor, before the vendor's base URL and credentials are put to it. */
export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: VendorPath;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body?: string;
}

// Compressed answers are not asked for: what is read is what the size bound counts.
const none: readonly string[] = [];
const ownHeaders = ['Accept-Encoding', 'identity', 'User-Agent', 'membership-gateway'];

/**
 * Makes attempts at one vendor over its pool. One for each vendor and process; it knows no
 * credentials and no caller.
 */
export class VendorClient {
  /** Host and port of the vendor, as in its URL. */
  readonly host: string;
  /** Scheme, host and port of the vendor. */
  readonly origin: string;
  readonly #basePath: string;
  readonly #pool: Dispatcher;
  readonly #deadlines = new TimeoutQueue();
  /** Circuit breaker and bulkhead of the vendor, for whole operations. */
  readonly admission: AdmissionControl;
  /** Keeps the calls within the vendor's rate limit; null if there is none. */
  readonly limiter: RateLimiter | null;
  /** Sees the calls. */
  readonly observer: CallObserver;

  /**
   * @param base the vendor's URL; its path is put before that of each request
   * @param concurrency how many operations may be under way, and how many may wait
   * @param limiter null for no rate limit
   * @param observer sees the calls
   * @param pool what dispatches the requests: a pool of connections to the vendor
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
    this.#pool = pool;
    this.admission = new AdmissionControl({
      ...concurrency,
      onOpen: (refuse) => limiter?.dismissWaiting(refuse),
    });
    this.limiter = limiter;
    this.observer = observer;
  }

  /**
   * Makes one attempt and never repeats it: whatever came of it is the result. Rejects only with a
   * fault of ours, such as a malformed request.
   *
   * @param credentials headers that only this attempt bears: names and values in turn
   * @param timeoutMs what it may take in ms, from leaving the queues to the last byte
   * @param read gives the result of what came of it
   * @param signal ends the attempt early, for reads whose client has gone
   * @param more headers of no credentials, for the sake of a trace
   */
  attempt<T>(
    request: VendorRequest,
    credentials: readonly string[],
    timeoutMs: number,
    follower: AttemptListener,
    read: (attempt: Attempt) => T,
    signal: AbortSignal | null,
    more: readonly string[] = none,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      // Read here and not behind the promise: each wait costs, and all calls pass here.
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
          deadlines: this.#deadlines,
          follower,
          signal,
          settle,
          reject,
        }),
      );
    });
  }

  /** How many connections there are, and how many of them are free; null where that is not known. */
  get connections(): PoolStats | null {
    return this.#pool instanceof RecyclingPool ? this.#pool.stats : null;
  }

  /** Ends the idle connections, and the others once their answers are in. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
