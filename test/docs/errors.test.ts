import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** A fault of the gateway, which is no rejection. */
const fault = 'INTERNAL';

test('docs/errors.md has a row for every code with which a request is rejected', async () => {
  const files = globSync(['src/server/*.ts', 'src/plugins/*.ts', 'src/graphql/params.ts']);
  const source = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
  const codes = new Set(
    [...source.matchAll(/(?:code: |RequestRefused\(\d+, )'(\w+)'/g)].map(([, code]) => code),
  );
  codes.delete(fault);
  const page = await readFile('docs/errors.md', 'utf8');
  const rows = new Set([...page.matchAll(/^\|.*\| `(\w+)` \|/gm)].map(([, code]) => code));
  expect(codes).toContain('REQUEST_TIMEOUT');
  expect([...codes].filter((code) => !rows.has(code))).toEqual([]);
});
