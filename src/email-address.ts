declare const brand: unique symbol;

/** An e-mail address in lower case; only {@link emailAddress} makes one. */
export type EmailAddress = string & { readonly [brand]: 'EmailAddress' };

/** What an e-mail address must look like. */
export const emailAddressTakes = 'an e-mail address, such as "ada@example.com"';

/**
 * An e-mail address in the form in which addresses are compared: in lower case, since no vendor tells
 * two people apart by it. Checked roughly, within the bounds of RFC 5321, section 4.5.3.1.
 *
 * @returns null where the text is none
 */
export function emailAddress(raw: string): EmailAddress | null {
  return /^[^\s@,]{1,64}@[^\s@,]{1,189}$/.test(raw) ? (raw.toLowerCase() as EmailAddress) : null;
}
