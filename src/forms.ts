import type { Moment } from './entities.ts';

/**
 * What a value of somebody else's JSON may be: gives it as it is used here, undefined where it is anything
 * else. Plain functions, since the answer to each change is read by them.
 */
export type Form<T> = (value: unknown) => T | undefined;

/** Any text. */
export const text: Form<string> = (value) => (typeof value === 'string' ? value : undefined);

/** A text that is not empty. */
export const filledText: Form<string> = (value) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** True or false. */
export const flag: Form<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

/** A whole number that JSON keeps exactly. */
export const wholeNumber: Form<number> = (value) =>
  Number.isSafeInteger(value) ? (value as number) : undefined;

/** A whole number from 1 on. */
export const numericId: Form<number> = (value) =>
  Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;

/** A whole number from 0 on. */
export const count: Form<number> = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;

/** A list, whatever is in it. */
export const anyList: Form<readonly unknown[]> = (value) =>
  Array.isArray(value) ? value : undefined;

/** An object and no list, whatever is in it. */
export const anyObject: Form<Readonly<Record<string, unknown>>> = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;

/** A list of which each item has a form. */
export function listOf<T>(item: Form<T>): Form<readonly T[]> {
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
export function oneOf<T>(values: ReadonlyMap<unknown, T>): Form<T> {
  return (value) => values.get(value);
}

/** What has the one form or else the other. */
export function either<T>(first: Form<T>, second: Form<T>): Form<T> {
  return (value) => first(value) ?? second(value);
}

/** What may be left out, which is null then; unlike other optional values it is not null by itself. */
export function orAbsent<T>(form: Form<T>): Form<T | null> {
  return (value) => (value === undefined ? null : form(value));
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const momentPattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Whether a text that begins with a day names one of the calendar: of another, `Date` makes one of the next month. */
function isDay(value: string): boolean {
  const day = Number(value.slice(8, 10));
  // Every month has 28; whether there is such a month `Date` says by itself.
  return day <= 28 || new Date(value.slice(0, 10)).getUTCDate() === day;
}

/** How long a moment is that stands in UTC already, to the ms. */
const writtenLength = '2007-12-03T10:15:30.000Z'.length;

/** A moment (RFC 3339), in UTC; one without a zone is not a moment, and is refused. */
export const moment: Form<Moment> = (value) => {
  if (typeof value !== 'string' || !momentPattern.test(value) || !isDay(value)) return undefined;
  // As it is where nothing of it would change: `Date` writes one for as much as a whole object costs to read.
  const isWritten = value.length === writtenLength && value.endsWith('Z');
  return isWritten ? value : new Date(value).toISOString();
};

/** A day (RFC 3339, `full-date`) or a moment, as it came. */
export const dayOrMoment: Form<string> = (value) => {
  if (typeof value !== 'string') return undefined;
  const isKnown = dayPattern.test(value) || momentPattern.test(value);
  return isKnown && isDay(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
};
