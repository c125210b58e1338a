import { type ChaosChange, createCredentials, renderRequest } from './changes.ts';
import type { Replica } from './replica.ts';
import { getMoment } from './vendors.ts';

/** The result of a mutation. */
export interface ChangeResult {
  readonly __typename: string;
  readonly outcome: 'APPLIED' | 'NOT_APPLIED' | 'UNKNOWN';
  readonly isReplay: boolean;
  readonly confirmedBy?: string;
  readonly message?: string;
  readonly retryable?: boolean;
  readonly vendorStatus?: number | null;
  readonly reason?: string;
  readonly problem?: 'IN_PROGRESS' | 'OTHER_INPUT' | 'MALFORMED' | 'NOT_AVAILABLE';
  readonly retryAfterSeconds?: number | null;
}

/** A request for a change, and what came of it. Moments are those of `getMoment`. */
export interface Attempt {
  readonly replica: Replica;
  readonly sentAt: number;
  /** Null if no answer came. */
  answeredAt: number | null;
  /** Null unless the answer has a result. */
  result: ChangeResult | null;
  /** An answer without a result; null if there is none. */
  unexpected: string | null;
}

/**
 * Sends a change to a replica once. Never throws.
 *
 * @param patienceMs how long to wait for the answer
 */
export async function sendChange(
  replica: Replica,
  change: ChaosChange,
  patienceMs: number,
): Promise<Attempt> {
  const attempt: Attempt = {
    replica,
    sentAt: getMoment(),
    answeredAt: null,
    result: null,
    unexpected: null,
  };
  try {
    const response = await fetch(replica.url, {
      method: 'POST',
      headers: { ...createCredentials(change), 'content-type': 'application/json' },
      body: renderRequest(change),
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    attempt.answeredAt = getMoment();
    attempt.result = readResult(text);
    if (attempt.result === null) attempt.unexpected = `${response.status} ${text.slice(0, 300)}`;
  } catch {
    // The connection was refused or lost, or no answer came in time.
  }
  return attempt;
}

function readResult(text: string): ChangeResult | null {
  try {
    const { data } = JSON.parse(text) as { data?: { result?: ChangeResult | null } | null };
    return data?.result ?? null;
  } catch {
    return null;
  }
}

/** Returns whether a result says only that its own request sent nothing, and nothing of earlier ones with the key. */
export function isNotStarted(result: ChangeResult): boolean {
  return result.reason === 'NOT_STARTED';
}
