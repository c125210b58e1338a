import { anyObject } from '../../domain/decode.ts';
import type { VendorResponse } from '../../upstream/response.ts';

/** Returns the body of a response as JSON; undefined if it is not JSON. */
export function parseBody({ text }: Pick<VendorResponse, 'text'>): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns a value as an object; null for anything else, including arrays. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return anyObject(value) ?? null;
}

/** Returns the first value that is a string. */
export function findFirstText(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string');
}

/** Returns the ids of a removal if the response is its success without content; null otherwise. */
export function readEmptySuccess<Ids>(
  { response }: { readonly response: VendorResponse },
  ids: Ids,
): Ids | null {
  return isEmptySuccess(response) ? ids : null;
}

/**
 * Returns whether a response is the success of a removal without content: 204, or 200 with an empty body, `{}` or
 * `null`. Some vendors document one and send the other. Any other body of a 200 may come from an intermediary.
 *
 * @param isKnown returns whether other JSON is a success of this vendor
 */
export function isEmptySuccess(
  { status, text }: VendorResponse,
  isKnown: (json: unknown) => boolean = () => false,
): boolean {
  if (status === 204) return true;
  if (status !== 200 || text === null) return false;
  if (text.trim() === '') return true;
  const json = parseBody({ text });
  const object = asObject(json);
  if (object === null) return json === null;
  return Object.keys(object).length === 0 || isKnown(json);
}
