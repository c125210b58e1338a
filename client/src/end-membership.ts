import { GatewayError } from './errors.ts';
import type { Gateway } from './gateway.ts';
import { endingMutations } from './generated/by-mutation.ts';
import type { ChangeResult, Keyed, MembershipEnd } from './results.ts';

/**
 * Ends a membership with the mutation that `memberships` names for it. In a private room, that is `leaveGroup` for the
 * caller and `removeChatGroupMember` for other people.
 *
 * @param end the value from the response, unchanged; you can add an `idempotencyKey` to its input
 * @throws {GatewayError} as the mutations do; `NOT_SENT` if this client is older than the mutation
 */
export async function endMembership(
  gateway: Gateway,
  end: MembershipEnd,
): Promise<Keyed<ChangeResult>> {
  const { mutation, input } = end;
  if (!Object.hasOwn(endingMutations, mutation)) {
    const message = `${mutation}: not sent: this client is older than that mutation.`;
    throw new GatewayError('NOT_SENT', { message, outcome: 'NOT_APPLIED' });
  }
  const send = endingMutations[mutation] as (
    gateway: Gateway,
    input: MembershipEnd['input'],
  ) => Promise<Keyed<ChangeResult>>;
  return send(gateway, input);
}
