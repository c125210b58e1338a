import { GatewayError } from './errors.ts';
import type { Gateway } from './gateway.ts';
import {
  detachStreamLeader,
  leaveGroup,
  removeChatGroupMember,
  removeGroupUser,
  removeOrgMember,
} from './mutations.ts';
import type { ChangeResult, MembershipEnd } from './results.ts';

const mutations = {
  detachStreamLeader,
  removeGroupUser,
  removeOrgMember,
  leaveGroup,
  removeChatGroupMember,
};

/**
 * Ends a membership in the way that `memberships` names for it: in a private room the caller's own by
 * `leaveGroup`, anybody else's by `removeChatGroupMember`.
 *
 * @param end as it stands in the answer
 * @throws {GatewayError} as the mutations do; `NOT_SENT` where it names a mutation that came later than
 *   this client
 */
export async function endMembership(gateway: Gateway, end: MembershipEnd): Promise<ChangeResult> {
  const { mutation, input } = end;
  if (!Object.hasOwn(mutations, mutation)) {
    const message = `${mutation}: not sent: this client is older than that mutation.`;
    throw new GatewayError('NOT_SENT', { message, outcome: 'NOT_APPLIED' });
  }
  const send = mutations[mutation] as (
    gateway: Gateway,
    input: MembershipEnd['input'],
  ) => Promise<ChangeResult>;
  return send(gateway, input);
}
