import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import { type EgressProxy, selectProxy } from '../config/egress.ts';
import { type MembershipVendor, VendorUnavailableError } from '../errors.ts';
import { loadLate } from '../server/late-load.ts';
import type { Log } from '../telemetry/log.ts';
import { largestBody } from '../upstream/content-coding.ts';
import { readText } from '../upstream/growing-bytes.ts';
import { createPool } from '../upstream/pool.ts';

/** A vendor that issues access tokens to clients of services. */
export interface OAuthVendor {
  readonly id: MembershipVendor;
  readonly title: string;
}

/** A client of an authorization server (RFC 6749, section 4.4). */
export interface OAuthSettings {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** The file with the secret; read again for each exchange. */
  readonly clientSecretFile: string;
}

/** A token response (RFC 6749, section 5.1). */
interface TokenResponse {
  readonly access_token: string;
  readonly expires_in: number;
}

const tokenPattern = /^[A-Za-z0-9\-._~+/]+=*$/;

const timeoutMs = 5_000;
/** The time before its expiry at which a token is replaced, in ms; at most a tenth of its lifetime. */
const earlyMs = 5 * 60_000;

/** The minimum age at which a rejected token is replaced, in ms: a newer one would be rejected likewise. */
const youngestRejectedMs = 10_000;

/**
 * Exchanges a client's id and secret for a vendor's access tokens (RFC 6749, section 4.4; the parameters are sent as
 * JSON). Replaces a token before it expires. All requests that need a token share one exchange.
 */
export class OAuthClient {
  readonly #vendor: OAuthVendor;
  readonly #settings: OAuthSettings;
  readonly #pool: Dispatcher;
  readonly #log: Log;
  #token = '';
  /** Both in ms as `performance.now()` reports them. */
  #refreshAt = 0;
  #expiresAt = 0;
  #exchangedAt = Number.NEGATIVE_INFINITY;
  #exchange: Promise<void> | null = null;

  /** @param proxy the proxy for calls to the authorization server; null for none */
  constructor(vendor: OAuthVendor, settings: OAuthSettings, proxy: EgressProxy | null, log: Log) {
    this.#vendor = vendor;
    this.#settings = settings;
    this.#log = log;
    const url = new URL(settings.tokenUrl);
    this.#pool = createPool(url.origin, timeoutMs, selectProxy(url, proxy));
  }

  /**
   * Returns a valid token as an `Authorization` header.
   *
   * @throws {VendorUnavailableError} if there is none; nothing was sent to the vendor
   */
  async authorize(): Promise<string> {
    if (performance.now() >= this.#refreshAt) {
      this.#exchange ??= this.#refresh()
        .catch((error: unknown) => {
          const { clientId } = this.#settings;
          this.#log.error({ err: error, clientId }, 'failed to obtain access token');
          throw error;
        })
        .finally(() => {
          this.#exchange = null;
        });
      await this.#exchange.catch((cause: unknown) => {
        // The previous token is still valid.
        if (performance.now() >= this.#expiresAt) throw createUnavailableError(this.#vendor, cause);
      });
    }
    return `Bearer ${this.#token}`;
  }

  /** Marks a token as rejected by the vendor, so that it is replaced before it expires. */
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
      throw new Error(`the token endpoint returned status ${response.statusCode}`);
    const { access_token, expires_in } = parseTokenResponse(text);
    const lifeMs = expires_in * 1_000;
    this.#token = access_token;
    this.#exchangedAt = performance.now();
    this.#expiresAt = this.#exchangedAt + lifeMs;
    this.#refreshAt = this.#expiresAt - Math.min(earlyMs, lifeMs / 10);
  }
}

function parseTokenResponse(text: string): TokenResponse {
  const response = parseJson(text) as
    | Partial<Record<keyof TokenResponse, unknown>>
    | null
    | undefined;
  const [value, seconds] = [response?.access_token, response?.expires_in];
  const isGood = typeof value === 'string' && tokenPattern.test(value);
  if (!isGood || typeof seconds !== 'number' || !(seconds > 0))
    throw new Error('the token endpoint returned no access token');
  return { access_token: value, expires_in: seconds };
}

/** Parses JSON without its errors, which quote the text: it may be a token. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function createUnavailableError(
  { id, title }: OAuthVendor,
  cause: unknown,
): VendorUnavailableError {
  return new VendorUnavailableError({
    vendor: id,
    outcome: 'NOT_APPLIED',
    message: `${title} was not called: its token endpoint returned no access token.`,
    reason: 'CONNECTION',
    isRepeatable: true,
    cause,
  });
}
