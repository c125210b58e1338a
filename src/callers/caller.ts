/** Who calls the gateway: never one of a vendor's users. */
export interface Caller {
  /** Stands in logs and in the record of changes; null for a caller who did not say. */
  readonly name: string | null;
  /** The mutations that the caller may call, null for all. */
  readonly mutations: ReadonlySet<string> | null;
  /**
   * A vendor's credential headers that the configuration supplies, for a caller who sends none of that
   * vendor's.
   */
  credential(incomingHeader: string): string | null;
}

/** A caller who did not say who he is. */
export const anonymous: Caller = { name: null, mutations: null, credential: () => null };

/** Why a caller was not let in; the sentence tells him what to send. */
export interface Stranger {
  readonly message: string;
}

/** Tells callers by what they send in `Authorization`. */
export interface Authenticator {
  /** @returns null where the token is of another kind */
  identify(token: string): Promise<Caller | Stranger | null>;
}
