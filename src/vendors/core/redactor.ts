import { decodeHiddenText, listBase64Cores } from './encodings.ts';

const replacement = '[credential]';

/** A shorter credential keeps no secret, and hiding it would rewrite every text that has its letters. */
const fewestCharacters = 4;

/** An escaped character of an encoded credential takes up to six characters, and so hex up to twelve. */
const longestFormFactor = 12;

/**
 * Replaces a caller's credentials wherever a vendor's text repeats them: plainly, in base64 (with whatever is
 * encoded around them, such as "user:"), in hex, or escaped as in URLs, JSON and HTML.
 *
 * Secrets are replaced wherever they are. Identifiers (a company, a user id) are replaced in prose only, and only
 * as whole words: in data they are what was asked for, and a company named `a` is not every `a`.
 */
export class Redactor {
  readonly #secrets: readonly string[];
  readonly #identifiers: readonly string[];
  readonly #shortest: number;
  #forms: readonly string[] | null = null;
  #dataPattern: RegExp | null = null;
  #prosePattern: RegExp | null = null;

  constructor(secrets: readonly string[], identifiers: readonly string[]) {
    this.#secrets = secrets.filter(({ length }) => length >= fewestCharacters);
    this.#identifiers = identifiers;
    // No form is shorter than what it stands for: most texts need no search.
    this.#shortest = Math.min(...this.#secrets.map(({ length }) => length));
  }

  /** How much of a text's end may be the beginning of a credential that was cut off. */
  get reach(): number {
    return longestFormFactor * Math.max(0, ...this.#secrets.map(({ length }) => length));
  }

  /** Returns a vendor's sentence without any credential. */
  redactText(text: string): string {
    const hasIdentifier = this.#identifiers.some((name) => text.includes(name));
    if (!hasIdentifier) return this.#withoutSecrets(text);
    this.#prosePattern ??= patternOf(this.#identifiers.map(wholeWord));
    return this.#withoutSecrets(text).replaceAll(this.#prosePattern, replacement);
  }

  /** Returns a piece of a vendor's data without any secret; null if there is none. */
  redactValue(text: string | null | undefined): string | null {
    return text == null ? null : this.#withoutSecrets(text);
  }

  #withoutSecrets(text: string): string {
    if (text.length < this.#shortest) return text;
    const shown = this.#holdsSecret(text) ? text.replaceAll(this.#pattern(), replacement) : text;
    // Where in the text an escaped one begins and ends is not worth finding out.
    for (const hidden of decodeHiddenText(shown)) if (this.#holdsSecret(hidden)) return replacement;
    return shown;
  }

  #holdsSecret(text: string): boolean {
    this.#forms ??= this.#secrets.flatMap((secret) => [secret, ...encodedForms(secret)]);
    return this.#forms.some((form) => text.includes(form));
  }

  #pattern(): RegExp {
    const longestFirst = this.#secrets.toSorted((a, b) => b.length - a.length);
    this.#dataPattern ??= patternOf([
      ...longestFirst.map((secret) => RegExp.escape(secret)),
      ...longestFirst.flatMap((secret) => listBase64Cores(secret).map(wholeBase64)),
      ...longestFirst.flatMap((secret) => hexForms(secret)),
    ]);
    return this.#dataPattern;
  }
}

function encodedForms(secret: string): readonly string[] {
  return [...listBase64Cores(secret), ...hexForms(secret)];
}

function hexForms(secret: string): readonly string[] {
  const hex = Buffer.from(secret).toString('hex');
  return [hex, hex.toUpperCase()];
}

/** The characters beside a core bear some bits of the credential as well. */
function wholeBase64(core: string): string {
  return `[\\w+/-]?${RegExp.escape(core)}[\\w+/-]?={0,2}`;
}

function wholeWord(name: string): string {
  return `(?<![\\w-])${RegExp.escape(name)}(?![\\w-])`;
}

function patternOf(alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.join('|'), 'g');
}
