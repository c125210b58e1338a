import { type Authenticator, anonymous, type Caller, type Stranger } from '../callers/caller.ts';
import { refuse } from '../server/answer.ts';
import { isApi } from '../server/handler.ts';
import type { Rule } from '../server/rule.ts';

/** Who may call. */
export interface CallerRules {
  readonly authenticators: readonly Authenticator[];
  /** Whether a request without `Authorization` is let in. */
  readonly allowsAnonymous: boolean;
}

/**
 * Lets nobody to the API who is not known: 401 (RFC 6750, section 3), or 503 where that cannot be told at
 * the moment.
 */
export function callerRule(endpoint: string, rules: CallerRules): Rule {
  if (rules.authenticators.length === 0) return {};
  return {
    async before(incoming) {
      if (!isApi(endpoint, incoming.path)) return;
      const found = await identify(incoming.headers.get('authorization'), rules);
      if ('message' in found) {
        const { message, retryAfterSeconds: wait } = found;
        if (wait === undefined) {
          const headers = { 'www-authenticate': 'Bearer' };
          return refuse(incoming, { status: 401, message, code: 'UNAUTHENTICATED', headers });
        }
        const headers = { 'retry-after': String(wait) };
        return refuse(incoming, { status: 503, message, code: 'TRY_LATER', headers });
      }
      incoming.caller = found;
      return;
    },
  };
}

async function identify(
  authorization: string | null,
  rules: CallerRules,
): Promise<Caller | Stranger> {
  if (authorization === null && rules.allowsAnonymous) return anonymous;
  const [, token] = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) {
    return {
      message: 'This gateway takes the header "Authorization: Bearer <token>" of its callers.',
    };
  }
  for (const { identify: ask } of rules.authenticators) {
    const found = await ask(token);
    if (found !== null) return found;
  }
  return { message: 'The token is not one that this gateway takes.' };
}
