import { GraphQLError } from 'graphql';
import { isApi } from '../server/handler.ts';
import type { Middleware } from '../server/middleware.ts';
import type { GatewayRequest, RequestAllowance } from '../server/request.ts';
import { type GatewayResponse, refuse } from '../server/response.ts';
import { FixedWindowLimiter, type WindowLimit } from '../upstream/resilience/fixed-window.ts';
import type { CallerKeys } from './caller-keys.ts';

/** What one caller may ask for, null for no limit. */
export interface CallerLimits {
  readonly requests: WindowLimit | null;
  /** Root mutation fields, counted for the whole document before any of it runs. */
  readonly changes: WindowLimit | null;
}

type Kind = keyof CallerLimits;

/**
 * Counts what each caller asks for, in this process's memory: by his name, else by his address, of IPv6
 * its network. Says how he stands in `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers), and 429 with
 * `Retry-After` (RFC 6585, RFC 9110) where there is nothing left.
 */
export class CallerLimitStatus implements Middleware {
  readonly #endpoint: string;
  readonly #requests: Counter | null;
  readonly #changes: Counter | null;
  readonly #keys: CallerKeys;

  /**
   * @param endpoint the API's path
   * @param keys names what requests are counted as
   */
  constructor(endpoint: string, limits: CallerLimits, keys: CallerKeys) {
    this.#endpoint = endpoint;
    this.#requests = limits.requests && new Counter('requests', limits.requests);
    this.#changes = limits.changes && new Counter('changes', limits.changes);
    this.#keys = keys;
  }

  before(incoming: GatewayRequest): GatewayResponse | undefined {
    if (this.#requests === null || !isApi(this.#endpoint, incoming.path)) return undefined;
    const message = this.#take(this.#requests, incoming, 1);
    if (message === undefined) return undefined;
    return refuse(incoming, { status: 429, message, code: 'CALLER_LIMIT' });
  }

  /**
   * Takes a document's changes, all or none of them.
   *
   * @returns the error where so many are not left
   */
  takeChanges(incoming: GatewayRequest, changes: number): GraphQLError | null {
    if (this.#changes === null) return null;
    const refused = this.#take(this.#changes, incoming, changes);
    if (refused === undefined) return null;
    const extensions = { code: 'CALLER_LIMIT', limit: 'changes', http: { status: 429 } };
    return new GraphQLError(refused, { extensions });
  }

  after({ allowances }: GatewayRequest, { headers }: GatewayResponse): void {
    if (allowances === null) return;
    let [policies, lefts] = ['', ''];
    for (const { name, policy, left, resetSeconds, isRefused } of allowances) {
      const separator = policies === '' ? '' : ', ';
      policies += `${separator}${name};${policy}`;
      lefts += `${separator}${name};r=${left};t=${resetSeconds}`;
      if (isRefused) headers['retry-after'] = String(resetSeconds);
    }
    headers['ratelimit-policy'] = policies;
    headers['ratelimit'] = lefts;
  }

  /** Takes so many of a limit. @returns the sentence that refuses, undefined where they were left */
  #take(counter: Counter, incoming: GatewayRequest, count: number): string | undefined {
    const allowance = counter.take(this.#keys.caller(incoming), count);
    if (incoming.allowances === null) incoming.allowances = [allowance];
    else incoming.allowances.push(allowance);
    return allowance.isRefused ? counter.refusal(allowance) : undefined;
  }
}

/** A limit, and how much of it each caller has used up. */
class Counter {
  readonly #kind: Kind;
  readonly #name: string;
  readonly #policy: string;
  readonly #windows: FixedWindowLimiter;

  constructor(kind: Kind, pace: WindowLimit) {
    this.#kind = kind;
    this.#name = `"${kind}"`;
    this.#policy = `q=${pace.calls};w=${pace.seconds}`;
    this.#windows = new FixedWindowLimiter(pace);
  }

  /** Takes so many, all or none. */
  take(key: string, count: number): RequestAllowance {
    const isRefused = this.#windows.take(key, count) > 0;
    const { left, endsInMs } = this.#windows.getState(key);
    const resetSeconds = Math.max(1, Math.ceil(endsInMs / 1_000));
    return { name: this.#name, policy: this.#policy, left, resetSeconds, isRefused };
  }

  /** The sentence that refuses. */
  refusal({ resetSeconds }: RequestAllowance): string {
    const { calls, seconds } = this.#windows.limit;
    return (
      `This caller may ask for ${calls} ${this.#kind} in ${seconds} s, and has; nothing was begun. ` +
      `Try again in ${resetSeconds} s.`
    );
  }
}
