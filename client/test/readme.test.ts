import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startCommand } from '../../test/support/process.ts';

const client = fileURLToPath(new URL('..', import.meta.url));
const tsc = join(client, '../node_modules/typescript/bin/tsc');

const options = {
  target: 'es2022',
  lib: ['es2024', 'dom', 'dom.iterable', 'esnext.disposable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  paths: {
    'membership-gateway-client': ['../src/index.ts'],
    'membership-gateway-client/documents': ['../src/documents.ts'],
  },
};

/** Type-checks files of the given texts as a user's project would be, and returns what the compiler says. */
async function check(texts: readonly string[]): Promise<{ code: number | null; output: string }> {
  // In the package's folder, where the libraries that the README names are found.
  const folder = await mkdtemp(join(client, '.readme-'));
  try {
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
    await Promise.all(
      texts.map((text, index) => writeFile(join(folder, `block-${index + 1}.ts`), text)),
    );
    await using run = startCommand(process.execPath, [tsc, '-p', folder], {});
    return { code: await run.exited, output: run.output() };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function blocks(): Promise<readonly string[]> {
  const readme = await readFile(join(client, 'README.md'), 'utf8');
  return [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text ?? '');
}

test('every block of code in the README passes the type check', async () => {
  const texts = await blocks();
  expect(texts.length).toBeGreaterThan(7);
  expect(await check(texts)).toEqual({ code: 0, output: '' });
});

test('a block of it in which a member is forgotten does not', async () => {
  const text = (await blocks()).find((block) => block.includes('PlanRequiredError: explain,'));
  const { code, output } = await check([(text ?? '').replace('PlanRequiredError: explain,', '')]);
  expect(code).not.toBe(0);
  expect(output).toMatch(/PlanRequiredError/);
});
