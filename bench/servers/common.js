/** What the servers that are measured against the gateway share: a vendor's URL, and how a port is told. */
export const vendor = process.env.VENDOR_URL;

export const typeDefs = `
  type Query { ready: Boolean }
  input AttachStreamLeaderInput { streamId: ID!, leaderId: ID! }
  input RemoveOrgMemberInput { userId: ID! }
  type StreamLeadership { streamId: ID!, leaderId: ID!, createdAt: String }
  type AttachStreamLeaderSuccess { outcome: String!, leadership: StreamLeadership! }
  type RemoveOrgMemberSuccess { outcome: String!, userId: ID! }
  type NotFoundError { message: String!, outcome: String!, retryable: Boolean! }
  union AttachStreamLeaderResult = AttachStreamLeaderSuccess | NotFoundError
  union RemoveOrgMemberResult = RemoveOrgMemberSuccess | NotFoundError
  type Mutation {
    attachStreamLeader(input: AttachStreamLeaderInput!): AttachStreamLeaderResult
    removeOrgMember(input: RemoveOrgMemberInput!): RemoveOrgMemberResult
  }`;

/** The headers of a caller that go to Wethod. */
export const wethodHeaders = (headers) => ({
  authorization: headers['wethod-authorization'],
  'wethod-company': headers['wethod-company'],
});

export const aerospikeHeaders = (headers) => ({
  authorization: headers['aerospike-authorization'],
});

export const attachPath = ({ streamId, leaderId }) =>
  `/api/streams/${encodeURIComponent(streamId)}/leaders/${encodeURIComponent(leaderId)}`;

export const removePath = ({ userId }) => `/organization/members/${encodeURIComponent(userId)}`;

/** A vendor's answer to an attach as a member of the union. */
export function attached(status, link) {
  if (status === 200) {
    const leadership = {
      streamId: link.stream_id,
      leaderId: link.leader_id,
      createdAt: link.created_at,
    };
    return { __typename: 'AttachStreamLeaderSuccess', outcome: 'APPLIED', leadership };
  }
  return notFound(link.message);
}

export function removed(status, userId) {
  if (status === 204) return { __typename: 'RemoveOrgMemberSuccess', outcome: 'APPLIED', userId };
  return notFound('Not found.');
}

function notFound(message) {
  return { __typename: 'NotFoundError', message, outcome: 'NOT_APPLIED', retryable: false };
}

export const tell = (port) => process.stdout.write(`port ${port}\n`);
