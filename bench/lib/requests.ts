import type { Load } from './load.ts';
import type { ServerName } from './servers.ts';

/** A load per server. Hive Gateway's graph is composed from OpenAPI documents, so its load differs. */
export type LoadOf = (server: ServerName) => Load;

/** Returns valid credentials of the n-th caller. */
export const createCredentials = (index: number) => ({
  'content-type': 'application/json',
  'wethod-authorization': `Bearer wethod-token-${index}`,
  'wethod-company': 'acme',
  'kaiten-authorization': `Bearer kaiten-token-${index}`,
  'aerospike-authorization': `Bearer aerospike-token-${index}`,
  'rocketchat-auth-token': `token-${index}`,
  'rocketchat-user-id': 'rbAXPnMktTFbNpwtJ',
});

/** Creates a load of documents with the same credentials. */
export function createDocumentLoad(
  body: Load['body'],
  expected: string,
  more: Pick<Load, 'times' | 'refusal'> = {},
): Load {
  return { path: '/graphql', headers: createCredentials(1), body, expected, ...more };
}

const refusal = '"reason":"OVERLOADED"';

const attach = `mutation Attach($input: AttachStreamLeaderInput!) {
  attachStreamLeader(input: $input) {
    __typename
    ... on AttachStreamLeaderSuccess { outcome leadership { streamId leaderId createdAt } }
    ... on NotFoundError { message outcome retryable }
    ... on VendorUnavailableError { message outcome reason }
  }
}`;
const attachInput = { streamId: '7', leaderId: '42' };
const attachBody = JSON.stringify({ query: attach, variables: { input: attachInput } });

const hiveAttach = `mutation Attach($streamId: String!, $leaderId: String!) {
  attachStreamLeader(stream_id: $streamId, leader_id: $leaderId) {
    __typename
    ... on StreamLeadership { stream_id leader_id created_at }
    ... on NotFound { message }
  }
}`;
const hiveAttachBody = JSON.stringify({ query: hiveAttach, variables: attachInput });

/** Creates the load of a change with a JSON response. */
export const createAttachLoad: LoadOf = (server) =>
  server === 'hive'
    ? createDocumentLoad(() => hiveAttachBody, '"__typename":"StreamLeadership"')
    : createDocumentLoad(() => attachBody, '"__typename":"AttachStreamLeaderSuccess"', { refusal });

let keys = 0;

/** Creates the load of a change with a JSON response, each with an idempotency key of its own. */
export const createKeyedLoad: LoadOf = () =>
  createDocumentLoad(() => {
    keys += 1;
    const input = { ...attachInput, idempotencyKey: `${process.pid}-${keys}` };
    return JSON.stringify({ query: attach, variables: { input } });
  }, '"__typename":"AttachStreamLeaderSuccess"');

/** Creates the load of a change that the vendor rejects with 404. */
export const createMissingLoad: LoadOf = (server) =>
  server === 'hive'
    ? createDocumentLoad(() => hiveAttachBody, '"__typename":"NotFound"')
    : createDocumentLoad(() => attachBody, '"__typename":"NotFoundError"');

const remove = `mutation Remove($input: RemoveOrgMemberInput!) {
  removeOrgMember(input: $input) {
    __typename
    ... on RemoveOrgMemberSuccess { outcome userId }
    ... on NotFoundError { message outcome retryable }
    ... on VendorUnavailableError { message outcome reason }
  }
}`;
const userId = '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';
const removeBody = JSON.stringify({ query: remove, variables: { input: { userId } } });
const hiveRemoveBody = JSON.stringify({
  query: 'mutation Remove($userId: String!) { removeOrgMember(userId: $userId) }',
  variables: { userId },
});

/** A load of changes that the vendor answers with 204. */
export const createRemoveLoad: LoadOf = (server) =>
  server === 'hive'
    ? createDocumentLoad(() => hiveRemoveBody, '{"data":{"removeOrgMember":')
    : createDocumentLoad(() => removeBody, '"__typename":"RemoveOrgMemberSuccess"', { refusal });

/** A load of alternating changes at two vendors. */
export const createBothLoad: LoadOf = (server) => {
  const bodies = server === 'hive' ? [hiveAttachBody, hiveRemoveBody] : [attachBody, removeBody];
  const expected = server === 'hive' ? '"data":{' : 'Success"';
  return createDocumentLoad((index) => bodies[index % 2] ?? '', expected, { refusal });
};

const renderChange = (index: number) =>
  `m${index}: attachStreamLeader(input: {streamId: 7, leaderId: 42}) { __typename ... on AttachStreamLeaderSuccess { outcome } }`;
const renderHiveChange = (index: number) =>
  `m${index}: attachStreamLeader(stream_id: "7", leader_id: "42") { __typename ... on StreamLeadership { leader_id } }`;
const repeat = (count: number, field: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => field(index)).join(' ');

/** Creates a load of documents with several changes. */
export function createFieldsLoad(count: number): LoadOf {
  return (server) => {
    const field = server === 'hive' ? renderHiveChange : renderChange;
    const inputs = Array.from({ length: count }, () => attachInput);
    const query = `mutation { ${repeat(count, field)} }`;
    const body = JSON.stringify(server === 'bare' ? { variables: { inputs } } : { query });
    const expected = server === 'hive' ? '"StreamLeadership"' : '"APPLIED"';
    return createDocumentLoad(() => body, expected, { times: count });
  };
}

/** Creates a load of reads of a stream's leaders with their persons. */
export function createPersonsLoad(count: number): LoadOf {
  const query =
    'query Leaders($streamId: ID!) { stream(id: $streamId) { leaders { leader { name } } } }';
  const body = JSON.stringify({ query, variables: { streamId: String(count) } });
  return () => createDocumentLoad(() => body, '"Ann"', { times: count });
}

/** Creates a load of changes at all four vendors in turn, for the gateway only. */
export const fourVendorsLoad: Load = (() => {
  const bodies = listFourChanges().map((field) =>
    JSON.stringify({
      query: `mutation { ${field} { __typename ... on ChangeResult { outcome } ... on VendorUnavailableError { reason } } }`,
    }),
  );
  return createDocumentLoad((index) => bodies[index % 4] ?? '', '"outcome":"APPLIED"', { refusal });
})();

/** Creates a load of changes at the other three vendors in turn. */
export const threeVendorsLoad: Load = (() => {
  const bodies = listFourChanges()
    .slice(1)
    .map((field) =>
      JSON.stringify({
        query: `mutation { ${field} { __typename ... on ChangeResult { outcome } } }`,
      }),
    );
  return createDocumentLoad((index) => bodies[index % 3] ?? '', '"outcome":"APPLIED"');
})();

function listFourChanges(): string[] {
  return [
    `removeOrgMember(input: {userId: "${userId}"})`,
    'detachStreamLeader(input: {streamId: 1, leaderId: 2})',
    'removeGroupUser(input: {groupUid: "g", userId: 1})',
    'leaveGroup(input: {groupId: "r"})',
  ];
}
