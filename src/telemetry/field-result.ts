import type { ChangeOutcome } from '../errors.ts';

/** How one root mutation field ended. */
export interface FieldResult {
  /** The response key. */
  readonly key: string;
  readonly field: string;
  /** The name of the type of its result; INTERNAL for a fault that nobody foresaw. */
  readonly result: string;
  readonly outcome: ChangeOutcome;
  readonly durationMs: number;
}
