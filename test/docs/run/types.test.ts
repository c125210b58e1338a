import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCommand } from '../../support/process.ts';
import { type Block, readAllBlocks } from '../blocks.ts';
import { classifyBlock } from '../kinds.ts';
import { root } from '../pages.ts';
import { blockFiles } from './files.ts';

const compilerOptions = {
  target: 'es2022',
  lib: ['es2024', 'dom', 'dom.iterable', 'esnext.disposable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  jsx: 'react-jsx',
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

interface Source extends Block {
  /** The checked source: the block, after its declarations. */
  readonly source: string;
}

const sources = (await readAllBlocks()).flatMap((block): readonly Source[] => {
  const kind = classifyBlock(block);
  return kind.is === 'typescript' ? [{ ...block, source: kind.declared + block.text }] : [];
});

/** Type-checks blocks as a user's project would be, all at once, and returns what the compiler says. */
async function check(blocks: readonly Source[]): Promise<{ code: number | null; output: string }> {
  await using files = await blockFiles();
  await writeFile(join(files.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  await Promise.all(blocks.map((block) => files.write(block, block.lang, block.source)));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await using run = startCommand(process.execPath, [tsc, '-p', files.folder], {});
  return { code: await run.exited, output: run.output() };
}

test('every TypeScript program in a page passes the type check', async () => {
  expect(sources.length).toBeGreaterThan(5);
  expect(await check(sources)).toEqual({ code: 0, output: '' });
});

test('a program without a member of a result fails the type check', async () => {
  const block = sources.find(({ text }) => text.includes('PlanRequiredError: explain,'));
  const source = block?.source.replace('PlanRequiredError: explain,', '') ?? '';
  const { code, output } = await check(block === undefined ? [] : [{ ...block, source }]);
  expect(code).not.toBe(0);
  expect(output).toMatch(/PlanRequiredError/);
});
