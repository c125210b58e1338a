import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import { Documents } from '../../src/graphql/documents.ts';
import { schema } from '../../src/schema/index.ts';

const { documentLimits: limits } = parseConfig({ KAITEN_URL: 'https://kaiten.invalid' });
const prepare = () => new Documents({ schema, introspection: true, limits });

/** A document with many tokens, which uses more than a megabyte of memory. */
const wide = (index: number) =>
  `query Q${index} { ${Array.from({ length: 190 }, (_, at) => `a${at}: vendors { title vendor ... { title vendor } ... { title } }`).join(' ')} }`;

test('does not prepare the same document twice', () => {
  const documents = prepare();
  expect(documents.prepare(wide(1))).toBe(documents.prepare(wide(1)));
});

test('weighs a prepared document by its text, syntax tree and compiled code', () => {
  const documents = prepare();
  const plain = documents.prepare('query ($id: ID!) { stream(id: $id) { name } }');
  // 45 characters, 20 tokens, and two selections that are compiled.
  expect(plain.bytes).toBe(2 * 45 + 500 * 20 + 4_000 * 2);
  const aliased = documents.prepare('query ($id: ID!) { a: stream(id: $id) { name } }');
  expect(aliased.bytes).toBeLessThan(plain.bytes);
});

test('caches at most 32 MiB of documents, the most recent ones', () => {
  const documents = prepare();
  const [first, { bytes }] = [documents.prepare(wide(0)), documents.prepare(wide(1))];
  expect(bytes).toBeGreaterThan(1_000_000);
  const fitting = Math.floor((32 * 1024 * 1024) / bytes);
  for (let index = 1; index < fitting - 1; index += 1) documents.prepare(wide(index));
  expect(documents.prepare(wide(0))).toBe(first);
  for (let index = 1; index <= fitting; index += 1) documents.prepare(wide(index));
  expect(documents.prepare(wide(0))).not.toBe(first);
});
