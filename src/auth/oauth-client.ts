import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import { type EgressProxy, selectProxy } from '../config/egress.ts';
import { VendorUnavailableError } from '../errors.ts';
import { loadLate } from '../server/late-load.ts';
import type { Log } from '../telemetry/log.ts';
import { largestBody } from '../upstream/content-coding.ts';
import { readText } from '../upstream/growing-bytes.ts';
import { createPool } from '../upstream/pool.ts';

/** A client of an authorization server (RFC 6749, section 4.4). */
export interface OAuthSettings {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** The file that holds the secret, read anew for each exchange. */
  readonly clientSecretFile: string;
}

/** RFC 6749, section 5.1. */
interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
}

const token = /^[A-Za-z0-9\-._~+/]+=*$/;

const timeoutMs = 5_000;
/** A token is exchanged so long before it expires, in ms; at most a tenth of its time. */
const earlyMs = 5 * 60_000;

/** How old a token must be before its rejection has it exchanged, in ms: a new one would be rejected likewise. */
const youngestRejectedMs = 10_000;

/**
 * Exchanges a client's id and secret for Aerospike Cloud's access tokens, before one expires, and once
 * for all who wait for it: aerospike.com/docs/cloud, "Use the Cloud API".
 */
export class OAuthClient {
  readonly #settings: OAuthSettings;
  readonly #pool: Dispatcher;
  readonly #log: Log;
  #token = '';
  /** Both in ms as `performance.now()` reports them. */
  #refreshAt = 0;
  #expiresAt = 0;
  #exchangedAt = Number.NEGATIVE_INFINITY;
  #exchange: Promise<void> | null = null;

  /** @param proxy what the authorization server is called through; null for nothing */
  constructor(settings: OAuthSettings, proxy: EgressProxy | null, log: Log) {
    this.#settings = settings;
    this.#log = log;
    const url = new URL(settings.tokenUrl);
    this.#pool = createPool(url.origin, timeoutMs, selectProxy(url, proxy));
  }

  /**
   * A token that is good now, as an `Authorization` header.
   *
   * @throws {VendorUnavailableError} where none can be had; nothing was sent to the vendor
   */
  async authorization(): Promise<string> {
    if (performance.now() >= this.#refreshAt) {
      this.#exchange ??= this.#refresh()
        .catch((error: unknown) => {
          const { clientId } = this.#settings;
          this.#log.error({ err: error, clientId }, 'no access token was given');
          throw error;
        })
        .finally(() => {
          this.#exchange = null;
        });
      await this.#exchange.catch((cause: unknown) => {
        // The one before is good for a while yet.
        if (performance.now() >= this.#expiresAt) throw unavailable(cause);
      });
    }
    return `Bearer ${this.#token}`;
  }

  /** Has a token exchanged for another before its time, since the vendor rejected it. */
  reject(authorization: string): void {
    const isCurrent = authorization === `Bearer ${this.#token}`;
    const ageMs = performance.now() - this.#exchangedAt;
    if (isCurrent && ageMs >= youngestRejectedMs) this.#refreshAt = 0;
  }

  async #refresh(): Promise<void> {
    const { tokenUrl, clientId, clientSecretFile } = this.#settings;
    const body = JSON.stringify({
      client_id: clientId,
      client_secret: readFileSync(clientSecretFile, 'utf8').trim(),
      grant_type: 'client_credentials',
    });
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const signal = AbortSignal.timeout(timeoutMs);
    const { request }: typeof import('undici') = loadLate('undici');
    const response = await request(tokenUrl, {
      method: 'POST',
      headers,
      body,
      signal,
      dispatcher: this.#pool,
    });
    const text = await readText(response.body, largestBody);
    if (response.statusCode !== 200)
      throw new Error(`the token endpoint answered ${response.statusCode}`);
    const { access_token, expires_in } = answered(text);
    const lifeMs = expires_in * 1_000;
    this.#token = access_token;
    this.#exchangedAt = performance.now();
    this.#expiresAt = this.#exchangedAt + lifeMs;
    this.#refreshAt = this.#expiresAt - Math.min(earlyMs, lifeMs / 10);
  }
}

function answered(text: string): TokenAnswer {
  const answer = parse(text) as Partial<Record<keyof TokenAnswer, unknown>> | null | undefined;
  const [value, seconds] = [answer?.access_token, answer?.expires_in];
  const isGood = typeof value === 'string' && token.test(value);
  if (!isGood || typeof seconds !== 'number' || !(seconds > 0))
    throw new Error('the token endpoint gave no token');
  return { access_token: value, expires_in: seconds };
}

/** The errors of JSON quote the text, which may be a token. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unavailable(cause: unknown): VendorUnavailableError {
  return new VendorUnavailableError({
    vendor: 'AEROSPIKE',
    outcome: 'NOT_APPLIED',
    message: 'Aerospike Cloud was not called: its token endpoint gives no access token.',
    reason: 'CONNECTION',
    isRepeatable: true,
    cause,
  });
}
