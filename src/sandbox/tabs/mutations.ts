import type { GraphiQLTab } from '../../graphiql/page.ts';
import { createTab, toTypeName } from './document.ts';

/** One example of each mutation, with IDs of the seed for which it succeeds. */
const examples = [
  {
    mutation: 'attachStreamLeader',
    input: { streamId: '1', leaderId: '106' },
    success: `leadership {
  leadershipId
  streamId
  leaderId
  createdAt
}`,
  },
  {
    mutation: 'detachStreamLeader',
    input: { streamId: '1', leaderId: '101' },
    success: `stream {
  name
  leaders {
    leader {
      name
      surname
    }
  }
}`,
  },
  {
    mutation: 'removeGroupUser',
    input: { groupUid: '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10', userId: '501' },
    success: `user {
  userId
  fullName
  email
}`,
  },
  {
    mutation: 'removeOrgMember',
    input: { userId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01' },
    success: 'userId',
  },
  {
    mutation: 'leaveGroup',
    input: { groupId: 'ByehQjC44FwMeiLbX' },
    success: 'groupId',
  },
  {
    mutation: 'removeChatGroupMember',
    input: { groupId: 'Lo8NaOwnErTs4Kd7Q', userId: 'k3WpTzR8sLmYvQn6D' },
    success: 'groupId\nuserId',
  },
] as const;

/** The tabs for the mutations. Each succeeds after a reset. */
export const mutationTabs: readonly GraphiQLTab[] = examples.map(({ mutation, input, success }) => {
  const title = toTypeName(mutation);
  const selections = { [`${title}Success`]: `outcome\nconfirmedBy\n${success}` };
  return createTab({ title, mutation, input, selections });
});
