import type { MembershipVendor } from './types.ts';

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

type HeaderOfPart = readonly [name: string, prefix: string];

/** The header of each part of each vendor's credentials, and the prefix of its value. */
export const credentialParts: Readonly<Record<keyof Credentials, Readonly<Record<string, HeaderOfPart>>>> = {
  wethod: { token: ['wethod-authorization', 'Bearer '], company: ['wethod-company', ''] },
  kaiten: { token: ['kaiten-authorization', 'Bearer '] },
  aerospike: { token: ['aerospike-authorization', 'Bearer '] },
  rocketchat: { authToken: ['rocketchat-auth-token', ''], userId: ['rocketchat-user-id', ''] },
};

/** The titles of the vendors. */
export const titles: Readonly<Record<MembershipVendor, string>> = {
  WETHOD: "Wethod",
  KAITEN: "Kaiten",
  AEROSPIKE: "Aerospike Cloud",
  ROCKETCHAT: "Rocket.Chat",
};
