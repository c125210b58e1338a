import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** The code of a bug in the gateway, which is not a rejection. */
const fault = 'INTERNAL';

test('docs/reference/errors.md has a row for every code of a rejected request', async () => {
  const files = globSync(['src/server/*.ts', 'src/middleware/*.ts', 'src/graphql/params.ts']);
  const source = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
  const codes = new Set(
    [...source.matchAll(/(?:code: |RequestRefused\(\d+, )'(\w+)'/g)].map(([, code]) => code),
  );
  codes.delete(fault);
  const page = await readFile('docs/reference/errors.md', 'utf8');
  const rows = new Set([...page.matchAll(/^\|.*\| `(\w+)` \|/gm)].map(([, code]) => code));
  expect(codes).toContain('REQUEST_TIMEOUT');
  expect([...codes].filter((code) => !rows.has(code))).toEqual([]);
});
