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
import { type Block, extractBlocks, readAllBlocks } from './blocks.ts';
import { parseSample } from './elision.ts';
import { classifyBlock, elsewhere, type Kind } from './kinds.ts';
import { root } from './pages.ts';

const blocks = await readAllBlocks();
const kinds = blocks.map((block) => ({ ...block, kind: classifyBlock(block) }));

/** Returns the blocks of a kind. Expects at least one, so that no test is empty. */
function selectBlocks<Is extends Kind['is']>(is: Is) {
  const found = kinds.flatMap(({ kind, ...block }) =>
    kind.is === is ? [{ ...block, kind: kind as Extract<Kind, { is: Is }> }] : [],
  );
  expect(found.length, is).toBeGreaterThan(0);
  return found;
}

function parseBlocks(markdown: string): readonly Block[] {
  return extractBlocks({ path: 'page.md', tree: fromMarkdown(markdown) });
}

test('validates documents in pages', () => {
  for (const { at, text } of selectBlocks('document')) {
    expect(validate(schema, parse(text)), at).toEqual([]);
  }
});

test('validates selections in pages on their type', () => {
  for (const { at, text, kind } of selectBlocks('selection')) {
    // A fragment is there to be used, but for that.
    const problems = validate(schema, parse(`fragment Shown on ${kind.type} { ${text} }`));
    const others = problems.filter(({ message }) => message !== 'Fragment "Shown" is never used.');
    expect(others, at).toEqual([]);
  }
});

test('parses JSON in pages', () => {
  for (const { at, text } of [...selectBlocks('json'), ...selectBlocks('output')]) {
    if (text.startsWith('{')) expect(() => parseSample(text), at).not.toThrow();
  }
});

test('parses YAML in pages', () => {
  for (const { at, text } of kinds.filter(({ kind }) => kind.is === 'yaml')) {
    const problems = [...parseAllDocuments(text)].flatMap(({ errors, warnings }) => [
      ...errors,
      ...warnings,
    ]);
    expect(problems, at).toEqual([]);
  }
});

test('a block that is part of a file occurs in that file', async () => {
  for (const { at, text, kind } of kinds) {
    if (kind.is === 'part')
      expect(await readFile(join(root, kind.file), 'utf8'), at).toContain(text);
  }
});

test('a file of service keys in a page is accepted by the gateway', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docs-'));
  try {
    for (const { at, text } of selectBlocks('service keys')) {
      const file = join(folder, 'keys.json');
      const hash = () => createHash('sha256').update(randomUUID()).digest('hex');
      await writeFile(file, text.replaceAll('<SHA-256 in hex>', hash));
      expect(() => checkServiceKeys(file, getServiceKeyNames()), at).not.toThrow();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('each command that is not run occurs in a page', () => {
  const shown = new Set(selectBlocks('elsewhere').map(({ text }) => text.trim()));
  expect([...elsewhere.keys()].filter((command) => !shown.has(command))).toEqual([]);
});

test('a page and its own test name each other', async () => {
  for (const { at, kind } of kinds) {
    if (kind.is !== 'tested') continue;
    const [page = ''] = at.split(':');
    expect(await readFile(join(root, kind.by), 'utf8'), at).toContain(`'${page}'`);
  }
});

test('blocks of a page with its own test are left to it, except those with a comment', () => {
  const page =
    '# A\n\n<!-- checked by test/a.test.ts -->\n\n```promql\nup\n```\n\n<!-- check: sample -->\n```json\n{}\n```\n';
  expect(parseBlocks(page).map(classifyBlock)).toEqual([
    { is: 'tested', by: 'test/a.test.ts' },
    { is: 'json' },
  ]);
});

test('finds blocks anywhere in a page, with the comment and the block before them', () => {
  const [first, second, ...more] = parseBlocks(
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
  expect(() => parseBlocks(page).map(classifyBlock)).toThrow(message);
});
