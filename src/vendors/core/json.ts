import { object } from '../../domain/decode.ts';
import type { VendorResponse } from '../../upstream/response.ts';

/** An answer's body as JSON, as it came; undefined where it is none. */
export function readJson({ text }: VendorResponse): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value as an object whose members can be read, null for anything else (arrays too). */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return object(value) ?? null;
}

/** The first of some values that is a text. */
export function findFirstText(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string');
}
