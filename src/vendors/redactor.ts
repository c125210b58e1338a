const replacement = '[credential]';

/**
 * Replaces a caller's credentials wherever a vendor's text repeats them.
 *
 * Secrets go wherever they stand. Identifiers (a company, a user id) go from prose only, and only as
 * whole words: in data they are what was asked for, and a company named `a` is not every `a`.
 */
export class Redactor {
  readonly #secrets: readonly string[];
  readonly #identifiers: readonly string[];
  #prosePattern: RegExp | undefined;

  constructor(secrets: readonly string[], identifiers: readonly string[]) {
    // Of few of them there is mostly one, and most answers hold no text to look for it in.
    this.#secrets = secrets.length > 1 ? secrets.toSorted(longestFirst) : secrets;
    this.#identifiers = identifiers.length > 1 ? identifiers.toSorted(longestFirst) : identifiers;
  }

  /** A vendor's sentence without any credential. */
  prose(text: string): string {
    // Few texts repeat any, and to look for them costs less than to make the pattern.
    if (!this.#mayHold(text)) return text;
    this.#prosePattern ??= prosePattern(this.#secrets, this.#identifiers);
    return text.replaceAll(this.#prosePattern, replacement);
  }

  #mayHold(text: string): boolean {
    const isIn = (one: string) => text.includes(one);
    return this.#secrets.some(isIn) || this.#identifiers.some(isIn);
  }

  /** A piece of a vendor's data without any secret; null where there is none. */
  data(text: string | null | undefined): string | null {
    if (text == null) return null;
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, replacement), text);
  }
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}

function prosePattern(secrets: readonly string[], identifiers: readonly string[]): RegExp {
  const alternatives = [
    ...secrets.map((secret) => RegExp.escape(secret)),
    ...identifiers.map((name) => `(?<![\\w-])${RegExp.escape(name)}(?![\\w-])`),
  ];
  return new RegExp(alternatives.length === 0 ? '(?!)' : alternatives.join('|'), 'g');
}
