import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { type EgressProxy, selectProxy } from '../config/egress.ts';
import type { JwtSettings } from '../config/settings.ts';
import type { Log } from '../telemetry/log.ts';
import { createPool } from '../upstream/pool.ts';
import { KeyServer, KeyServerError } from './jwks.ts';
import {
  type AuthenticationFailure,
  type Authenticator,
  anonymous,
  type Caller,
} from './principal.ts';

/** When a token that could not be verified may be sent again, in seconds. */
const retryAfterSeconds = 5;

/** The tolerated difference to the issuer's clock, in seconds. */
const clockTolerance = 30;

/** The maximum age of the issuer's keys before they are fetched again, in ms. A revoked key stays valid that long. */
const keysMaxAgeMs = 10 * 60_000;

/** The minimum time between fetches for unknown key IDs, in ms: a client can make up any number of them. */
const newKeysPauseMs = 30_000;

/** The minimum time between fetches because of unusable keys, in ms. */
const unusableKeysPauseMs = 5_000;

/** The maximum length of a caller's name, in characters: every line of the log and the audit log contains it. */
const longestName = 200;

/** The most by which the wall clock may fall behind between two tokens without having been set back, in ms. */
const longestDriftMs = 1_000;

/** The timeout for fetching the keys, in ms. */
const timeoutMs = 3_000;

/**
 * Creates an authenticator of callers by the JWTs of an identity provider. Its keys are fetched again when they are
 * old or when a token names an unknown key. Known keys stay valid during an outage of the key server.
 *
 * @param proxy the proxy for fetching the keys; null for none
 */
export function createJwtAuthenticator(
  settings: JwtSettings,
  proxy: EgressProxy | null,
  log: Log,
): Authenticator {
  const { issuer, audience, algorithms, jwksUrl } = settings;
  const { createRemoteJWKSet, customFetch, errors, jwtVerify } = loadJose();
  const pool = createPool(jwksUrl.origin, timeoutMs, selectProxy(jwksUrl, proxy));
  const server = new KeyServer(pool, log);
  const createKeys = () =>
    createRemoteJWKSet(jwksUrl, {
      cacheMaxAge: keysMaxAgeMs,
      cooldownDuration: newKeysPauseMs,
      timeoutDuration: timeoutMs,
      [customFetch]: server.fetch,
    });
  let keys = createKeys();
  let offset = measureClockOffset();
  let renewedAt = Number.NEGATIVE_INFINITY;
  // jose measures the age of its keys by the wall clock: after a step back it would keep them longer by that step.
  const renewAfterStep = () => {
    const before = offset;
    offset = measureClockOffset();
    if (offset < before - longestDriftMs) keys = createKeys();
  };
  /** Returns whether the keys will be fetched again. */
  const renewUnusable = () => {
    if (performance.now() - renewedAt < unusableKeysPauseMs) return false;
    renewedAt = performance.now();
    keys = createKeys();
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
      if (!isName(sub)) return { message: invalidSubject };
      // The whole subject and its issuer, in an unambiguous form of a fixed length.
      const id = `jwt:${hash('sha256', JSON.stringify([issuer, sub]), 'base64url')}`;
      return { ...anonymous, name: sub, id };
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (error instanceof KeyServerError || (isUnknown && server.isFailing)) {
        return {
          message: 'The token cannot be verified at the moment. Send the request again later.',
          retryAfterSeconds,
        };
      }
      // For example, the issuer published an unusable key: it may be replaced long before the set is old.
      if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSInvalid) {
        if (renewUnusable()) return verify(token);
        log.error({ err: error }, 'failed to verify token');
      }
      return { message: describeRejection(error) };
    }
  };
  // A compact JWS has three parts (RFC 7515, section 3.1); a service key has no dots.
  return { identify: async (token) => (token.split('.').length === 3 ? verify(token) : null) };
}

/** Returns the ms by which the wall clock is ahead of the monotonic one; it falls only if the wall clock is set back. */
function measureClockOffset(): number {
  return Date.now() - performance.now();
}

/** Loads jose, but only if JWTs are configured: other starts do not need its files. */
function loadJose(): typeof import('jose') {
  return require('jose');
}

const require = createRequire(import.meta.url);

const invalidSubject = `The gateway expects a claim sub of 1 to ${longestName} characters in the token. Ask your identity provider for another token.`;

/** Returns whether a subject can be a name. Other values could be cut or written alike, so that two callers share a name. */
function isName(subject: unknown): subject is string {
  return typeof subject === 'string' && subject.length >= 1 && subject.length <= longestName;
}

function describeRejection(error: unknown): string {
  const { errors } = loadJose();
  if (error instanceof errors.JWTExpired) return 'The token has expired. Request a new one.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `The gateway does not accept the claim ${error.claim} of the token. Request a token for this gateway.`;
  }
  return 'The gateway does not accept the token. Send a valid one.';
}
