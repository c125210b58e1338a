import { type Row, table } from './variables.ts';

const width = 96;
const indent = '      ';

/** The variables as a table of Markdown: what the README shows. */
export function renderMarkdownTable(): string {
  const rows = table.map((row) => {
    const names = Object.keys(row.variables).map(code).join(', ');
    return `| ${names} | ${fallbackOf(row)} | ${row.meaning} |`;
  });
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** What `--help` prints. */
export function renderHelp(): string {
  const rows = table.map((row) => {
    const names = Object.keys(row.variables).join(', ');
    const fallback = fallbackOf(row);
    const told = fallback === '–' ? row.meaning : `${row.meaning} (${fallback})`;
    return [`  ${names}`, ...wrapped(told.replaceAll('`', ''))].join('\n');
  });
  return `membership-gateway: one GraphQL API over the memberships in Wethod, Kaiten, Aerospike Cloud and
Rocket.Chat.

  npm start                      starts it
  npm start -- --check           checks the configuration and its files, warns of unusual vendor
                                 URLs, and exits: 0 if the configuration can be used
  npm start -- --check --online  also makes one harmless call to each configured vendor, without a
                                 credential, and prints what it saw: exits with 0 if each vendor
                                 itself refused the call, with 1 otherwise
  npm start -- --help            prints this

It is configured by environment variables; what stands in brackets holds where one is not set.

${rows.join('\n')}
`;
}

function fallbackOf({ variables, fallback }: Row): string {
  if (fallback !== undefined) return fallback;
  const values = Object.values(variables).map((one) => one.fallback);
  if (values.every((value) => value === null)) return '–';
  return values.map((value) => (value === null ? '–' : code(value))).join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** A text in lines that fit, indented. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(indent + word);
  }
  return lines;
}
