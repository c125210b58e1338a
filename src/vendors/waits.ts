import { type Answer, header } from '../http/answer.ts';

const shortestMs = 250;
const longestMs = 24 * 60 * 60 * 1000;
// Epoch seconds reach 1e11 in the year 5138; epoch milliseconds passed it in 1973.
const millisecondsFrom = 1e11;

/** What a header or a text says about a wait: null where it says nothing that can be read. */
type Wait = number | null;

/**
 * Seconds to wait before the call may be sent again: the standard `Retry-After` (RFC 9110, section
 * 10.2.3) before the vendor's own way. Never under 0.25; null where unreadable or over 24 hours.
 *
 * @param own the wait in ms that the vendor tells in its own way
 */
export function retryAfterSeconds(answer: Answer, own: Wait = null): number | null {
  const ms = retryAfter(answer) ?? own;
  if (ms === null || ms > longestMs) return null;
  return Math.max(ms, shortestMs) / 1000;
}

/** Ms from a number of seconds in a header. */
export function secondsHeader(answer: Answer, name: string): Wait {
  return seconds(header(answer.headers, name));
}

/**
 * Ms until the moment that `X-RateLimit-Reset` names, in epoch seconds or epoch milliseconds, reckoned
 * from the answer's own `Date`, so that a vendor's clock may be wrong.
 */
export function resetHeader(answer: Answer): Wait {
  const reset = decimal(header(answer.headers, 'x-ratelimit-reset'));
  if (reset === null) return null;
  return (reset > millisecondsFrom ? reset : reset * 1000) - clock(answer);
}

/** The vendor's time at the answer in epoch ms; ours where it names none. */
export function clock(answer: Answer): number {
  return httpDate(header(answer.headers, 'date')) ?? Date.now();
}

function retryAfter(answer: Answer): Wait {
  const value = header(answer.headers, 'retry-after');
  if (value === null) return null;
  const delay = seconds(value);
  if (delay !== null) return delay;
  const date = httpDate(value);
  return date === null ? null : date - clock(answer);
}

// Date.parse alone takes almost anything: "Soon 5" is a day in 2001.
const httpDatePattern = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The epoch ms of an HTTP date (RFC 9110, section 5.6.7), null for any other text. */
function httpDate(value: string | null): number | null {
  const date = value !== null && httpDatePattern.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? null : date;
}

function seconds(value: string | null): Wait {
  const number = decimal(value);
  return number === null ? null : number * 1000;
}

function decimal(value: string | null): number | null {
  return value !== null && /^\d{1,16}(\.\d{1,9})?$/.test(value.trim()) ? Number(value) : null;
}
