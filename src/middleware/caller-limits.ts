import { GraphQLError } from 'graphql';
import type { CallerLimits } from '../config/settings.ts';
import { isApi } from '../server/handler.ts';
import type { Middleware } from '../server/middleware.ts';
import type { GatewayRequest, RequestAllowance } from '../server/request.ts';
import { type GatewayResponse, refuse } from '../server/response.ts';
import {
  FixedWindowLimiter,
  type WindowCounter,
  type WindowLimit,
} from '../upstream/resilience/fixed-window.ts';
import type { CallerKeys } from './caller-keys.ts';

type LimitName = keyof CallerLimits;

/** Creates the counter of a limit. */
type CreateCounter = (name: LimitName, limit: WindowLimit) => WindowCounter;

/**
 * Limits the requests and changes of each caller. Reports the limits in `RateLimit`
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
   * @param createCounter creates the counter of a limit; in this process's memory by default
   */
  constructor(
    endpoint: string,
    limits: CallerLimits,
    keys: CallerKeys,
    createCounter: CreateCounter = (_name, limit) => new FixedWindowLimiter(limit),
  ) {
    this.#endpoint = endpoint;
    const create = (name: LimitName) => {
      const limit = limits[name];
      return limit && new LimitCounter(name, createCounter(name, limit));
    };
    this.#requests = create('requests');
    this.#changes = create('changes');
    this.#keys = keys;
  }

  onRequest(
    incoming: GatewayRequest,
  ): GatewayResponse | undefined | Promise<GatewayResponse | undefined> {
    if (this.#requests === null || !isApi(this.#endpoint, incoming.path)) return undefined;
    const taking = this.#take(this.#requests, incoming, 1);
    // Skip the await if the value is already available, since every request takes this path.
    return taking instanceof Promise
      ? taking.then((message) => answerRejection(incoming, message))
      : answerRejection(incoming, taking);
  }

  /**
   * Counts a document's changes, all or none of them.
   *
   * @returns the error if the limit does not allow them; null if it does
   */
  takeChanges(
    incoming: GatewayRequest,
    changes: number,
  ): GraphQLError | null | Promise<GraphQLError | null> {
    if (this.#changes === null) return null;
    const taking = this.#take(this.#changes, incoming, changes);
    return taking instanceof Promise ? taking.then(createChangesError) : createChangesError(taking);
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
  #take(
    counter: LimitCounter,
    incoming: GatewayRequest,
    count: number,
  ): string | undefined | Promise<string | undefined> {
    const key = this.#keys.getCallerKey(incoming);
    const taking = counter.take(key, count);
    if (typeof taking === 'number') return noteAllowance(incoming, counter, key, taking);
    return taking.then((waitMs) => noteAllowance(incoming, counter, key, waitMs));
  }
}

/** Adds a limit to those of a request. Returns the message of the rejection; undefined if the limit allows it. */
function noteAllowance(
  incoming: GatewayRequest,
  counter: LimitCounter,
  key: string,
  waitMs: number,
): string | undefined {
  const allowance = counter.describe(key, waitMs);
  if (incoming.allowances === null) incoming.allowances = [allowance];
  else incoming.allowances.push(allowance);
  return allowance.isRefused ? counter.describeRejection(allowance) : undefined;
}

function answerRejection(
  incoming: GatewayRequest,
  message: string | undefined,
): GatewayResponse | undefined {
  if (message === undefined) return undefined;
  return refuse(incoming, { status: 429, message, code: 'CALLER_LIMIT' });
}

function createChangesError(message: string | undefined): GraphQLError | null {
  if (message === undefined) return null;
  const extensions = { code: 'CALLER_LIMIT', limit: 'changes', http: { status: 429 } };
  return new GraphQLError(message, { extensions });
}

/** A limit, and how much of it each caller has used. */
class LimitCounter {
  readonly #name: LimitName;
  /** The name as a string of Structured Fields (RFC 9651, section 3.3.3). */
  readonly #label: string;
  readonly #policy: string;
  readonly #windows: WindowCounter;

  constructor(name: LimitName, windows: WindowCounter) {
    const { calls, seconds } = windows.limit;
    this.#name = name;
    this.#label = `"${name}"`;
    this.#policy = `q=${calls};w=${seconds}`;
    this.#windows = windows;
  }

  /** Counts all or none. Returns 0, or the ms until the window ends if it counted none. */
  take(key: string, count: number): number | Promise<number> {
    return this.#windows.take(key, count);
  }

  /** Returns the state of a key after calls were counted or, with a wait, rejected. */
  describe(key: string, waitMs: number): RequestAllowance {
    const isRefused = waitMs > 0;
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
