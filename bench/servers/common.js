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
  if (status !== 200) return notFound(link.message);
  return {
    __typename: 'AttachStreamLeaderSuccess',
    outcome: 'APPLIED',
    leadership: leadershipOf(link),
  };
}

export function removed(status, userId) {
  if (status === 204) return { __typename: 'RemoveOrgMemberSuccess', outcome: 'APPLIED', userId };
  return notFound('Not found.');
}

function notFound(message) {
  return { __typename: 'NotFoundError', message, outcome: 'NOT_APPLIED', retryable: false };
}

const leadershipOf = (link) => ({
  streamId: link.stream_id,
  leaderId: link.leader_id,
  createdAt: link.created_at,
});

/**
 * The leaders of a stream, their persons by one walk.
 *
 * @param getJson reads a path of Wethod's
 */
export async function leadersOf(getJson, streamId) {
  const links = await getJson(`/api/streams/${encodeURIComponent(streamId)}/leaders?limit=100`);
  const persons = new DataLoader((ids) => walk(getJson, ids));
  return links.map((link) => ({
    ...leadershipOf(link),
    leader: () => persons.load(link.leader_id),
  }));
}

async function walk(getJson, ids) {
  const known = new Map();
  for (let offset = 0; ; offset += 100) {
    const page = await getJson(`/api/persons?limit=100&offset=${offset}`);
    for (const person of page) known.set(person.id, person);
    if (page.length < 100) return ids.map((id) => known.get(id) ?? null);
  }
}

export const tell = (port) => process.stdout.write(`port ${port}\n`);
