import type { MembershipError, VendorReply } from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import type { Redactor } from './redactor.ts';

const maxMessage = 500;
const maxCode = 100;
// The same form that callers may send in x-request-id: no vendor is known to use another.
const requestIdPattern = /^[A-Za-z0-9._-]{1,128}$/;

const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
// Cc: control characters. Cf: format characters, including all bidirectional ones (Unicode TR9).
const invisible = /[\p{Cc}\p{Cf}]/gu;
const plainAscii = /^[\x20-\x7e]*$/;
// Far more than is ever shown: bounds the work that a hostile text can cause.
const longestText = 10_000;

/**
 * Returns the parts of a vendor's response that errors show, sanitized.
 *
 * @param raw the vendor's code and message as its error body holds them, unchecked
 */
export function readReply(
  response: VendorResponse,
  raw: { readonly code: unknown; readonly message: unknown },
  redactor: Redactor,
): VendorReply {
  return {
    status: response.status,
    code: sanitizeText(raw.code, maxCode, redactor),
    message: sanitizeText(raw.message, maxMessage, redactor),
    requestId: readVendorRequestId(response, redactor),
  };
}

/** Returns the reply that an error was made from. */
export function toReply(error: MembershipError): VendorReply {
  const { vendorStatus: status, vendorCode: code, vendorMessage: message } = error;
  return { status, code, message, requestId: error.vendorRequestId };
}

/** Returns the vendor's id of a request, to quote to its support; null if it is malformed or contains a credential. */
export function readVendorRequestId(response: VendorResponse, redactor: Redactor): string | null {
  const id = getHeader(response.headers, 'x-request-id');
  return id !== null && requestIdPattern.test(id) && redactor.redactText(id) === id ? id : null;
}

/**
 * Makes a vendor's text safe to show: removes control and bidirectional characters, replaces credentials, and cuts it
 * to `max` characters.
 *
 * @returns null for an empty text and for anything but a text
 */
export function sanitizeText(raw: unknown, max: number, redactor: Redactor): string | null {
  if (typeof raw !== 'string') return null;
  // Redacted after the cleaning, which could join the halves of a secret, and before the cut, which could hide the end
  // of one.
  const text = cutText(redactLongText(raw, redactor), max);
  return text === '' ? null : text;
}

function redactLongText(raw: string, redactor: Redactor): string {
  if (raw.length <= longestText) return redactor.redactText(cleanText(raw));
  const { reach } = redactor;
  const text = redactor.redactText(cleanText(raw.slice(0, longestText + reach)));
  // Its end may be the beginning of a secret.
  return text.slice(0, Math.max(0, text.length - reach));
}

function cleanText(text: string): string {
  if (plainAscii.test(text)) return text.trim();
  return text.toWellFormed().replaceAll(lineBreaks, ' ').replaceAll(invisible, '').trim();
}

function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const endsInsidePair = /[\uD800-\uDBFF]/.test(text.charAt(max - 1));
  return text.slice(0, endsInsidePair ? max - 1 : max);
}
