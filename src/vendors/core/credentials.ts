import type { CredentialProblem, MembershipVendor } from '../../errors.ts';
import { Redactor } from './redactor.ts';

/** A source of headers. */
export interface HeaderValues {
  /** Returns a header's value; null if there is none. */
  get(name: string): string | null;
  /** Has the values fetched anew when they are next needed, since the vendor rejected them; absent if they cannot be. */
  refresh?(): void;
}

/** The forms that a credential's header may take. */
export type CredentialForm = 'bearer' | 'company' | 'opaque';

/** One header of a vendor's credentials: what the caller sends, what the vendor gets. */
export interface CredentialHeader {
  /** In lower case. */
  readonly incoming: string;
  readonly outgoing: string;
  readonly form: CredentialForm;
  /** Whether the value alone gives access; else it only names who or where. */
  readonly secret: boolean;
}

/**
 * One caller's credentials for one vendor. The vendor is part of the type, so that those of one
 * vendor cannot be handed to another by mistake.
 */
export interface Credentials<V extends MembershipVendor> {
  readonly kind: 'usable';
  readonly vendor: V;
  /** Names and values in turn, as they go out. */
  readonly headers: readonly string[];
  readonly redactor: Redactor;
  /** The value of an incoming header; empty for one that is not the vendor's. */
  value(incoming: string): string;
}

/** Credentials that cannot be used: what is wrong with which incoming headers. */
export interface UnusableCredentials {
  readonly kind: 'unusable';
  readonly problem: Exclude<CredentialProblem, 'REJECTED'>;
  /** The sentence that tells the caller what to send. */
  readonly message: string;
}

const forms: Record<CredentialForm, { readonly pattern: RegExp; readonly takes: string }> = {
  // RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1).
  bearer: { pattern: /^bearer +[A-Za-z0-9\-._~+/]+=*$/i, takes: '"Bearer <token>"' },
  company: { pattern: /^[a-z0-9-]{1,63}$/, takes: '1 to 63 characters of a-z, 0-9 and -' },
  opaque: { pattern: /^[\x21-\x7e]+$/, takes: 'visible ASCII characters, without spaces' },
};

/** Whose credentials are read, and from which headers. */
export interface CredentialsOwner<V extends MembershipVendor> {
  readonly id: V;
  readonly title: string;
  readonly credentialHeaders: readonly CredentialHeader[];
}

/**
 * Reads one vendor's credentials from a request's headers. A header that was sent twice arrives as
 * one value with a comma and a space, which no form takes.
 */
export function readCredentials<V extends MembershipVendor>(
  owner: CredentialsOwner<V>,
  headers: HeaderValues,
): Credentials<V> | UnusableCredentials {
  const { credentialHeaders: expected } = owner;
  const outgoing: string[] = [];
  for (const { form, incoming, outgoing: name } of expected) {
    const value = headers.get(incoming);
    if (value === null || !forms[form].pattern.test(value)) {
      const sent = expected.map((one) => headers.get(one.incoming));
      return unusable(owner.title, expected, sent);
    }
    outgoing.push(name, form === 'bearer' ? canonical(value) : value);
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

  /** Made when it is first needed: most answers hold no text. */
  get redactor(): Redactor {
    if (this.#redactor !== null) return this.#redactor;
    const secrets: string[] = [];
    const identifiers: string[] = [];
    for (const { secret, incoming } of this.#owner.credentialHeaders) {
      (secret ? secrets : identifiers).push(bare(this.value(incoming)));
    }
    this.#redactor = new Redactor(secrets, identifiers);
    return this.#redactor;
  }

  value(incoming: string): string {
    const index = this.#owner.credentialHeaders.findIndex((one) => one.incoming === incoming);
    return index === -1 ? '' : (this.headers[2 * index + 1] ?? '');
  }
}

function unusable(
  title: string,
  expected: readonly CredentialHeader[],
  sent: readonly (string | null)[],
): UnusableCredentials {
  const missing = expected.filter((_, index) => sent[index] === null);
  if (missing.length > 0) {
    const names = missing.map(({ incoming }) => incoming).join(' and ');
    const message = `${title} was not called: the request header ${names} is missing.`;
    return { kind: 'unusable', problem: 'MISSING', message };
  }
  const malformed = expected.filter(
    ({ form }, index) => !forms[form].pattern.test(sent[index] ?? ''),
  );
  const rules = malformed.map(({ incoming, form }) => `${incoming} takes ${forms[form].takes}`);
  const message = `${title} was not called: the request header ${rules.join('; ')}, once.`;
  return { kind: 'unusable', problem: 'MALFORMED', message };
}

/** With the scheme and the space as RFC 6750 writes them. */
function canonical(value: string): string {
  const isCanonical = value.startsWith('Bearer ') && value[7] !== ' ';
  return isCanonical ? value : `Bearer ${bare(value)}`;
}

function bare(value: string): string {
  return value.replace(/^bearer +/i, '');
}
