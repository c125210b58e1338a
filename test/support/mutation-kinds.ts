/** The input of a mutation, and the membership that it is about as the vendors' records name it. */
interface ChangedMembership {
  readonly input: Readonly<Record<string, string>>;
  readonly membership: string;
}

/** A mutation of a membership: its vendor's method, and the input and the membership of the n-th change. */
export interface MutationKind {
  readonly mutation: string;
  readonly method: 'POST' | 'DELETE';
  create(n: number): ChangedMembership;
}

/** The six mutations. The ids of a change are its number, so that each change has a membership of its own. */
export const mutationKinds: readonly MutationKind[] = [
  { mutation: 'attachStreamLeader', method: 'POST', create: (n) => createLeader(2 * n) },
  { mutation: 'detachStreamLeader', method: 'DELETE', create: (n) => createLeader(2 * n + 1) },
  {
    mutation: 'removeGroupUser',
    method: 'DELETE',
    create: (n) => ({
      input: { groupUid: `group-${n}`, userId: '501' },
      membership: `group-${n}/501`,
    }),
  },
  {
    mutation: 'removeOrgMember',
    method: 'DELETE',
    create: (n) => {
      const userId = `1f7e2d5c-6a80-4f32-9d4a-${String(n).padStart(12, '0')}`;
      return { input: { userId }, membership: userId };
    },
  },
  {
    mutation: 'leaveGroup',
    method: 'POST',
    create: (n) => ({ input: { groupId: `left${n}` }, membership: `left${n}` }),
  },
  {
    mutation: 'removeChatGroupMember',
    method: 'POST',
    create: (n) => ({
      input: { groupId: `kicked${n}`, userId: 'k3WpTzR8sLmYvQn6D' },
      membership: `kicked${n}/k3WpTzR8sLmYvQn6D`,
    }),
  },
];

function createLeader(stream: number): ChangedMembership {
  return {
    input: { streamId: String(stream), leaderId: '42' },
    membership: `${stream}/42`,
  };
}
