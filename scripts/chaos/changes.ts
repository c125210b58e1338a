import type { MutationKind } from '../../test/support/mutation-kinds.ts';

/** A change of a membership that no other change is about. */
export interface ChaosChange {
  readonly mutation: string;
  readonly input: Readonly<Record<string, string>>;
  readonly method: 'POST' | 'DELETE';
  /** The membership, as the vendors' records name it. */
  readonly membership: string;
  readonly key: string;
}

/** Returns the n-th change, with a key of its own. */
export function createChange(kind: MutationKind, n: number, key = `chaos-${n}`): ChaosChange {
  const { mutation, method } = kind;
  return { mutation, method, key, ...kind.create(n) };
}

/** Returns the body of the request for a change. */
export function renderRequest({ mutation, input, key }: ChaosChange): string {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation Change($input: ${type}!) {
    result: ${mutation}(input: $input) {
      __typename
      ... on ChangeResult { outcome isReplay }
      ... on ChangeSuccess { confirmedBy }
      ... on MembershipError { message retryable vendorStatus }
      ... on VendorUnavailableError { reason }
      ... on IdempotencyError { problem retryAfterSeconds }
    }
  }`;
  return JSON.stringify({ query, variables: { input: { ...input, idempotencyKey: key } } });
}

/**
 * Returns the credentials of a request for a change. Aerospike's members are those of the organization that its token is
 * for: each change has one of its own, so that its list is short.
 */
export function createCredentials({ membership }: ChaosChange): Readonly<Record<string, string>> {
  return { ...credentials, 'aerospike-authorization': `Bearer ${membership}` };
}

const credentials = {
  'wethod-authorization': 'Bearer wethod-token-1',
  'wethod-company': 'acme',
  'kaiten-authorization': 'Bearer kaiten-token-1',
  'rocketchat-auth-token': 'rocketchat-token-1',
  'rocketchat-user-id': 'rbAXPnMktTFbNpwtJ',
};
