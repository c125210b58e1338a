import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCommand } from '../support/process.ts';

/** What a program prints that is loaded as the gateway is. */
async function printed(program: string, flag: string): Promise<string> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'preload-'));
  const file = join(folder.path, 'program.mjs');
  await writeFile(file, program);
  const args = [flag, '--import=./src/preload.js', file];
  await using started = startCommand(process.execPath, args, { NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(await started.exited).toBe(0);
  return started.output();
}

test('code is optimised from the first turn of the event loop on, and not before', async () => {
  const output = await printed(
    `
      const add = new Function('one', 'other', 'return one + other');
      const isOptimised = new Function('add', 'return %ActiveTierIsTurbofan(add)');
      const run = () => { for (let index = 0; index < 100_000; index += 1) add(index, index); };
      for (let round = 0; round < 100; round += 1) run();
      console.log('loading', isOptimised(add));
      // Compiled beside the program: it is seen within some rounds.
      let rounds = 0;
      const look = () => {
        run();
        rounds += 1;
        if (isOptimised(add) || rounds === 10_000) console.log('loaded', isOptimised(add));
        else setImmediate(look);
      };
      setTimeout(look);
    `,
    '--allow-natives-syntax',
  );
  expect(output).toBe('loading false\nloaded true\n');
});

test('the heap is marked bit by bit from a second on, and not before', async () => {
  const output = await printed(
    `
      const keep = () => Array.from({ length: 150_000 }, () => ({ a: {}, b: {}, c: [{}] }));
      const first = keep();
      console.log('loaded');
      // As late as the preload's own, and behind it.
      setTimeout(() => console.log(keep().length, first.length, keep().length, 'kept'), 1_000);
    `,
    '--trace-incremental-marking',
  );
  const [before = '', after = ''] = output.split('loaded');
  expect(before).not.toContain('Start marking');
  expect(after).toContain('Start marking');
});
