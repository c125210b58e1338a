import { anyObject, type Decoder } from './decode.ts';
import type { Moment } from './entities.ts';

const dayPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
// The zone is optional: PHP's `Y-m-d H:i:s`, Python's `isoformat` and MySQL print none. Go's `Time.String` repeats the
// offset as a name.
const momentPattern =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[Tt ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:[.,](\d+))?(?: ?([Zz]|UTC|GMT|([+-](?:[01]\d|2[0-3])):?([0-5]\d)?(?: [A-Z]{3,5})?))?$/;

/** Returns whether a text begins with a day of the calendar: `Date` turns others into days of the next month. */
function startsWithDay(value: string): boolean {
  const day = Number(value.slice(8, 10));
  // Every month has 28 days; the pattern has checked that the month exists.
  return day <= 28 || new Date(value.slice(0, 10)).getUTCDate() === day;
}

/** The form of a {@link Moment}: in UTC, to the ms. */
const normalPattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/**
 * A moment in any form that PHP, JavaScript, Go and Python print, converted to UTC: RFC 3339, also with a space instead
 * of the `T`, with `+0000`, `+00` or no zone. Without a zone it is taken as UTC, which is what the vendors' servers print.
 */
export const moment: Decoder<Moment> = (value) => {
  if (typeof value !== 'string') return decodePhpDateTime(value);
  // Skip the conversion if nothing would change (optimisations.md, group).
  if (normalPattern.test(value)) return startsWithDay(value) ? value : undefined;
  const match = momentPattern.exec(value);
  if (match === null || !startsWithDay(value)) return undefined;
  const [, day, time, fraction = '0', , hours, minutes = '00'] = match;
  const zone = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  return new Date(`${day}T${time}.${fraction.slice(0, 3)}${zone}`).toISOString();
};

/** A moment as PHP's `json_encode` writes a `DateTime`; a named zone other than UTC is not accepted. */
function decodePhpDateTime(value: unknown): Moment | undefined {
  const { date, timezone } = anyObject(value) ?? {};
  return typeof date === 'string' ? moment(`${date} ${String(timezone)}`) : undefined;
}

/** A day (RFC 3339, `full-date`) or a moment, unchanged. */
export const dayOrMoment: Decoder<string> = (value) => {
  if (typeof value !== 'string') return undefined;
  const isValid = dayPattern.test(value) ? startsWithDay(value) : moment(value) !== undefined;
  return isValid ? value : undefined;
};

// Epoch times from September 2001 to the year 5138, in seconds or in ms. Other numbers may be flags.
const [firstEpoch, lastEpoch] = [1e9, 1e11];

/**
 * The time at which something was removed; null for `null` or a missing value, which means that it exists. Anything else
 * that is not a time is invalid, so that it is not mistaken for "not removed": an empty string, `false`, `true`, MySQL's
 * `0000-00-00 00:00:00`. A day counts from its beginning; a number is an epoch time.
 */
export const removalMark: Decoder<Moment | null> = (value) => {
  if (value == null) return null;
  if (typeof value === 'number') return decodeEpoch(value);
  if (typeof value === 'string' && dayPattern.test(value)) return moment(`${value}T00:00:00Z`);
  return moment(value);
};

function decodeEpoch(value: number): Moment | undefined {
  const ms = value < lastEpoch ? value * 1000 : value;
  const isEpoch = ms >= firstEpoch * 1000 && ms < lastEpoch * 1000;
  return isEpoch ? new Date(ms).toISOString() : undefined;
}
