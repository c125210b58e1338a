import type { Plugin } from 'graphql-yoga';
import { type Authenticator, anonymous, type Caller } from '../callers/caller.ts';

/** Who may call. */
export interface CallerRules {
  readonly authenticators: readonly Authenticator[];
  /** Whether a request without `Authorization` is let in. */
  readonly allowsAnonymous: boolean;
}

const callers = new WeakMap<Request, Caller>();

/** Who sent a request. */
export function callerOf(request: Request): Caller {
  return callers.get(request) ?? anonymous;
}

/** Lets nobody to the API who is not known: 401 (RFC 6750, section 3). */
export function useCallers(endpoint: string, rules: CallerRules): Plugin {
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      const isApi = url.pathname === endpoint || url.pathname === `${endpoint}/`;
      if (!isApi || request.method === 'OPTIONS' || rules.authenticators.length === 0) return;
      const found = await identify(request.headers.get('authorization'), rules);
      if (!('message' in found)) {
        callers.set(request, found);
        return;
      }
      const errors = [{ message: found.message, extensions: { code: 'UNAUTHENTICATED' } }];
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'www-authenticate': 'Bearer',
      };
      endResponse(new fetchAPI.Response(JSON.stringify({ errors }), { status: 401, headers }));
    },
  };
}

async function identify(authorization: string | null, rules: CallerRules) {
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
