import fc from 'fast-check';
import { getIntrospectionQuery, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { analyzeDocument } from '../../src/graphql/analyze-document.ts';
import { type DocumentLimits, findExcess } from '../../src/graphql/limits.ts';
import { sandboxTabs } from '../../src/sandbox/tabs.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import * as operations from '../support/operations.ts';
import { startVendor } from '../support/vendor.ts';

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const detach = (index: number) =>
  `m${index}: detachStreamLeader(input: {streamId: 1, leaderId: 1}) { __typename }`;

const nested = (levels: number) =>
  `{ stream(id: 1) { ${'leaders { stream { '.repeat(levels)} id ${'} }'.repeat(levels)} } }`;

const tooLarge: readonly [name: string, document: string, limit: string][] = [
  ['a flood of aliases', `{ ${times(201, (index) => `a${index}: __typename`)} }`, 'aliases'],
  ['a flood of one field', `{ ${'__typename '.repeat(200)} }`, 'repeats'],
  [
    'a flood of one field in inline fragments',
    `{ ${'... on Query { __typename } '.repeat(200)} }`,
    'repeats',
  ],
  [
    'fields that overlap through fragments',
    `{ ${times(30, (index) => `...F${index}`)} } ${times(
      30,
      (index) => `fragment F${index} on Query { ${'vendors { title } '.repeat(18)} }`,
    )}`,
    'repeats',
  ],
  [
    'fields that overlap below overlapping fields',
    `{ ${`vendors { ${'title '.repeat(9)} } `.repeat(70)} }`,
    'repeats',
  ],
  [
    'fragments that overlap below overlapping fields',
    `{ ${`vendors { ${times(20, (index) => `...F${index}`)} } `.repeat(80)} } ${times(
      20,
      (index) => `fragment F${index} on Vendor { a${index}: title }`,
    )}`,
    'repeats',
  ],
  [
    'fields that overlap in fragments that nothing spreads',
    `{ __typename } ${times(
      30,
      (index) =>
        `fragment F${index} on Query { ${'vendors { title } '.repeat(15)} ...F${(index + 1) % 30} }`,
    )}`,
    'repeats',
  ],
  [
    'fragments that multiply at each level',
    `{ stream(id: 1) { ...F0 } } ${times(
      7,
      (index) =>
        `fragment F${index} on Stream { ${[1, 2, 3, 4].map((one) => `a${one}: leaders { ...G${index} }`)} } ` +
        `fragment G${index} on StreamLeadership { stream { ${index < 6 ? `...F${index + 1}` : 'id'} } }`,
    )}`,
    'fields',
  ],
  [
    'spreads within spreads',
    `{ vendors { ...F0 } } ${times(24, (index) => `fragment F${index} on Vendor { ...F${index + 1} ...F${index + 1} }`)} fragment F24 on Vendor { vendor }`,
    'fields',
  ],
  [
    'nested fragments without names at many places',
    `{ ${times(100, (index) => `a${index}: vendors { ...F }`)} } fragment F on Vendor { ${'... { '.repeat(100)} title ${'} '.repeat(100)} }`,
    'fields',
  ],
  [
    'the schema, six times',
    `{ ${times(6, (index) => `a${index}: __type(name: "Query") { name }`)} }`,
    'introspection',
  ],
  [
    'one part of the schema, many times',
    `{ __schema { types { ${times(6, (index) => `a${index}: fields { name }`)} } } }`,
    'introspection',
  ],
  ['repeated directives', `{ __typename ${'@skip(if: false) '.repeat(51)} }`, 'directives'],
  ['deep nesting', nested(8), 'depth'],
  [
    'deep nesting through fragments',
    `{ stream(id: 1) { ...F0 } } ${times(
      16,
      (index) =>
        `fragment F${index} on Stream { leaders { stream { ${index < 15 ? `...F${index + 1}` : 'id'} } } }`,
    )}`,
    'depth',
  ],
  [
    'many fragments',
    `{ ...F0 } ${times(31, (index) => `fragment F${index} on Query { __typename }`)}`,
    'fragments',
  ],
  ['many changes', `mutation { ${times(21, detach)} }`, 'changes'],
  [
    'many changes in fragments',
    `mutation { ...A ... on Mutation { ${detach(0)} } } fragment A on Mutation { ${times(20, (index) => detach(index + 1))} }`,
    'changes',
  ],
];

test.each(tooLarge)(
  'rejects %s before validation and calls no vendor',
  async (_name, query, limit) => {
    await using vendor = await startVendor({ status: 200 });
    await using gateway = testGateway({ WETHOD_URL: vendor.url });
    const { errors, data } = await gateway.sendText(query);
    expect(errors).toMatchObject([{ extensions: { code: 'DOCUMENT_TOO_LARGE', limit } }]);
    expect(errors[0]?.message).toMatch(/more than \d+ .* \(MAX_[A-Z]+\)/);
    expect(data).toBeUndefined();
    expect(vendor.calls).toHaveLength(0);
  },
);

test.each([
  ['fields', `{ ${'a { '.repeat(24_000)} a ${'} '.repeat(24_000)} }`],
  ['lists', `{ person(id: ${'['.repeat(24_000)}1${']'.repeat(24_000)}) { name } }`],
])(
  'rejects nested %s that overflow the parser’s stack before the token limit',
  async (_name, query) => {
    const env = {
      WETHOD_URL: 'https://wethod.invalid',
      MAX_TOKENS: '1000000',
      MAX_BODY_BYTES: '1000000',
    };
    await using gateway = testGateway(env);
    const { errors } = await gateway.sendText(query);
    expect(errors).toMatchObject([{ extensions: { code: 'DOCUMENT_TOO_LARGE', limit: 'depth' } }]);
  },
);

test.each([
  ['tokens', `{ ${'vendors { title } '.repeat(1_300)} }`],
  ['tokens in a list', `{ person(id: [${'"1" '.repeat(5_000)}]) { name } }`],
])('stops parsing at too many %s', async (_name, query) => {
  await using gateway = testGateway({ WETHOD_URL: 'https://wethod.invalid' });
  const { errors } = await gateway.sendText(query);
  expect(errors[0]?.message).toContain('5000 tokens');
});

test('accepts ordinary documents: the tabs, the tests’ operations, introspection, 150 aliases', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'https://kaiten.invalid' });
  const documents = [
    ...sandboxTabs.map(({ query }) => query),
    ...Object.values(operations).map((document) => print(document)),
    getIntrospectionQuery(),
    `{ ${times(150, (index) => `u${index}: vendors { title }`)} }`,
    `mutation { ${times(20, detach)} }`,
  ];
  for (const query of documents) {
    const { errors } = await gateway.sendText(query, {});
    const codes = errors.map(({ extensions }) => extensions?.['code']);
    expect(codes, query).not.toContain('DOCUMENT_TOO_LARGE');
  }
});

test.each([
  [
    'MAX_FIELDS',
    'fields',
    '{ a: vendors { ...F ...F } } fragment F on Vendor { ... { title } }',
    7,
  ],
  ['MAX_FIELDS', 'fields', '{ __typename } fragment F on Query { __typename }', 2],
  ['MAX_DEPTH', 'depth', '{ vendors { ...F } } fragment F on Vendor { title }', 2],
  ['MAX_REPEATS', 'repeats', '{ __typename __typename __typename }', 3],
  ['MAX_ALIASES', 'aliases', '{ a: __typename b: __typename }', 2],
])(
  '%s accepts a document with exactly that many %s and rejects one more: %s',
  async (name, limit, query, most) => {
    const kaiten = { KAITEN_URL: 'https://kaiten.invalid' };
    await using enough = testGateway({ ...kaiten, [name]: String(most) });
    const taken = await enough.sendText(query, {});
    for (const { extensions } of taken.errors)
      expect(extensions?.['code']).not.toBe('DOCUMENT_TOO_LARGE');
    await using tooFew = testGateway({ ...kaiten, [name]: String(most - 1) });
    const { errors } = await tooFew.sendText(query, {});
    expect(errors).toMatchObject([
      { extensions: { code: 'DOCUMENT_TOO_LARGE', limit, most: most - 1 } },
    ]);
  },
);

test.each([10, 11])('reports at most ten of an error’s %i locations', async (count) => {
  await using gateway = testGateway({ KAITEN_URL: 'https://kaiten.invalid' });
  const { text, errors } = await gateway.sendText(
    `{ streams(${'first: 1 '.repeat(count)}) { pageInfo { endCursor } } }`,
  );
  expect(errors).toHaveLength(1);
  expect(JSON.parse(text).errors[0].locations).toHaveLength(10);
});

test('names the limit’s variable in the message', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'https://kaiten.invalid', MAX_ALIASES: '1' });
  const { errors } = await gateway.sendText('{ a: vendors { title } b: vendors { title } }');
  expect(errors[0]?.message).toBe(
    'The document has more than 1 aliases (MAX_ALIASES). Send a smaller document, or split it into several.',
  );
});

test('rejects fragments that spread one another in validation, without a loop', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'https://kaiten.invalid' });
  const { errors } = await gateway.sendText(
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  );
  expect(errors[0]?.message).toMatch(/within itself/);
});

test('reports ten of a hundred validation errors', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'https://kaiten.invalid' });
  const { errors } = await gateway.sendText(`{ ${times(100, (index) => `nothing${index}`)} }`);
  // The last one shows that there are more.
  expect(errors).toHaveLength(11);
});

test('does not reveal the schema with INTROSPECTION=off', async () => {
  const env = { KAITEN_URL: 'https://kaiten.invalid', INTROSPECTION: 'off' };
  await using gateway = testGateway(env);
  const { errors } = await gateway.sendText(getIntrospectionQuery(), credentials);
  expect(errors[0]?.message).toContain('introspection');
  const { data } = await gateway.sendText('{ __typename }');
  expect(data).toEqual({ __typename: 'Query' });
});

test('rejects array batching', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'https://kaiten.invalid' });
  const response = await gateway.gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
  });
  expect(response.status).toBe(400);
});

const name = fc.constantFrom('a', 'b', '__typename');
const selection: fc.Arbitrary<string> = fc.letrec((tie) => ({
  set: fc
    .array(tie('one') as fc.Arbitrary<string>, { minLength: 1, maxLength: 4 })
    .map((list) => `{ ${list.join(' ')} }`),
  one: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(name, name).map(([alias, field]) => `${alias}: ${field}`),
    fc.constantFrom('...F', '...G', '__typename'),
    fc.tuple(name, tie('set')).map(([field, set]) => `${field} ${set}`),
    (tie('set') as fc.Arbitrary<string>).map((set) => `... ${set}`),
  ),
})).set as fc.Arbitrary<string>;

const isOverLimit = (text: string, limits: DocumentLimits) =>
  findExcess(analyzeDocument(parse(text)), limits) !== null;

test('measures the depth with the fragments expanded', () => {
  const none = {
    tokens: 1e9,
    aliases: 1e9,
    directives: 1e9,
    fragments: 1e9,
    fields: 1e9,
    repeats: 1e9,
    introspection: 1e9,
    changes: 1e9,
  };
  fc.assert(
    fc.property(selection, selection, selection, (query, f, g) => {
      // G spreads no fragment, and F spreads only G, so that none spreads itself.
      const flatG = g.replaceAll(/\.\.\.[FG]/g, '__typename');
      const flatF = f.replaceAll('...F', '__typename').replaceAll('...G', `... ${flatG}`);
      const written = query.replaceAll('...F', `... ${flatF}`).replaceAll('...G', `... ${flatG}`);
      const fragments = `fragment F on Query ${f.replaceAll('...F', '__typename')} fragment G on Query ${flatG}`;
      for (const depth of [1, 2, 3, 5]) {
        const limits = { ...none, depth };
        const isOver = isOverLimit(`${query} ${fragments}`, limits);
        // The fragments count by themselves too, and may be deeper than the operation.
        const alone = [written, flatF, flatG].some((text) => isOverLimit(text, limits));
        expect(isOver).toBe(alone);
      }
    }),
    { numRuns: Number(process.env['DOCUMENT_RUNS'] ?? 150) },
  );
});
