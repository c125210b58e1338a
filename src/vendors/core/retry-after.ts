import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import { parseHttpDate } from './http-date.ts';

const shortestMs = 250;
const longestMs = 24 * 60 * 60 * 1000;
// Epoch seconds reach 1e11 in the year 5138; epoch milliseconds passed it in 1973.
const millisecondsFrom = 1e11;
// No epoch is as small as a day: some servers count the seconds from now.
const longestDelaySeconds = 86_400;

/** A wait that a header or a text reports, in ms; null if it is missing or malformed. */
type Wait = number | null;

/**
 * Returns the seconds to wait before the call may be sent again: from `Retry-After` (RFC 9110, section 10.2.3), or else as
 * the vendor reports it in its own way. At least 0.25; null if neither is readable, or it is over 24 hours.
 *
 * @param ownMs the wait in ms that the vendor reports in its own way
 */
export function parseRetryAfter(response: VendorResponse, ownMs: Wait = null): number | null {
  const ms = parseStandardHeader(response) ?? ownMs;
  if (ms === null || ms > longestMs) return null;
  return Math.max(ms, shortestMs) / 1000;
}

/**
 * Returns the ms that are left until `X-RateLimit-Reset`: seconds from now, epoch seconds or epoch milliseconds. An epoch
 * is compared with the `Date` of the response, so that the vendor's clock may be wrong.
 */
export function parseResetHeader(response: VendorResponse): Wait {
  const reset = parseDecimal(getHeader(response.headers, 'x-ratelimit-reset'));
  if (reset === null) return null;
  if (reset <= longestDelaySeconds) return reset * 1000;
  return (reset > millisecondsFrom ? reset : reset * 1000) - readVendorClock(response);
}

/** Returns the ms that a vendor's rate limit asks to wait, from whichever of the vendors' headers is present. */
export function parseRateLimitWait(response: VendorResponse): Wait {
  // Wethod sends seconds in this header instead of Retry-After; only its clients document it.
  const own = getHeader(response.headers, 'x-ratelimit-retry-after');
  return parseSeconds(own) ?? parseResetHeader(response);
}

/** Returns the vendor's clock at the response in epoch ms; the gateway's own clock if there is no `Date`. */
export function readVendorClock(response: VendorResponse): number {
  const date = getHeader(response.headers, 'date');
  return (date === null ? null : parseHttpDate(date.trim())) ?? Date.now();
}

function parseStandardHeader(response: VendorResponse): Wait {
  const value = getHeader(response.headers, 'retry-after');
  if (value === null) return null;
  const delay = parseSeconds(value);
  if (delay !== null) return delay;
  const date = parseHttpDate(value.trim());
  return date === null ? null : date - readVendorClock(response);
}

function parseSeconds(value: string | null): Wait {
  const number = parseDecimal(value);
  return number === null ? null : number * 1000;
}

function parseDecimal(value: string | null): number | null {
  return value !== null && /^\d{1,16}(\.\d{1,9})?$/.test(value.trim()) ? Number(value) : null;
}
