import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parser } from 'keep-a-changelog';

/**
 * Dates the changelog's section "Unreleased", and copies the current schema to `releases`. Use npm for the versions in the
 * packages, and git for the commit and its tag.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const [version, folder = '.'] = positionals;
const file = join(folder, 'CHANGELOG.md');

try {
  if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`version: expected three numbers such as 0.2.0, got ${version ?? 'none'}`);
  }
  const changelog = parser(await readFile(file, 'utf8'));
  if (changelog.releases.some((release) => release.version === version)) {
    throw new Error(`version: ${version} is already in CHANGELOG.md. Choose a new one.`);
  }
  const unreleased = changelog.releases.find(({ date }) => date === undefined);
  if (unreleased === undefined || unreleased.isEmpty()) {
    throw new Error(
      'CHANGELOG.md: there are no entries under "Unreleased". Add some before you release.',
    );
  }
  unreleased.setVersion(version);
  unreleased.setDate(new Date());
  changelog.format = 'markdownlint';
  await writeFile(file, changelog.toString());
  await copyFile(join(folder, 'schema.graphql'), join(folder, 'releases/schema.graphql'));
} catch (error) {
  process.stderr.write(`release: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
