import { hash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { TrustProxy } from '../config/rules.ts';
import { type Answer, refusal } from '../server/answer.ts';
import { isApi } from '../server/handler.ts';
import type { Incoming } from '../server/incoming.ts';
import type { Rule } from '../server/rule.ts';
import { type Pace, Windows } from '../windows.ts';

/** What one caller may ask for, null for no limit. */
export interface CallerLimits {
  readonly requests: Pace | null;
  /** Root mutation fields, counted for the whole document before any of it runs. */
  readonly changes: Pace | null;
}

type Kind = keyof CallerLimits;

/**
 * Counts what each caller asks for, in this process's memory: by his name, else by his address, of IPv6
 * its network. Says how he stands in `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers), and 429 with
 * `Retry-After` (RFC 6585, RFC 9110) where there is nothing left.
 */
export class CallerCounts implements Rule {
  readonly #endpoint: string;
  readonly #requests: Counter | null;
  readonly #changes: Counter | null;
  readonly #trustProxy: TrustProxy | null;

  /**
   * @param endpoint the API's path
   * @param trustProxy the proxies whose forwarded addresses count; null for none
   */
  constructor(endpoint: string, limits: CallerLimits, trustProxy: TrustProxy | null) {
    this.#endpoint = endpoint;
    this.#requests = limits.requests && new Counter('requests', limits.requests);
    this.#changes = limits.changes && new Counter('changes', limits.changes);
    this.#trustProxy = trustProxy;
  }

  before(incoming: Incoming): Answer | undefined {
    if (this.#requests === null || !isApi(this.#endpoint, incoming.path)) return undefined;
    const refused = this.#take(this.#requests, incoming, 1);
    return refused === null ? undefined : refusal(429, refused, 'CALLER_LIMIT');
  }

  /**
   * Takes a document's changes, all or none of them.
   *
   * @returns the error where so many are not left
   */
  takeChanges(incoming: Incoming, changes: number): GraphQLError | null {
    if (this.#changes === null) return null;
    const refused = this.#take(this.#changes, incoming, changes);
    if (refused === null) return null;
    const extensions = { code: 'CALLER_LIMIT', limit: 'changes', http: { status: 429 } };
    return new GraphQLError(refused, { extensions });
  }

  after({ allowance }: Incoming, { headers }: Answer): void {
    if (allowance === null) return;
    headers['ratelimit-policy'] = allowance.policy;
    headers['ratelimit'] = allowance.left;
    if (allowance.retryAfter !== null) headers['retry-after'] = allowance.retryAfter;
  }

  /** Takes so many of a limit. @returns the sentence that refuses, null where they were left */
  #take(counter: Counter, incoming: Incoming, count: number): string | null {
    const key = this.#keyOf(incoming);
    const refused = counter.take(key, count);
    const { policy } = counter;
    const left = counter.standing(key);
    const { allowance: before } = incoming;
    incoming.allowance = {
      policy: before === null ? policy : `${before.policy}, ${policy}`,
      left: before === null ? left : `${before.left}, ${left}`,
      retryAfter: refused === null ? null : String(counter.resetSeconds(key)),
    };
    return refused;
  }

  #keyOf({ caller, client }: Incoming): string {
    if (caller.name !== null) return `name ${hash('sha256', caller.name, 'base64url')}`;
    return `address ${networkOf(client.address(this.#trustProxy) ?? 'unknown')}`;
  }
}

/** A limit, and how much of it each caller has used up. */
class Counter {
  readonly policy: string;
  readonly #kind: Kind;
  readonly #windows: Windows;

  constructor(kind: Kind, pace: Pace) {
    this.policy = `"${kind}";q=${pace.calls};w=${pace.seconds}`;
    this.#kind = kind;
    this.#windows = new Windows(pace);
  }

  /** Takes so many, all or none. @returns the sentence that refuses them, null where they were left */
  take(key: string, count: number): string | null {
    if (this.#windows.take(key, count) === 0) return null;
    const { calls, seconds } = this.#windows.pace;
    return (
      `This caller may ask for ${calls} ${this.#kind} in ${seconds} s, and has; nothing was begun. ` +
      `Try again in ${this.resetSeconds(key)} s.`
    );
  }

  standing(key: string): string {
    return `"${this.#kind}";r=${this.#windows.left(key)};t=${this.resetSeconds(key)}`;
  }

  /** Seconds until the window ends. */
  resetSeconds(key: string): number {
    return Math.max(1, Math.ceil(this.#windows.endsInMs(key) / 1_000));
  }
}

/** Of IPv6 the first 64 bits: one client has all the addresses that begin with them (RFC 6177). */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [before = '', after = ''] = address.split('::');
  const [first, last] = [before, after].map((part) => (part === '' ? [] : part.split(':')));
  const gap = Math.max(0, 8 - (first?.length ?? 0) - (last?.length ?? 0));
  const groups = [...(first ?? []), ...Array.from({ length: gap }, () => '0'), ...(last ?? [])];
  return groups.slice(0, 4).join(':');
}
