import type { GraphiQLTab } from '../../graphiql/page.ts';
import { sandboxHeaders } from '../credentials.ts';
import { pretty } from './document.ts';

/** What is to be seen before somebody is removed: where he is a member, and who else is there. */
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
