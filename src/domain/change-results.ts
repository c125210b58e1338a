import type { ChangeConfirmation } from '../errors.ts';

/** A change that is in place, and how that was confirmed. */
export interface Confirmed {
  readonly outcome: 'APPLIED';
  readonly confirmedBy: ChangeConfirmation;
}
