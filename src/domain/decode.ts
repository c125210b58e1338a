import type { Moment } from './entities.ts';

/**
 * What a value of somebody else's JSON may be: gives it as it is used here, undefined where it is anything
 * else. Plain functions, since the answer to each change is read by them.
 */
export type Decoder<T> = (value: unknown) => T | undefined;

/** Any text. */
export const string: Decoder<string> = (value) => (typeof value === 'string' ? value : undefined);

/** A text that is not empty. */
export const nonEmptyString: Decoder<string> = (value) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** True or false. */
export const boolean: Decoder<boolean> = (value) =>
  typeof value === 'boolean' ? value : undefined;

const digits = /^(?:0|[1-9][0-9]{0,15})$/;

/**
 * A whole number from 0 on that JSON keeps exactly. Its digits as a text are read too: servers whose
 * database driver reports large integers as texts send them like that.
 */
export const wholeNumber: Decoder<number> = (value) => {
  const number = typeof value === 'string' && digits.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
};

/** A whole number from 1 on, or its digits as a text. */
export const numericId: Decoder<number> = (value) => wholeNumber(value) || undefined;

/** A list, whatever is in it. */
export const list: Decoder<readonly unknown[]> = (value) =>
  Array.isArray(value) ? value : undefined;

/** An object and no list, whatever is in it. */
export const object: Decoder<Readonly<Record<string, unknown>>> = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;

/** A list of which each item has a form. */
export function array<T>(item: Decoder<T>): Decoder<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const items: T[] = [];
    for (const one of value) {
      const read = item(one);
      if (read === undefined) return undefined;
      items.push(read);
    }
    return items;
  };
}

/** One of some values, as what stands for it here. */
export function enumeration<T>(values: ReadonlyMap<unknown, T>): Decoder<T> {
  return (value) => values.get(value);
}

/** What has the one form or else the other. */
export function either<T>(first: Decoder<T>, second: Decoder<T>): Decoder<T> {
  return (value) => first(value) ?? second(value);
}

/** What may be left out, which is null then; unlike other optional values it is not null by itself. */
export function optional<T>(form: Decoder<T>): Decoder<T | null> {
  return (value) => (value === undefined ? null : form(value));
}

const dayPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
// The zone is optional: PHP's `Y-m-d H:i:s`, Python's `isoformat` and MySQL print none. Behind the
// offset Go's `Time.String` repeats it by name.
const momentPattern =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[Tt ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:[.,](\d+))?(?: ?([Zz]|UTC|GMT|([+-](?:[01]\d|2[0-3])):?([0-5]\d)?(?: [A-Z]{3,5})?))?$/;

/** Whether a text that begins with a day names one of the calendar: of another, `Date` makes one of the next month. */
function isDay(value: string): boolean {
  const day = Number(value.slice(8, 10));
  // Every month has 28; the pattern has checked that there is such a month.
  return day <= 28 || new Date(value.slice(0, 10)).getUTCDate() === day;
}

/** The form in which moments are kept: in UTC, to the ms. */
const keptPattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/**
 * A moment in any form that PHP, JavaScript, Go and Python print, converted to UTC: RFC 3339, also with a
 * space instead of the `T`, with `+0000`, `+00` or no zone. Without a zone it is taken as UTC, which is what
 * the vendors' servers print.
 */
export const moment: Decoder<Moment> = (value) => {
  if (typeof value !== 'string') return encodedDateTime(value);
  // Kept if nothing would change: `Date` costs as much as reading a whole object.
  if (keptPattern.test(value)) return isDay(value) ? value : undefined;
  const match = momentPattern.exec(value);
  if (match === null || !isDay(value)) return undefined;
  const [, day, time, fraction = '0', , hours, minutes = '00'] = match;
  const zone = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  return new Date(`${day}T${time}.${fraction.slice(0, 3)}${zone}`).toISOString();
};

/** A moment as PHP's `json_encode` writes a `DateTime`; one in a named zone other than UTC is not read. */
function encodedDateTime(value: unknown): Moment | undefined {
  const { date, timezone } = object(value) ?? {};
  return typeof date === 'string' ? moment(`${date} ${String(timezone)}`) : undefined;
}

/** A day (RFC 3339, `full-date`) or a moment, as it was sent. */
export const dayOrMoment: Decoder<string> = (value) => {
  if (typeof value !== 'string') return undefined;
  const isKnown = dayPattern.test(value) ? isDay(value) : moment(value) !== undefined;
  return isKnown ? value : undefined;
};

// Epoch times from September 2001 to the year 5138, in seconds or in ms. Other numbers may be flags.
const [firstEpoch, lastEpoch] = [1e9, 1e11];

/**
 * When something was removed; null where it is `null` or missing, which means that it is there. Whatever
 * else is no time has no form, so that nobody takes it for "not removed": an empty text, `false`, `true`,
 * MySQL's `0000-00-00 00:00:00`. A day counts from its beginning; a number is an epoch time.
 */
export const removalMark: Decoder<Moment | null> = (value) => {
  if (value == null) return null;
  if (typeof value === 'number') return epochMoment(value);
  if (typeof value === 'string' && dayPattern.test(value)) return moment(`${value}T00:00:00Z`);
  return moment(value);
};

function epochMoment(value: number): Moment | undefined {
  const ms = value < lastEpoch ? value * 1000 : value;
  const isEpoch = ms >= firstEpoch * 1000 && ms < lastEpoch * 1000;
  return isEpoch ? new Date(ms).toISOString() : undefined;
}
