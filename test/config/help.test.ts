import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { renderHelp, renderMarkdownTable } from '../../src/config/help.ts';
import { variables } from '../../src/config/variables.ts';
import { startProcess } from '../support/process.ts';

test('the documentation lists the variables that the configuration is parsed by', () => {
  const page = readFileSync(
    new URL('../../docs/reference/configuration.md', import.meta.url),
    'utf8',
  );
  expect(page).toContain(`\n\n${renderMarkdownTable()}\n\n`);
});

test('no other code reads the environment', () => {
  const readers = readdirSync(new URL('../../src', import.meta.url), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'))
    .filter((file) =>
      readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8').includes('process.env'),
    );
  expect(readers.toSorted()).toEqual(['cli/start.ts', 'sandbox/main.ts']);
});

test('npm start -- --help prints every variable with its default, and exits with 0', async () => {
  await using process = startProcess('main.ts', {}, ['--help']);
  expect(await process.exited).toBe(0);
  expect(process.output()).toBe(renderHelp());
  for (const [name, { fallback }] of Object.entries(variables)) {
    expect(process.output()).toMatch(new RegExp(`\\b${name}\\b`));
    if (fallback !== null) expect(process.output()).toContain(fallback);
  }
  for (const line of process.output().split('\n')) expect(line.length).toBeLessThanOrEqual(120);
});

test('an unknown argument is reported in one line, with exit code 1', async () => {
  await using process = startProcess('main.ts', {}, ['--chekc']);
  expect(await process.exited).toBe(1);
  expect(process.output()).toBe(
    'membership-gateway: expected --check, --check --online, --migrate, --help or no arguments; received "--chekc".\n',
  );
});

test.each([
  [[], 'run'],
  [['--check'], 'check'],
  [['--check', '--online'], 'check-online'],
  [['--online', '--check'], 'check-online'],
  [['--help'], 'help'],
])('the arguments %j select: %s', (given, task) => {
  expect(parseArguments(given)).toBe(task);
});

test.each([
  [['--check', '--help']],
  [['--online']],
  [['--help', '--online']],
  [['--check', '--check']],
  [['start']],
  [['']],
  [['constructor']],
])('rejects the arguments %j', (given) => {
  expect(() => parseArguments(given)).toThrow(
    /^expected --check, --check --online, --migrate, --help or no arguments; received ".*"\.$/,
  );
});
