import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8');

const table = read('docs/contributing/optimisations.md').matchAll(/^\| ([^|]+) \| (`[^|]+`) \| /gm);
const rows = Array.from(table, ([, row = '', files = '']) =>
  Array.from(files.matchAll(/`([^`]+)`/g), ([, file]) => `${file}: ${row}`),
).flat();

const comments = globSync('src/**/*.ts', { cwd: root }).flatMap((file) => {
  // A comment may break anywhere.
  const text = read(file).replaceAll(/\n\s*(?:\/\/|\*) /g, ' ');
  const named = text.matchAll(/\(optimisations\.md, ([^)]+)\)/g);
  return Array.from(named, ([, row]) => `${file}: ${row}`);
});

test('each optimisation that a comment names has a row with its figure, and each row has its comments', () => {
  expect(rows.length).toBeGreaterThan(10);
  expect([...new Set(comments)].toSorted()).toEqual(rows.toSorted());
});
