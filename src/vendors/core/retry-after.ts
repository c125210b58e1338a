import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import { parseHttpDate } from './http-date.ts';

const shortestMs = 250;
const longestMs = 24 * 60 * 60 * 1000;
// Epoch seconds reach 1e11 in the year 5138; epoch milliseconds passed it in 1973.
const millisecondsFrom = 1e11;
// No epoch is as small as a day: some servers count the seconds from now.
const longestDelaySeconds = 86_400;

/** What a header or a text says about a wait: null where it says nothing that can be read. */
type Wait = number | null;

/**
 * Seconds to wait before the call may be sent again: the standard `Retry-After` (RFC 9110, section
 * 10.2.3) before the vendor's own way. Never under 0.25; null where unreadable or over 24 hours.
 *
 * @param own the wait in ms that the vendor tells in its own way
 */
export function parseRetryAfter(answer: VendorResponse, own: Wait = null): number | null {
  const ms = retryAfter(answer) ?? own;
  if (ms === null || ms > longestMs) return null;
  return Math.max(ms, shortestMs) / 1000;
}

/** Ms from a number of seconds in a header. */
export function parseSecondsHeader(answer: VendorResponse, name: string): Wait {
  return seconds(getHeader(answer.headers, name));
}

/**
 * Reads how many ms are left until `X-RateLimit-Reset`: seconds from now, epoch seconds or epoch
 * milliseconds. An epoch is compared with the answer's own `Date`, so that a vendor's clock may be wrong.
 */
export function parseResetHeader(answer: VendorResponse): Wait {
  const reset = decimal(getHeader(answer.headers, 'x-ratelimit-reset'));
  if (reset === null) return null;
  if (reset <= longestDelaySeconds) return reset * 1000;
  return (reset > millisecondsFrom ? reset : reset * 1000) - clock(answer);
}

/** Reads how many ms a vendor's rate limit asks to wait, in whichever of the vendors' headers. */
export function parseRateLimitWait(answer: VendorResponse): Wait {
  // Wethod's, which only its clients know of: seconds, instead of Retry-After.
  return parseSecondsHeader(answer, 'x-ratelimit-retry-after') ?? parseResetHeader(answer);
}

/** The vendor's time at the answer in epoch ms; ours where it names none. */
export function clock(answer: VendorResponse): number {
  const date = getHeader(answer.headers, 'date');
  return (date === null ? null : parseHttpDate(date.trim())) ?? Date.now();
}

function retryAfter(answer: VendorResponse): Wait {
  const value = getHeader(answer.headers, 'retry-after');
  if (value === null) return null;
  const delay = seconds(value);
  if (delay !== null) return delay;
  const date = parseHttpDate(value.trim());
  return date === null ? null : date - clock(answer);
}

function seconds(value: string | null): Wait {
  const number = decimal(value);
  return number === null ? null : number * 1000;
}

function decimal(value: string | null): number | null {
  return value !== null && /^\d{1,16}(\.\d{1,9})?$/.test(value.trim()) ? Number(value) : null;
}
