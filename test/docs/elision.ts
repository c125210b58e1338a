/** The mark for omitted parts of a sample: any text, or the rest of a list or an object. */
const elision = '…';

/**
 * Reads JSON as pages show it: a bare `…` at the end of a list or an object leaves out the rest. Several values, a
 * line each, are a list of them.
 *
 * @throws {SyntaxError} where it is no JSON, but for that
 */
export function parseSample(text: string): unknown {
  const whole = withMembers(text);
  try {
    return JSON.parse(whole);
  } catch (error) {
    const lines = whole.trim().split('\n');
    if (lines.length === 1) throw error;
    return lines.map((line) => JSON.parse(line));
  }
}

/** Replaces each bare `…` with a valid JSON member. */
function withMembers(text: string): string {
  const open: string[] = [];
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|[{}[\]…]/g, (token) => {
    if (token === '{' || token === '[') open.push(token);
    if (token === '}' || token === ']') open.pop();
    if (token !== elision) return token;
    return open.at(-1) === '{' ? `"${elision}":"${elision}"` : `"${elision}"`;
  });
}

/** Returns whether a value matches a sample from {@link parseSample}. */
export function matchesSample(value: unknown, sample: unknown): boolean {
  if (typeof sample === 'string' && typeof value === 'string') return matchesText(value, sample);
  if (Array.isArray(sample)) {
    const isPart = sample.at(-1) === elision;
    const shown = isPart ? sample.slice(0, -1) : sample;
    if (!Array.isArray(value) || value.length < shown.length) return false;
    return (
      (isPart || value.length === shown.length) &&
      shown.every((one, i) => matchesSample(value[i], one))
    );
  }
  if (typeof sample !== 'object' || sample === null) return value === sample;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { [elision]: more, ...shown } = sample as Record<string, unknown>;
  const keys = Object.keys(shown);
  const members = value as Record<string, unknown>;
  if (more === undefined && Object.keys(members).length !== keys.length) return false;
  return keys.every(
    (key) => Object.hasOwn(members, key) && matchesSample(members[key], shown[key]),
  );
}

/** Returns whether a text matches a sample, in which each `…` stands for any text. */
export function matchesText(text: string, sample: string): boolean {
  const parts = sample.trim().split(elision).map(RegExp.escape);
  return new RegExp(`^${parts.join('.*?')}$`, 's').test(text.trim());
}
