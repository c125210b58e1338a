import type { Settled } from '../change.ts';
import { VendorUnavailableError } from '../errors.ts';
import type { Operation } from '../http/operation.ts';

/** Whether the vendor gave no usable answer, which opens the circuit: never a 500, a 4xx or a 429. */
export function isOutage(settled: Settled<unknown>, { signal }: Operation): boolean {
  // A read whose client went away says nothing of the vendor.
  if (settled.kind === 'applied' || signal?.aborted) return false;
  const { error } = settled;
  if (!(error instanceof VendorUnavailableError)) return false;
  if (error.reason === 'SERVER_ERROR') return [502, 503, 504].includes(error.vendorStatus ?? 0);
  const isAnswered = error.vendorStatus !== null && error.vendorStatus >= 400;
  return (error.reason === 'CONNECTION' || error.reason === 'TIMEOUT') && !isAnswered;
}
