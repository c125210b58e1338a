import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { startCommand } from '../support/process.ts';

const pinned = Number.parseInt(packageJson.dependencies.node, 10);
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
