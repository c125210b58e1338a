import type { Answer } from '../http/answer.ts';

/**
 * Whether an answer is the success of a removal that has no body of its own: 204, or 200 with nothing
 * in it or with JSON that is not the vendor's error form. Some vendors document the one and send the
 * other.
 */
export function isBodilessSuccess(
  answer: Answer,
  isErrorForm: (json: unknown) => boolean,
): boolean {
  if (answer.status === 204) return true;
  if (answer.status !== 200 || answer.text === null) return false;
  if (answer.text.trim() === '') return true;
  try {
    return !isErrorForm(JSON.parse(answer.text));
  } catch {
    return false;
  }
}
