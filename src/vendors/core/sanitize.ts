import type { Redactor } from './redactor.ts';

const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
// Cc: control characters. Cf: format characters, all bidirectional ones among them (Unicode TR9).
const invisible = /[\p{Cc}\p{Cf}]/gu;
// Nearly every text is plain, and need not be looked through for each of the above.
const plain = /^[\x20-\x7e]*$/;
// Far more than is ever shown; bounds the work that a hostile text can cause.
const longest = 10_000;

/**
 * A vendor's text, safe to show: control and bidirectional characters out, credentials replaced,
 * cut at `max` characters. Null for what is not a text, or empty.
 */
export function sanitizeText(raw: unknown, max: number, redactor: Redactor): string | null {
  if (typeof raw !== 'string') return null;
  // Redacted after the cleaning, which could join the halves of a secret, and before the cut, which
  // could hide the end of one.
  const text = cut(redacted(raw, redactor), max);
  return text === '' ? null : text;
}

function redacted(raw: string, redactor: Redactor): string {
  if (raw.length <= longest) return redactor.prose(visible(raw));
  const { reach } = redactor;
  const text = redactor.prose(visible(raw.slice(0, longest + reach)));
  // Its end may be the beginning of a secret.
  return text.slice(0, Math.max(0, text.length - reach));
}

function visible(text: string): string {
  return plain.test(text) ? text.trim() : cleaned(text);
}

function cleaned(text: string): string {
  return text.toWellFormed().replaceAll(lineBreaks, ' ').replaceAll(invisible, '').trim();
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const endsInsidePair = /[\uD800-\uDBFF]/.test(text.charAt(max - 1));
  return text.slice(0, endsInsidePair ? max - 1 : max);
}
