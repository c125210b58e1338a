import type { MembershipError } from '../errors.ts';
import type { Answer } from '../http/answer.ts';
import type { Call } from './refusal.ts';

/** How one vendor is spoken to, and what its answers mean. */
export interface Dialect {
  /** What every call bears beside the credentials: names and values in turn. */
  readonly headers: readonly string[];
  /** What an answer that is no success means. */
  error(answer: Answer, call: Call): MembershipError;
  /** Whether an answer's body, which is also given as JSON, is the vendor's error form. */
  isErrorForm(json: unknown, answer: Answer): boolean;
}
