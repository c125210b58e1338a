import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isBreaking, mustBeAnnounced, type SchemaChange, schemaChanges } from './schema-changes.ts';

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
export async function schemaReport(folder: string): Promise<SchemaReport> {
  const read = (file: string) => readFile(join(folder, file), 'utf8');
  const changes = await schemaChanges(
    await read('releases/schema.graphql'),
    await read('schema.graphql'),
    await read('CHANGELOG.md'),
  );
  const missing = changes.filter((change) => mustBeAnnounced(change) && !change.announced);
  return {
    changes: changes.length === 0 ? ['The schema is that of the last release.'] : changes.map(line),
    complaints: missing.map(advice),
  };
}

function line(change: SchemaChange): string {
  const said = mustBeAnnounced(change) && change.announced ? ', announced' : '';
  return `${change.level.toLowerCase().replace('_', '-')}${said}: ${brief(change.message)}`;
}

/** A change of a description is told with both, however long. */
function brief(message: string): string {
  const text = message.replaceAll(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function advice(change: SchemaChange): string {
  const start = isBreaking(change) ? ' that begins with "Breaking:" and' : ' that';
  const names = change.names.map((name) => `\`${name}\``).join(' and ');
  return `schema:diff: not announced: ${change.message}. CHANGELOG.md takes an entry under "Unreleased"${start} names ${names}.`;
}
