import { getOperationAST, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { analyzeDocument } from '../../src/graphql/analyze-document.ts';
import { QueryCompiler } from '../../src/graphql/compiler.ts';
import { schema } from '../../src/schema/index.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

function createCompiler(text: string): QueryCompiler {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error(`no operation in ${text}`);
  return new QueryCompiler(schema, analyzeDocument(document), operation);
}

const repeated = (count: number, text: string) => text.repeat(count);

describe('the compiler', () => {
  test.each([
    'mutation Attach($input: AttachStreamLeaderInput!) { attachStreamLeader(input: $input) { __typename ... on AttachStreamLeaderSuccess { outcome leadership { streamId } } ... on MembershipError { message outcome retryable vendorStatus } } }',
    'query Leaders($streamId: ID!) { stream(id: $streamId) { leaders { leader { name } } } }',
    '{ ...F } fragment F on Query { stream(id: 1) { name } }',
  ])('compiles the operations that clients send often: %s', (text) => {
    const compiler = createCompiler(text);
    expect(compiler.bytes).toBeGreaterThan(0);
    expect(compiler.compile()).not.toBeNull();
  });

  test.each([
    ['an alias', '{ a: __typename }'],
    ['an alias that is a name of every object', '{ __proto__: __typename }'],
    ['a directive', '{ __typename @skip(if: false) }'],
    ['a variable with a default', 'query ($id: ID! = 1) { stream(id: $id) { name } }'],
    [
      'a nullable variable where a value is required',
      'mutation ($id: ID = "x") { leaveGroup(input: {groupId: $id}) { __typename } }',
    ],
    ['a nullable variable', 'query ($first: Int) { streams(first: $first) { nodes { name } } }'],
    ['a variable with an odd name', 'query ($__proto__: ID!) { stream(id: $__proto__) { name } }'],
    ['a variable like a method', 'query ($toString: ID!) { stream(id: $toString) { name } }'],
    ['a question for the schema', '{ __schema { queryType { name } } }'],
    ['an odd name in a fragment', '{ ...F } fragment F on Query { a: __typename }'],
  ])('leaves %s to graphql-js', (_name, text) => {
    const compiler = createCompiler(text);
    expect(compiler.bytes).toBe(0);
    expect(compiler.compile()).toBeNull();
  });

  test.each([
    ['fields', (count: number) => `{ vendors { ${repeated(count - 1, 'title ')} } }`],
    [
      'spreads, at each place',
      (count: number) =>
        `{ vendors { ${repeated((count - 100) / 4, '...F ')} ${repeated(99, 'title ')} } } fragment F on Vendor { ... { title vendor } }`,
    ],
    [
      'an interface, for each of its types',
      (count: number) =>
        `{ node(id: "x") { ${repeated((count - 10) / 10, 'id ')} } ${repeated(9, '__typename ')} }`,
    ],
  ])('compiles at most 300 selections: %s', (name, text) => {
    expect(schema.getPossibleTypes(schema.getType('Node') as never)).toHaveLength(10);
    expect(createCompiler(text(300)).bytes).toBe(300 * 4_000);
    const more = name === 'fields' ? 301 : name.startsWith('spreads') ? 304 : 310;
    expect(createCompiler(text(more)).bytes).toBe(0);
  });

  test('stops counting fragments that expand beyond the limit', () => {
    const levels = Array.from(
      { length: 60 },
      (_, index) =>
        `fragment F${index} on Vendor { ...F${index + 1} ...F${index + 1} ...F${index + 1} }`,
    );
    const text = `{ vendors { ...F0 } } ${levels.join(' ')} fragment F60 on Vendor { title }`;
    expect(createCompiler(text).bytes).toBe(0);
  });
});

test.each([
  [
    'a null for a nullable variable with a default, where a value is required',
    'mutation ($i: ID = "x") { leaveGroup(input: {groupId: $i}) { __typename } }',
    { i: null },
  ],
  [
    'a variable named __proto__',
    'query ($__proto__: ID!) { stream(id: $__proto__) { name } }',
    '{"__proto__":"1"}',
  ],
  [
    'no variable named constructor',
    'query ($constructor: ID!) { stream(id: $constructor) { name } }',
    {},
  ],
  ['the alias __proto__', '{ stream(id: 1) { __proto__: streamId name } }', {}],
  [
    'aliases that are names of every object',
    '{ toString: __typename then: __typename valueOf: __typename }',
    {},
  ],
  [
    'aliases whose joined paths are the same',
    '{ b: stream(id: 1) { c_Stream_a: leaders { id } } a_Stream_b: stream(id: 1) { c: members { id } } }',
    {},
  ],
])('%s returns the same response the first and the tenth time', async (_name, query, variables) => {
  await using vendor = await startVendor({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 1, name: 'Consulting' }),
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url, ROCKETCHAT_URL: vendor.url });
  const text = JSON.stringify(query);
  const sent = typeof variables === 'string' ? variables : JSON.stringify(variables);
  const answers = new Set<string>();
  for (let count = 0; count < 10; count += 1) {
    const response = await gateway.gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { ...credentials, 'content-type': 'application/json', 'x-request-id': 'one' },
      body: `{"query":${text},"variables":${sent}}`,
    });
    answers.add(await response.text());
  }
  expect([...answers]).toHaveLength(1);
  expect([...answers][0]).not.toContain('"INTERNAL"');
});
