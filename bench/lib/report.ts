/** A column of a table. */
export interface Column {
  readonly name: string;
  /** The number of decimal places. */
  readonly digits?: number;
}

/** The content of a cell, or null if it is empty. */
export type Cell = string | number | null;

/** A table of a report, with ratios first. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Notes about the figures, one or two sentences each. */
  readonly notes?: readonly string[];
}

/** Renders a table as Markdown, with a heading and notes. */
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

/** Returns a table as an object, with rows by column name and unrounded numbers. */
export function toJson({ title, columns, rows, notes = [] }: Table): object {
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])),
  );
  return { title, rows: objects, notes };
}
