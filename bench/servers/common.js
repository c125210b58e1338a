/**
 * What the servers that are measured against the gateway share: where the vendors are, the graph, and what
 * becomes of a vendor's answer. None of them has limits, rate limits, circuit breakers, a log or metrics.
 */
import DataLoader from 'dataloader';

export const wethod = process.env.WETHOD_URL;
export const aerospike = process.env.AEROSPIKE_URL;

export const typeDefs = `
  type Query { stream(id: ID!): Stream }
  type Stream { leaders: [StreamLeadership!]! }
  type Person { id: ID!, name: String }
  input AttachStreamLeaderInput { streamId: ID!, leaderId: ID! }
  input RemoveOrgMemberInput { userId: ID! }
  type StreamLeadership { streamId: ID!, leaderId: ID!, createdAt: String, leader: Person }
  type AttachStreamLeaderSuccess { outcome: String!, leadership: StreamLeadership! }
  type RemoveOrgMemberSuccess { outcome: String!, userId: ID! }
  type NotFoundError { message: String!, outcome: String!, retryable: Boolean! }
  type VendorUnavailableError { message: String!, outcome: String!, reason: String! }
  union AttachStreamLeaderResult = AttachStreamLeaderSuccess | NotFoundError | VendorUnavailableError
  union RemoveOrgMemberResult = RemoveOrgMemberSuccess | NotFoundError | VendorUnavailableError
  type Mutation {
    attachStreamLeader(input: AttachStreamLeaderInput!): AttachStreamLeaderResult
    removeOrgMember(input: RemoveOrgMemberInput!): RemoveOrgMemberResult
  }`;

/** The headers of a caller that go to Wethod. */
export const getWethodHeaders = (headers) => ({
  authorization: headers['wethod-authorization'],
  'wethod-company': headers['wethod-company'],
});

export const getAerospikeHeaders = (headers) => ({
  authorization: headers['aerospike-authorization'],
});

export const getAttachPath = ({ streamId, leaderId }) =>
  `/api/streams/${encodeURIComponent(streamId)}/leaders/${encodeURIComponent(leaderId)}`;

export const getRemovePath = ({ userId }) => `/organization/members/${encodeURIComponent(userId)}`;

/** A vendor's answer to an attach as a member of the union. */
export function toAttachResult(status, link) {
  if (status !== 200) return createNotFound(link.message);
  return {
    __typename: 'AttachStreamLeaderSuccess',
    outcome: 'APPLIED',
    leadership: toLeadership(link),
  };
}

export function toRemoveResult(status, userId) {
  if (status === 204) return { __typename: 'RemoveOrgMemberSuccess', outcome: 'APPLIED', userId };
  return createNotFound('Not found.');
}

function createNotFound(message) {
  return { __typename: 'NotFoundError', message, outcome: 'NOT_APPLIED', retryable: false };
}

const toLeadership = (link) => ({
  streamId: link.stream_id,
  leaderId: link.leader_id,
  createdAt: link.created_at,
});

/**
 * The leaders of a stream, their persons by one walk.
 *
 * @param getJson reads a path of Wethod's
 */
export async function readLeaders(getJson, streamId) {
  const links = await getJson(`/api/streams/${encodeURIComponent(streamId)}/leaders?limit=100`);
  const persons = new DataLoader((ids) => readPersons(getJson, ids));
  return links.map((link) => ({
    ...toLeadership(link),
    leader: () => persons.load(link.leader_id),
  }));
}

async function readPersons(getJson, ids) {
  const known = new Map();
  for (let offset = 0; ; offset += 100) {
    const page = await getJson(`/api/persons?limit=100&offset=${offset}`);
    for (const person of page) known.set(person.id, person);
    if (page.length < 100) return ids.map((id) => known.get(id) ?? null);
  }
}

export const tell = (port) => process.stdout.write(`port ${port}\n`);
