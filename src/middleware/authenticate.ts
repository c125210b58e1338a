import { createJwtAuthenticator } from '../auth/jwt.ts';
import type { AuthenticationFailure, Authenticator, Caller } from '../auth/principal.ts';
import { loadServiceKeys } from '../auth/service-keys.ts';
import type { ServiceKeyNames } from '../auth/service-keys-file.ts';
import type { Config } from '../config/settings.ts';
import { isApi } from '../server/handler.ts';
import type { Middleware } from '../server/middleware.ts';
import type { GatewayRequest } from '../server/request.ts';
import { type GatewayResponse, refuse } from '../server/response.ts';
import type { Log } from '../telemetry/log.ts';
import type { CallerKeys } from './caller-keys.ts';
import { FailedLogins } from './failed-logins.ts';

/** Settings of the authentication of callers. */
export interface AuthenticationSettings {
  readonly authenticators: readonly Authenticator[];
  /** Whether requests without `Authorization` are accepted. */
  readonly allowsAnonymous: boolean;
  /** Limits wrong tokens per address; null for no limit. */
  readonly failedLogins: FailedLogins | null;
}

/**
 * Creates the authenticators that are configured.
 *
 * @param names the names that a service keys file may contain
 * @param keys creates the keys that wrong tokens are counted by
 * @throws {Error} if the service keys file cannot be used
 */
export function createAuthenticationSettings(
  config: Pick<
    Config,
    'jwt' | 'serviceKeysFile' | 'allowAnonymous' | 'egressProxy' | 'callerLimits'
  >,
  names: ServiceKeyNames,
  keys: CallerKeys,
  log: Log,
): AuthenticationSettings {
  const { jwt, serviceKeysFile, allowAnonymous, egressProxy, callerLimits } = config;
  const authenticators = [
    ...(jwt === null ? [] : [createJwtAuthenticator(jwt, egressProxy, log)]),
    ...(serviceKeysFile === null
      ? []
      : [loadServiceKeys(serviceKeysFile, names, egressProxy, log)]),
  ];
  const { requests } = callerLimits;
  const failedLogins = requests && new FailedLogins(requests, keys);
  return { authenticators, allowsAnonymous: allowAnonymous, failedLogins };
}

/**
 * Creates the middleware that accepts only requests of authenticated callers to the API. Others get 401 (RFC 6750,
 * section 3), 429 if the address sent too many wrong tokens, or 503 if the token cannot be verified at the moment.
 */
export function createAuthentication(
  endpoint: string,
  settings: AuthenticationSettings,
): Middleware {
  if (settings.authenticators.length === 0) return {};
  return {
    async onRequest(incoming) {
      if (!isApi(endpoint, incoming.path)) return;
      const authorization = incoming.headers.get('authorization');
      if (authorization === null) {
        return settings.allowsAnonymous ? undefined : rejectCaller(incoming, missingToken);
      }
      const token = parseBearerToken(authorization);
      const refusal = settings.failedLogins?.refuse(incoming, token) ?? null;
      if (refusal !== null) {
        const headers = { 'retry-after': String(refusal.retryAfterSeconds) };
        const { message } = refusal;
        return refuse(incoming, { status: 429, message, code: 'CALLER_LIMIT', headers });
      }
      const found = token === null ? missingToken : await identify(token, settings);
      if (!('message' in found)) {
        if (token !== null) settings.failedLogins?.noteSuccess(token);
        incoming.caller = found;
        return;
      }
      if (found.retryAfterSeconds === undefined)
        settings.failedLogins?.noteFailure(incoming, token);
      return rejectCaller(incoming, found);
    },
  };
}

const missingToken: AuthenticationFailure = {
  message:
    'The gateway expects the header "Authorization: Bearer <token>", received none in this form. Send your token.',
};

function parseBearerToken(authorization: string): string | null {
  return /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.[1] ?? null;
}

async function identify(
  token: string,
  settings: AuthenticationSettings,
): Promise<Caller | AuthenticationFailure> {
  for (const authenticator of settings.authenticators) {
    const found = await authenticator.identify(token);
    if (found !== null) return found;
  }
  return { message: 'The gateway does not accept the token. Send a valid one.' };
}

function rejectCaller(
  incoming: GatewayRequest,
  { message, retryAfterSeconds: wait }: AuthenticationFailure,
): GatewayResponse {
  if (wait === undefined) {
    const headers = { 'www-authenticate': 'Bearer' };
    return refuse(incoming, { status: 401, message, code: 'UNAUTHENTICATED', headers });
  }
  const headers = { 'retry-after': String(wait) };
  return refuse(incoming, { status: 503, message, code: 'TRY_LATER', headers });
}
