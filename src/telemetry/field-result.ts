import type { ChangeOutcome } from '../errors.ts';

/** The result of one root mutation field. */
export interface FieldResult {
  /** The response key. */
  readonly key: string;
  readonly field: string;
  /** The name of the result's type; INTERNAL for an unexpected error. */
  readonly result: string;
  readonly outcome: ChangeOutcome;
  readonly durationMs: number;
}
