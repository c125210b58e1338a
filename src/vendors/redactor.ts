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
    this.#secrets = secrets.toSorted(longestFirst);
    this.#identifiers = identifiers.toSorted(longestFirst);
  }

  /** A vendor's sentence without any credential. */
  prose(text: string): string {
    this.#prosePattern ??= prosePattern(this.#secrets, this.#identifiers);
    return text.replaceAll(this.#prosePattern, replacement);
  }

  /** A piece of a vendor's data without any secret. */
  data(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, replacement), text);
  }

  /** Whether a JSON text may hold a secret, written plainly or with escapes. */
  maySpell(json: string): boolean {
    return this.#secrets.some((secret) => json.includes(secret)) || json.includes('\\');
  }
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}

function prosePattern(secrets: readonly string[], identifiers: readonly string[]): RegExp {
  const alternatives = [
    ...secrets.map((secret) => RegExp.escape(secret)),
    ...identifiers.map((name) => `(?<![A-Za-z0-9])${RegExp.escape(name)}(?![A-Za-z0-9])`),
  ];
  return new RegExp(alternatives.length === 0 ? '(?!)' : alternatives.join('|'), 'g');
}
