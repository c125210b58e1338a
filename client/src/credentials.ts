import { type Credentials, credentialParts } from './generated/vendors.ts';

export type { Credentials } from './generated/vendors.ts';

/** The name of a vendor in `Credentials`. */
export type CredentialVendor = keyof Credentials;

/** All vendors. */
export const allVendors = /* @__PURE__ */ Object.keys(
  credentialParts,
) as readonly CredentialVendor[];

/**
 * Returns the request headers for credentials, for use with other clients.
 *
 * @param vendors the vendors to include, all by default
 * @returns values by header name, in lower case
 * @throws {TypeError} if a part of a credential is missing; the message names it
 */
export function credentialHeaders(
  credentials: Credentials,
  vendors: readonly CredentialVendor[] = allVendors,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const vendor of vendors) {
    const given = credentials[vendor];
    if (given === undefined) continue;
    for (const [part, [name, prefix]] of Object.entries(credentialParts[vendor])) {
      const value = (given as Readonly<Record<string, unknown>>)[part];
      if (typeof value !== 'string' || value === '') {
        const got = value === '' ? 'an empty string' : typeof value;
        throw new TypeError(
          `credentials.${vendor}.${part}: expected a non-empty string, got ${got}.`,
        );
      }
      headers[name] = prefix + value;
    }
  }
  return headers;
}
