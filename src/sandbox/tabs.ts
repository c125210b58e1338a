import type { GraphiQLTab } from '../graphiql/page.ts';

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
      'outcome\n      confirmedBy\n      leadership {\n        leadershipId\n        streamId\n        leaderId\n        createdAt\n      }',
    headers: ['wethod-authorization', 'wethod-company'],
  },
  {
    name: 'detachStreamLeader',
    input: { streamId: '1', leaderId: '101' },
    success: 'outcome\n      confirmedBy\n      streamId\n      leaderId',
    headers: ['wethod-authorization', 'wethod-company'],
  },
  {
    name: 'removeGroupUser',
    input: { groupUid: '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10', userId: '501' },
    success:
      'outcome\n      confirmedBy\n      user {\n        userId\n        fullName\n        email\n      }',
    headers: ['kaiten-authorization'],
  },
  {
    name: 'removeOrgMember',
    input: { userId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01' },
    success: 'outcome\n      confirmedBy\n      userId',
    headers: ['aerospike-authorization'],
  },
  {
    name: 'leaveGroup',
    input: { groupId: 'ByehQjC44FwMeiLbX' },
    success: 'outcome\n      confirmedBy\n      groupId',
    headers: ['rocketchat-auth-token', 'rocketchat-user-id'],
  },
];

/** The tabs that GraphiQL opens with in the sandbox: one for each mutation, ready to run. */
export const sandboxTabs: readonly GraphiQLTab[] = examples.map((example) => ({
  title: typeOf(example),
  query: documentOf(example),
  variables: pretty({ input: example.input }),
  headers: pretty(Object.fromEntries(example.headers.map((name) => [name, sandboxHeaders[name]]))),
}));

/** What GraphiQL opens with in the sandbox. */
export const sandboxGraphiQL = { tabs: sandboxTabs, headers: pretty(sandboxHeaders) };

function typeOf({ name }: Example): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function documentOf(example: Example): string {
  const { name, success } = example;
  const type = typeOf(example);

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
