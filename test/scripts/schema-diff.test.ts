import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderSchemaReport, type SchemaReport } from '../../scripts/schema-report.ts';
import { startCommand } from '../support/process.ts';

const released = `
  type Query { leave(id: ID): LeaveResult state: State old: String }
  union LeaveResult = Left | Refused
  type Left { id: ID }
  type Refused { id: ID }
  type Locked { id: ID }
  enum State { OPEN }
`;

const withoutField = released.replace(' old: String', '');
const withMember = released.replace('Left | Refused', 'Left | Refused | Locked');
const withValue = released.replace('{ OPEN }', '{ OPEN SHUT }');
const withField = released.replace('old: String', 'old: String more: String');

const head = '# Changelog\n\n';
const last =
  '## 0.1.0 - 2026-11-25\n\n### Added\n\n- `Query.old`, `State.SHUT`, `LeaveResult`, `Locked`\n';

/** A project with these files, and what a script of ours does there. */
async function project(files: { current: string; unreleased?: string }) {
  const folder = await mkdtemp(join(tmpdir(), 'schema-diff-'));
  await mkdir(join(folder, 'releases'));
  const { current, unreleased } = files;
  const log = unreleased === undefined ? '' : `## Unreleased\n\n### Changed\n\n- ${unreleased}\n\n`;
  await writeFile(join(folder, 'releases/schema.graphql'), released);
  await writeFile(join(folder, 'schema.graphql'), current);
  await writeFile(join(folder, 'CHANGELOG.md'), head + log + last);
  return {
    folder,
    read: (file: string) => readFile(join(folder, file), 'utf8'),
    run: async (script: string, args: readonly string[]) => {
      await using run = startCommand(process.execPath, [`scripts/${script}.ts`, ...args], {});
      const code = await run.exited;
      return { code, output: run.output() };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function diffOf(current: string, unreleased?: string): Promise<SchemaReport> {
  await using made = await project(
    unreleased === undefined ? { current } : { current, unreleased },
  );
  return await renderSchemaReport(made.folder);
}

test('a schema that is the last release’s passes', async () => {
  await using made = await project({ current: released });
  expect(await made.run('schema-diff', [made.folder])).toEqual({
    code: 0,
    output: 'The schema has not changed since the last release.\n',
  });
});

test('a new field passes, and is named', async () => {
  const { changes, complaints } = await diffOf(withField);
  expect(complaints).toEqual([]);
  expect(changes).toEqual([expect.stringMatching(/^non-breaking: Field 'more'/)]);
});

test.each([
  [
    'a removed field',
    withoutField,
    /not announced: Field 'old'.*"Breaking:" and names `Query\.old`/,
  ],
  ['a new member of a union', withMember, /not announced: .*names `LeaveResult` and `Locked`/],
  ['a new value of an enum', withValue, /not announced: .*names `State\.SHUT`/],
])('%s fails while nothing under "Unreleased" announces it', async (_what, current, message) => {
  const { complaints } = await diffOf(current);
  expect(complaints).toEqual([expect.stringMatching(message)]);
  expect((await diffOf(current, 'Something else, `Query.leave`.')).complaints).toEqual(complaints);
});

test.each([
  ['a removed field', withoutField, 'Breaking: `Query.old` is gone.'],
  ['a new member of a union', withMember, '`LeaveResult` may be `Locked`.'],
  ['a new value of an enum', withValue, '`State.SHUT`, of what is shut.'],
])('%s passes once it is announced', async (_what, current, unreleased) => {
  const { changes, complaints } = await diffOf(current, unreleased);
  expect(changes).toEqual([expect.stringMatching(/, announced: /)]);
  expect(complaints).toEqual([]);
});

test('a breaking change is announced as one', async () => {
  const said = '`Query.old` is tidied up.';
  await using made = await project({ current: withoutField, unreleased: said });
  const { code, output } = await made.run('schema-diff', [made.folder]);
  expect(output).toMatch(/not announced: Field 'old'/);
  expect(code).toBe(1);
});

test('a schema that cannot be read fails, with the reason', async () => {
  await using made = await project({ current: 'type Query {' });
  const { code, output } = await made.run('schema-diff', [made.folder]);
  expect(code).toBe(1);
  expect(output).toMatch(/^schema:diff: Syntax Error/);
});

test('a release dates what was unreleased, and later changes are told from its schema', async () => {
  await using made = await project({ current: withMember, unreleased: '`LeaveResult`, `Locked`.' });
  const { folder, read, run } = made;
  expect(await run('release', ['0.2.0', folder])).toEqual({ code: 0, output: '' });
  expect(await read('CHANGELOG.md')).toMatch(
    /^## 0\.2\.0 - \d{4}-\d\d-\d\d\n\n### Changed\n\n- `LeaveResult`, `Locked`\.$/m,
  );
  expect(await read('releases/schema.graphql')).toBe(withMember);
  expect((await run('schema-diff', [folder])).output).toMatch(/^The schema has not changed/);
});

test.each([
  [[], /three numbers such as 0\.2\.0, got none/],
  [['v2'], /three numbers such as 0\.2\.0, got v2/],
  [['0.1.0'], /0\.1\.0 is already in CHANGELOG\.md/],
])('a release of %j changes nothing, and says why', async (args, message) => {
  await using made = await project({ current: withMember, unreleased: '`LeaveResult`, `Locked`.' });
  const { folder, read, run } = made;
  const before = await read('CHANGELOG.md');
  const at = args.length === 0 ? ['', folder] : [...args, folder];
  const { code, output } = await run('release', at);
  expect(code).toBe(1);
  expect(output).toMatch(args.length === 0 ? /expected three numbers/ : message);
  expect(await read('CHANGELOG.md')).toBe(before);
});

test('a release without anything unreleased is refused', async () => {
  await using made = await project({ current: released });
  expect((await made.run('release', ['0.2.0', made.folder])).output).toMatch(
    /no entries under "Unreleased"/,
  );
});
