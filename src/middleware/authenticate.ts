import type { AuthenticationFailure, Authenticator, Caller } from '../auth/principal.ts';
import { isApi } from '../server/handler.ts';
import type { Middleware } from '../server/middleware.ts';
import type { GatewayRequest } from '../server/request.ts';
import { type GatewayResponse, refuse } from '../server/response.ts';
import type { FailedLogins } from './failed-logins.ts';

/** Who may call. */
export interface AuthenticationSettings {
  readonly authenticators: readonly Authenticator[];
  /** Whether a request without `Authorization` is let in. */
  readonly allowsAnonymous: boolean;
  /** Bounds wrong credentials; null for no limit. */
  readonly failedLogins: FailedLogins | null;
}

/**
 * Accepts only requests to the API whose caller is known: otherwise 401 (RFC 6750, section 3), 429 if the address sent
 * too many wrong credentials, or 503 if the credential cannot be checked at the moment.
 */
export function createAuthentication(endpoint: string, rules: AuthenticationSettings): Middleware {
  if (rules.authenticators.length === 0) return {};
  return {
    async before(incoming) {
      if (!isApi(endpoint, incoming.path)) return;
      const authorization = incoming.headers.get('authorization');
      if (authorization === null) {
        return rules.allowsAnonymous ? undefined : refuseStranger(incoming, noToken);
      }
      const token = tokenIn(authorization);
      const refused = rules.failedLogins?.refuse(incoming, token) ?? null;
      if (refused !== null) {
        const headers = { 'retry-after': String(refused.retryAfterSeconds) };
        const { message } = refused;
        return refuse(incoming, { status: 429, message, code: 'CALLER_LIMIT', headers });
      }
      const found = token === null ? noToken : await identify(token, rules);
      if (!('message' in found)) {
        if (token !== null) rules.failedLogins?.noteSuccess(token);
        incoming.caller = found;
        return;
      }
      if (found.retryAfterSeconds === undefined) rules.failedLogins?.noteFailure(incoming, token);
      return refuseStranger(incoming, found);
    },
  };
}

const noToken: AuthenticationFailure = {
  message: 'This gateway takes the header "Authorization: Bearer <token>" of its callers.',
};

function tokenIn(authorization: string): string | null {
  return /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.[1] ?? null;
}

async function identify(
  token: string,
  rules: AuthenticationSettings,
): Promise<Caller | AuthenticationFailure> {
  for (const { identify: ask } of rules.authenticators) {
    const found = await ask(token);
    if (found !== null) return found;
  }
  return { message: 'The token is not one that this gateway takes.' };
}

function refuseStranger(
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
