/** One entry of an `Accept` header: a media range with its weight. */
interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  /** From 0 (not acceptable) to 1. */
  readonly weight: number;
  /** 2 for a media type, 1 for `type/*`, 0 for the wildcard of all types. */
  readonly specificity: number;
}

/**
 * Chooses the media type of a response (RFC 9110, section 12.5.1). The most specific range that names a
 * media type decides on it. Of several acceptable ones the highest weight wins, then the more specific
 * range, then the order of the header, then the order of `offered`.
 *
 * @param accept the header; null or empty accepts everything
 * @param offered media types in lower case
 * @returns null if none of them is acceptable
 */
export function negotiate(accept: string | null, offered: readonly string[]): string | null {
  const ranges = parseRanges(accept || '*/*');
  let best: { readonly name: string; readonly range: MediaRange; readonly at: number } | null =
    null;
  for (const name of offered) {
    const at = findMostSpecificRange(ranges, name);
    const range = ranges[at];
    if (range === undefined || range.weight === 0) continue;
    if (best === null || isPreferred({ range, at }, best)) best = { name, range, at };
  }
  return best?.name ?? null;
}

type Match = { readonly range: MediaRange; readonly at: number };

function isPreferred(one: Match, other: Match): boolean {
  const byWeight = one.range.weight - other.range.weight;
  const bySpecificity = one.range.specificity - other.range.specificity;
  return (byWeight || bySpecificity || other.at - one.at) > 0;
}

function findMostSpecificRange(ranges: readonly MediaRange[], name: string): number {
  const [type, subtype] = name.split('/');
  let found = -1;
  ranges.forEach((range, index) => {
    const isMatch =
      (range.type === '*' || range.type === type) &&
      (range.subtype === '*' || range.subtype === subtype);
    if (isMatch && range.specificity > (ranges[found]?.specificity ?? -1)) found = index;
  });
  return found;
}

/** Parses the ranges of a header. Malformed ones, and those with another charset than UTF-8, are left out. */
function parseRanges(accept: string): readonly MediaRange[] {
  return splitUnquoted(accept, ',').flatMap((entry) => {
    const [name = '', ...parameters] = splitUnquoted(entry.toLowerCase(), ';');
    const [type = '', subtype = '', ...more] = name.trim().split('/');
    const isMalformed = type === '' || subtype === '' || more.length > 0;
    if (isMalformed || (type === '*' && subtype !== '*')) return [];
    const charset = findParameter(parameters, 'charset');
    if (charset !== undefined && !isUtf8(charset)) return [];
    const specificity = type === '*' ? 0 : subtype === '*' ? 1 : 2;
    return [{ type, subtype, weight: parseWeight(findParameter(parameters, 'q')), specificity }];
  });
}

/** Returns whether a charset, in lower case, is UTF-8. `utf8` is not a registered name, but a common one. */
export function isUtf8(charset: string): boolean {
  return charset === 'utf-8' || charset === 'utf8';
}

function findParameter(parameters: readonly string[], name: string): string | undefined {
  for (const parameter of parameters) {
    const [key = '', value = ''] = parameter.split('=', 2);
    if (key.trim() === name) return value.trim().replace(/^"(.*)"$/, '$1');
  }
  return undefined;
}

/** Returns a weight from 0 to 1; 1 if it is absent or not a number. */
function parseWeight(value: string | undefined): number {
  const weight = Number(value || 1);
  return Number.isNaN(weight) ? 1 : Math.min(1, Math.max(0, weight));
}

/** Splits a text at a character, but not within quoted strings (RFC 9110, section 5.6.4). */
function splitUnquoted(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts: string[] = [];
  let [start, isQuoted] = [0, false];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\' && isQuoted) index += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}
