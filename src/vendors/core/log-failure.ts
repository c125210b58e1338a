import type { Unmade } from '../../changes/retry.ts';
import { type MembershipVendor, VendorContractError } from '../../errors.ts';
import type { Log } from '../../telemetry/log.ts';
import type { VendorRequest } from '../../upstream/request.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import { describeIntermediary } from './foreign.ts';
import type { Redactor } from './redactor.ts';

/** A failed attempt at a vendor. */
export interface FailedAttempt {
  readonly vendor: MembershipVendor;
  readonly request: VendorRequest;
  readonly failure: Unmade;
  /** Null if the vendor sent no complete response. */
  readonly response: VendorResponse | null;
  /** Scheme, host and port of the vendor. */
  readonly origin: string;
  readonly redactor: Redactor;
}

const vendorFaults = new Set<Unmade['kind']>(['failed', 'lost', 'unsent', 'doubtful', 'unclear']);

/** Returns whether the vendor, or an intermediary, may be at fault and not the caller. */
export function isVendorFault({ kind, error }: Unmade): boolean {
  return vendorFaults.has(kind) || error instanceof VendorContractError;
}

/** Logs a failed attempt as a warning, without credentials and without the query, which may contain an e-mail address. */
export function logFailure(log: Log, failed: FailedAttempt): void {
  const { vendor, request, failure, response, origin, redactor } = failed;
  const { kind, error } = failure;
  const { code, message } =
    error.cause instanceof Error ? (error.cause as NodeJS.ErrnoException) : {};
  log.warn(
    {
      vendor,
      method: request.method,
      path: redactor.redactValue(request.path.split('?', 1)[0]),
      attempt: kind,
      error: error.name,
      status: error.vendorStatus,
      code,
      detail: redactor.redactValue(message),
      ...(response && describeIntermediary(response, origin, redactor)),
    },
    'attempt failed',
  );
}
