import type { GraphiQLTab } from '../graphiql.ts';

/** The credentials that work in the sandbox, as request headers. */
export const sandboxHeaders = {
  'wethod-authorization': 'Bearer sandbox',
  'wethod-company': 'acme',
  'kaiten-authorization': 'Bearer sandbox',
  'aerospike-authorization': 'Bearer sandbox',
  'rocketchat-auth-token': 'sandbox',
  'rocketchat-user-id': 'rbAXPnMktTFbNpwtJ',
} as const;

const errorFields = `... on MembershipError {
      message
      outcome
      retryable
      vendorStatus
      vendorMessage
      requestId
    }`;

interface Example {
  readonly name: string;
  readonly input: Readonly<Record<string, string>>;
  /** What is selected of the success. */
  readonly success: string;
  readonly headers: readonly (keyof typeof sandboxHeaders)[];
}

/** One example of each mutation, with ids of the seed for which it succeeds. */
const examples: readonly Example[] = [
  {
    name: 'attachStreamLeader',
    input: { streamId: '1', leaderId: '106' },
    success:
      'confirmedBy\n      leadership {\n        leadershipId\n        streamId\n        leaderId\n        createdAt\n      }',
    headers: ['wethod-authorization', 'wethod-company'],
  },
  {
    name: 'detachStreamLeader',
    input: { streamId: '1', leaderId: '101' },
    success: 'confirmedBy\n      streamId\n      leaderId',
    headers: ['wethod-authorization', 'wethod-company'],
  },
  {
    name: 'removeGroupUser',
    input: { groupUid: '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10', userId: '501' },
    success: 'confirmedBy\n      user {\n        userId\n        fullName\n        email\n      }',
    headers: ['kaiten-authorization'],
  },
  {
    name: 'removeOrgMember',
    input: { userId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01' },
    success: 'confirmedBy\n      userId',
    headers: ['aerospike-authorization'],
  },
  {
    name: 'leaveGroup',
    input: { groupId: 'ByehQjC44FwMeiLbX' },
    success: 'confirmedBy\n      groupId',
    headers: ['rocketchat-auth-token', 'rocketchat-user-id'],
  },
];

/** The tabs that GraphiQL opens with in the sandbox: one for each mutation, ready to run. */
export const sandboxTabs: readonly GraphiQLTab[] = examples.map((example) => ({
  query: documentOf(example),
  variables: pretty({ input: example.input }),
  headers: pretty(Object.fromEntries(example.headers.map((name) => [name, sandboxHeaders[name]]))),
}));

function documentOf({ name, success }: Example): string {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return `mutation ${type}($input: ${type}Input!) {
  ${name}(input: $input) {
    __typename
    ... on ${type}Success {
      ${success}
    }
    ${errorFields}
  }
}
`;
}

function pretty(value: object): string {
  return JSON.stringify(value, null, 2);
}
