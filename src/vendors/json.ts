import type { Answer } from '../http/answer.ts';
import type { Redactor } from './redactor.ts';

/**
 * An answer's body as JSON, any secret in its texts replaced; undefined where it is no JSON, or too
 * deeply nested to be looked through.
 */
export function readJson(answer: Answer, redactor: Redactor): unknown {
  const { text } = answer;
  if (text === null) return undefined;
  try {
    return redactor.maySpell(text) ? JSON.parse(text, reviver(redactor)) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value as an object whose members can be read, null for anything else (arrays too). */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function reviver(redactor: Redactor) {
  return (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? redactor.data(value) : value;
}
