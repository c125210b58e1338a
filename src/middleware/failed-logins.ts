import { randomInt } from 'node:crypto';
import type { GatewayRequest } from '../server/request.ts';
import { FixedWindowLimiter, type WindowLimit } from '../upstream/resilience/fixed-window.ts';
import type { CallerKeys } from './caller-keys.ts';

/** How many good tokens are remembered; the oldest are forgotten first. */
const mostKnown = 10_000;

/**
 * Bounds how many wrong tokens come from one address, since each costs a hash or a signature. Beyond the limit only
 * tokens that were good before are checked, so that other callers behind the same address keep their access.
 */
export class FailedLogins {
  readonly #windows: FixedWindowLimiter;
  readonly #keys: CallerKeys;
  readonly #known = new Set<number>();
  readonly #seed = randomInt(2 ** 32);

  constructor(pace: WindowLimit, keys: CallerKeys) {
    this.#windows = new FixedWindowLimiter(pace);
    this.#keys = keys;
  }

  /**
   * Returns the sentence that refuses a token without a check, and the seconds after which it may be sent again; null
   * if it may be checked.
   *
   * @param token null for a header that holds none
   */
  refuse(
    incoming: GatewayRequest,
    token: string | null,
  ): { readonly message: string; readonly retryAfterSeconds: number } | null {
    // Skip the address if no token was wrong: nearly every request comes then.
    if (this.#windows.size === 0) return null;
    const { left, endsInMs } = this.#windows.getState(this.#keys.address(incoming));
    if (left > 0 || (token !== null && this.#known.has(this.#checksumOf(token)))) return null;
    const { calls, seconds } = this.#windows.limit;
    const retryAfterSeconds = Math.max(1, Math.ceil(endsInMs / 1_000));
    const message = `This address may send ${calls} wrong credentials in ${seconds} s, and has. Try again in ${retryAfterSeconds} s.`;
    return { message, retryAfterSeconds };
  }

  /** Counts a token that was wrong, or a header that holds none. */
  noteFailure(incoming: GatewayRequest, token: string | null): void {
    if (token !== null) this.#known.delete(this.#checksumOf(token));
    this.#windows.take(this.#keys.address(incoming));
  }

  /** Remembers a token that was good. */
  noteSuccess(token: string): void {
    const checksum = this.#checksumOf(token);
    if (this.#known.has(checksum)) return;
    this.#known.add(checksum);
    if (this.#known.size <= mostKnown) return;
    const [oldest] = this.#known;
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  /**
   * Returns 32 bits of a token (FNV-1a, with an offset of this process). They show which tokens were surely never
   * good at a fraction of a hash's cost, and keep no token in memory.
   */
  #checksumOf(token: string): number {
    let sum = this.#seed;
    for (let at = Math.max(0, token.length - 64); at < token.length; at += 1) {
      sum = Math.imul(sum ^ token.charCodeAt(at), 0x01000193);
    }
    return sum;
  }
}
