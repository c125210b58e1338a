import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import proxyAddress from 'proxy-addr';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { TrustProxy } from '../config-rules.ts';
import { changesOf } from '../document-limits.ts';
import type { Pace } from '../http/pacer.ts';
import { callerOf } from './callers.ts';

/** What one caller may ask for, null for no limit. */
export interface CallerLimits {
  readonly requests: Pace | null;
  /** Root mutation fields, counted for the whole document before any of it runs. */
  readonly changes: Pace | null;
}

type Kind = keyof CallerLimits;

/** How a limit stands after it was asked. */
interface Standing {
  readonly kind: Kind;
  readonly pace: Pace;
  readonly isAllowed: boolean;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly resetSeconds: number;
}

/**
 * Counts what each caller asks for, in this process's memory: by his name, else by his address. Says how
 * he stands in `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers), and 429 with
 * `Retry-After` (RFC 6585, RFC 9110) where there is nothing left.
 *
 * @param endpoint the API's path
 * @param trustProxy the proxies whose forwarded addresses count; null for none
 */
export function useCallerLimits(
  endpoint: string,
  limits: CallerLimits,
  trustProxy: TrustProxy | null,
): Plugin {
  const requests = limits.requests && new Counter('requests', limits.requests);
  const changes = limits.changes && new Counter('changes', limits.changes);
  const standings = new WeakMap<Request, Map<Kind, Standing>>();
  const note = (request: Request, standing: Standing) => {
    const known = standings.get(request) ?? new Map<Kind, Standing>();
    standings.set(request, known.set(standing.kind, standing));
  };
  return {
    async onRequest({ request, url, fetchAPI, endResponse, serverContext }) {
      const isApi = url.pathname === endpoint || url.pathname === `${endpoint}/`;
      if (requests === null || !isApi || request.method === 'OPTIONS') return;
      const standing = await requests.take(keyOf(request, serverContext, trustProxy), 1);
      note(request, standing);
      if (standing.isAllowed) return;
      const { message, extensions } = refusal(standing);
      const body = JSON.stringify({
        errors: [{ message, extensions: { code: extensions['code'] } }],
      });
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      endResponse(new fetchAPI.Response(body, { status: 429, headers }));
    },
    async onExecute({ args, setResultAndStopExecution }) {
      if (changes === null) return;
      const count = changesOf(args.document, args.operationName);
      if (count === 0) return;
      const { request, ...serverContext } = args.contextValue;
      const standing = await changes.take(keyOf(request, serverContext, trustProxy), count);
      note(request, standing);
      if (!standing.isAllowed) setResultAndStopExecution({ errors: [refusal(standing)] });
    },
    onResponse({ request, response }) {
      const known = [...(standings.get(request)?.values() ?? [])];
      if (known.length === 0) return;
      const policy = known.map(({ kind, pace }) => `"${kind}";q=${pace.calls};w=${pace.seconds}`);
      const left = known.map((one) => `"${one.kind}";r=${one.remaining};t=${one.resetSeconds}`);
      response.headers.set('ratelimit-policy', policy.join(', '));
      response.headers.set('ratelimit', left.join(', '));
      const refused = known.find(({ isAllowed }) => !isAllowed);
      if (refused) response.headers.set('retry-after', String(refused.resetSeconds));
    },
  };
}

/** A limit, and how much of it each caller has used up. */
class Counter {
  readonly #kind: Kind;
  readonly #pace: Pace;
  readonly #limiter: RateLimiterMemory;

  constructor(kind: Kind, pace: Pace) {
    this.#kind = kind;
    this.#pace = pace;
    this.#limiter = new RateLimiterMemory({ points: pace.calls, duration: pace.seconds });
  }

  async take(key: string, points: number): Promise<Standing> {
    const [isAllowed, state] = await this.#limiter.consume(key, points).then(
      (taken) => [true, taken] as const,
      (refused: unknown) => {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return [false, refused] as const;
      },
    );
    // What was refused was not made: it uses nothing up.
    if (!isAllowed) await this.#limiter.reward(key, points);
    const used = isAllowed ? state.consumedPoints : state.consumedPoints - points;
    return {
      kind: this.#kind,
      pace: this.#pace,
      isAllowed,
      remaining: Math.max(0, this.#pace.calls - used),
      resetSeconds: Math.max(1, Math.ceil(state.msBeforeNext / 1000)),
    };
  }
}

function refusal({ kind, pace, resetSeconds }: Standing): GraphQLError {
  const message =
    `This caller may ask for ${pace.calls} ${kind} in ${pace.seconds} s, and has; nothing was begun. ` +
    `Try again in ${resetSeconds} s.`;
  return new GraphQLError(message, {
    extensions: { code: 'CALLER_LIMIT', limit: kind, http: { status: 429 } },
  });
}

function keyOf(request: Request, serverContext: unknown, trustProxy: TrustProxy | null): string {
  const { name } = callerOf(request);
  if (name !== null) return `name ${createHash('sha256').update(name).digest('base64url')}`;
  const { req } = serverContext as { req?: IncomingMessage };
  if (req === undefined) return 'address unknown';
  const address = trustProxy === null ? req.socket.remoteAddress : proxyAddress(req, trustProxy);
  return `address ${address}`;
}
