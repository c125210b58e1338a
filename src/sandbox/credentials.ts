import { sandboxVendors } from './vendors.ts';

/** The credentials that work in the sandbox, as request headers. */
export const sandboxHeaders: Readonly<Record<string, string>> = Object.assign(
  {},
  ...sandboxVendors.map((vendor) => createHeaders(vendor, 'sandbox')),
);

/**
 * Returns the credential headers of a mutation's vendor.
 *
 * @param token the token, whose ending selects the vendor's behavior
 */
export function selectHeaders(mutation: string, token = 'sandbox'): Record<string, string> {
  const vendor = sandboxVendors.find(({ examples }) => Object.hasOwn(examples, mutation));
  return vendor === undefined ? {} : createHeaders(vendor, token);
}

function createHeaders(
  { credentialHeaders, identifiers = {} }: (typeof sandboxVendors)[number],
  token: string,
): Record<string, string> {
  return Object.fromEntries(
    credentialHeaders.map(({ incoming, form, secret }) => {
      if (!secret) return [incoming, identifiers[incoming] ?? ''];
      return [incoming, form === 'bearer' ? `Bearer ${token}` : token];
    }),
  );
}
