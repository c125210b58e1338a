import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('SECURITY.md names tests that exist, by file and title', async () => {
  const text = (await readFile('SECURITY.md', 'utf8')).replace(/\s+/g, ' ');
  const lists = [...text.matchAll(/`(test\/[\w./-]+)`((?:[:;] "[^"]+")*)/g)];
  const named = lists.flatMap(([, file = '', titles = '']) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ file, title })),
  );
  expect(named.length).toBeGreaterThan(50);
  for (const { file, title } of named) {
    expect(existsSync(file), file).toBe(true);
    expect(await readFile(file, 'utf8'), file).toContain(title);
  }
});
