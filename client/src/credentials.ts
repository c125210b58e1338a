/**
 * What its owner may do at the vendors. Each goes to the vendor under whose name it stands, and to no
 * other; a vendor that is left out answers `AuthenticationError`, unless the gateway keeps credentials for
 * the caller.
 */
export interface Credentials {
  /** Wethod's token, without "Bearer", and the company, such as `acme`. */
  readonly wethod?: { readonly token: string; readonly company: string } | undefined;
  /** Kaiten's token, without "Bearer". */
  readonly kaiten?: { readonly token: string } | undefined;
  /** Aerospike Cloud's access token, without "Bearer". */
  readonly aerospike?: { readonly token: string } | undefined;
  /** Rocket.Chat's token, and the id of the user to whom it belongs. */
  readonly rocketchat?: { readonly authToken: string; readonly userId: string } | undefined;
}

/** A vendor, as credentials name it. */
export type CredentialVendor = keyof Credentials;

/** All vendors. */
export const allVendors: readonly CredentialVendor[] = [
  'wethod',
  'kaiten',
  'aerospike',
  'rocketchat',
];

/**
 * The request headers that bear credentials, for clients other than this one.
 *
 * @param vendors whose; all of them where it is left out
 * @returns values by the header's name, in lower case
 * @throws {TypeError} where a part of a credential is not there; its message names the part
 */
export function credentialHeaders(
  credentials: Credentials,
  vendors: readonly CredentialVendor[] = allVendors,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const vendor of vendors) {
    const given = credentials[vendor];
    if (given === undefined) continue;
    for (const [part, [name, prefix]] of Object.entries(headersOf[vendor])) {
      const value = (given as Readonly<Record<string, unknown>>)[part];
      if (typeof value !== 'string' || value === '') {
        const got = value === '' ? 'an empty text' : typeof value;
        throw new TypeError(`credentials.${vendor}.${part}: got ${got}; takes a text.`);
      }
      headers[name] = prefix + value;
    }
  }
  return headers;
}

type HeaderOfPart = readonly [name: string, prefix: string];

/** The header of each part of each vendor's credentials, and what stands before the value. */
const headersOf: Readonly<Record<CredentialVendor, Readonly<Record<string, HeaderOfPart>>>> = {
  wethod: { token: ['wethod-authorization', 'Bearer '], company: ['wethod-company', ''] },
  kaiten: { token: ['kaiten-authorization', 'Bearer '] },
  aerospike: { token: ['aerospike-authorization', 'Bearer '] },
  rocketchat: { authToken: ['rocketchat-auth-token', ''], userId: ['rocketchat-user-id', ''] },
};
