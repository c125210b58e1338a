import { domainToASCII, domainToUnicode } from 'node:url';

declare const brand: unique symbol;

/** An e-mail address in its normal form; only {@link normalizeEmail} makes one. */
export type EmailAddress = string & { readonly [brand]: 'EmailAddress' };

/** The expected format of an e-mail address, for messages. */
export const emailAddressRule = 'an e-mail address, such as "ada@example.com"';

/**
 * Parses an e-mail address that a caller sent. The check is rough, within the limits of RFC 5321, section 4.5.3.1.
 *
 * @returns its normal form; null if the text is not an address
 */
export function parseEmailAddress(raw: string): EmailAddress | null {
  return /^[^\s@,]{1,64}@[^\s@,]{1,189}$/.test(raw.trim()) ? normalizeEmail(raw) : null;
}

const plain = /^[!-~]*$/;

/**
 * Converts a text to the form in which addresses are compared: without surrounding spaces, in Unicode
 * normalization form C, in lower case, and with the domain in ASCII (RFC 5890). No vendor distinguishes
 * two people by any of these.
 */
export function normalizeEmail(text: string): EmailAddress {
  const trimmed = text.trim();
  // Most addresses are ASCII and need no further conversion.
  if (plain.test(trimmed)) return trimmed.toLowerCase() as EmailAddress;
  const at = trimmed.lastIndexOf('@') + 1;
  const domain = trimmed.slice(at);
  const local = foldCase(trimmed.slice(0, at));
  return `${local}${domainToASCII(domain) || foldCase(domain)}` as EmailAddress;
}

/** Returns whether a vendor's text is an address, in whichever form it is written. */
export function isSameAddress(text: string | null | undefined, email: EmailAddress): boolean {
  return text != null && normalizeEmail(text) === email;
}

/** Returns a text composed and in lower case, in which the two small sigmas are one letter. */
function foldCase(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ').normalize();
}

/**
 * Returns the longest part of an address that every form of it has in common, for vendors that find people
 * by a part of their address: letters beyond ASCII may be composed or not, and a domain with such letters
 * may be written in ASCII.
 */
export function toSearchablePart(email: EmailAddress): string {
  const at = email.lastIndexOf('@') + 1;
  const parts = (isPlainDomain(email.slice(at)) ? email : email.slice(0, at)).split(/[^!-~]+/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest));
}

/**
 * Returns the forms in which an address may be stored, at most four, for vendors that compare all but the case: the normal
 * form first, then how people write it, with the domain in Unicode, and both with decomposed letters (Unicode NFD). An
 * address in ASCII only has one form.
 */
export function listStoredForms(email: EmailAddress): readonly [EmailAddress, ...string[]] {
  const at = email.lastIndexOf('@') + 1;
  const domain = email.slice(at);
  const readableDomain = (isPlainDomain(domain) ? '' : domainToUnicode(domain)) || domain;
  const readable = `${email.slice(0, at).replace(/(?<=\p{L})σ(?!\p{L})/gu, 'ς')}${readableDomain}`;
  const others = [readable, readable.normalize('NFD'), email.normalize('NFD')];
  return [email, ...new Set(others.filter((form) => form !== email))];
}

function isPlainDomain(domain: string): boolean {
  return !/(?:^|\.)xn--/.test(domain);
}
