import { vendorTitles } from '../vendors/index.ts';
import type { Row } from './variable.ts';
import { table } from './variables.ts';

const width = 96;
const indent = '      ';

/** Renders the variables as a Markdown table, for the reference. */
export function renderMarkdownTable(): string {
  const rows = table.map((row) => {
    const names = Object.keys(row.variables).map(toCode).join(', ');
    return `| ${names} | ${renderDefault(row)} | ${renderMeaning(row)} |`;
  });
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** Renders the text of `--help`. */
export function renderHelp(): string {
  const rows = table.map((row) => {
    const names = Object.keys(row.variables).join(', ');
    const fallback = renderDefault(row);
    const meaning = renderMeaning(row);
    const text = fallback === '–' ? meaning : `${meaning} (default: ${fallback})`;
    return [`  ${names}`, ...wrapLines(text.replaceAll('`', ''))].join('\n');
  });
  return `membership-gateway: one GraphQL API over the memberships in
${vendorTitles}.

  npm start                      starts the gateway
  npm start -- --check           checks the configuration and its files, warns of unusual vendor
                                 URLs, and exits with 0 if the configuration is valid
  npm start -- --check --online  also makes one harmless call to each configured vendor, without a
                                 credential, and prints the result: exits with 0 if each vendor
                                 itself rejected the call, with 1 otherwise
  npm start -- --migrate         brings the schema of a shared database up to date, and exits
  npm start -- --help            prints this help

Configure the gateway by environment variables:

${rows.join('\n')}
`;
}

function renderDefault({ variables, fallback }: Row): string {
  if (fallback !== undefined) return fallback;
  const values = Object.values(variables).map((variable) => variable.fallback);
  if (values.every((value) => value === null)) return '–';
  return values.map((value) => (value === null ? '–' : toCode(value))).join(', ');
}

/** Returns the meaning of a row, with the former names of its variables. */
function renderMeaning({ variables, meaning }: Row): string {
  const aliases = Object.values(variables).flatMap(({ alias }) => alias ?? []);
  if (aliases.length === 0) return meaning;
  const former = aliases.map(toCode).join(', ');
  return `${meaning}. Formerly ${former}, still accepted until the next major version`;
}

function toCode(text: string): string {
  return `\`${text}\``;
}

/** Splits a text into indented lines. */
function wrapLines(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(indent + word);
  }
  return lines;
}
