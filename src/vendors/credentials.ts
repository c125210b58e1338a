import type { CredentialProblem, MembershipVendor } from '../errors.ts';
import { Redactor } from './redactor.ts';

/** Whatever tells a header's value; null where there is none. */
export interface HeaderValues {
  get(name: string): string | null;
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
  /** The values by the incoming header's name. */
  readonly values: Readonly<Record<string, string>>;
  readonly redactor: Redactor;
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

/**
 * Reads one vendor's credentials from a request's headers. A header that was sent twice arrives as
 * one value with a comma and a space, which no form takes.
 */
export function readCredentials<V extends MembershipVendor>(
  vendor: V,
  title: string,
  expected: readonly CredentialHeader[],
  headers: HeaderValues,
): Credentials<V> | UnusableCredentials {
  const sent = expected.map((spec) => headers.get(spec.incoming));
  const isGood = (value: string | null, index: number) =>
    value !== null && forms[(expected[index] as CredentialHeader).form].pattern.test(value);
  if (!sent.every(isGood)) return unusable(title, expected, sent);
  const values: Record<string, string> = {};
  const outgoing: string[] = [];
  const secrets: string[] = [];
  const identifiers: string[] = [];
  for (const [index, { form, incoming, outgoing: name, secret }] of expected.entries()) {
    const value = canonical(form, sent[index] ?? '');
    values[incoming] = value;
    outgoing.push(name, value);
    if (secret) secrets.push(bare(value));
    else identifiers.push(value);
  }
  const redactor = new Redactor(secrets, identifiers);
  return { kind: 'usable', vendor, headers: outgoing, values, redactor };
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

function canonical(form: CredentialForm, value: string): string {
  return form === 'bearer' ? `Bearer ${bare(value)}` : value;
}

function bare(value: string): string {
  return value.replace(/^bearer +/i, '');
}
