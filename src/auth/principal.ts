import type { HeaderValues } from '../vendors/core/credentials.ts';

/** A caller of the gateway; never a vendor's user. */
export interface Caller {
  /** The name in the log and the audit log; null for an anonymous caller. */
  readonly name: string | null;
  /** The caller without ambiguity, whatever identified it; null for an anonymous caller. */
  readonly id: string | null;
  /** The mutations that the caller may call; null for all. */
  readonly mutations: ReadonlySet<string> | null;
  /**
   * Returns the configured credential headers for a vendor. They are used if the request has none of that vendor's
   * headers. The result is a promise only if they must be fetched.
   *
   * @param incoming the vendor's incoming credential headers, in lower case
   */
  credentials(incoming: readonly string[]): HeaderValues | Promise<HeaderValues>;
}

const noHeaders: HeaderValues = { get: () => null };

/** A caller without authentication. */
export const anonymous: Caller = {
  name: null,
  id: null,
  mutations: null,
  credentials: () => noHeaders,
};

/** A failed authentication. The message tells the caller what to send. */
export interface AuthenticationFailure {
  readonly message: string;
  /** The seconds after which the same token may be accepted; absent if it never will. */
  readonly retryAfterSeconds?: number;
}

/** Identifies callers by the token in `Authorization`. */
export interface Authenticator {
  /** Returns the caller of a token or the reason why it is rejected; null if the token is of another kind. */
  identify(token: string): Promise<Caller | AuthenticationFailure | null>;
}
