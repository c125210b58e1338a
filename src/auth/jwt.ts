import { createRequire } from 'node:module';
import { type EgressProxy, selectProxy } from '../config/egress.ts';
import type { Log } from '../telemetry/log.ts';
import { createPool } from '../upstream/pool.ts';
import { KeyServer, KeyServerError } from './jwks.ts';
import {
  type AuthenticationFailure,
  type Authenticator,
  anonymous,
  type Caller,
} from './principal.ts';

/** Which tokens are good (RFC 7519, RFC 8725). */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: URL;
  readonly algorithms: readonly string[];
}

/** When a token may be checked again that could not be, in seconds. */
const retryAfterSeconds = 5;

/** How far the issuer's clock may be off, in seconds. */
const clockTolerance = 30;

/** How old the issuer's keys may be before they are read again, in ms: one that it took back is good as long. */
const keysMaxAgeMs = 10 * 60_000;

/** How long made-up names of keys cause no reading, in ms. */
const newKeysPauseMs = 30_000;

/** How long keys that cannot be used are kept before they are read again, in ms. */
const unusableKeysPauseMs = 5_000;

/** How long a caller's name may be, in characters: it is in each line of the log and of the audit log. */
const longestName = 200;

/** How far the wall clock may fall behind between two tokens without having been set back, in ms. */
const longestDriftMs = 1_000;

/** What reading the keys may take, in ms. */
const timeoutMs = 3_000;

/**
 * Tells callers by tokens of an identity provider. Its keys are read again when they are old, or a token
 * names one that is not known; an outage of the key server keeps nobody out whose key was seen before.
 *
 * @param proxy what its keys are read through; null for nothing
 */
export function createJwtAuthenticator(
  settings: JwtSettings,
  proxy: EgressProxy | null,
  log: Log,
): Authenticator {
  const { issuer, audience, algorithms, jwksUrl } = settings;
  const { createRemoteJWKSet, customFetch, errors, jwtVerify } = jose();
  const pool = createPool(jwksUrl.origin, timeoutMs, selectProxy(jwksUrl, proxy));
  const server = new KeyServer(pool, log);
  const makeKeys = () =>
    createRemoteJWKSet(jwksUrl, {
      cacheMaxAge: keysMaxAgeMs,
      cooldownDuration: newKeysPauseMs,
      timeoutDuration: timeoutMs,
      [customFetch]: server.fetch,
    });
  let keys = makeKeys();
  let offset = clockOffset();
  let renewedAt = Number.NEGATIVE_INFINITY;
  // jose measures the age of its keys by the wall clock: after a step back it would keep them for as long as the step.
  const renewAfterStep = () => {
    const before = offset;
    offset = clockOffset();
    if (offset < before - longestDriftMs) keys = makeKeys();
  };
  /** Returns whether the keys will be read again. */
  const renewUnusable = () => {
    if (performance.now() - renewedAt < unusableKeysPauseMs) return false;
    renewedAt = performance.now();
    keys = makeKeys();
    return true;
  };
  const rules = {
    issuer,
    audience,
    algorithms: [...algorithms],
    clockTolerance,
    requiredClaims: ['exp', 'sub'],
  };
  const verify = async (token: string): Promise<Caller | AuthenticationFailure> => {
    renewAfterStep();
    try {
      const { payload } = await jwtVerify(token, keys, rules);
      const { sub } = payload;
      if (!isName(sub)) return { message: unnamed };
      return { ...anonymous, name: sub };
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (error instanceof KeyServerError || (isUnknown && server.isFailing)) {
        return { message: 'The token cannot be checked now.', retryAfterSeconds };
      }
      // A key of the issuer's that cannot be used, for one: it may be replaced long before its set is old.
      if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSInvalid) {
        if (renewUnusable()) return verify(token);
        log.error({ err: error }, 'a token was not checked');
      }
      return { message: refusal(error) };
    }
  };
  // A compact JWS has three parts (RFC 7515, section 3.1); a service key has no dots.
  return { identify: async (token) => (token.split('.').length === 3 ? verify(token) : null) };
}

/** Returns the ms by which the wall clock is ahead of the monotonic one; it falls only if the wall clock is set back. */
function clockOffset(): number {
  return Date.now() - performance.now();
}

/** Loaded where it is configured: no other start needs its files. */
function jose(): typeof import('jose') {
  return require('jose');
}

const require = createRequire(import.meta.url);

const unnamed = `The token's claim sub must be a string of 1 to ${longestName} characters.`;

/** Whether a subject can be a name. Other values would be cut or written alike, so that callers share a name. */
function isName(subject: unknown): subject is string {
  return typeof subject === 'string' && subject.length >= 1 && subject.length <= longestName;
}

function refusal(error: unknown): string {
  const { errors } = jose();
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `The token's claim ${error.claim} is not the one that this gateway takes.`;
  }
  return 'The token is not one that this gateway takes.';
}
