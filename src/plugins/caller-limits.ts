import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { TrustProxy } from '../config/rules.ts';
import type { Pace } from '../http/pacer.ts';
import { type Answer, refusal } from '../server/answer.ts';
import { isApi } from '../server/handler.ts';
import type { Incoming } from '../server/incoming.ts';
import type { Rule } from '../server/rule.ts';

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
 */
export class CallerCounts implements Rule {
  readonly #endpoint: string;
  readonly #requests: Counter | null;
  readonly #changes: Counter | null;
  readonly #trustProxy: TrustProxy | null;
  readonly #standings = new WeakMap<Incoming, Standing[]>();

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

  before(incoming: Incoming): Promise<Answer | undefined> | undefined {
    if (this.#requests === null || !isApi(this.#endpoint, incoming.path)) return undefined;
    return this.#takeRequest(this.#requests, incoming);
  }

  /**
   * Takes a document's changes, all or none of them.
   *
   * @returns the error where so many are not left
   */
  takeChanges(incoming: Incoming, changes: number): Promise<GraphQLError | null> | null {
    return this.#changes && this.#takeChanges(this.#changes, incoming, changes);
  }

  async #takeChanges(counter: Counter, incoming: Incoming, changes: number) {
    const standing = await this.#take(counter, incoming, changes);
    if (standing.isAllowed) return null;
    const { kind: limit } = standing;
    const extensions = { code: 'CALLER_LIMIT', limit, http: { status: 429 } };
    return new GraphQLError(sentence(standing), { extensions });
  }

  after(incoming: Incoming, { headers }: Answer): void {
    const known = this.#standings.get(incoming);
    if (known === undefined) return;
    const policy = known.map(({ kind, pace }) => `"${kind}";q=${pace.calls};w=${pace.seconds}`);
    const left = known.map((one) => `"${one.kind}";r=${one.remaining};t=${one.resetSeconds}`);
    headers['ratelimit-policy'] = policy.join(', ');
    headers['ratelimit'] = left.join(', ');
    const refused = known.find(({ isAllowed }) => !isAllowed);
    if (refused) headers['retry-after'] = String(refused.resetSeconds);
  }

  async #takeRequest(counter: Counter, incoming: Incoming): Promise<Answer | undefined> {
    const standing = await this.#take(counter, incoming, 1);
    return standing.isAllowed ? undefined : refusal(429, sentence(standing), 'CALLER_LIMIT');
  }

  async #take(counter: Counter, incoming: Incoming, points: number): Promise<Standing> {
    const standing = await counter.take(this.#keyOf(incoming), points);
    const known = this.#standings.get(incoming);
    if (known === undefined) this.#standings.set(incoming, [standing]);
    else known.push(standing);
    return standing;
  }

  #keyOf({ caller, client }: Incoming): string {
    if (caller.name !== null) {
      return `name ${createHash('sha256').update(caller.name).digest('base64url')}`;
    }
    return `address ${client.address(this.#trustProxy) ?? 'unknown'}`;
  }
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

function sentence({ kind, pace, resetSeconds }: Standing): string {
  return (
    `This caller may ask for ${pace.calls} ${kind} in ${pace.seconds} s, and has; nothing was begun. ` +
    `Try again in ${resetSeconds} s.`
  );
}
