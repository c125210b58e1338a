import { describe, expect, test } from 'vitest';
import { testGateway } from './support/gateway.ts';

/** As a gateway stands in public, where nothing is set that opens it. */
const inPublic = {
  KAITEN_URL: 'https://kaiten.invalid',
  HOST: '0.0.0.0',
  ALLOW_ANONYMOUS: '1',
};

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = json): RequestInit => ({
  method: 'POST',
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const get = (query: string, headers: Record<string, string> = {}) =>
  [`?query=${encodeURIComponent(query)}`, { headers }] as const;
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const circular = `{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } } }`;
const mutation = 'mutation { removeGroupUser(input: {groupUid: "a", userId: 1}) { __typename } }';

/** A request, and what its answer must say. */
type Check = readonly [name: string, path: string, init: RequestInit, refused: RegExp];

const checks: readonly Check[] = [
  [
    'alias overloading',
    '',
    post({ query: `{ ${times(201, (n) => `a${n}: __typename`)} }` }),
    /"aliases"/,
  ],
  [
    'array batching',
    '',
    post(
      times(10, () => '{"query":"{ __typename }"}')
        .replaceAll(' {"q', ',{"q')
        .replace(/^/, '[')
        .replace(/$/, ']'),
    ),
    /Batching/,
  ],
  [
    'directive overloading',
    '',
    post({ query: `{ __typename ${'@aa'.repeat(51)} }` }),
    /"directives"/,
  ],
  ['circular introspection', '', post({ query: circular }), /introspection/],
  ['introspection', '', post({ query: '{ __schema { types { name } } }' }), /introspection/],
  [
    'introspection of one type',
    '',
    post({ query: '{ __type(name: "Query") { name } }' }),
    /introspection/,
  ],
  ['field duplication', '', post({ query: `{ ${'__typename '.repeat(500)} }` }), /"repeats"/],
  ['a GET without a preflight', ...get('{ __typename }'), /"CSRF"/],
  ['a mutation by GET', ...get(mutation, json), /Expected a POST request for a mutation/],
  ['a mutation by HEAD', get(mutation)[0], { method: 'HEAD', headers: json }, /^$/],
  ['a form', '', post('query={__typename}', form), /"CSRF"/],
  ['a page for browsers', '', { headers: { accept: 'text/html' } }, /"CSRF"/],
  [
    'a subscription',
    '',
    post({ query: 'subscription { a }' }),
    /GRAPHQL_VALIDATION_FAILED|subscription/,
  ],
  ['deferred parts', '', post({ query: '{ ... @defer { __typename } }' }), /Unknown directive/],
];

test.each(checks)('%s is refused', async (_name, path, init, refused) => {
  await using gateway = testGateway(inPublic);
  const response = await gateway.gateway.fetch(`http://gateway/graphql${path}`, init);
  const text = await response.text();
  expect(text).toMatch(refused);
  expect(text).not.toContain('"data"');
});

const suggestive: readonly [name: string, body: object][] = [
  ['a field', { query: '{ vendor }' }],
  ['a field of a type', { query: '{ vendors { titel } }' }],
  ['an argument', { query: '{ stream(idd: 1) { name } }' }],
  ['a type', { query: '{ vendors { ... on Vendo { title } } }' }],
  ['a directive’s argument', { query: '{ vendors @skip(iff: true) { title } }' }],
  [
    'an input’s field',
    { query: 'mutation { removeGroupUser(input: {groupUidd: "a", userId: 1}) { __typename } }' },
  ],
  [
    'a field of a variable',
    {
      query:
        'mutation($input: RemoveGroupUserInput!) { removeGroupUser(input: $input) { __typename } }',
      variables: { input: { groupUid: 'a', userId: 1, userIdd: 1 } },
    },
  ],
  ['a variable’s type', { query: 'query($input: RemoveGroupUserInpu) { vendors { title } }' }],
];

describe.each(suggestive)('a wrong name of %s', (_name, body) => {
  const told = async (env: Record<string, string>) => {
    await using gateway = testGateway({ ...inPublic, ...env });
    const response = await gateway.gateway.fetch('http://gateway/graphql', post(body));
    return response.text();
  };

  test('is told, and no right one suggested', async () => {
    const text = await told({});
    expect(text).toContain('"errors"');
    expect(text).not.toContain('Did you mean');
  });

  test('comes with a suggestion where the schema may be asked for', async () => {
    expect(await told({ INTROSPECTION: 'on' })).toContain('Did you mean');
  });
});

test.each([
  ['an answer', { query: '{ __typename }' }],
  ['a syntax error', { query: 'qwerty cop { abc }' }],
  ['a validation error', { query: '{ abc }' }],
  ['no query', {}],
])('%s shows no trace, no stack and nothing for debugging', async (_name, body) => {
  await using gateway = testGateway(inPublic);
  const headers = { ...json, 'apollo-query-plan-experimental': '1', 'x-apollo-tracing': '1' };
  const response = await gateway.gateway.fetch(
    'http://gateway/graphql?debug=1',
    post(body, headers),
  );
  expect(await response.text()).not.toMatch(
    /tracing|exception|stacktrace|node_modules|\.[tj]s:\d/i,
  );
  expect([...response.headers.keys()].filter((name) => /powered|server|trace/.test(name))).toEqual(
    [],
  );
});

describe('variables', () => {
  const query =
    'mutation($input: RemoveGroupUserInput!) { removeGroupUser(input: $input) { __typename } }';
  const send = async (input: unknown, env: Record<string, string> = {}) => {
    await using gateway = testGateway({ ...inPublic, ...env });
    const response = await gateway.gateway.fetch(
      'http://gateway/graphql',
      post({ query, variables: { input } }),
    );
    return { status: response.status, text: await response.text() };
  };
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, 1]));
  const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

  test.each([
    ['side by side', many(1_001)],
    ['in lists', [Array.from({ length: 1_001 }, () => 1)]],
    ['inside one another', nested(40_000)],
  ])('more values than are taken are refused: %s', async (_name, input) => {
    const { status, text } = await send(input);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      errors: [{ extensions: { code: 'DOCUMENT_TOO_LARGE', limit: 'variables', most: 1_000 } }],
    });
  });

  test('the limit is configuration', async () => {
    expect((await send(many(5), { MAX_VARIABLES: '5' })).status).toBe(400);
    expect((await send(many(4), { MAX_VARIABLES: '5' })).text).toContain('invalid value');
  });

  test('however much is wrong with them, the answer is short', async () => {
    const { text } = await send({ groupUid: 'x'.repeat(80_000), ...many(900) });
    expect(JSON.parse(text).errors).toHaveLength(11);
    expect(text.length).toBeLessThan(10_000);
  });
});
