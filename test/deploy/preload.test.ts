import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCommand } from '../support/process.ts';

/** What a program prints that is loaded as the gateway is; `other.js` and `other.mjs` stand beside it. */
async function printed(
  program: string,
  flags: readonly string[] = [],
  other = '',
): Promise<string> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'preload-'));
  const file = join(folder.path, 'program.mjs');
  await writeFile(file, program);
  await writeFile(join(folder.path, 'other.js'), other);
  await writeFile(join(folder.path, 'other.mjs'), other);
  const args = [...flags, '--import=./src/preload.js', file];
  await using started = startCommand(process.execPath, args, { NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(await started.exited).toBe(0);
  return started.output();
}

/** Prints whether code is optimised, now and once the program is loaded. */
const optimised = `
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
    if (isOptimised(add) || rounds === 2_000) console.log('loaded', isOptimised(add));
    else setImmediate(look);
  };
`;

test('code is optimised soon after the program is loaded, and not before', async () => {
  const output = await printed(`${optimised} setTimeout(look);`, ['--allow-natives-syntax']);
  expect(output).toBe('loading false\nloaded true\n');
});

test('a worker that ends while it is loaded leaves the compilers to the process', async () => {
  const program = `
    ${optimised}
    import { Worker } from 'node:worker_threads';
    const start = () => new Worker(new URL('other.mjs', import.meta.url)).once('exit', look);
    setTimeout(start);
  `;
  const output = await printed(program, ['--allow-natives-syntax'], 'process.exit(0)');
  expect(output).toBe('loading false\nloaded true\n');
});

test('a flag that whoever starts it has set stays', async () => {
  const flags = ['--allow-natives-syntax', '--no-turbofan'];
  const output = await printed(`${optimised} setTimeout(look);`, flags);
  expect(output).toBe('loading false\nloaded false\n');
});

test('what names no file, or a link, is looked up and told of as Node.js does', async () => {
  const told = `catch (error) { console.log(error.code, /program|other/.test(error.message)); }`;
  const program = `
    import { symlinkSync } from 'node:fs';
    import { createRequire } from 'node:module';
    const require = createRequire(import.meta.url);
    try { await import('./missing.js'); } ${told}
    try { require('./missing.js'); } ${told}
    console.log(require('./other.js'), require('./other'));
    symlinkSync('other.mjs', new URL('link.mjs', import.meta.url));
    console.log((await import('./link.mjs')) === (await import('./other.mjs')));
  `;
  const output = await printed(program, [], '');
  expect(output).toBe('ERR_MODULE_NOT_FOUND true\nMODULE_NOT_FOUND true\n{} {}\ntrue\n');
});

test('the heap is marked bit by bit from a second on, and not before', async () => {
  const output = await printed(
    `
      const keep = () => Array.from({ length: 150_000 }, () => ({ a: {}, b: {}, c: [{}] }));
      const first = keep();
      console.log('loaded');
      const fill = () => console.log(keep().length, first.length, keep().length, 'kept');
      // As late as the preload's own, and behind it.
      setTimeout(() => setTimeout(fill, 1_000));
    `,
    ['--trace-incremental-marking'],
  );
  const [before = '', after = ''] = output.split('loaded');
  expect(before).not.toContain('Start marking');
  expect(after).toContain('Start marking');
});
