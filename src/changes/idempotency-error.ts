import { MembershipError, type MembershipErrorInit } from '../errors.ts';

/** The reason why an idempotency key decides that nothing is sent. */
export type IdempotencyProblem = 'IN_PROGRESS' | 'OTHER_INPUT' | 'MALFORMED' | 'NOT_AVAILABLE';

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
