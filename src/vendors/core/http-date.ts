const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const longWeekday = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = `(?<month>${months.join('|')})`;
const time = '(?<hours>\\d{2}):(?<minutes>\\d{2}):(?<seconds>\\d{2})';

// `Date.parse` is of no use here: it takes "Soon 5" for a day in 2001.
const forms = [
  // IMF-fixdate: "Sun, 06 Nov 1994 08:49:37 GMT".
  new RegExp(`^${weekday}, (?<day>\\d{2}) ${month} (?<year>\\d{4}) ${time} GMT$`),
  // RFC 850: "Sunday, 06-Nov-94 08:49:37 GMT".
  new RegExp(`^${longWeekday}, (?<day>\\d{2})-${month}-(?<year>\\d{2}) ${time} GMT$`),
  // asctime: "Sun Nov  6 08:49:37 1994".
  new RegExp(`^${weekday} ${month} (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
];

/**
 * Parses an HTTP date in any of the three forms of RFC 9110, section 5.6.7.
 *
 * @returns epoch ms, null for any other text
 */
export function parseHttpDate(value: string): number | null {
  for (const form of forms) {
    const parts = form.exec(value)?.groups;
    if (parts !== undefined) return toEpochMs(parts);
  }
  return null;
}

function toEpochMs(parts: Readonly<Record<string, string>>): number | null {
  const { day, month: name = '', year = '', hours, minutes, seconds } = parts;
  const index = months.indexOf(name);
  const at = (fullYear: number) =>
    Date.UTC(fullYear, index, Number(day), Number(hours), Number(minutes), Number(seconds));
  const ms = at(year.length === 2 ? century(Number(year), at) : Number(year));
  const isTime = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) <= 60;
  // Of the 31st of June, `Date` would make the 1st of July.
  return isTime && new Date(ms).getUTCMonth() === index ? ms : null;
}

/** Two digits that seem to lie more than 50 years ahead are the latest such year of the past. */
function century(twoDigits: number, at: (fullYear: number) => number): number {
  const now = new Date();
  const year = Math.floor(now.getUTCFullYear() / 100) * 100 + twoDigits;
  const limit = new Date(now);
  limit.setUTCFullYear(now.getUTCFullYear() + 50);
  return at(year) > limit.getTime() ? year - 100 : year;
}
