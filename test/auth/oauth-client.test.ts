import { createHash } from 'node:crypto';
import { mkdtemp, mkdtempDisposable, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import { createGateway } from '../../src/gateway.ts';
import { changes, ids } from '../support/changes.ts';
import { type MovedClocks, moveClocks } from '../support/clocks.ts';
import { testGateway } from '../support/gateway.ts';
import { type Responder, startVendor } from '../support/vendor.ts';
import { own } from '../support/world.ts';

afterEach(() => {
  vi.useRealTimers();
});

const key = { authorization: 'Bearer service-key-1' };
const removal = `mutation { removeOrgMember(input: {userId: "${ids.memberId}"}) { __typename } }`;

/** A service whose Aerospike credential is an access token, and the server that gives one. */
async function start(
  answer = (number: number) => ({ access_token: `token-${number}`, expires_in: 28_800 }),
  env: Record<string, string> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'oauth-'));
  const [file, secret] = [join(folder, 'keys.json'), join(folder, 'secret')];
  let number = 0;
  const server = await startVendor((response) => {
    number += 1;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token_type: 'Bearer', ...answer(number) }));
  });
  const vendor = await startVendor({ status: 204 });
  const service = {
    name: 'offboarding',
    keys: [createHash('sha256').update('service-key-1').digest('hex')],
    aerospikeClient: {
      clientId: 'id-1',
      clientSecretFile: secret,
      tokenUrl: `${server.url}/oauth/token`,
    },
  };
  await writeFile(secret, 'secret-1\n');
  await writeFile(file, JSON.stringify({ services: [service] }));
  const gateway = testGateway({
    AEROSPIKE_URL: vendor.url,
    KAITEN_URL: vendor.url,
    SERVICE_KEYS_FILE: file,
    ...env,
  });
  return {
    server,
    vendor,
    gateway,
    file,
    secret,
    service,
    remove: (headers = {}) => changes.removeOrgMember.make(gateway, { ...key, ...headers }),
    tokens: () => vendor.calls.map(({ headers }) => headers.authorization),
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await vendor[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

test('exchanges a service’s client for a token, once for all waiting requests', async () => {
  await using world = await start();
  const results = await Promise.all(Array.from({ length: 20 }, () => world.remove()));
  expect(results.every(({ outcome }) => outcome === 'APPLIED')).toBe(true);
  expect(
    world.server.calls.map(({ method, url, body }) => [method, url, JSON.parse(body)]),
  ).toEqual([
    [
      'POST',
      '/oauth/token',
      { client_id: 'id-1', client_secret: 'secret-1', grant_type: 'client_credentials' },
    ],
  ]);
  expect(new Set(world.tokens())).toEqual(new Set(['Bearer token-1']));
});

test('uses the token for reads, too', async () => {
  await using world = await start();
  world.vendor.answer = { status: 200, body: '{"id":"o","name":"Acme"}' };
  const { data } = await world.gateway.sendText('{ organization { name } }', key);
  expect(data).toEqual({ organization: { name: 'Acme' } });
  expect(world.tokens()).toEqual(['Bearer token-1']);
});

test('replaces a token before it expires, with the current secret', async () => {
  using clocks = moveClocks();
  await using world = await start();
  await world.remove();
  clocks.pass(28_000_000);
  await world.remove();
  expect(world.server.calls).toHaveLength(1);
  await writeFile(world.secret, 'secret-2');
  clocks.pass(600_000);
  await world.remove();
  expect(world.tokens()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  expect(JSON.parse(world.server.calls[1]?.body ?? '')).toMatchObject({
    client_secret: 'secret-2',
  });
});

test('replaces a token before it expires even if the wall clock was set back', async () => {
  using clocks = moveClocks();
  await using world = await start();
  await world.remove();
  clocks.stepWall(-24 * 60 * 60_000);
  clocks.pass(28_600_000);
  await world.remove();
  expect(world.tokens()).toEqual(['Bearer token-1', 'Bearer token-2']);
});

/** Removes so many members in one document. */
async function removeAll(world: Awaited<ReturnType<typeof start>>, count: number) {
  const field = (_: unknown, at: number) =>
    `f${at}: removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-${String(at).padStart(12, '0')}"}) { __typename }`;
  const { data } = await world.gateway.sendText(
    `mutation { ${Array.from({ length: count }, field).join(' ')} }`,
    key,
  );
  return Object.values(data).map((one) => one?.['__typename']);
}

describe('a token that the vendor rejects', () => {
  const rejectAllBut =
    (good: string | null): Responder =>
    (response, { headers }) => {
      if (headers.authorization === `Bearer ${good}`) response.writeHead(204).end();
      else own(401)(response);
    };

  test('is neither retried nor replaced if it is new', async () => {
    await using world = await start();
    world.vendor.answer = rejectAllBut(null);
    expect(new Set(await removeAll(world, 20))).toEqual(new Set(['AuthenticationError']));
    expect(world.tokens()).toEqual(['Bearer token-1']);
    expect(world.server.calls).toHaveLength(1);
  });

  test('is replaced once if it is old, and its successor is tried once', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    await using world = await start();
    await world.remove();
    world.vendor.answer = rejectAllBut(null);
    vi.advanceTimersByTime(10_000);
    expect(new Set(await removeAll(world, 20))).toEqual(new Set(['AuthenticationError']));
    expect(world.tokens()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
    expect(world.server.calls).toHaveLength(2);
  });

  test('is replaced, and the other fields use its successor', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    await using world = await start();
    await world.remove();
    world.vendor.answer = rejectAllBut('token-2');
    vi.advanceTimersByTime(10_000);
    const [first, ...others] = await removeAll(world, 20);
    expect(first).toBe('AuthenticationError');
    expect(new Set(others)).toEqual(new Set(['RemoveOrgMemberSuccess']));
    expect(world.tokens().slice(1)).toEqual([
      'Bearer token-1',
      ...Array.from({ length: 19 }, () => 'Bearer token-2'),
    ]);
  });
});

test('if the exchange fails, uses the previous token while it is valid', async () => {
  using clocks = moveClocks();
  await using world = await start();
  await world.remove();
  world.server.answer = { status: 503 };
  clocks.pass(28_600_000);
  expect(await world.remove()).toMatchObject({ outcome: 'APPLIED' });
  clocks.pass(300_000);
  expect(await world.remove()).toMatchObject({
    __typename: 'VendorUnavailableError',
    reason: 'CONNECTION',
    outcome: 'NOT_APPLIED',
    retryable: true,
  });
  expect(world.tokens()).toHaveLength(2);
});

test.each([
  ['401', { status: 401, body: '{"error":"secret-1"}' }],
  ['a token that is no JSON', { status: 200, body: 'secret-1' }],
  ['a page', { status: 200, body: '<html>' }],
  ['a token that is none', { status: 200, body: '{"access_token":"a b","expires_in":5}' }],
  ['no time', { status: 200, body: '{"access_token":"a"}' }],
  ['a redirect', { status: 302, headers: { location: 'https://evil.example.com' } }],
])(
  'an exchange that returns %s sends nothing to the vendor, and logs no secret',
  async (_name, answer) => {
    await using world = await start();
    world.server.answer = answer;
    const result = await world.remove();
    expect(result).toMatchObject({ __typename: 'VendorUnavailableError', outcome: 'NOT_APPLIED' });
    expect(world.vendor.calls).toHaveLength(0);
    expect(world.gateway.lines('failed to obtain access token')).toEqual([
      expect.objectContaining({
        level: 50,
        clientId: 'id-1',
        err: expect.objectContaining({ message: expect.stringMatching(/^the token endpoint /) }),
      }),
    ]);
    expect(JSON.stringify(result) + world.gateway.logged()).not.toContain('secret-1');
  },
);

test.each([
  ['its client left', (client: AbortController) => client.abort()],
  [
    'it has no more time for a whole call',
    (_client: AbortController, clocks: MovedClocks) => clocks.pass(15_001),
  ],
])(
  'neither sends nor records a change if %s during the exchange of its token',
  async (_name, happen) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'audit-'));
    const file = join(folder.path, 'audit.jsonl');
    using clocks = moveClocks();
    const client = new AbortController();
    await using world = await start(undefined, { AUDIT_LOG: file });
    world.server.answer = (response) => {
      happen(client, clocks);
      response.writeHead(200).end('{"access_token":"token-1","expires_in":28800}');
    };
    const { signal } = client;
    const change = world.gateway.sendText(removal, key, { signal }).catch(() => null);
    await Promise.all([change, vi.waitUntil(() => world.gateway.lines('operation').length === 1)]);
    expect(world.gateway.lines('operation')).toMatchObject([
      { fields: [{ result: 'VendorUnavailableError', outcome: 'NOT_APPLIED' }] },
    ]);
    expect(world.server.calls).toHaveLength(1);
    expect(world.vendor.calls).toHaveLength(0);
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(1);
  },
);

test('prefers a header of the request, and sends the token to no other vendor', async () => {
  await using world = await start();
  await world.remove({ 'aerospike-authorization': 'Bearer own-1' });
  expect(world.tokens()).toEqual(['Bearer own-1']);
  expect(await changes.removeGroupUser.make(world.gateway, key)).toMatchObject({
    problem: 'MISSING',
  });
  expect(world.server.calls).toHaveLength(0);
});

test('an insecure token endpoint, or two credentials for one vendor, prevents startup', async () => {
  await using world = await start();
  const { service } = world;
  const begin = async (more: object) => {
    await writeFile(world.file, JSON.stringify({ services: [{ ...service, ...more }] }));
    const config = parseConfig({ KAITEN_URL: 'https://k.invalid', SERVICE_KEYS_FILE: world.file });
    return () => createGateway(config);
  };
  const unsafe = { ...service.aerospikeClient, tokenUrl: 'http://auth.example.com/token' };
  expect(await begin({ aerospikeClient: unsafe })).toThrow(/tokenUrl expects https/);
  expect(await begin({ credentials: { 'aerospike-authorization': '/x' } })).toThrow(/not both/);
});
