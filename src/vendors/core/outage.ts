import type { TimeBudget } from '../../changes/time-budget.ts';
import { type MembershipError, VendorUnavailableError } from '../../errors.ts';

/** 502 to 504, and the statuses with which Cloudflare says that it got nothing from the vendor. */
const outageStatuses = new Set([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]);

/**
 * Returns whether the vendor gave no usable response, which opens the circuit breaker: never after a 500, a 4xx or a 429.
 *
 * @param error the error that the calls ended with; null for a success
 */
export function isOutage(error: MembershipError | null, { signal }: TimeBudget): boolean {
  // A read whose client has gone shows nothing about the vendor.
  if (!(error instanceof VendorUnavailableError) || signal?.aborted) return false;
  if (error.reason === 'SERVER_ERROR') return outageStatuses.has(error.vendorStatus ?? 0);
  const isAnswered = error.vendorStatus !== null && error.vendorStatus >= 400;
  return (error.reason === 'CONNECTION' || error.reason === 'TIMEOUT') && !isAnswered;
}
