import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isBreaking,
  listSchemaChanges,
  needsAnnouncement,
  type SchemaChange,
} from './schema-changes.ts';

const longest = 160;

/** How a project's schema differs from its last release's, in lines. */
export interface SchemaReport {
  readonly changes: readonly string[];
  /** What is not announced in the changelog and has to be. */
  readonly complaints: readonly string[];
}

/**
 * Tells how `schema.graphql` differs from the last release's.
 *
 * @param folder the project's
 * @throws {Error} where a file cannot be read, or is none of what it should be
 */
export async function renderSchemaReport(folder: string): Promise<SchemaReport> {
  const read = (file: string) => readFile(join(folder, file), 'utf8');
  const changes = await listSchemaChanges(
    await read('releases/schema.graphql'),
    await read('schema.graphql'),
    await read('CHANGELOG.md'),
  );
  const missing = changes.filter((change) => needsAnnouncement(change) && !change.announced);
  return {
    changes:
      changes.length === 0 ? ['The schema is that of the last release.'] : changes.map(renderLine),
    complaints: missing.map(renderAdvice),
  };
}

function renderLine(change: SchemaChange): string {
  const said = needsAnnouncement(change) && change.announced ? ', announced' : '';
  return `${change.level.toLowerCase().replace('_', '-')}${said}: ${shortenPath(change.message)}`;
}

/** A change of a description is told with both, however long. */
function shortenPath(message: string): string {
  const text = message.replaceAll(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function renderAdvice(change: SchemaChange): string {
  const start = isBreaking(change) ? ' that begins with "Breaking:" and' : ' that';
  const names = change.names.map((name) => `\`${name}\``).join(' and ');
  return `schema:diff: not announced: ${change.message}. CHANGELOG.md takes an entry under "Unreleased"${start} names ${names}.`;
}
