import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isBreaking,
  listSchemaChanges,
  needsAnnouncement,
  type SchemaChange,
} from './schema-changes.ts';

const longest = 160;

/** A report on the differences between the schema and that of the last release, as lines. */
export interface SchemaReport {
  readonly changes: readonly string[];
  /** The changes that the changelog must announce and does not. */
  readonly complaints: readonly string[];
}

/**
 * Compares `schema.graphql` with the last release.
 *
 * @param folder the project's folder
 * @throws {Error} if a file cannot be read or parsed
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
      changes.length === 0
        ? ['The schema has not changed since the last release.']
        : changes.map(renderLine),
    complaints: missing.map(renderAdvice),
  };
}

function renderLine(change: SchemaChange): string {
  const said = needsAnnouncement(change) && change.announced ? ', announced' : '';
  return `${change.level.toLowerCase().replace('_', '-')}${said}: ${shortenMessage(change.message)}`;
}

/** Shortens a message. A change of a description contains both texts. */
function shortenMessage(message: string): string {
  const text = message.replaceAll(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function renderAdvice(change: SchemaChange): string {
  const start = isBreaking(change) ? ' that begins with "Breaking:" and' : ' that';
  const names = change.names.map((name) => `\`${name}\``).join(' and ');
  return `schema:diff: not announced: ${change.message}. Add an entry under "Unreleased" in CHANGELOG.md${start} names ${names}.`;
}
