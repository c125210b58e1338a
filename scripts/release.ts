import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parser } from 'keep-a-changelog';

/**
 * Dates the changelog's unreleased part, and makes the schema of now that of the last release.
 * The versions in the packages are npm's to write, and the commit and its tag are git's.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const [version, folder = '.'] = positionals;
const file = join(folder, 'CHANGELOG.md');

try {
  if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`the version: got ${version ?? 'none'}, takes three numbers such as 0.2.0`);
  }
  const changelog = parser(await readFile(file, 'utf8'));
  if (changelog.releases.some((release) => release.version === version)) {
    throw new Error(`the version: got ${version}, which CHANGELOG.md has already`);
  }
  const unreleased = changelog.releases.find(({ date }) => date === undefined);
  if (unreleased === undefined || unreleased.isEmpty()) {
    throw new Error(
      'CHANGELOG.md: nothing stands under "Unreleased", so there is nothing to release',
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
