import { spawnSync } from 'node:child_process';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { startCommand } from '../support/process.ts';

const pinned = Number.parseInt(packageJson.dependencies.node, 10);

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

const told =
  /^membership-gateway: expected Node\.js 26 or newer, got [\d.]+\. Run "npm ci" without --ignore-scripts, .*\n$/;

test.each(['src/main.ts', 'src/sandbox/main.ts'])(
  'an older Node.js reports one line, and does not start %s',
  async (entry) => {
    const older = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'24.9.0'})`;
    const args = [`--import=${older}`, '--import=./src/preload.js', entry];
    await using started = startCommand(process.execPath, args, {});
    expect(await started.exited).toBe(1);
    expect(started.output()).toMatch(told);
    expect(started.output()).toContain('got 24.9.0.');
  },
);

/** The first Node.js on the path, as a shell finds it, that is older than the pinned one. */
function olderNode(): string | undefined {
  const found = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  return found.find((file) => {
    const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
    return Number.parseInt(stdout?.slice(1) ?? '', 10) < pinned;
  });
}

const older = olderNode();

test.skipIf(older === undefined)('the older Node.js of this machine reports the same', async () => {
  const args = ['--import=./src/preload.js', 'src/sandbox/main.ts'];
  await using started = startCommand(older ?? '', args, {});
  expect(await started.exited).toBe(1);
  expect(started.output()).toMatch(told);
});

test('the Node.js that package.json pins is the oldest that is new enough', async () => {
  const preload = await readFile(new URL('../../src/preload.js', import.meta.url), 'utf8');
  const [, expected] = /, 10\) < (\d+)\)/.exec(preload) ?? [];
  expect([Number(expected), preload.includes(`Node.js ${expected} or newer`)]).toEqual([
    pinned,
    true,
  ]);
});

test('optimises code soon after the program is loaded, and not before', async () => {
  const output = await printed(`${optimised} setTimeout(look);`, ['--allow-natives-syntax']);
  expect(output).toBe('loading false\nloaded true\n');
});

test('a worker that ends during the load does not affect the compilers of the process', async () => {
  const program = `
    ${optimised}
    import { Worker } from 'node:worker_threads';
    const start = () => new Worker(new URL('other.mjs', import.meta.url)).once('exit', look);
    setTimeout(start);
  `;
  const output = await printed(program, ['--allow-natives-syntax'], 'process.exit(0)');
  expect(output).toBe('loading false\nloaded true\n');
});

test('keeps flags that are set on the command line', async () => {
  const flags = ['--allow-natives-syntax', '--no-turbofan'];
  const output = await printed(`${optimised} setTimeout(look);`, flags);
  expect(output).toBe('loading false\nloaded false\n');
});

test('resolves links and missing files as Node.js does', async () => {
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

test('marks the heap incrementally after a second, and not before', async () => {
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
