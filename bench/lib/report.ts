/** A column of a table. */
export interface Column {
  readonly name: string;
  /** How many digits behind the point are shown of its numbers. */
  readonly digits?: number;
}

/** What stands in a table; null where there is nothing to tell. */
export type Cell = string | number | null;

/** A table of a report, ratios first. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** What is to be known of its figures, a sentence or two each. */
  readonly notes?: readonly string[];
}

/** A table in Markdown, with a heading and its notes. */
export function renderMarkdown({ title, columns, rows, notes = [] }: Table): string {
  const cells = (row: readonly Cell[]) =>
    row.map((cell, index) => formatCell(cell, columns[index]?.digits ?? 0));
  return [
    `### ${title}`,
    '',
    `| ${columns.map(({ name }) => name).join(' | ')} |`,
    `|${'---|'.repeat(columns.length)}`,
    ...rows.map((row) => `| ${cells(row).join(' | ')} |`),
    '',
    ...notes.flatMap((note) => [note, '']),
  ].join('\n');
}

function formatCell(cell: Cell, digits: number): string {
  if (cell === null || Number.isNaN(cell)) return '–';
  return typeof cell === 'string' ? cell : cell.toFixed(digits);
}

/** A table as an object: each row by the names of the columns, the numbers as they were measured. */
export function toJson({ title, columns, rows, notes = [] }: Table): object {
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])),
  );
  return { title, rows: objects, notes };
}
