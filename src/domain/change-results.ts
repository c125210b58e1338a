import type { ChangeConfirmation } from '../errors.ts';

/** A change that is in place, and how that was confirmed. */
export interface Confirmed {
  readonly outcome: 'APPLIED';
  readonly confirmedBy: ChangeConfirmation;
  /** Whether this request sent nothing, and returns the end of another one with the same idempotency key. */
  readonly isReplay: boolean;
}
