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
    success:
      'outcome\n      confirmedBy\n      stream {\n        name\n        leaders {\n          leader {\n            name\n            surname\n          }\n        }\n      }',
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
  {
    name: 'removeChatGroupMember',
    input: { groupId: 'Lo8NaOwnErTs4Kd7Q', userId: 'k3WpTzR8sLmYvQn6D' },
    success: 'outcome\n      confirmedBy\n      groupId\n      userId',
    headers: ['rocketchat-auth-token', 'rocketchat-user-id'],
  },
];

/** What is to be seen before somebody is removed: where he is a member, and who else is there. */
const queries: readonly GraphiQLTab[] = [
  {
    title: 'Memberships',
    query: `query Memberships($email: String!) {
  memberships(email: $email) {
    __typename
    streamsLed {
      ...HowToEnd
    }
    groups {
      ...HowToEnd
    }
    organizations {
      ...HowToEnd
    }
    chatGroups {
      ...HowToEnd
    }
  }
}

fragment HowToEnd on Membership {
  name
  end {
    mutation
    input
  }
}
`,
    variables: pretty({ email: 'maria.lindholm@example.com' }),
    headers: pretty(sandboxHeaders),
  },
  {
    title: 'WhoIsThere',
    query: `query WhoIsThere {
  stream(id: 1) {
    __typename
    name
    leaders {
      leader {
        name
        surname
      }
    }
  }
  group(uid: "1d9b7c52-3f64-4a8e-b0d7-5e2c8f6a9b41") {
    name
    users(first: 5) {
      nodes {
        fullName
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  organization {
    name
    members(first: 5) {
      nodes {
        firstName
        lastName
        role
      }
    }
  }
  chatGroup(id: "Lo8NaOwnErTs4Kd7Q") {
    name
    members {
      nodes {
        user {
          name
        }
        roles
      }
    }
  }
}
`,
    headers: pretty(sandboxHeaders),
  },
];

/** The tabs that GraphiQL opens with in the sandbox, ready to run: each mutation, then two queries. */
export const sandboxTabs: readonly GraphiQLTab[] = [
  ...examples.map((example) => ({
    title: typeOf(example),
    query: documentOf(example),
    variables: pretty({ input: example.input }),
    headers: pretty(
      Object.fromEntries(example.headers.map((name) => [name, sandboxHeaders[name]])),
    ),
  })),
  ...queries,
];

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
