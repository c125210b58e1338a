import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readPage } from './page.ts';
import { listPages, root } from './pages.ts';

/** A path from the project's folder. Placeholders such as `<vendor>` and patterns are left out. */
const projectPath = /^(?:src|test|client|docs|deploy|scripts|examples|releases)\/[\w./-]*$/;

test('every path that a page names in backticks exists', async () => {
  const pages = (await listPages()).filter((path) => path !== 'CHANGELOG.md');
  const missing = pages.flatMap((path) =>
    readPage(path)
      .codes.filter((code) => projectPath.test(code))
      .filter((code) => ![root, join(root, dirname(path))].some((at) => existsSync(join(at, code))))
      .map((code) => `${path}: ${code}`),
  );
  expect(missing).toEqual([]);
});

test('the page about the layers has a row for every folder of src', () => {
  const { text } = readPage('docs/contributing/layers.md');
  const rows = [...text.matchAll(/^\| `src\/(\w+)` \|/gm)].map(([, folder]) => folder);
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(rows.toSorted()).toEqual(folders.toSorted());
});
