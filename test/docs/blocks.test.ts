import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { checkServiceKeys } from '../../src/auth/service-keys.ts';
import { getServiceKeyNames } from '../../src/gateway.ts';
import { schema } from '../../src/schema/index.ts';
import { allBlocks, type Block, blocksOf } from './blocks.ts';
import { parseSample } from './elision.ts';
import { elsewhere, type Kind, kindOf } from './kinds.ts';
import { root } from './pages.ts';

const blocks = await allBlocks();
const kinds = blocks.map((block) => ({ ...block, kind: kindOf(block) }));

/** The blocks of a kind; at least one, so that a change of the pages leaves no test with nothing to do. */
function blocksThatAre<Is extends Kind['is']>(is: Is) {
  const found = kinds.flatMap(({ kind, ...block }) =>
    kind.is === is ? [{ ...block, kind: kind as Extract<Kind, { is: Is }> }] : [],
  );
  expect(found.length, is).toBeGreaterThan(0);
  return found;
}

function blocksIn(markdown: string): readonly Block[] {
  return blocksOf({ path: 'page.md', tree: fromMarkdown(markdown) });
}

test('documents in pages are valid', () => {
  for (const { at, text } of blocksThatAre('document')) {
    expect(validate(schema, parse(text)), at).toEqual([]);
  }
});

test('selections in pages are valid on their type', () => {
  for (const { at, text, kind } of blocksThatAre('selection')) {
    // A fragment is there to be used, but for that.
    const problems = validate(schema, parse(`fragment Shown on ${kind.type} { ${text} }`));
    const others = problems.filter(({ message }) => message !== 'Fragment "Shown" is never used.');
    expect(others, at).toEqual([]);
  }
});

test('JSON in pages is JSON', () => {
  for (const { at, text } of [...blocksThatAre('json'), ...blocksThatAre('output')]) {
    if (text.startsWith('{')) expect(() => parseSample(text), at).not.toThrow();
  }
});

test('YAML in pages is YAML', () => {
  for (const { at, text } of kinds.filter(({ kind }) => kind.is === 'yaml')) {
    const problems = [...parseAllDocuments(text)].flatMap(({ errors, warnings }) => [
      ...errors,
      ...warnings,
    ]);
    expect(problems, at).toEqual([]);
  }
});

test('what a page shows as a part of a file stands in the file', async () => {
  for (const { at, text, kind } of kinds) {
    if (kind.is === 'part')
      expect(await readFile(join(root, kind.file), 'utf8'), at).toContain(text);
  }
});

test('a file of service keys in a page is one that the gateway takes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docs-'));
  try {
    for (const { at, text } of blocksThatAre('service keys')) {
      const file = join(folder, 'keys.json');
      const hash = () => createHash('sha256').update(randomUUID()).digest('hex');
      await writeFile(file, text.replaceAll('<SHA-256 in hex>', hash));
      expect(() => checkServiceKeys(file, getServiceKeyNames()), at).not.toThrow();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('each command that is not run as a page shows it stands in a page', () => {
  const shown = new Set(blocksThatAre('elsewhere').map(({ text }) => text.trim()));
  expect([...elsewhere.keys()].filter((command) => !shown.has(command))).toEqual([]);
});

test('a page that names a test as its own is named by that test', async () => {
  for (const { at, kind } of kinds) {
    if (kind.is !== 'tested') continue;
    const [page = ''] = at.split(':');
    expect(await readFile(join(root, kind.by), 'utf8'), at).toContain(`'${page}'`);
  }
});

test('blocks of a page with a test of its own are left to it, but for those with a comment', () => {
  const page =
    '# A\n\n<!-- checked by test/a.test.ts -->\n\n```promql\nup\n```\n\n<!-- check: sample -->\n```json\n{}\n```\n';
  expect(blocksIn(page).map(kindOf)).toEqual([
    { is: 'tested', by: 'test/a.test.ts' },
    { is: 'json' },
  ]);
});

test('a block is found wherever it stands, with the comment before it and the block before', () => {
  const [first, second, ...more] = blocksIn(
    'A\n\n<!-- check: given a: string -->\n```ts\none();\n```\n\n- item\n\n  ```json\n  {"a":\n    1}\n  ```\n',
  );
  expect(first).toMatchObject({
    at: 'page.md:4',
    lang: 'ts',
    text: 'one();\n',
    mark: 'given a: string',
    ownTest: null,
    before: null,
  });
  expect(second).toMatchObject({ lang: 'json', text: '{"a":\n  1}\n', mark: null, before: first });
  expect(more).toEqual([]);
});

test.each([
  ['an unknown language', '```cobol\nSTOP RUN.\n```', /page\.md:1: .* of this kind: cobol$/],
  ['no language', '```\nwhat\n```', /of this kind: no language$/],
  ['an unknown mark', '<!-- check: not -->\n```ts\na;\n```', /of this kind: ts, with "not"$/],
  ['a text that is the output of nothing', '```text\nwhat\n```', /of this kind: text$/],
  ['an output again of nothing', '<!-- check: again -->\n```json\n1\n```', /json, with "again"$/],
])('%s fails the check', (_what, page, message) => {
  expect(() => blocksIn(page).map(kindOf)).toThrow(message);
});
