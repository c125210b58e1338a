import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isBreaking, mustBeAnnounced, type SchemaChange, schemaChanges } from './schema-changes.ts';

/** Tells how `schema.graphql` differs from the last release's; 1 where something is not announced. */
const { positionals } = parseArgs({ allowPositionals: true });
const folder = positionals[0] ?? '.';
const read = (file: string) => readFile(join(folder, file), 'utf8');

try {
  const changes = await schemaChanges(
    await read('releases/schema.graphql'),
    await read('schema.graphql'),
    await read('CHANGELOG.md'),
  );
  for (const change of changes) process.stdout.write(`${line(change)}\n`);
  const missing = changes.filter((change) => mustBeAnnounced(change) && !change.announced);
  if (changes.length === 0) process.stdout.write('The schema is that of the last release.\n');
  for (const change of missing) process.stderr.write(`${advice(change)}\n`);
  if (missing.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`schema:diff: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function line(change: SchemaChange): string {
  const said = mustBeAnnounced(change) && change.announced ? ', announced' : '';
  return `${change.level.toLowerCase().replace('_', '-')}${said}: ${change.message}`;
}

function advice(change: SchemaChange): string {
  const start = isBreaking(change) ? ' that begins with "Breaking:" and' : ' that';
  const names = change.names.map((name) => `\`${name}\``).join(' and ');
  return `schema:diff: not announced: ${change.message}. CHANGELOG.md takes an entry under "Unreleased"${start} names ${names}.`;
}
