import type { Settled } from '../../changes/settle.ts';
import type { Operation } from '../../changes/time-budget.ts';
import { VendorUnavailableError } from '../../errors.ts';

/** 502 to 504, and the statuses with which Cloudflare says that it got nothing from the vendor. */
const outageStatuses = new Set([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]);

/** Whether the vendor gave no usable answer, which opens the circuit: never a 500, a 4xx or a 429. */
export function isOutage(settled: Settled<unknown>, { signal }: Operation): boolean {
  // A read whose client went away says nothing of the vendor.
  if (settled.kind === 'applied' || signal?.aborted) return false;
  const { error } = settled;
  if (!(error instanceof VendorUnavailableError)) return false;
  if (error.reason === 'SERVER_ERROR') return outageStatuses.has(error.vendorStatus ?? 0);
  const isAnswered = error.vendorStatus !== null && error.vendorStatus >= 400;
  return (error.reason === 'CONNECTION' || error.reason === 'TIMEOUT') && !isAnswered;
}
