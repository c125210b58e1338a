import type { Load } from './load.ts';

/** Good credentials for the vendors. */
const headers = {
  'content-type': 'application/json',
  'wethod-authorization': 'Bearer wethod-token-1',
  'wethod-company': 'acme',
  'aerospike-authorization': 'Bearer aerospike-token-1',
};

const attach = `mutation Attach($input: AttachStreamLeaderInput!) {
  attachStreamLeader(input: $input) {
    __typename
    ... on AttachStreamLeaderSuccess { outcome leadership { streamId leaderId createdAt } }
    ... on NotFoundError { message outcome retryable }
  }
}`;

const remove = `mutation Remove($input: RemoveOrgMemberInput!) {
  removeOrgMember(input: $input) {
    __typename
    ... on RemoveOrgMemberSuccess { outcome userId }
    ... on NotFoundError { message outcome retryable }
  }
}`;

/** A load of documents. */
export function documents(body: Load['body'], expected: string, more: Load['headers'] = {}): Load {
  return { path: '/graphql', headers: { ...headers, ...more }, body, expected };
}

const attachBody = JSON.stringify({
  query: attach,
  variables: { input: { streamId: '7', leaderId: '42' } },
});

/** A change that the vendor answers with JSON. */
export const attachLoad = documents(() => attachBody, '"__typename":"AttachStreamLeaderSuccess"');

/** A change that the vendor refuses with 404. */
export const missingLoad = documents(() => attachBody, '"__typename":"NotFoundError"');

const removeBody = JSON.stringify({
  query: remove,
  variables: { input: { userId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01' } },
});

/** A change that the vendor answers with 204. */
export const removeLoad = documents(() => removeBody, '"__typename":"RemoveOrgMemberSuccess"');
