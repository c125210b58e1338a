/** The credentials that work in the sandbox, as request headers. */
export const sandboxHeaders = {
  'wethod-authorization': 'Bearer sandbox',
  'wethod-company': 'acme',
  'kaiten-authorization': 'Bearer sandbox',
  'aerospike-authorization': 'Bearer sandbox',
  'rocketchat-auth-token': 'sandbox',
  'rocketchat-user-id': 'rbAXPnMktTFbNpwtJ',
} as const;

/** A credential header of the sandbox. */
export type SandboxHeader = keyof typeof sandboxHeaders;

const tokenHeaders: Readonly<Record<string, readonly SandboxHeader[]>> = {
  attachStreamLeader: ['wethod-authorization', 'wethod-company'],
  detachStreamLeader: ['wethod-authorization', 'wethod-company'],
  removeGroupUser: ['kaiten-authorization'],
  removeOrgMember: ['aerospike-authorization'],
  leaveGroup: ['rocketchat-auth-token', 'rocketchat-user-id'],
  removeChatGroupMember: ['rocketchat-auth-token', 'rocketchat-user-id'],
};

/**
 * Returns the credential headers of a mutation's vendor.
 *
 * @param token the token, whose ending selects the vendor's behavior
 */
export function selectHeaders(mutation: string, token = 'sandbox'): Record<string, string> {
  const names = tokenHeaders[mutation] ?? [];
  return Object.fromEntries(
    names.map((name) => [name, sandboxHeaders[name].replace(/sandbox$/, token)]),
  );
}
