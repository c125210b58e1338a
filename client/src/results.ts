import type { ChangeResult } from './generated/mutations.ts';
import type { ChangeOutcome, FailureFragment, MembershipsQuery } from './generated/types.ts';

export type { ChangeResult } from './generated/mutations.ts';

/** The members that report that the change was made. */
export type ChangeSuccess = Extract<ChangeResult, { readonly confirmedBy: unknown }>;

/** The members that report that the change was not made, or that it is not known. */
export type MembershipError = Exclude<ChangeResult, ChangeSuccess>;

/** An error by its name, such as `MembershipErrorOf<'NotFoundError'>`. */
export type MembershipErrorOf<Name extends MembershipError['__typename']> = Extract<
  MembershipError,
  { readonly __typename: Name }
>;

/**
 * A result with the idempotency key of the last attempt, null if it had none. The same input with this key and the same
 * credentials can be sent again safely, for as long as the gateway keeps the key.
 */
export type Keyed<Result> = Result & { readonly idempotencyKey: string | null };

/**
 * A member that is newer than this client: it has an unknown name, an outcome, and the common fields of errors if it is
 * one.
 */
export type LaterMember = {
  readonly __typename: string;
  readonly outcome: ChangeOutcome;
} & Partial<
  Pick<MembershipErrorOf<'NotFoundError'>, 'isReplay' | (keyof FailureFragment & CommonField)>
>;

type CommonField = Exclude<keyof MembershipErrorOf<'NotFoundError'>, '__typename' | 'outcome'>;

/** Returns whether a change was made. */
export function isSuccess<Result extends ChangeResult>(
  result: Result,
): result is Extract<Result, ChangeSuccess> {
  return result.outcome === 'APPLIED';
}

/** The mutation that ends a membership, with its input, as in `memberships`. */
export type MembershipEnd = NonNullable<
  NonNullable<MembershipsQuery['memberships']>['streamsLed']
>[number]['end'];
