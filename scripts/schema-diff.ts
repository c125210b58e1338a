import { parseArgs } from 'node:util';
import { renderSchemaReport } from './schema-report.ts';

/** Reports how `schema.graphql` differs from the last release. Exits with 1 if a change is not announced. */
const { positionals } = parseArgs({ allowPositionals: true });

try {
  const { changes, complaints } = await renderSchemaReport(positionals[0] ?? '.');
  for (const change of changes) process.stdout.write(`${change}\n`);
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  if (complaints.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`schema:diff: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
