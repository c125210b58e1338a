import type { GraphiQLTab } from '../../graphiql/page.ts';
import { sandboxHeaders } from '../credentials.ts';
import { formatJson } from './document.ts';

/** The tabs for the queries: the memberships of one person, and the members of each kind of group. */
export const queryTabs: readonly GraphiQLTab[] = [
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
    variables: formatJson({ email: 'maria.lindholm@example.com' }),
    headers: formatJson(sandboxHeaders),
  },
  {
    title: 'ListMembers',
    query: `query ListMembers {
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
    headers: formatJson(sandboxHeaders),
  },
];
