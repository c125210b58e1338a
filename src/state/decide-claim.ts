import type { StoredEnd } from './ledger.ts';

/** A change as the database holds it. */
export interface StoredChange {
  readonly fingerprint: string;
  /** `claimed`: nothing was sent. `sending`: it may have been sent. */
  readonly state: 'claimed' | 'sending' | 'ended';
  readonly fence: number;
  /** Whether the process that works on it, or has worked on it, is alive. */
  readonly isOwnerAlive: boolean;
  /** Null until it has ended. */
  readonly end: StoredEnd | null;
}

/** What is to be done about a claim. */
export type ClaimDecision = 'begin' | 'settleAgain' | 'ended' | 'inProgress' | 'otherInput';

/**
 * Decides about a claim. This is the whole of the rule for idempotency keys; the databases only store what it reads.
 *
 * @param stored the change that is stored for the key; null if there is none
 * @param awaited the fence of the run whose end the claimant has waited for: it gets that end, a refusal too
 */
export function decideClaim(
  stored: StoredChange | null,
  fingerprint: string,
  awaited: number | null,
): ClaimDecision {
  if (stored === null) return 'begin';
  if (stored.fingerprint !== fingerprint) return 'otherInput';
  if (stored.end !== null) {
    const { outcome, result } = stored.end;
    const isAwaited = stored.fence === awaited && result !== null;
    if (outcome === 'APPLIED' || isAwaited) return 'ended';
    return outcome === 'UNKNOWN' ? 'settleAgain' : 'begin';
  }
  if (stored.isOwnerAlive) return 'inProgress';
  return stored.state === 'claimed' ? 'begin' : 'settleAgain';
}
