import type { VendorResponse } from '../../upstream/response.ts';
import { asObject, readJson } from './json.ts';

/**
 * Returns whether an answer is the success of a removal that has no body of its own: 204, or 200 with an
 * empty body, `{}` or `null`. Some vendors document the one and send the other. Anything else in a 200
 * may be the page or the JSON of something in between.
 *
 * @param isKnown returns whether other JSON is a success of this vendor's
 */
export function isEmptySuccess(
  answer: VendorResponse,
  isKnown: (json: unknown) => boolean = () => false,
): boolean {
  if (answer.status === 204) return true;
  if (answer.status !== 200 || answer.text === null) return false;
  if (answer.text.trim() === '') return true;
  const json = readJson(answer);
  if (json === null) return true;
  const object = asObject(json);
  return object !== null && (Object.keys(object).length === 0 || isKnown(json));
}
