import type { LimitFeedback, RateLimit } from './rate-limiter.ts';

/** How many credentials are remembered; the oldest are forgotten first. */
const mostKnown = 10_000;

/** How many successes in a row without the limiter's headers show that a credential is exempt from the limit. */
const successesToExempt = 3;

/**
 * What a vendor that counts all callers together has shown of each credential: whether it accepts it, and whether
 * it is exempt from the limit, as Rocket.Chat's permission `api-bypass-rate-limit` makes it. Made-up credentials
 * hold few slots while their 401s are on the way; an exempt credential holds none.
 */
export class CredentialHistory {
  /** How many calls of credentials that the vendor has not accepted yet may be under way on a route. */
  readonly mostUnverified: number;
  readonly #canExempt: boolean;
  /** Successes in a row without headers, for each credential that the vendor accepted. */
  readonly #bare = new Map<string, number>();

  constructor({ calls, isExplicit }: RateLimit) {
    this.mostUnverified = Math.max(1, Math.floor(calls / 4));
    // A limit that the operator configured holds for every credential.
    this.#canExempt = !isExplicit;
  }

  /** Returns whether the vendor has accepted a credential. */
  isAccepted(credential: string): boolean {
    return this.#bare.has(credential);
  }

  /** Returns whether the vendor does not limit a credential. */
  isExempt(credential: string): boolean {
    return this.#canExempt && (this.#bare.get(credential) ?? 0) >= successesToExempt;
  }

  /** Forgets that a credential seemed to be exempt. */
  forgetExemption(credential: string): void {
    if (this.#bare.has(credential)) this.#bare.set(credential, 0);
  }

  /** Notes what the vendor answered to a credential's call. */
  note(credential: string, { status, limit, remaining, isJson }: LimitFeedback): void {
    const isLimited = limit !== null || remaining !== null || status === 429;
    if (!isJson || (status === 401 && !isLimited)) return;
    const isSuccess = status >= 200 && status < 300;
    const before = this.#bare.get(credential) ?? 0;
    this.#bare.delete(credential);
    // Refusals can come before the limiter, without its headers: they show nothing.
    this.#bare.set(credential, isLimited ? 0 : before + Number(isSuccess));
    if (this.#bare.size <= mostKnown) return;
    const [oldest] = this.#bare.keys();
    if (oldest !== undefined) this.#bare.delete(oldest);
  }
}
