import {
  AuthenticationError,
  type CredentialProblem,
  type MembershipError,
  type MembershipVendor,
} from '../../errors.ts';
import { Redactor } from './redactor.ts';

/** A source of headers. */
export interface HeaderValues {
  /** Returns a header's value; null if there is none. */
  get(name: string): string | null;
  /** Fetches new values when they are next needed, since the vendor rejected these; absent if that is not possible. */
  refresh?(): void;
}

/** The format of a credential's header. */
export type CredentialForm = 'bearer' | 'company' | 'opaque';

/** One header of a vendor's credentials: as the caller sends it, and as the vendor receives it. */
export interface CredentialHeader {
  /** In lower case. */
  readonly incoming: string;
  readonly outgoing: string;
  readonly form: CredentialForm;
  /** Whether the value alone grants access; otherwise it is only an identifier. */
  readonly secret: boolean;
  /** The name of this part of the credentials in the client. */
  readonly part: string;
  /** The value as the client expects it, for its documentation. */
  readonly meaning: string;
}

/**
 * One caller's credentials for one vendor. The vendor is part of the type, so that the credentials for one vendor cannot
 * be passed to another by mistake.
 */
export interface Credentials<V extends MembershipVendor> {
  readonly kind: 'usable';
  readonly vendor: V;
  /** Outgoing headers: names and values in turn. */
  readonly headers: readonly string[];
  readonly redactor: Redactor;
  /** Returns the value of an incoming header; an empty string if it is not one of the vendor's. */
  value(incoming: string): string;
}

/** Credentials that cannot be used. */
export interface UnusableCredentials {
  readonly kind: 'unusable';
  readonly problem: Exclude<CredentialProblem, 'REJECTED'>;
  /** What is wrong with which headers, and what to send instead. */
  readonly message: string;
}

const formats: Record<CredentialForm, { readonly pattern: RegExp; readonly expected: string }> = {
  // RFC 6750, section 2.1; the scheme is case-insensitive (RFC 9110, section 11.1).
  bearer: { pattern: /^bearer +[A-Za-z0-9\-._~+/]+=*$/i, expected: '"Bearer <token>"' },
  company: { pattern: /^[a-z0-9-]{1,63}$/, expected: '1 to 63 characters of a-z, 0-9 and -' },
  opaque: { pattern: /^[\x21-\x7e]+$/, expected: 'visible ASCII characters without spaces' },
};

/** The vendor that credentials are read for. */
export interface CredentialsOwner<V extends MembershipVendor> {
  readonly id: V;
  readonly title: string;
  readonly credentialHeaders: readonly CredentialHeader[];
}

/**
 * Reads one vendor's credentials from a request's headers. A header that was sent twice arrives as one value with a comma
 * and a space, which no format accepts.
 */
export function readCredentials<V extends MembershipVendor>(
  owner: CredentialsOwner<V>,
  headers: HeaderValues,
): Credentials<V> | UnusableCredentials {
  const outgoing: string[] = [];
  for (const { form, incoming, outgoing: name } of owner.credentialHeaders) {
    const value = headers.get(incoming);
    if (value === null || !formats[form].pattern.test(value))
      return describeUnusable(owner, headers);
    outgoing.push(name, form === 'bearer' ? normalizeBearer(value) : value);
  }
  return new UsableCredentials(owner, outgoing);
}

class UsableCredentials<V extends MembershipVendor> implements Credentials<V> {
  readonly kind = 'usable';
  readonly headers: readonly string[];
  readonly #owner: CredentialsOwner<V>;
  #redactor: Redactor | null = null;

  constructor(owner: CredentialsOwner<V>, headers: readonly string[]) {
    this.#owner = owner;
    this.headers = headers;
  }

  get vendor(): V {
    return this.#owner.id;
  }

  /** Created when it is first needed: most responses contain no text. */
  get redactor(): Redactor {
    if (this.#redactor !== null) return this.#redactor;
    const secrets: string[] = [];
    const identifiers: string[] = [];
    for (const { secret, incoming } of this.#owner.credentialHeaders) {
      (secret ? secrets : identifiers).push(removeScheme(this.value(incoming)));
    }
    this.#redactor = new Redactor(secrets, identifiers);
    return this.#redactor;
  }

  value(incoming: string): string {
    const index = this.#owner.credentialHeaders.findIndex((one) => one.incoming === incoming);
    return index === -1 ? '' : (this.headers[2 * index + 1] ?? '');
  }
}

function describeUnusable(
  { title, credentialHeaders: expected }: CredentialsOwner<MembershipVendor>,
  headers: HeaderValues,
): UnusableCredentials {
  const missing = expected.filter(({ incoming }) => headers.get(incoming) === null);
  if (missing.length > 0) {
    const names = missing.map(({ incoming }) => incoming).join(' and ');
    const message = `${title} was not called: the request has no header ${names}. Send your credentials for ${title}.`;
    return { kind: 'unusable', problem: 'MISSING', message };
  }
  const malformed = expected.filter(
    ({ form, incoming }) => !formats[form].pattern.test(headers.get(incoming) ?? ''),
  );
  const rules = malformed.map(({ incoming, form }) => `${incoming} as ${formats[form].expected}`);
  const message = `${title} was not called: a credential header is malformed or was sent more than once. Send ${rules.join(' and ')}.`;
  return { kind: 'unusable', problem: 'MALFORMED', message };
}

/** Returns a bearer token with the scheme and the single space of RFC 6750. */
function normalizeBearer(value: string): string {
  const isNormal = value.startsWith('Bearer ') && value[7] !== ' ';
  return isNormal ? value : `Bearer ${removeScheme(value)}`;
}

function removeScheme(value: string): string {
  return value.replace(/^bearer +/i, '');
}

interface RejectedCredential {
  readonly headers: readonly string[];
  readonly error: AuthenticationError;
}

/** The credentials that a vendor rejected within one request, so that its other fields do not send them again. */
export class RejectedCredentials {
  /** Null until the vendor rejects one, which is rare. */
  #rejected: RejectedCredential[] | null = null;

  /**
   * Returns the vendor's rejection of a credential; null if there was none.
   *
   * @param headers the credential's headers: names and values in turn
   */
  find(headers: readonly string[]): AuthenticationError | null {
    if (this.#rejected === null) return null;
    const isSame = (one: RejectedCredential) =>
      one.headers.every((value, index) => value === headers[index]);
    return this.#rejected.find(isSame)?.error ?? null;
  }

  /**
   * Remembers a credential if the vendor rejected it, and has it refreshed once if that is possible.
   *
   * @param error the vendor's response
   * @param source the source that the credential was read from
   */
  note(error: MembershipError, headers: readonly string[], source: HeaderValues): void {
    // With another status a one-time password is missing, which other calls may not require.
    const isRejected = error instanceof AuthenticationError && error.vendorStatus === 401;
    if (!isRejected) return;
    if (this.#rejected === null) source.refresh?.();
    this.#rejected ??= [];
    this.#rejected.push({ headers, error: error.withOutcome('NOT_APPLIED') });
  }
}
