import type { LimitFeedback, RateLimit } from './rate-limiter.ts';

/** The most credentials that are remembered; the oldest are forgotten first. */
const maxKnown = 10_000;

/** The successes in a row without the limiter's headers after which a credential counts as exempt. */
const successesToExempt = 3;

/**
 * The history of each credential at a vendor that counts all callers together: whether the vendor accepts it, and whether a
 * permission exempts it from the limit. Made-up credentials hold few slots until their 401s arrive; an exempt credential
 * holds none.
 */
export class CredentialHistory {
  /** The most calls in flight on a route with credentials that the vendor has not accepted yet. */
  readonly maxUnverified: number;
  readonly #canExempt: boolean;
  /** The successes in a row without the limiter's headers, for each credential that the vendor accepted. */
  readonly #bare = new Map<string, number>();

  constructor({ calls, isExplicit }: RateLimit) {
    this.maxUnverified = Math.max(1, Math.floor(calls / 4));
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

  /** Updates the history with the vendor's response to a credential's call. */
  note(credential: string, { status, limit, remaining, isJson }: LimitFeedback): void {
    const isLimited = limit !== null || remaining !== null || status === 429;
    if (!isJson || (status === 401 && !isLimited)) return;
    const isSuccess = status >= 200 && status < 300;
    const before = this.#bare.get(credential) ?? 0;
    this.#bare.delete(credential);
    // A rejection can precede the limiter and have no headers of it: it shows nothing.
    this.#bare.set(credential, isLimited ? 0 : before + Number(isSuccess));
    if (this.#bare.size <= maxKnown) return;
    const [oldest] = this.#bare.keys();
    if (oldest !== undefined) this.#bare.delete(oldest);
  }
}
