import { createHash } from 'node:crypto';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config/index.ts';
import { createGateway } from '../src/gateway.ts';
import { createLog } from '../src/telemetry/log.ts';
import {
  type Asked,
  type Entrance,
  entrances,
  type HeaderList,
  overFetch,
  overPort,
  type Received,
  type Sent,
} from './support/entrances.ts';
import { credentials, type TestGateway, testGateway } from './support/gateway.ts';
import { type StubVendor, startVendor } from './support/vendor.ts';

const transports = { fetch: overFetch, 'a port': overPort };
const transportNames = Object.keys(transports) as (keyof typeof transports)[];

const own = 'application/graphql-response+json';
const older = 'application/json';

/** What is asked for, and the content type of the answer. */
const accepts: readonly (readonly [accept: string | null, answered: string])[] = [
  [null, older],
  [older, older],
  [own, own],
  [`${own}, ${older};q=0.9`, own],
];

const change =
  'removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename }';
const mutation = `mutation { ${change} }`;
const query = '{ organization { name } }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const id = 'refused-1';
const signedIn: HeaderList = [...Object.entries(credentials), ['x-request-id', id]];

/** A vendor that would say yes to everything, and a gateway over it. */
async function start(env: Record<string, string> = {}) {
  const vendor = await startVendor({ status: 204 });
  const { url } = vendor;
  const urls = { WETHOD_URL: url, KAITEN_URL: url, AEROSPIKE_URL: url, ROCKETCHAT_URL: url };
  const gateway = testGateway({ ...urls, ...env });
  return {
    vendor,
    gateway,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await vendor[Symbol.asyncDispose]();
    },
  };
}

interface Expected {
  readonly status: number;
  readonly code: string;
  readonly type: string;
  readonly isAnonymous?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

function expectRefusal(received: Received, expected: Expected, vendor: StubVendor): void {
  const { status, headers, text } = received;
  expect({ status, type: headers.get('content-type'), text }).toEqual({
    status: expected.status,
    type: `${expected.type}; charset=utf-8`,
    text: expect.stringContaining(`"code":"${expected.code}"`),
  });
  const body = JSON.parse(text) as { errors: { message: string; extensions: object }[] };
  expect(Object.keys(body)).toEqual(['errors']);
  const requestId = headers.get('x-request-id');
  expect(requestId).toMatch(expected.isAnonymous ? /^[0-9a-f-]{36}$/ : id);
  for (const { message, extensions } of body.errors) {
    expect(message).not.toBe('');
    expect(extensions).toMatchObject({ code: expected.code, requestId });
  }
  expect(Object.fromEntries(headers)).toMatchObject(expected.headers ?? {});
  expect(vendor.calls).toEqual([]);
}

interface Row {
  /** Without a header that only a preflight lets through. */
  readonly isAnonymous?: boolean;
  readonly what: string;
  readonly sent: Partial<Sent>;
  readonly status: number;
  readonly code: string;
  readonly env?: Record<string, string>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly before?: (gateway: TestGateway, send: () => Promise<unknown>) => unknown;
}

const json: HeaderList = [['content-type', 'application/json']];
const body = JSON.stringify({ query: mutation });
const form: HeaderList = [['content-type', 'application/x-www-form-urlencoded']];
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

const methods = ['PUT', 'DELETE', 'PATCH', 'QUERY', 'PROPFIND'].map((method) => ({
  what: `the method ${method}`,
  sent: { method, headers: json, body },
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
  headers: { allow: 'GET, POST' },
}));

const contentTypes = [
  'application/xml',
  'application/jsonp',
  'application/json, application/json',
  'application/json, text/html',
  'json',
  'multipart/form-data; boundary=x',
  'multipart/mixed',
  'text/plain',
  'text/json',
  'application/octet-stream',
  'application/json; charset=latin1',
  'application/json; charset="iso-8859-1"',
  'application/json;charset=UTF-16',
  'application/x-www-form-urlencoded; charset=windows-1252',
  'application/graphql; charset=utf-16le',
].map((type) => ({
  what: `a body of ${type}`,
  sent: { headers: [['content-type', type]] as const, body },
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  headers: { accept: expect.stringContaining('application/json') },
}));

const codings = ['gzip', 'GZIP', 'deflate', 'br', 'zstd', 'gzip, identity', 'x'].map((coding) => ({
  what: `a body in the content encoding ${coding}`,
  sent: { headers: [...json, ['content-encoding', coding]] as const, body },
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  headers: { 'accept-encoding': 'identity' },
}));

const bodies = (
  [
    ['nothing', ''],
    ['no JSON', '{"query":'],
    ['JavaScript', '{query: "{ __typename }"}'],
    ['null', 'null'],
    ['a text', '"mutation"'],
    ['a number', '1'],
    ['a batch', `[${body}]`],
    ['two values', `${body}${body}`],
    ['bytes that are no UTF-8', bytes(body.slice(0, -2), ' #', [0xff], '"}')],
    ['a character cut in two', bytes(body.slice(0, -2), ' #', [0xe2, 0x82], '"}')],
    ['UTF-16', Buffer.from(body, 'utf16le')],
    ['an unknown parameter', JSON.stringify({ query: mutation, mutation })],
  ] as const
).map(([what, sent]) => ({
  what: `a body of JSON that is ${what}`,
  sent: { headers: json, body: sent },
  status: 400,
  code: 'BAD_REQUEST',
}));

/** What any page can have a browser send, without asking anybody first. */
const forgeable = (
  [
    ['a text', { headers: [['content-type', 'text/plain']], body }],
    ['a form', { headers: form, body: `query=${encodeURIComponent(mutation)}` }],
    ['a form of parts', { headers: [['content-type', 'multipart/form-data; boundary=x']], body }],
    ['bytes', { headers: [], body }],
    ['a text in another case', { headers: [['content-type', 'TEXT/Plain;charset=utf-8']], body }],
    ['a link', { method: 'GET', target: `/graphql?query=${encodeURIComponent(query)}` }],
    [
      'a link with the headers of tracing, which proxies add',
      {
        method: 'GET',
        target: `/graphql?query=${encodeURIComponent(query)}`,
        headers: [['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01']],
      },
    ],
  ] as const
).map(([what, sent]) => ({
  what: `${what} that any page could send`,
  sent,
  status: 400,
  code: 'CSRF',
  isAnonymous: true,
}));

const rows: readonly Row[] = [
  ...forgeable,
  ...methods,
  ...contentTypes,
  ...codings,
  ...bodies,
  {
    what: 'a body without a content type',
    sent: { headers: [], body },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    what: 'two content types',
    sent: { headers: [...json, ...json], body },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    what: 'two content types of which the first is unknown',
    sent: { headers: [['content-type', 'application/xml'], ...json], body },
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    what: 'a form that is no UTF-8',
    sent: { headers: form, body: `query=${encodeURIComponent(mutation)}%23%ff` },
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    what: 'a URL that is no UTF-8',
    sent: { method: 'GET', target: `/graphql?query=${encodeURIComponent(query)}%23%e2%82` },
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    what: 'a URL with variables that are JavaScript',
    sent: { method: 'GET', target: `/graphql?query=${encodeURIComponent(query)}&variables={id:1}` },
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    what: 'a document by itself that does not parse',
    sent: { headers: [['content-type', 'application/graphql']], body: 'mutation {' },
    status: 400,
    code: 'GRAPHQL_PARSE_FAILED',
  },
  {
    what: 'a large body',
    sent: { headers: json, body: JSON.stringify({ query: `${mutation} #${'x'.repeat(300)}` }) },
    status: 413,
    code: 'REQUEST_ENTITY_TOO_LARGE',
    env: { MAX_BODY_BYTES: '300' },
    headers: { connection: 'close' },
  },
  {
    what: 'a caller without a token',
    sent: { headers: json, body },
    status: 401,
    code: 'UNAUTHENTICATED',
    env: { JWKS_URL: 'http://127.0.0.1:9/', JWT_ISSUER: 'x', JWT_AUDIENCE: 'y' },
    headers: { 'www-authenticate': 'Bearer' },
  },
  {
    what: 'a caller whose token cannot be checked',
    sent: {
      headers: [...json, ['authorization', 'Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.e30.c2ln']],
      body,
    },
    status: 503,
    code: 'TRY_LATER',
    env: { JWKS_URL: 'http://127.0.0.1:9/', JWT_ISSUER: 'x', JWT_AUDIENCE: 'y' },
    headers: { 'retry-after': '5' },
  },
  {
    what: 'a caller with too many requests',
    sent: { headers: json, body },
    status: 429,
    code: 'CALLER_LIMIT',
    env: { CALLER_REQUESTS: '1/60' },
    headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
    before: (_gateway, send) => send(),
  },
  {
    what: 'a caller with too many changes',
    sent: { headers: json, body: JSON.stringify({ query: `mutation { ${change} b: ${change} }` }) },
    status: 429,
    code: 'CALLER_LIMIT',
    env: { CALLER_CHANGES: '1/60' },
    headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
  },
  {
    what: 'a stop',
    sent: { headers: json, body },
    status: 503,
    code: 'STOPPING',
    headers: { connection: 'close' },
    before: ({ gateway }) => gateway.lifecycle.stop(),
  },
  {
    what: 'a malformed Host',
    sent: { headers: [...json, ['host', 'a b']], body },
    status: 400,
    code: 'BAD_REQUEST',
  },
  {
    what: 'a mutation by GET',
    sent: { method: 'GET', target: `/graphql?query=${encodeURIComponent(mutation)}` },
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    headers: { allow: 'POST' },
  },
];

const overBoth = <Case extends object>(cases: readonly Case[]) =>
  cases.flatMap((one) => transportNames.map((transport) => ({ ...one, transport })));

describe('rejects before any vendor is called, with a code and the request id, in the media type asked for', () => {
  // `node:http` sends one Host, and answers a malformed one itself.
  const cases = overBoth(rows).filter(
    ({ what, transport }) => what !== 'a malformed Host' || transport === 'fetch',
  );

  test.each(cases)('$what, over $transport', async ({ transport, sent, before, env, ...row }) => {
    // What a gateway limits or has stopped is refused for one request only: the others share theirs.
    const isShared = before === undefined && env === undefined;
    await using shared = await start(env);
    await using overShared = await transports[transport](shared.gateway.gateway);
    for (const [accept, type] of accepts) {
      await using own = isShared ? null : await start(env);
      const { gateway, vendor } = own ?? shared;
      await using overOwn = own && (await transports[transport](gateway.gateway));
      const over = overOwn ?? overShared;
      const headers: HeaderList = [
        ...(row.isAnonymous ? [] : signedIn),
        ...(sent.headers ?? []),
        ...(accept === null ? [] : [['accept', accept] as const]),
      ];
      const request = { method: 'POST', target: '/graphql', ...sent, headers };
      const answerable = { ...request, body: JSON.stringify({ query: '{ __typename }' }) };
      await before?.(gateway, () => over.send(answerable));
      const isDocument = row.code === 'GRAPHQL_PARSE_FAILED' && type === older;
      const status = isDocument ? 200 : row.status;
      expectRefusal(await over.send(request), { ...row, status, type }, vendor);
      expect(gateway.logged()).not.toContain('unexpected fault');
    }
  });
});

test.each(transportNames)('rejects HEAD without a body, over %s', async (transport) => {
  await using started = await start();
  await using over = await transports[transport](started.gateway.gateway);
  const target = `/graphql?query=${encodeURIComponent(query)}`;
  const { status, headers, text } = await over.send({ method: 'HEAD', target, headers: signedIn });
  expect([status, headers.get('allow'), headers.get('x-request-id')]).toEqual([
    405,
    'GET, POST',
    id,
  ]);
  expect(text).toBe('');
  expect(started.vendor.calls).toEqual([]);
});

const unacceptable = [
  'application/xml',
  'text/plain;level=1',
  'application/json;q=0',
  'application/json;q=0.0, application/graphql-response+json; q=0',
  '*/*;q=0',
  'application/*;q=0, */*;q=0.000',
  'APPLICATION/JSON;Q=0',
  'application/json; charset=utf-16',
  'application/json;charset="latin1"',
  'application/jsonp',
  'json',
  'application/json/x',
  '*/json',
  'text/event-stream',
  'multipart/mixed',
  ';q=1',
];

const acceptable: readonly (readonly [accept: string, type: string])[] = [
  ['', older],
  [' ', older],
  ['*/*', older],
  ['application/*', older],
  ['Application/JSON', older],
  ['application/json ; charset=utf-8', older],
  ['application/json; charset="UTF-8"', older],
  ['application/json;q=0.1', older],
  ['APPLICATION/GRAPHQL-RESPONSE+JSON', own],
  ['application/json;q=0.9, application/graphql-response+json', own],
  ['application/json;q=0.9, application/graphql-response+json;q=0.8', older],
  ['application/json;q=0, */*', own],
  ['application/json;q=0, application/*;q=0.1', own],
  ['application/graphql-response+json;q=0, */*', older],
  ['*/*, application/graphql-response+json', own],
  ['text/html, application/graphql-response+json;q=0.2, */*;q=0.1', own],
  ['text/html, application/xhtml+xml, */*;q=0.8', older],
  ['application/graphql-response+json, application/json', own],
  ['application/json, application/graphql-response+json', older],
  ['text/x;a="b, application/xml", application/graphql-response+json', own],
  ['application/json;q=high', older],
  ['text/event-stream, application/json', older],
];

describe('Accept', () => {
  const written = Object.entries(entrances);

  test.each(overBoth(unacceptable.map((accept) => ({ accept }))))(
    'rejects $accept with 406 before anything runs, over $transport',
    async ({ accept, transport }) => {
      await using started = await start();
      const { gateway, vendor } = started;
      await using over = await transports[transport](gateway.gateway);
      for (const [, entrance] of written) {
        const { contentType, ...sent } = entrance({ query: mutation });
        const headers: HeaderList = [
          ...signedIn,
          ['content-type', contentType],
          ['accept', accept],
        ];
        const expected = { status: 406, code: 'NOT_ACCEPTABLE', type: older };
        expectRefusal(await over.send({ ...sent, headers }), expected, vendor);
      }
    },
  );

  test.each(overBoth(acceptable.map(([accept, type]) => ({ accept, type }))))(
    'reads $accept as $type, over $transport',
    async ({ accept, type, transport }) => {
      await using started = await start();
      await using over = await transports[transport](started.gateway.gateway);
      const headers: HeaderList = [...signedIn, ...json, ['accept', accept]];
      const sent = { method: 'POST', target: '/graphql', headers, body };
      const { status, headers: received } = await over.send(sent);
      expect([status, received.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
      expect(started.vendor.calls).toHaveLength(1);
    },
  );

  test.each(transportNames)('reads two headers as one list, over %s', async (transport) => {
    await using started = await start();
    await using over = await transports[transport](started.gateway.gateway);
    const headers: HeaderList = [...signedIn, ...json, ['accept', 'text/html'], ['accept', own]];
    const { headers: received } = await over.send({
      method: 'POST',
      target: '/graphql',
      headers,
      body,
    });
    expect(received.get('content-type')).toContain(own);
  });
});

describe('Content-Type and Content-Encoding', () => {
  const types = [
    'application/json; charset="utf-8"',
    'Application/JSON',
    'application/json ; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json;charset=utf8',
    'application/json; charset="UTF-8"; profile=x',
    'application/json;',
    'application/graphql+json; charset=utf-8',
  ];

  test.each(overBoth(types.map((type) => ({ type }))))(
    '$type is JSON, which requires no header against CSRF, over $transport',
    async ({ type, transport }) => {
      await using started = await start();
      await using over = await transports[transport](started.gateway.gateway);
      const headers: HeaderList = [['content-type', type]];
      const text = JSON.stringify({ query: '{ __typename }' });
      const sent = { method: 'POST', target: '/graphql', headers, body: text };
      expect((await over.send(sent)).text).toBe('{"data":{"__typename":"Query"}}');
    },
  );

  test.each(overBoth(['identity', 'Identity', ''].map((coding) => ({ coding }))))(
    'the content encoding "$coding" means none, over $transport',
    async ({ coding, transport }) => {
      await using started = await start();
      await using over = await transports[transport](started.gateway.gateway);
      const headers: HeaderList = [...signedIn, ...json, ['content-encoding', coding]];
      const sent = { method: 'POST', target: '/graphql', headers, body };
      expect((await over.send(sent)).status).toBe(200);
    },
  );

  test('accepts the replacement character in UTF-8', async () => {
    await using started = await start();
    const headers: HeaderList = [...signedIn, ...json];
    const text = JSON.stringify({ query: `${mutation} # \u{fffd}` });
    const sent = { method: 'POST', target: '/graphql', headers, body: text };
    expect((await overFetch(started.gateway.gateway).send(sent)).status).toBe(200);
  });

  test('ignores a byte order mark before JSON', async () => {
    await using started = await start();
    const sent = { method: 'POST', target: '/graphql', headers: [...signedIn, ...json] };
    const { status } = await overFetch(started.gateway.gateway).send({
      ...sent,
      body: bytes([0xef, 0xbb, 0xbf], body),
    });
    expect(status).toBe(200);
  });
});

/** What a document, or what comes with it, is refused for. */
interface Wrong {
  readonly what: string;
  readonly asked: Asked;
  readonly code: string;
  /** Only for answers in GraphQL's own media type; else 200. */
  readonly isOwnOnly?: boolean;
  readonly status?: number;
  readonly env?: Record<string, string>;
}

const twice = `query A { ...F } query B { ...F } fragment F on Query { organization { name } }`;
const withVariable = 'query ($id: ID!) { orgMember(id: $id) { email } }';
const persisted = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };

const wrong: readonly Wrong[] = [
  { what: 'no document', asked: {}, code: 'BAD_REQUEST' },
  { what: 'only the name of an operation', asked: { operationName: 'A' }, code: 'BAD_REQUEST' },
  {
    what: 'variables that are a list',
    asked: { query, variables: [{ id: 'x' }] },
    code: 'BAD_REQUEST',
  },
  { what: 'variables that are a text', asked: { query, variables: '"x"' }, code: 'BAD_REQUEST' },
  { what: 'variables that are a number', asked: { query, variables: 1 }, code: 'BAD_REQUEST' },
  {
    what: 'variables that are JSON within JSON, or no JSON',
    asked: { query, variables: '{id:1}' },
    code: 'BAD_REQUEST',
  },
  { what: 'extensions that are a list', asked: { query, extensions: [] }, code: 'BAD_REQUEST' },
  { what: 'extensions that are no object', asked: { query, extensions: '{' }, code: 'BAD_REQUEST' },
  {
    what: 'a document that does not parse',
    asked: { query: '{ organization { name }' },
    code: 'GRAPHQL_PARSE_FAILED',
    isOwnOnly: true,
  },
  {
    what: 'a field that is not there',
    asked: { query: '{ organization { nam } }' },
    code: 'GRAPHQL_VALIDATION_FAILED',
    isOwnOnly: true,
  },
  {
    what: 'a document that is too large',
    asked: { query: '{ a: organization { b: name } }' },
    code: 'DOCUMENT_TOO_LARGE',
    isOwnOnly: true,
    env: { MAX_ALIASES: '1' },
  },
  {
    what: 'no choice between two operations',
    asked: { query: twice },
    code: 'OPERATION_RESOLUTION_FAILURE',
    isOwnOnly: true,
  },
  {
    what: 'an operation that is not there',
    asked: { query: twice, operationName: 'C' },
    code: 'OPERATION_RESOLUTION_FAILURE',
    isOwnOnly: true,
  },
  {
    what: 'a document without an operation',
    asked: { query: 'fragment F on Query { organization { name } }' },
    code: 'GRAPHQL_VALIDATION_FAILED',
    isOwnOnly: true,
  },
  {
    what: 'a subscription',
    asked: { query: 'subscription { organization { name } }' },
    code: 'OPERATION_RESOLUTION_FAILURE',
    isOwnOnly: true,
  },
  {
    what: 'a variable that is missing',
    asked: { query: withVariable },
    code: 'BAD_USER_INPUT',
    isOwnOnly: true,
  },
  {
    what: 'a variable of another type',
    asked: { query: withVariable, variables: { id: [1] } },
    code: 'BAD_USER_INPUT',
    isOwnOnly: true,
  },
  {
    what: 'too many variables',
    asked: { query: withVariable, variables: { id: 'x', more: [1, 2, 3] } },
    code: 'DOCUMENT_TOO_LARGE',
    env: { MAX_VARIABLES: '3' },
  },
  {
    what: 'too many calls to vendors',
    asked: { query: '{ organization { name members { nodes { email } } } }' },
    code: 'DOCUMENT_TOO_LARGE',
    env: { MAX_VENDOR_CALLS: '1' },
  },
  {
    what: 'the hash of a document, where none is kept',
    asked: { extensions: persisted },
    code: 'PERSISTED_QUERY_NOT_SUPPORTED',
    status: 200,
  },
];

async function expectWrong(
  { asked, code, isOwnOnly = false, status = 400, env }: Wrong,
  entrance: Entrance,
  transport: keyof typeof transports,
) {
  await using started = await start(env);
  const { gateway, vendor } = started;
  await using over = await transports[transport](gateway.gateway);
  for (const [accept, type] of accepts) {
    const { contentType, ...sent } = entrance(asked);
    const headers: HeaderList = [
      ...signedIn,
      ['content-type', contentType],
      ...(accept === null ? [] : [['accept', accept] as const]),
    ];
    const expected = { status: isOwnOnly && type === older ? 200 : status, code, type };
    expectRefusal(await over.send({ ...sent, headers }), expected, vendor);
  }
  expect(gateway.logged()).not.toContain('unexpected fault');
}

/** A port delivers the same request as `fetch`: one entrance is enough for it. */
const overOneOrBoth = <Case extends object>(entrance: string, cases: readonly Case[]) =>
  overBoth(cases).filter(({ transport }) => transport === 'fetch' || entrance === 'POST of JSON');

describe.each(Object.entries(entrances))('%s', (name, entrance) => {
  test.each(overOneOrBoth(name, wrong))(
    'rejects $what before any vendor is called, over $transport',
    async ({ transport, ...row }) => {
      await expectWrong(row, entrance, transport);
    },
  );
});

describe('with trusted documents', () => {
  const asked: readonly (readonly [what: string, asked: Asked])[] = [
    ['a document', { query: mutation }],
    ['a document beside its hash', { query: mutation, documentId: sha256(mutation) }],
    ['the hash of another document', { documentId: sha256(`${mutation} `) }],
    [
      'the hash of another document, as Apollo’s clients send it',
      { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(`${mutation} `) } } },
    ],
    ['no hash', {}],
    ['a hash that is no text', { extensions: { persistedQuery: { sha256Hash: 1 } } }],
  ];

  async function startTrusted() {
    const folder = await mkdtempDisposable(join(tmpdir(), 'trusted-'));
    const file = join(folder.path, 'documents.json');
    await writeFile(
      file,
      JSON.stringify(Object.fromEntries([mutation, query].map((one) => [sha256(one), one]))),
    );
    const started = await start({ TRUSTED_DOCUMENTS_FILE: file });
    return {
      ...started,
      [Symbol.asyncDispose]: async () => {
        await started[Symbol.asyncDispose]();
        await folder.remove();
      },
    };
  }

  describe.each(Object.entries(entrances))('%s', (name, entrance) => {
    const cases = asked.map(([what, one]) => ({ what, one }));

    test.each(overOneOrBoth(name, cases))(
      'rejects $what before any vendor is called, over $transport',
      async ({ one, transport }) => {
        await using started = await startTrusted();
        await using over = await transports[transport](started.gateway.gateway);
        const { contentType, ...sent } = entrance(one);
        const headers: HeaderList = [...signedIn, ['content-type', contentType], ['accept', own]];
        const expected = { status: 400, code: 'DOCUMENT_NOT_TRUSTED', type: own };
        expectRefusal(await over.send({ ...sent, headers }), expected, started.vendor);
      },
    );

    test('answers a trusted document by either name of its hash', async () => {
      for (const named of [{ documentId: sha256(query) }, { extensions: persisted }]) {
        await using started = await startTrusted();
        const { contentType, ...sent } = entrance(named);
        const headers: HeaderList = [...signedIn, ['content-type', contentType]];
        const { text } = await overFetch(started.gateway.gateway).send({ ...sent, headers });
        expect(text).toContain('"data"');
        expect(started.vendor.calls).toHaveLength(1);
      }
    });
  });
});

test.each(transportNames)('answers an unexpected error the same, over %s', async (transport) => {
  const middleware = [
    {
      onRequest: () => {
        throw new Error('boom');
      },
    },
  ];
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const gateway = createGateway(parseConfig({ KAITEN_URL: 'https://kaiten.invalid' }), {
    middleware,
    log,
  });
  await using over = await transports[transport](gateway);
  const headers: HeaderList = [...signedIn, ...json, ['accept', own]];
  const received = await over.send({ method: 'POST', target: '/graphql', headers, body });
  await gateway.close();
  expect([received.status, received.headers.get('content-type')]).toEqual([
    500,
    `${own}; charset=utf-8`,
  ]);
  expect(JSON.parse(received.text)).toEqual({
    errors: [
      {
        message: expect.stringContaining('unexpectedly'),
        extensions: { code: 'INTERNAL', requestId: id },
      },
    ],
  });
  expect(lines.join('')).toContain('boom');
});

test('answers a document that is sent with its hash, as Apollo’s clients do', async () => {
  await using started = await start();
  const { contentType, ...sent } = entrances['POST of JSON']({ query, extensions: persisted });
  const headers: HeaderList = [...signedIn, ['content-type', contentType]];
  const { text } = await overFetch(started.gateway.gateway).send({ ...sent, headers });
  expect(text).toContain('"data"');
});
