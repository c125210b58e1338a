import type { FetchImplementation } from 'jose';
import type { Dispatcher } from 'undici';
import { anyArray } from '../domain/decode.ts';
import { loadLate } from '../server/late-load.ts';
import type { Log } from '../telemetry/log.ts';
import { largestBody } from '../upstream/content-coding.ts';
import { readText } from '../upstream/growing-bytes.ts';

/** The key server gave no keys, now or a moment ago. */
export class KeyServerError extends Error {
  override readonly name = 'KeyServerError';
}

/** How long a key server that failed is left alone, in ms: tokens may come in any number meanwhile. */
const pauseMs = 5_000;

/** Reads an identity provider's keys (RFC 7517, section 5), and keeps the last good ones through its outages. */
export class KeyServer {
  readonly #pool: Dispatcher;
  readonly #log: Log;
  #good: string | null = null;
  #failedAt = Number.NEGATIVE_INFINITY;

  /** @param pool what it is called through */
  constructor(pool: Dispatcher, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  /** Whether the keys could not be read when they were last wanted, so that a new one may be missing. */
  get isFailing(): boolean {
    return this.#failedAt !== Number.NEGATIVE_INFINITY;
  }

  /** As jose asks for keys: those of the server, else the last good ones. */
  readonly fetch: FetchImplementation = async (url, options) => {
    if (performance.now() - this.#failedAt >= pauseMs) await this.#read(url, options);
    if (this.#good === null) throw new KeyServerError('the key server gave no keys');
    return new Response(this.#good);
  };

  async #read(url: string, options: Parameters<FetchImplementation>[1]): Promise<void> {
    try {
      const { request }: typeof import('undici') = loadLate('undici');
      const { statusCode, body } = await request(url, {
        headers: options.headers,
        signal: options.signal,
        dispatcher: this.#pool,
      });
      const text = await readText(body, largestBody);
      if (statusCode !== 200) throw new KeyServerError(`it answered ${statusCode}`);
      if (!isKeySet(parse(text))) throw new KeyServerError('it gave no set of keys');
      this.#good = text;
      this.#failedAt = Number.NEGATIVE_INFINITY;
    } catch (error) {
      this.#failedAt = performance.now();
      const hasKeys = this.#good !== null;
      this.#log.error({ err: error, hasKeys }, 'the key server cannot be read');
    }
  }
}

function isKeySet(json: unknown): boolean {
  const keys = anyArray((json as { readonly keys?: unknown } | null)?.keys);
  return keys?.every((key) => typeof key === 'object' && key !== null) === true;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
