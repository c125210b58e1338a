import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Log } from '../log.ts';
import { type Authenticator, anonymous, type Caller, type Stranger } from './caller.ts';

/** Which tokens are good (RFC 7519, RFC 8725). */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: URL;
  readonly algorithms: readonly string[];
}

/** How far the issuer's clock may be off, in seconds. */
const clockTolerance = 30;

/**
 * Tells callers by tokens of an identity provider. Its keys are kept until a token names one that is
 * not known, so that an outage of the key server keeps nobody out whose key was seen before.
 */
export function jwtAuthenticator(settings: JwtSettings, log: Log): Authenticator {
  const { issuer, audience, algorithms } = settings;
  const keys = createRemoteJWKSet(settings.jwksUrl, {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    timeoutDuration: 3_000,
  });
  const rules = {
    issuer,
    audience,
    algorithms: [...algorithms],
    clockTolerance,
    requiredClaims: ['exp', 'sub'],
  };
  const verify = async (token: string): Promise<Caller | Stranger> => {
    try {
      const { payload } = await jwtVerify(token, keys, rules);
      return { ...anonymous, name: String(payload.sub).slice(0, 200) };
    } catch (error) {
      const isTheirs = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
      if (!isTheirs) log.error({ err: error }, 'the key server cannot be read');
      return { message: isTheirs ? refusal(error) : 'The token cannot be checked now.' };
    }
  };
  // A compact JWS has three parts (RFC 7515, section 3.1); a service key has no dots.
  return { identify: async (token) => (token.split('.').length === 3 ? verify(token) : null) };
}

function refusal(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `The token's claim ${error.claim} is not the one that this gateway takes.`;
  }
  return 'The token is not one that this gateway takes.';
}
