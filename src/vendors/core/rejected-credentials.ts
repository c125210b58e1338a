import { AuthenticationError, type MembershipError } from '../../errors.ts';
import type { HeaderValues } from './credentials.ts';

interface RejectedCredential {
  readonly headers: readonly string[];
  readonly error: AuthenticationError;
}

/** The credentials that a vendor rejected within one request, so that its other fields do not try them again. */
export class RejectedCredentials {
  /** Null while the vendor has rejected none: most requests end so. */
  #rejected: RejectedCredential[] | null = null;

  /**
   * Returns the vendor's rejection of a credential; null if there was none.
   *
   * @param headers the credential's headers: names and values in turn
   */
  find(headers: readonly string[]): AuthenticationError | null {
    if (this.#rejected === null) return null;
    const isSame = (one: RejectedCredential) =>
      one.headers.every((value, at) => value === headers[at]);
    return this.#rejected.find(isSame)?.error ?? null;
  }

  /**
   * Remembers a credential if the vendor itself rejected it, and has it fetched anew once if it can be.
   *
   * @param error the vendor's answer
   * @param source the source that the credential was read from
   */
  note(error: MembershipError, headers: readonly string[], source: HeaderValues): void {
    // With another status a one-time password is missing, which other calls may do without.
    const isRejected = error instanceof AuthenticationError && error.vendorStatus === 401;
    if (!isRejected) return;
    if (this.#rejected === null) source.refresh?.();
    this.#rejected ??= [];
    this.#rejected.push({ headers, error: error.as('NOT_APPLIED') });
  }
}
