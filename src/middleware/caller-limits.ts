import { GraphQLError } from 'graphql';
import type { CallerLimits } from '../config/settings.ts';
import { isApi } from '../server/handler.ts';
import type { Middleware } from '../server/middleware.ts';
import type { GatewayRequest, RequestAllowance } from '../server/request.ts';
import { type GatewayResponse, refuse } from '../server/response.ts';
import { FixedWindowLimiter, type WindowLimit } from '../upstream/resilience/fixed-window.ts';
import type { CallerKeys } from './caller-keys.ts';

type LimitName = keyof CallerLimits;

/**
 * Limits the requests and changes of each caller, counted in this process's memory. Reports the limits in `RateLimit`
 * and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers). Beyond a limit the response is 429 with `Retry-After`
 * (RFC 6585, RFC 9110).
 */
export class CallerRateLimits implements Middleware {
  readonly #endpoint: string;
  readonly #requests: LimitCounter | null;
  readonly #changes: LimitCounter | null;
  readonly #keys: CallerKeys;

  /**
   * @param endpoint the API's path
   * @param keys creates the keys that requests are counted by
   */
  constructor(endpoint: string, limits: CallerLimits, keys: CallerKeys) {
    this.#endpoint = endpoint;
    this.#requests = limits.requests && new LimitCounter('requests', limits.requests);
    this.#changes = limits.changes && new LimitCounter('changes', limits.changes);
    this.#keys = keys;
  }

  onRequest(incoming: GatewayRequest): GatewayResponse | undefined {
    if (this.#requests === null || !isApi(this.#endpoint, incoming.path)) return undefined;
    const message = this.#take(this.#requests, incoming, 1);
    if (message === undefined) return undefined;
    return refuse(incoming, { status: 429, message, code: 'CALLER_LIMIT' });
  }

  /**
   * Counts a document's changes, all or none of them.
   *
   * @returns the error if the limit does not allow them; null if it does
   */
  takeChanges(incoming: GatewayRequest, changes: number): GraphQLError | null {
    if (this.#changes === null) return null;
    const message = this.#take(this.#changes, incoming, changes);
    if (message === undefined) return null;
    const extensions = { code: 'CALLER_LIMIT', limit: 'changes', http: { status: 429 } };
    return new GraphQLError(message, { extensions });
  }

  onResponse({ allowances }: GatewayRequest, { headers }: GatewayResponse): void {
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

  /** Counts against a limit. Returns the message of the rejection; undefined if the limit allows it. */
  #take(counter: LimitCounter, incoming: GatewayRequest, count: number): string | undefined {
    const allowance = counter.take(this.#keys.getCallerKey(incoming), count);
    if (incoming.allowances === null) incoming.allowances = [allowance];
    else incoming.allowances.push(allowance);
    return allowance.isRefused ? counter.describeRejection(allowance) : undefined;
  }
}

/** A limit, and how much of it each caller has used. */
class LimitCounter {
  readonly #name: LimitName;
  /** The name as a string of Structured Fields (RFC 9651, section 3.3.3). */
  readonly #label: string;
  readonly #policy: string;
  readonly #windows: FixedWindowLimiter;

  constructor(name: LimitName, limit: WindowLimit) {
    this.#name = name;
    this.#label = `"${name}"`;
    this.#policy = `q=${limit.calls};w=${limit.seconds}`;
    this.#windows = new FixedWindowLimiter(limit);
  }

  /** Counts all or none. */
  take(key: string, count: number): RequestAllowance {
    const isRefused = this.#windows.take(key, count) > 0;
    const { left, endsInMs } = this.#windows.getState(key);
    const resetSeconds = Math.max(1, Math.ceil(endsInMs / 1_000));
    return { name: this.#label, policy: this.#policy, left, resetSeconds, isRefused };
  }

  /** Returns the message of a rejection. */
  describeRejection({ resetSeconds }: RequestAllowance): string {
    const { calls, seconds } = this.#windows.limit;
    return (
      `This caller has reached its limit of ${calls} ${this.#name} in ${seconds} s; nothing was sent. ` +
      `Try again in ${resetSeconds} s.`
    );
  }
}
