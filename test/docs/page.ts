import { readFileSync } from 'node:fs';

/** A page of the documentation, taken apart. */
export interface Page {
  readonly text: string;
  /** The headings with their level, and the anchor that links use. */
  readonly headings: readonly {
    readonly level: number;
    readonly title: string;
    readonly anchor: string;
  }[];
  /** The texts in backticks outside of blocks. */
  readonly codes: readonly string[];
  /** Blocks of code, by their language. */
  readonly blocks: (language: string) => readonly string[];
  /** The rows of tables without their heads, as cells. */
  readonly rows: readonly (readonly string[])[];
  /** The targets of links. */
  readonly links: readonly string[];
}

/** Reads a page of Markdown. */
export function readPage(file: string): Page {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const blocks = Array.from(
    text.matchAll(/^```(\w+)\n(.*?)^```$/gms),
    ([, language, code = '']) => ({
      language,
      code: code.trim(),
    }),
  );
  const prose = text.replaceAll(/^```\w+\n.*?^```$/gms, '');
  const matches = (pattern: RegExp) =>
    Array.from(prose.matchAll(pattern), ([, found = '']) => found);
  return {
    text,
    headings: Array.from(prose.matchAll(/^(#+) (.+)$/gm), ([, marks = '', title = '']) => ({
      level: marks.length,
      title,
      anchor: toAnchor(title),
    })),
    codes: matches(/`([^`]+)`/g),
    blocks: (language) => blocks.filter((one) => one.language === language).map(({ code }) => code),
    rows: matches(/^\|(.+)\|$/gm)
      .map((row) => row.split('|').map((cell) => cell.trim()))
      .filter(([first = '']) => /^\d+$/.test(first)),
    links: matches(/\]\(([^)]+)\)/g),
  };
}

/** As GitHub makes it from a heading. */
function toAnchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
