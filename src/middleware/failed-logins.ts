import { randomInt } from 'node:crypto';
import type { GatewayRequest } from '../server/request.ts';
import { FixedWindowLimiter, type WindowLimit } from '../upstream/resilience/fixed-window.ts';
import type { CallerKeys } from './caller-keys.ts';

/** The most good tokens that are remembered; the oldest are forgotten first. */
const maxKnown = 10_000;

/**
 * Limits the wrong tokens from one address, since each costs a hash or a signature check. Beyond the limit only tokens
 * that were good before are checked, so that other callers behind the same address keep their access.
 */
export class FailedLogins {
  readonly #windows: FixedWindowLimiter;
  readonly #keys: CallerKeys;
  readonly #known = new Set<number>();
  readonly #seed = randomInt(2 ** 32);

  constructor(limit: WindowLimit, keys: CallerKeys) {
    this.#windows = new FixedWindowLimiter(limit);
    this.#keys = keys;
  }

  /**
   * Returns the message that rejects a token without a check, and the seconds after which it may be sent again; null
   * if it may be checked.
   *
   * @param token null for a header without a token
   */
  refuse(
    incoming: GatewayRequest,
    token: string | null,
  ): { readonly message: string; readonly retryAfterSeconds: number } | null {
    // Skip the address if no token was wrong: nearly every request takes this path.
    if (this.#windows.size === 0) return null;
    const { left, endsInMs } = this.#windows.getState(this.#keys.getAddressKey(incoming));
    if (left > 0 || (token !== null && this.#known.has(this.#computeChecksum(token)))) return null;
    const { calls, seconds } = this.#windows.limit;
    const retryAfterSeconds = Math.max(1, Math.ceil(endsInMs / 1_000));
    const message = `This address has reached its limit of ${calls} wrong tokens in ${seconds} s. Try again in ${retryAfterSeconds} s.`;
    return { message, retryAfterSeconds };
  }

  /** Counts a wrong token, or a header without one. */
  noteFailure(incoming: GatewayRequest, token: string | null): void {
    if (token !== null) this.#known.delete(this.#computeChecksum(token));
    this.#windows.take(this.#keys.getAddressKey(incoming));
  }

  /** Remembers a good token. */
  noteSuccess(token: string): void {
    const checksum = this.#computeChecksum(token);
    if (this.#known.has(checksum)) return;
    this.#known.add(checksum);
    if (this.#known.size <= maxKnown) return;
    const [oldest] = this.#known;
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  /**
   * Returns a 32-bit checksum of a token (FNV-1a, with a seed of this process). It shows which tokens were certainly
   * never good, without a cryptographic hash and without keeping tokens in memory.
   */
  #computeChecksum(token: string): number {
    let sum = this.#seed;
    for (let at = Math.max(0, token.length - 64); at < token.length; at += 1) {
      sum = Math.imul(sum ^ token.charCodeAt(at), 0x01000193);
    }
    return sum;
  }
}
