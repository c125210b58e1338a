import { MembershipError, type MembershipErrorInit, type MembershipVendor } from '../errors.ts';

/** The reason why an idempotency key decides that nothing is sent. */
export type IdempotencyProblem = 'IN_PROGRESS' | 'OTHER_INPUT' | 'MALFORMED' | 'NOT_AVAILABLE';

/** The wait after which a change in progress has probably ended, in seconds. */
const inProgressSeconds = 2;

/** The change was not sent because of its idempotency key. */
export class IdempotencyError extends MembershipError {
  override readonly name = 'IdempotencyError';
  readonly problem: IdempotencyProblem;
  /** Seconds to wait; null if waiting does not help. */
  readonly retryAfterSeconds: number | null;

  constructor(
    init: MembershipErrorInit & {
      readonly problem: IdempotencyProblem;
      readonly retryAfterSeconds?: number | null;
    },
  ) {
    super(init);
    this.problem = init.problem;
    this.retryAfterSeconds = init.retryAfterSeconds ?? null;
  }

  override get retryable(): boolean {
    return this.problem === 'IN_PROGRESS';
  }
}

const messages: Readonly<Record<IdempotencyProblem, string>> = {
  IN_PROGRESS: 'Another request with this idempotency key is in progress.',
  OTHER_INPUT:
    'Nothing was sent: this idempotency key was used for another change. Send each change with a key of its own.',
  MALFORMED: 'Nothing was sent: expected an idempotency key of 1 to 255 visible ASCII characters.',
  NOT_AVAILABLE:
    'Nothing was sent: this gateway has no database, which idempotency keys need. Send the mutation without a key, or ask the operator of the gateway to set DATABASE_URL.',
};

/** Returns the error for a change that its idempotency key prevented from being sent. */
export function createIdempotencyError(
  vendor: MembershipVendor,
  problem: IdempotencyProblem,
): IdempotencyError {
  const isInProgress = problem === 'IN_PROGRESS';
  return new IdempotencyError({
    vendor,
    outcome: isInProgress ? 'UNKNOWN' : 'NOT_APPLIED',
    message: messages[problem],
    problem,
    retryAfterSeconds: isInProgress ? inProgressSeconds : null,
    hasKey: true,
  });
}
