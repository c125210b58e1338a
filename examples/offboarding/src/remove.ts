import {
  type ChangeResult,
  endMembership,
  type Gateway,
  GatewayError,
  isSuccess,
} from 'membership-gateway-client';
import { retryOf } from './look.ts';
import type { Row, RowState } from './model.ts';
import { explainWithoutWait } from './words.ts';

/**
 * Ends a membership, with the mutation that the gateway returned for it, and returns its new state. The client sends it
 * again with its idempotency key if that may help.
 */
export async function remove(gateway: Gateway, { end }: Row): Promise<RowState> {
  try {
    return stateAfter(await endMembership(gateway, end));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const { outcome } = error;
    if (outcome === 'APPLIED') return { is: 'removed', text: explainWithoutWait(error) };
    const is = outcome === 'NOT_APPLIED' ? 'refused' : 'unknown';
    return { is, text: explainWithoutWait(error), retry: retryOf(error) };
  }
}

function stateAfter(result: ChangeResult): RowState {
  if (isSuccess(result)) return { is: 'removed', text: confirmations[result.confirmedBy] };
  const is = result.outcome === 'NOT_APPLIED' ? 'refused' : 'unknown';
  return { is, text: explainWithoutWait(result), retry: retryOf(result) };
}

const confirmations = {
  VENDOR_RESPONSE: 'The system confirmed it.',
  REPEAT: 'The response was lost, but the system’s own list no longer shows the membership.',
  READ_BACK: 'The response was lost, but the system’s own list no longer shows the membership.',
} as const;

/**
 * Removes memberships: those of one system one after the other, the systems side by side.
 *
 * @param report is told of each state that a row comes to
 */
export async function removeAll(
  gateway: Gateway,
  rows: readonly Row[],
  report: (row: Row, state: RowState) => void,
): Promise<void> {
  const bySystem = Map.groupBy(rows, ({ system }) => system);
  const queues = [...bySystem.values()].map(async (queue) => {
    for (const row of queue) {
      report(row, { is: 'removing' });
      report(row, await remove(gateway, row));
    }
  });
  await Promise.all(queues);
}
