import type { FetchImplementation } from 'jose';
import type { Dispatcher } from 'undici';
import { anyArray } from '../domain/decode.ts';
import { loadLate } from '../server/late-load.ts';
import type { Log } from '../telemetry/log.ts';
import { largestBody } from '../upstream/content-coding.ts';
import { readText } from '../upstream/growing-bytes.ts';

/** The key server returned no keys, now or a moment ago. */
export class KeyServerError extends Error {
  override readonly name = 'KeyServerError';
}

/** The pause after a failed fetch, in ms: any number of tokens may arrive meanwhile. */
const pauseMs = 5_000;

/** Fetches an identity provider's keys (RFC 7517, section 5), and keeps the last good ones during outages. */
export class KeyServer {
  readonly #pool: Dispatcher;
  readonly #log: Log;
  #good: string | null = null;
  #failedAt = Number.NEGATIVE_INFINITY;

  /** @param pool the connections to the key server */
  constructor(pool: Dispatcher, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  /** Returns whether the last fetch failed, so that a new key may be missing. */
  get isFailing(): boolean {
    return this.#failedAt !== Number.NEGATIVE_INFINITY;
  }

  /** Returns the server's keys, or the last good ones, in the form that jose expects. */
  readonly fetch: FetchImplementation = async (url, options) => {
    if (performance.now() - this.#failedAt >= pauseMs) await this.#refresh(url, options);
    if (this.#good === null) throw new KeyServerError('the key server returned no keys');
    return new Response(this.#good);
  };

  async #refresh(url: string, options: Parameters<FetchImplementation>[1]): Promise<void> {
    try {
      const { request }: typeof import('undici') = loadLate('undici');
      const { statusCode, body } = await request(url, {
        headers: options.headers,
        signal: options.signal,
        dispatcher: this.#pool,
      });
      const text = await readText(body, largestBody);
      if (statusCode !== 200)
        throw new KeyServerError(`expected status 200, received ${statusCode}`);
      if (!isKeySet(parseJson(text)))
        throw new KeyServerError('expected a JWK set, received something else');
      this.#good = text;
      this.#failedAt = Number.NEGATIVE_INFINITY;
    } catch (error) {
      this.#failedAt = performance.now();
      const hasKeys = this.#good !== null;
      this.#log.error({ err: error, hasKeys }, 'failed to fetch keys');
    }
  }
}

function isKeySet(json: unknown): boolean {
  const keys = anyArray((json as { readonly keys?: unknown } | null)?.keys);
  return keys?.every((key) => typeof key === 'object' && key !== null) === true;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
