/**
 * The credentials for the vendors. Each is sent to its own vendor only. A call to a vendor without credentials returns an
 * `AuthenticationError`, unless the gateway has credentials for the caller.
 */
export interface Credentials {
  /** Wethod's token, without "Bearer", and the company, such as `acme`. */
  readonly wethod?: { readonly token: string; readonly company: string } | undefined;
  /** Kaiten's token, without "Bearer". */
  readonly kaiten?: { readonly token: string } | undefined;
  /** Aerospike Cloud's access token, without "Bearer". */
  readonly aerospike?: { readonly token: string } | undefined;
  /** Rocket.Chat's token, and the ID of its user. */
  readonly rocketchat?: { readonly authToken: string; readonly userId: string } | undefined;
}

/** The name of a vendor in `Credentials`. */
export type CredentialVendor = keyof Credentials;

/** All vendors. */
export const allVendors: readonly CredentialVendor[] = [
  'wethod',
  'kaiten',
  'aerospike',
  'rocketchat',
];

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

type HeaderOfPart = readonly [name: string, prefix: string];

/** The header of each part of each vendor's credentials, and the prefix of its value. */
const credentialParts: Readonly<Record<CredentialVendor, Readonly<Record<string, HeaderOfPart>>>> =
  {
    wethod: { token: ['wethod-authorization', 'Bearer '], company: ['wethod-company', ''] },
    kaiten: { token: ['kaiten-authorization', 'Bearer '] },
    aerospike: { token: ['aerospike-authorization', 'Bearer '] },
    rocketchat: { authToken: ['rocketchat-auth-token', ''], userId: ['rocketchat-user-id', ''] },
  };
