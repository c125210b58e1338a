import type { HeaderValues } from '../vendors/core/credentials.ts';

/** Who calls the gateway: never one of a vendor's users. */
export interface Caller {
  /** Stands in logs and in the record of changes; null for a caller who did not say. */
  readonly name: string | null;
  /** The mutations that the caller may call, null for all. */
  readonly mutations: ReadonlySet<string> | null;
  /**
   * The credential headers that the configuration supplies for a vendor, for a caller who sends none of
   * that vendor's. A promise where they must be fetched.
   *
   * @param incoming the vendor's headers, as callers send them
   */
  credentials(incoming: readonly string[]): HeaderValues | Promise<HeaderValues>;
}

const noHeaders: HeaderValues = { get: () => null };

/** A caller who did not say who he is. */
export const anonymous: Caller = { name: null, mutations: null, credentials: () => noHeaders };

/** Why a caller was not let in; the sentence tells him what to send. */
export interface AuthenticationFailure {
  readonly message: string;
  /** Where the same may be let in later: after so many seconds. */
  readonly retryAfterSeconds?: number;
}

/** Tells callers by what they send in `Authorization`. */
export interface Authenticator {
  /** @returns null where the token is of another kind */
  identify(token: string): Promise<Caller | AuthenticationFailure | null>;
}
