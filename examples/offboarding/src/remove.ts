import {
  type ChangeResult,
  endMembership,
  type Gateway,
  GatewayError,
  isSuccess,
} from 'membership-gateway-client';
import { retryOf } from './look.ts';
import type { Row, RowState } from './model.ts';
import { sentence } from './words.ts';

/** Ends a membership in the way that the gateway named for it, once, and tells what became of it. */
export async function remove(gateway: Gateway, { end }: Row): Promise<RowState> {
  try {
    return stateAfter(await endMembership(gateway, end));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const { outcome } = error;
    if (outcome === 'APPLIED') return { is: 'removed', text: sentence(error) };
    const is = outcome === 'NOT_APPLIED' ? 'refused' : 'unknown';
    return { is, text: sentence(error), retry: retryOf(error) };
  }
}

function stateAfter(result: ChangeResult): RowState {
  if (isSuccess(result)) return { is: 'removed', text: confirmations[result.confirmedBy] };
  const is = result.outcome === 'NOT_APPLIED' ? 'refused' : 'unknown';
  return { is, text: sentence(result), retry: retryOf(result) };
}

const confirmations = {
  VENDOR_RESPONSE: 'The system confirmed it.',
  REPEAT: 'The answer was lost, and the system’s own list no longer shows it.',
  READ_BACK: 'The answer was lost, and the system’s own list no longer shows it.',
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
