import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import { createGateway } from '../../src/gateway.ts';
import { changes } from '../support/changes.ts';
import { moveClocks } from '../support/clocks.ts';
import { credentials, type TestGateway, testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

const [issuer, audience] = ['https://id.example.com/', 'membership-gateway'];
const off = { KAITEN_URL: 'https://kaiten.invalid' };

/** An identity provider with one key at a time. */
async function startProvider() {
  let number = 0;
  const make = async () => {
    number += 1;
    return { kid: `key-${number}`, ...(await generateKeyPair('ES256', { extractable: true })) };
  };
  let key = await make();
  const server = await startVendor((response) => {
    void exportJWK(key.publicKey).then((jwk) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: [{ ...jwk, kid: key.kid, alg: 'ES256' }] }));
    });
  });
  return {
    server,
    env: { ...off, JWKS_URL: server.url, JWT_ISSUER: issuer, JWT_AUDIENCE: audience },
    rotate: async () => {
      key = await make();
    },
    sign: (claims: JWTPayload = {}) =>
      new SignJWT({ iss: issuer, aud: audience, sub: 'ada', exp: soon(), ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: key.kid })
        .sign(key.privateKey),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const soon = () => Math.floor(Date.now() / 1000) + 3_600;

const query = '{ vendors { title } }';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Sends a query with a token, and returns the status of the response. */
const getStatus = async (gateway: TestGateway, token: string) =>
  (await gateway.sendText(query, bearer(token))).status;

describe('tokens of an identity provider', () => {
  test('accepts a valid token, and fetches the keys once', async () => {
    await using provider = await startProvider();
    await using gateway = testGateway(provider.env);
    for (let call = 0; call < 3; call += 1) {
      const { status, data } = await gateway.sendText(query, bearer(await provider.sign()));
      expect({ status, vendors: Array.isArray(data['vendors']) }).toEqual({
        status: 200,
        vendors: true,
      });
    }
    expect(provider.server.calls).toHaveLength(1);
  });

  test('accepts a subject of 200 characters, and uses it as the caller’s name unshortened', async () => {
    await using provider = await startProvider();
    await using gateway = testGateway(provider.env);
    const sub = `${'a'.repeat(199)}b`;
    await gateway.sendText(query, bearer(await provider.sign({ sub })));
    expect(gateway.lines('operation')).toMatchObject([{ caller: sub }]);
  });

  const bad: readonly [name: string, claims: JWTPayload][] = [
    ['that has expired', { exp: 1_000 }],
    ['for another audience', { aud: 'other' }],
    ['of another issuer', { iss: 'https://evil.example.com/' }],
    ['that is not good yet', { nbf: soon() }],
    ['that never expires', { exp: undefined as never }],
    ['without a subject', { sub: undefined as never }],
    ['whose subject is null', { sub: null as never }],
    ['whose subject is empty', { sub: '' }],
    ['whose subject is a number', { sub: 7 as never }],
    ['whose subject is an object', { sub: { a: 1 } as never }],
    ['whose subject is a list', { sub: ['ada'] as never }],
    ['whose subject is longer than 200 characters', { sub: 'a'.repeat(201) }],
  ];

  test.each(bad)('one %s is refused with 401', async (_name, claims) => {
    await using provider = await startProvider();
    await using gateway = testGateway(provider.env);
    const { status, errors, headers } = await gateway.sendText(
      query,
      bearer(await provider.sign(claims)),
    );
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('rejects a token without a signature, with another algorithm, truncated or modified', async () => {
    await using provider = await startProvider();
    await using gateway = testGateway(provider.env);
    const good = await provider.sign();
    const claims = { iss: issuer, aud: audience, sub: 'ada', exp: soon() };
    const secret = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'key-1' });
    // The public key, which everybody has, in place of a shared secret (RFC 8725, section 2.1).
    const published = await fetch(provider.server.url).then((response) => response.text());
    const [jwk] = JSON.parse(published).keys;
    const [head, body, signature = ''] = good.split('.');
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'eve' })).toString('base64url');
    for (const token of [
      new UnsecuredJWT(claims).encode(),
      await secret.sign(Buffer.from('a secret that is long enough!!!!')),
      await secret.sign(Buffer.from(JSON.stringify(jwk))),
      await secret.sign(Buffer.from(jwk.x, 'base64url')),
      `${head}.${changed}.${signature}`,
      `${head}.${body}.${signature.slice(0, -2)}`,
      'a.b.c',
      'abc',
    ]) {
      const { status, text } = await gateway.sendText(query, bearer(token));
      expect(status, token).toBe(401);
      expect(text).not.toContain(token);
    }
  });

  test('fetches a new key, and tolerates an outage of the key server afterwards', async () => {
    using clocks = moveClocks();
    await using provider = await startProvider();
    await using gateway = testGateway(provider.env);
    expect(await getStatus(gateway, await provider.sign())).toBe(200);
    await provider.rotate();
    clocks.pass(60_000);
    expect(await getStatus(gateway, await provider.sign())).toBe(200);
    expect(provider.server.calls).toHaveLength(2);
    provider.server.answer = { status: 503 };
    clocks.pass(24 * 3_600_000);
    expect(await getStatus(gateway, await provider.sign({ exp: soon() }))).toBe(200);
  });
});

describe('the key server', () => {
  const unknown = async (provider: Awaited<ReturnType<typeof startProvider>>, kid: string) => {
    const token = await provider.sign();
    const [, ...rest] = token.split('.');
    const head = Buffer.from(JSON.stringify({ alg: 'ES256', kid })).toString('base64url');
    return [head, ...rest].join('.');
  };

  test('is called once for any number of unknown keys', async () => {
    await using provider = await startProvider();
    await using gateway = testGateway(provider.env);
    for (let call = 0; call < 20; call += 1) {
      const token = await unknown(provider, `made-up-${call}`);
      expect((await gateway.sendText(query, bearer(token))).status).toBe(401);
    }
    expect(provider.server.calls).toHaveLength(1);
  });

  test.each([
    ['answers 503', { status: 503 }],
    ['answers a page', { status: 200, body: '<html>' }],
    ['answers other JSON', { status: 200, body: '{"keys":1}' }],
    ['sends elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }],
  ])(
    'that %s from the beginning: 503, one line in the log, and a pause before the next call',
    async (_name, answer) => {
      using clocks = moveClocks();
      await using provider = await startProvider();
      const good = provider.server.answer;
      provider.server.answer = answer;
      await using gateway = testGateway(provider.env);
      const token = await provider.sign();
      for (let call = 0; call < 5; call += 1) {
        const { status, headers, text } = await gateway.sendText(query, bearer(token));
        expect([status, headers.get('retry-after')]).toEqual([503, '5']);
        expect(text).toContain('cannot be verified at the moment');
      }
      expect(provider.server.calls).toHaveLength(1);
      expect(gateway.logged().match(/failed to fetch keys/g)).toHaveLength(1);
      provider.server.answer = good;
      clocks.pass(5_000);
      expect((await gateway.sendText(query, bearer(token))).status).toBe(200);
    },
  );

  test('that fails later: known keys stay valid, an unknown one gets 503, and there is a pause before the next call', async () => {
    using clocks = moveClocks();
    await using provider = await startProvider();
    await using gateway = testGateway(provider.env);
    expect(await getStatus(gateway, await provider.sign())).toBe(200);
    provider.server.answer = { status: 503 };
    clocks.pass(60_000);
    for (let call = 0; call < 5; call += 1) {
      expect(await getStatus(gateway, await unknown(provider, `new-${call}`))).toBe(503);
      expect(await getStatus(gateway, await provider.sign())).toBe(200);
    }
    expect(provider.server.calls).toHaveLength(2);
  });

  test('that returns an unusable key: its tokens are rejected, and that is logged', async () => {
    await using provider = await startProvider();
    const key = { kty: 'EC', crv: 'P-256', kid: 'key-1', alg: 'ES256', x: 'AA', y: 'AA' };
    provider.server.answer = { status: 200, body: JSON.stringify({ keys: [key] }) };
    await using gateway = testGateway(provider.env);
    expect((await gateway.sendText(query, bearer(await provider.sign()))).status).toBe(401);
    expect(gateway.logged()).toContain('failed to verify token');
  });

  test('is called again after ten minutes, and for a new key, even if the wall clock was set back', async () => {
    using clocks = moveClocks();
    await using provider = await startProvider();
    await using gateway = testGateway(provider.env);
    const token = await provider.sign({ exp: soon() });
    expect(await getStatus(gateway, token)).toBe(200);
    await provider.rotate();
    clocks.stepWall(-24 * 60 * 60_000);
    expect(await getStatus(gateway, await provider.sign())).toBe(200);
    expect(await getStatus(gateway, token)).toBe(401);
  });

  test('that fails is not paused longer if the wall clock is set back', async () => {
    using clocks = moveClocks();
    await using provider = await startProvider();
    const good = provider.server.answer;
    provider.server.answer = { status: 503 };
    await using gateway = testGateway(provider.env);
    const status = async () =>
      (await gateway.sendText(query, bearer(await provider.sign({ exp: soon() })))).status;
    expect(await status()).toBe(503);
    clocks.stepWall(-24 * 60 * 60_000);
    expect(await status()).toBe(503);
    expect(provider.server.calls).toHaveLength(1);
    provider.server.answer = good;
    clocks.pass(5_000);
    expect(await status()).toBe(200);
  });

  test.each([
    ['is no point of its curve', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }],
    ['lacks a part', { kty: 'EC', crv: 'P-256', x: 'AA' }],
  ])(
    'that returns a key which %s is called again within five seconds, not after ten minutes',
    async (_name, key) => {
      using clocks = moveClocks();
      await using provider = await startProvider();
      const good = provider.server.answer;
      const keys = [{ ...key, kid: 'key-1', alg: 'ES256' }];
      provider.server.answer = { status: 200, body: JSON.stringify({ keys }) };
      await using gateway = testGateway(provider.env);
      const token = await provider.sign();
      const status = async () => (await gateway.sendText(query, bearer(token))).status;
      for (let call = 0; call < 5; call += 1) expect(await status()).toBe(401);
      // Once more than needed, and then no more: anybody can name that key.
      expect(provider.server.calls).toHaveLength(2);
      provider.server.answer = good;
      expect(await status()).toBe(401);
      expect(provider.server.calls).toHaveLength(2);
      clocks.pass(5_000);
      expect(await status()).toBe(200);
      expect(provider.server.calls).toHaveLength(3);
    },
  );

  test('that returns an unusable key is called again after five seconds even if the wall clock was set back', async () => {
    using clocks = moveClocks();
    await using provider = await startProvider();
    const good = provider.server.answer;
    const keys = [{ kty: 'EC', crv: 'P-256', x: 'AA', kid: 'key-1', alg: 'ES256' }];
    provider.server.answer = { status: 200, body: JSON.stringify({ keys }) };
    await using gateway = testGateway(provider.env);
    const status = async () =>
      (await gateway.sendText(query, bearer(await provider.sign({ exp: soon() })))).status;
    expect(await status()).toBe(401);
    clocks.stepWall(-24 * 60 * 60_000);
    // The step alone has all keys read again.
    expect(await status()).toBe(401);
    provider.server.answer = good;
    clocks.pass(5_000);
    expect(await status()).toBe(200);
  });

  test('revokes a key: it stays valid for ten minutes at most', async () => {
    using clocks = moveClocks();
    await using provider = await startProvider();
    await using gateway = testGateway(provider.env);
    const token = await provider.sign({ exp: soon() });
    expect(await getStatus(gateway, token)).toBe(200);
    await provider.rotate();
    expect(await getStatus(gateway, token)).toBe(200);
    clocks.pass(10 * 60_000);
    expect(await getStatus(gateway, token)).toBe(401);
  });
});

test('accepts one of several audiences, and clocks that differ by up to half a minute', async () => {
  await using provider = await startProvider();
  await using gateway = testGateway(provider.env);
  const status = async (claims: JWTPayload) =>
    (await gateway.sendText(query, bearer(await provider.sign(claims)))).status;
  const now = Math.floor(Date.now() / 1000);
  expect(await status({ aud: ['other', audience] })).toBe(200);
  expect(await status({ aud: ['other', 'another'] })).toBe(401);
  expect(await status({ exp: now - 15 })).toBe(200);
  expect(await status({ exp: now - 45 })).toBe(401);
  expect(await status({ nbf: now + 15 })).toBe(200);
  expect(await status({ nbf: now + 60 })).toBe(401);
});

const sha256 = (key: string) => createHash('sha256').update(key).digest('hex');

/** A file of service keys, and a file that holds a credential. */
async function startServices(service: object = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  const [file, secret] = [join(folder, 'keys.json'), join(folder, 'secret')];
  const keys = [sha256('old-key'), sha256('new-key')];
  await writeFile(file, JSON.stringify({ services: [{ name: 'offboarding', keys, ...service }] }));
  return {
    file,
    secret,
    configure: (more: object) =>
      writeFile(file, JSON.stringify({ services: [{ name: 'offboarding', keys, ...more }] })),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

describe('keys of internal services', () => {
  test('accepts two keys at the same time for rotation, and rejects others', async () => {
    await using services = await startServices();
    await using gateway = testGateway({ ...off, SERVICE_KEYS_FILE: services.file });
    const status = async (headers: Record<string, string>) =>
      (await gateway.sendText(query, headers)).status;
    expect(await status(bearer('old-key'))).toBe(200);
    expect(await status(bearer('new-key'))).toBe(200);
    expect(await status(bearer('other-key'))).toBe(401);
    expect(await status(bearer(sha256('old-key')))).toBe(401);
    expect(await status({ authorization: 'Basic old-key' })).toBe(401);
    expect(await status({})).toBe(401);
  });

  test('writes the caller’s name to the log and the audit log, and the key to neither', async () => {
    await using services = await startServices();
    await using vendor = await startVendor({ status: 503 });
    const audit = `${services.file}.audit`;
    const env = { KAITEN_URL: vendor.url, SERVICE_KEYS_FILE: services.file, AUDIT_LOG: audit };
    await using gateway = testGateway(env);
    await changes.removeGroupUser.make(gateway, { ...credentials, ...bearer('old-key') });
    const written = await readFile(audit, 'utf8');
    expect(JSON.parse(written.split('\n')[1] ?? '')).toMatchObject({ caller: 'offboarding' });
    expect(gateway.logged()).toContain('"caller":"offboarding"');
    expect(written + gateway.logged()).not.toContain('old-key');
    expect(JSON.stringify(vendor.calls)).not.toContain('old-key');
  });

  test('lets a service call only the mutations that it may', async () => {
    await using services = await startServices({ mutations: ['removeOrgMember'] });
    await using vendor = await startVendor({ status: 204 });
    const env = {
      KAITEN_URL: vendor.url,
      AEROSPIKE_URL: vendor.url,
      SERVICE_KEYS_FILE: services.file,
    };
    await using gateway = testGateway(env);
    const headers = { ...credentials, ...bearer('old-key') };
    expect(await changes.removeGroupUser.make(gateway, headers)).toMatchObject({
      __typename: 'PermissionDeniedError',
      outcome: 'NOT_APPLIED',
      vendorStatus: null,
      message: expect.stringContaining('removeGroupUser'),
    });
    expect(vendor.calls).toHaveLength(0);
    expect(await changes.removeOrgMember.make(gateway, headers)).toMatchObject({
      outcome: 'APPLIED',
    });
  });

  test('uses a configured credential unless the request has one; a malformed one is an error', async () => {
    await using services = await startServices();
    await writeFile(services.secret, 'Bearer configured-1\n');
    await services.configure({ credentials: { 'aerospike-authorization': services.secret } });
    await using vendor = await startVendor({ status: 204 });
    const env = {
      AEROSPIKE_URL: vendor.url,
      KAITEN_URL: vendor.url,
      SERVICE_KEYS_FILE: services.file,
    };
    await using gateway = testGateway(env);
    const make = (headers: Record<string, string>) =>
      changes.removeOrgMember.make(gateway, { ...bearer('old-key'), ...headers });
    expect(await make({})).toMatchObject({ outcome: 'APPLIED' });
    expect(await make({ 'aerospike-authorization': 'Bearer own-1' })).toMatchObject({
      outcome: 'APPLIED',
    });
    expect(await make({ 'aerospike-authorization': 'own-1' })).toMatchObject({
      __typename: 'AuthenticationError',
      problem: 'MALFORMED',
    });
    const other = await changes.removeGroupUser.make(gateway, bearer('old-key'));
    expect(other).toMatchObject({ __typename: 'AuthenticationError', problem: 'MISSING' });
    expect(vendor.calls.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer configured-1',
      'Bearer own-1',
    ]);
  });

  test('rotates and revokes keys without a restart; while the file is invalid the previous keys stay valid', async () => {
    using clocks = moveClocks();
    await using services = await startServices();
    await using gateway = testGateway({ ...off, SERVICE_KEYS_FILE: services.file });
    const statuses = async () => {
      clocks.pass(1_000);
      const ask = async (key: string) => (await gateway.sendText(query, bearer(key))).status;
      return [await ask('old-key'), await ask('third-key')];
    };
    expect(await statuses()).toEqual([200, 401]);
    await services.configure({ keys: [sha256('third-key')] });
    expect(await statuses()).toEqual([401, 200]);
    expect(gateway.logged()).toContain('service keys reloaded');
    for (const broken of [
      '{"services": [',
      '{"services": [{"name": "x", "keys": ["my-secret-key"]}]}',
    ]) {
      await writeFile(services.file, broken);
      expect(await statuses()).toEqual([401, 200]);
      expect(await statuses()).toEqual([401, 200]);
    }
    await rm(services.file);
    expect(await statuses()).toEqual([401, 200]);
    expect(gateway.logged().match(/failed to reload service keys/g)).toHaveLength(3);
    expect(gateway.logged()).not.toContain('my-secret-key');
    await services.configure({});
    expect(await statuses()).toEqual([200, 401]);
  });

  test('reads keys and credentials in files again within a second even if the wall clock was set back', async () => {
    using clocks = moveClocks();
    await using services = await startServices();
    const stored = { credentials: { 'aerospike-authorization': services.secret } };
    await writeFile(services.secret, 'Bearer configured-1\n');
    await services.configure(stored);
    await using vendor = await startVendor({ status: 204 });
    const env = { AEROSPIKE_URL: vendor.url, SERVICE_KEYS_FILE: services.file };
    await using gateway = testGateway(env);
    const make = () => changes.removeOrgMember.make(gateway, bearer('old-key'));
    const passAfterStep = () => {
      clocks.stepWall(-24 * 60 * 60_000);
      clocks.pass(1_000);
    };
    expect(await make()).toMatchObject({ outcome: 'APPLIED' });
    await writeFile(services.secret, 'Bearer configured-2\n');
    passAfterStep();
    expect(await make()).toMatchObject({ outcome: 'APPLIED' });
    expect(vendor.calls.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer configured-1',
      'Bearer configured-2',
    ]);
    await services.configure({ ...stored, keys: [sha256('third-key')] });
    passAfterStep();
    expect((await gateway.sendText(query, bearer('old-key'))).status).toBe(401);
  });

  test('rejects two services with the same name or the same key', async () => {
    await using services = await startServices();
    const start = async (...list: object[]) => {
      await writeFile(services.file, JSON.stringify({ services: list }));
      return () => createGateway(parseConfig({ ...off, SERVICE_KEYS_FILE: services.file }));
    };
    const [a, b] = [
      { name: 'a', keys: [sha256('a')] },
      { name: 'b', keys: [sha256('b')] },
    ];
    expect(await start(a, b)).not.toThrow();
    expect(await start(a, { ...b, name: 'a' })).toThrow(/two services have the name a$/);
    expect(await start(a, { ...b, keys: a.keys })).toThrow(/two services have the same key$/);
  });

  const wrong: readonly [name: string, service: object, said: RegExp][] = [
    ['an unknown mutation', { mutations: ['removeAll'] }, /there is no mutation removeAll/],
    ['an unknown header', { credentials: { cookie: 'x' } }, /cookie is not a credential header/],
    ['a key that is no hash', { keys: ['my-secret-key'] }, /keys\.0: expected a SHA-256/],
    ['three keys', { keys: ['a', 'b', 'c'].map(sha256) }, /keys/],
    ['an unknown member', { key: 'x' }, /key/],
  ];

  test.each(wrong)(
    'a file with %s prevents startup with one line, which repeats no key',
    async (_name, service, said) => {
      await using services = await startServices(service);
      const config = parseConfig({ ...off, SERVICE_KEYS_FILE: services.file });
      const start = () => createGateway(config);
      expect(start).toThrow(said);
      expect(start).toThrow(/^SERVICE_KEYS_FILE: [^\n]+$/);
      expect(start).not.toThrow(/my-secret-key/);
    },
  );

  test('a file that is not JSON, or does not exist, prevents startup', async () => {
    await using services = await startServices();
    await writeFile(services.file, 'my-secret-key');
    for (const [file, said] of [
      [services.file, /is not JSON$/],
      ['/nonexistent', /ENOENT/],
    ] as const) {
      expect(() => createGateway(parseConfig({ ...off, SERVICE_KEYS_FILE: file }))).toThrow(said);
    }
  });
});

describe('which callers are accepted', () => {
  const problems = (env: Record<string, string>) => {
    try {
      parseConfig({ ...off, ...env });
      return [];
    } catch (error) {
      return (error as { problems: string[] }).problems;
    }
  };

  test('refuses to start on a public address without authentication of callers', () => {
    const [line] = problems({ HOST: '0.0.0.0' });
    for (const name of ['HOST', 'JWKS_URL', 'SERVICE_KEYS_FILE', 'ALLOW_ANONYMOUS=1']) {
      expect(line).toContain(name);
    }
    expect(problems({ HOST: '0.0.0.0', ALLOW_ANONYMOUS: '1' })).toEqual([]);
    expect(problems({ HOST: '0.0.0.0', SERVICE_KEYS_FILE: 'x' })).toEqual([]);
    expect(problems({ HOST: '127.0.0.1' })).toEqual([]);
  });

  test('requires the three JWT variables together, and rejects algorithms of shared secrets', () => {
    expect(problems({ JWKS_URL: 'https://id.example.com' })).toHaveLength(2);
    expect(problems({ JWT_ISSUER: 'x', JWT_AUDIENCE: 'y' })).toHaveLength(1);
    const all = { JWKS_URL: 'https://id.example.com', JWT_ISSUER: 'x', JWT_AUDIENCE: 'y' };
    expect(problems(all)).toEqual([]);
    for (const JWT_ALGORITHMS of ['HS256', 'none', 'RS256,HS512', 'rs256']) {
      expect(problems({ ...all, JWT_ALGORITHMS })).toHaveLength(1);
    }
    expect(problems({ ...all, JWKS_URL: 'http://id.example.com' })).toHaveLength(1);
  });

  test('ALLOW_ANONYMOUS accepts requests without a token, but not with a wrong one', async () => {
    await using services = await startServices();
    const env = { ...off, SERVICE_KEYS_FILE: services.file, ALLOW_ANONYMOUS: '1' };
    await using gateway = testGateway(env);
    expect((await gateway.sendText(query, {})).status).toBe(200);
    expect((await gateway.sendText(query, bearer('wrong'))).status).toBe(401);
  });

  test('health checks and GraphiQL require no token, but the API does', async () => {
    await using services = await startServices();
    await using gateway = testGateway({ ...off, SERVICE_KEYS_FILE: services.file });
    const get = (path: string, headers = {}) =>
      gateway.gateway.fetch(`http://gateway${path}`, { headers });
    expect((await get('/health')).status).toBe(200);
    expect((await get('/graphql', { accept: 'text/html' })).status).toBe(200);
    expect((await get('/graphql?query={__typename}', { 'x-request-id': 'a' })).status).toBe(401);
    expect((await get('/graphql/?query={__typename}', { 'x-request-id': 'a' })).status).toBe(401);
  });
});
