import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

const app = 'https://app.example.com';
const off = { KAITEN_URL: 'https://kaiten.invalid' };
const body = JSON.stringify({ query: '{ __typename }' });

async function ask(env: Record<string, string>, init: RequestInit, path = '/graphql') {
  await using gateway = testGateway({ ...off, ...env });
  return gateway.gateway.fetch(`http://gateway${path}`, init);
}

const post = (headers: Record<string, string>): RequestInit => ({ method: 'POST', headers, body });
const json = { 'content-type': 'application/json' };

test.each([
  'text/plain',
  'TEXT/PLAIN; charset=utf-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '',
])('rejects a POST that any page could send, with the content type %j', async (type) => {
  await using vendor = await startVendor({ status: 200 });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const mutation =
    'mutation { detachStreamLeader(input: {streamId: 1, leaderId: 1}) { __typename } }';
  const response = await gateway.gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: type === '' ? {} : { 'content-type': type },
    body: new TextEncoder().encode(JSON.stringify({ query: mutation })),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    errors: [{ message: expect.stringContaining('content-type'), extensions: { code: 'CSRF' } }],
  });
  expect(vendor.calls).toHaveLength(0);
});

test('rejects a GET that any page could send, and answers it with a header that requires a preflight', async () => {
  const path = '/graphql?query={__typename}';
  expect((await ask({}, { headers: { accept: 'application/json' } }, path)).status).toBe(400);
  for (const headers of [
    { 'x-request-id': 'a' },
    json,
    { 'kaiten-authorization': 'Bearer a' },
    { 'apollo-require-preflight': 'true' },
    { 'x-apollo-operation-name': 'A' },
  ]) {
    const response = await ask({}, { headers: headers as unknown as Record<string, string> }, path);
    expect(response.status).toBe(200);
  }
});

test('health checks and GraphiQL require no such header', async () => {
  expect((await ask({}, {}, '/health')).status).toBe(200);
  expect((await ask({}, { headers: { accept: 'text/html' } })).status).toBe(200);
});

const corsHeaders = (response: Response) =>
  [...response.headers].filter(([name]) => name.startsWith('access-control-'));

test.each([
  undefined,
  'null',
  'https://evil.example.com',
  `${app}.evil.com`,
  'http://app.example.com',
  `${app}:8443`,
])('grants nothing to the origin %j', async (origin) => {
  for (const method of ['POST', 'OPTIONS']) {
    const headers = { ...json, ...(origin && { origin }), 'access-control-request-method': 'POST' };
    const init = method === 'POST' ? post(headers) : { method, headers };
    const response = await ask({ CORS_ORIGINS: app }, init);
    expect(corsHeaders(response)).toEqual([]);
    expect(response.headers.get('vary')).toContain('Origin');
  }
});

test('grants nothing to any origin without CORS_ORIGINS', async () => {
  expect(corsHeaders(await ask({}, post({ ...json, origin: app })))).toEqual([]);
});

test('lets a configured origin read responses, but never with cookies', async () => {
  const env = { CORS_ORIGINS: `https://other.example.com, ${app}` };
  const response = await ask(env, post({ ...json, origin: app }));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(corsHeaders(response))).toEqual({
    'access-control-allow-origin': app,
    'access-control-expose-headers': 'x-request-id, retry-after, ratelimit, ratelimit-policy',
  });
});

/** What clients of GraphQL, and what traces and reports for them, add to requests. */
const ofLibraries = [
  'graphql-cost',
  'traceparent',
  'tracestate',
  'baggage',
  'sentry-trace',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-apollo-operation-id',
  'x-apollo-operation-type',
  'apollographql-client-name',
  'apollographql-client-version',
  'graphql-client-name',
  'graphql-client-version',
];

test('allows a configured origin the credential headers and the headers that libraries add', async () => {
  const headers = {
    origin: app,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,kaiten-authorization',
  };
  const response = await ask({ CORS_ORIGINS: app }, { method: 'OPTIONS', headers });
  expect(response.status).toBe(204);
  const allowed = response.headers.get('access-control-allow-headers')?.split(', ');
  expect(allowed?.toSorted()).toEqual(
    [
      'content-type',
      'authorization',
      'x-request-id',
      ...Object.keys(credentials),
      ...ofLibraries,
    ].toSorted(),
  );
  expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST');
  expect(response.headers.has('access-control-allow-credentials')).toBe(false);
});

test('lets a configured origin read rejections, too', async () => {
  const response = await ask(
    { CORS_ORIGINS: app },
    post({ 'content-type': 'text/plain', origin: app }),
  );
  expect(response.status).toBe(400);
  expect(response.headers.get('access-control-allow-origin')).toBe(app);
});

test('rejects a body over the limit, with or without Content-Length', async () => {
  const large = JSON.stringify({ query: `{ __typename } #${'x'.repeat(100_000)}` });
  const stream = new Blob([large]).stream();
  const told = await ask({}, { method: 'POST', headers: json, body: large });
  const untold = await ask({}, {
    method: 'POST',
    headers: json,
    body: stream,
    duplex: 'half',
  } as RequestInit);
  expect([told.status, untold.status]).toEqual([413, 413]);
  const raised = await ask(
    { MAX_BODY_BYTES: '200000' },
    { method: 'POST', headers: json, body: large },
  );
  expect(raised.status).toBe(200);
});

test('GRAPHIQL=off serves no page', async () => {
  const response = await ask({ GRAPHIQL: 'off' }, { headers: { accept: 'text/html' } });
  expect(response.headers.get('content-type')).not.toContain('html');
  expect(response.status).toBe(400);
});

test.each([
  ['127.0.0.1', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['gateway.example.com', false],
])('on %s GraphiQL and introspection are on by default: %s', (host, isOn) => {
  const open = { ALLOW_ANONYMOUS: '1' };
  expect(parseConfig({ ...off, ...open, HOST: host })).toMatchObject({
    graphiql: isOn,
    introspection: isOn,
  });
  const on = { GRAPHIQL: 'on', INTROSPECTION: 'on' };
  expect(parseConfig({ ...off, ...open, ...on, HOST: host })).toMatchObject({
    graphiql: true,
    introspection: true,
  });
});

test.each([
  ['an answer', '/graphql', post(json)],
  ['a refusal', '/graphql', post({ 'content-type': 'text/plain' })],
  ['a body that is no JSON', '/graphql', { ...post(json), body: '{' }],
  ['a method that is not taken', '/graphql', { method: 'PUT', headers: json }],
  ['a preflight', '/graphql', { method: 'OPTIONS' }],
  ['the page', '/graphql', { headers: { accept: 'text/html' } }],
  ['a health check', '/health', {}],
  ['nothing', '/nothing', {}],
])(
  '%s is not cached, not sniffed, and not readable for other origins',
  async (_name, path, init) => {
    const { headers } = await ask({}, init, path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      vary: 'Origin',
    });
  },
);

test('caches the files of GraphiQL, and serves the page with a strict content security policy', async () => {
  const page = await ask({}, { headers: { accept: 'text/html' } });
  const policy = page.headers.get('content-security-policy') ?? '';
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]) {
    expect(policy).toContain(rule);
  }
  expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:/);
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  const [, file = ''] = /src="([^"]+start\.js)"/.exec(await page.text()) ?? [];
  const { headers } = await ask({}, {}, file);
  expect(headers.get('cache-control')).toContain('immutable');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('never sets a cookie', async () => {
  const response = await ask({}, post({ ...json, cookie: 'a=b' }));
  expect(response.headers.get('set-cookie')).toBe(null);
});
