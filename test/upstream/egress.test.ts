import dns from 'node:dns';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { createAuthority } from '../support/authority.ts';
import { changes } from '../support/changes.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { startIssuers } from '../support/issuers.ts';
import { startProxy } from '../support/proxy.ts';
import { createRefusedUrl, startVendor } from '../support/vendor.ts';

const name = 'vendor.example.com';
const authority = createAuthority(name, 'id.example.com', 'auth.example.com');
const trusted = getCACertificates('default');
setDefaultCACertificates([...trusted, authority.ca]);
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => setDefaultCACertificates(trusted));

/** Who may speak HTTP/2 must not be spoken to in it. */
const tls = { ...authority.tls, ALPNProtocols: ['h2', 'http/1.1'] };

/** A vendor over TLS, and a proxy that leads to it. */
async function start(proxyTls: typeof tls | null = null) {
  const stack = new AsyncDisposableStack();
  const { success } = changes.attachStreamLeader;
  const vendor = stack.use(await startVendor(success, { tls }));
  const proxy = stack.use(await startProxy(vendor.url, proxyTls));
  const over = (env: Record<string, string> = {}) => {
    const url = `https://${name}`;
    return testGateway({ WETHOD_URL: url, AEROSPIKE_URL: url, HTTPS_PROXY: proxy.url, ...env });
  };
  return { vendor, proxy, over, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

// No time for many repeats: these tests are about what one attempt comes to.
const quick = { VENDOR_TIMEOUT_MS: '600', FIELD_TIMEOUT_MS: '1200' };

const withPassword = (url: string) => url.replace('://', '://bob:s3cr%40t@');

test('calls a vendor through a tunnel, in which the proxy sees no credentials but its own', async () => {
  await using world = await start();
  await using gateway = world.over({ HTTPS_PROXY: withPassword(world.proxy.url) });
  expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  const basic = Buffer.from('bob:s3cr@t').toString('base64');
  expect(world.proxy.tunnels).toEqual([
    {
      authority: `${name}:443`,
      headers: expect.objectContaining({ 'proxy-authorization': `Basic ${basic}` }),
    },
  ]);
  const [call] = world.vendor.calls;
  expect(call?.headers).toMatchObject({
    host: name,
    authorization: credentials['wethod-authorization'],
  });
  expect(call?.headers).not.toHaveProperty('proxy-authorization');
  for (const value of Object.values(credentials)) {
    expect(world.proxy.seen()).not.toContain(value.replace('Bearer ', ''));
  }
  for (const secret of ['s3cr', basic]) expect(gateway.logged()).not.toContain(secret);
});

test('reuses a tunnel, and counts it as a connection to the vendor', async () => {
  await using world = await start();
  await using gateway = world.over();
  for (let call = 0; call < 5; call += 1) {
    expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  }
  // The pool opens a second one, as it does without a proxy.
  expect(world.proxy.tunnels.length).toBeLessThan(3);
  const { vendors } = await gateway.gateway.probes.readiness();
  expect(vendors['wethod']?.connections).toMatchObject({
    connected: world.proxy.tunnels.length,
  });
});

test('skips an unexpected 100 Continue in a tunnel, too', async () => {
  await using world = await start();
  const { success } = changes.attachStreamLeader;
  world.vendor.answer = (response) => {
    response.writeContinue(() => response.writeHead(success.status).end(success.body));
  };
  await using gateway = world.over();
  expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({
    confirmedBy: 'VENDOR_RESPONSE',
  });
  expect(world.vendor.calls).toHaveLength(1);
});

test('uses HTTP/1.1 in a tunnel, whatever the vendor offers', async () => {
  await using world = await start();
  const spoken: (string | false | null)[] = [];
  world.vendor.answer = (response) => {
    spoken.push((response.socket as TLSSocket).alpnProtocol);
    response.writeHead(204).end();
  };
  await using gateway = world.over();
  expect(await changes.removeOrgMember.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(spoken).toEqual(['http/1.1']);
});

test('uses TLS to a proxy with an https URL', async () => {
  await using world = await start(tls);
  await using gateway = world.over({ HTTPS_PROXY: withPassword(world.proxy.url) });
  expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(world.proxy.tunnels).toHaveLength(1);
});

const answered = (head: string) => (client: Duplex) => client.end(`HTTP/1.1 ${head}\r\n\r\n`);

const failures: readonly [name: string, reason: string, fault: (client: Duplex) => void][] = [
  ['asks for credentials', 'CONNECTION', answered('407 No\r\nproxy-authenticate: Basic')],
  ['refuses the host', 'CONNECTION', answered('403 Forbidden\r\ncontent-length: 2\r\n\r\nno')],
  ['cannot reach the vendor', 'CONNECTION', answered('502 Bad Gateway')],
  ['closes the connection', 'CONNECTION', (client) => client.end()],
  ['is cut', 'CONNECTION', (client) => client.destroy()],
  ['does not speak HTTP', 'CONNECTION', (client) => client.end('SSH-2.0-OpenSSH_9.7\r\n')],
  ['never answers', 'TIMEOUT', () => {}],
  ['opens a tunnel and closes it', 'CONNECTION', answered('200 OK')],
  [
    'opens a tunnel to what speaks no TLS',
    'CONNECTION',
    (client) => client.end('HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n'),
  ],
  [
    'opens a tunnel in which nothing moves',
    'TIMEOUT',
    (client) => client.write('HTTP/1.1 200 OK\r\n\r\n'),
  ],
];

test.each(failures)(
  'reports a proxy that %s as %s, NOT_APPLIED and retryable even for a POST, and recovers',
  async (_name, reason, fault) => {
    await using world = await start();
    await using gateway = world.over(quick);
    world.proxy.faults = [fault, fault, fault];
    expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason,
      outcome: 'NOT_APPLIED',
      retryable: true,
      vendorStatus: null,
    });
    expect(world.vendor.calls).toHaveLength(0);
    world.proxy.cut();
    world.proxy.faults = [];
    expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
    expect(world.vendor.calls).toHaveLength(1);
  },
);

test('closes the connection to a proxy that never opens the tunnel', async () => {
  await using world = await start();
  await using gateway = world.over(quick);
  const closed: Promise<unknown>[] = [];
  const never = (client: Duplex) => void closed.push(once(client.resume(), 'end'));
  world.proxy.faults = [never, never, never];
  expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({ reason: 'TIMEOUT' });
  expect(closed).toHaveLength(world.proxy.tunnels.length);
  await Promise.all(closed);
});

test('reports an unreachable proxy as CONNECTION, NOT_APPLIED and retryable', async () => {
  await using world = await start();
  await using gateway = world.over({ ...quick, HTTPS_PROXY: await createRefusedUrl() });
  expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({
    reason: 'CONNECTION',
    outcome: 'NOT_APPLIED',
    retryable: true,
  });
});

describe.each([changes.attachStreamLeader, changes.removeOrgMember])('$name', (change) => {
  test('repeats a request that a proxy rejected, since it was not sent, and logs the reason', async () => {
    await using world = await start();
    world.vendor.answer = change.success;
    await using gateway = world.over();
    world.proxy.faults = [answered('503 Busy')];
    expect(await change.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
    expect(world.proxy.tunnels).toHaveLength(2);
    expect(world.vendor.calls.map(({ method }) => method)).toEqual([change.method]);
    expect(gateway.lines('vendor call').map(({ kind, cause }) => ({ kind, cause }))).toEqual([
      { kind: 'notSent', cause: expect.stringContaining('503') },
      { kind: 'answered', cause: undefined },
    ]);
  });

  test('reports UNKNOWN if the tunnel is cut during a change', async () => {
    await using world = await start();
    world.vendor.answer = () => world.proxy.cut();
    await using gateway = world.over(quick);
    expect(await change.make(gateway)).toMatchObject({ reason: 'CONNECTION', outcome: 'UNKNOWN' });
    expect(world.vendor.calls.filter(({ method }) => method === 'POST').length).toBeLessThan(2);
  });
});

test('sends nothing through a tunnel to a vendor with a certificate for another name', async () => {
  await using world = await start();
  await using gateway = world.over({ ...quick, WETHOD_URL: 'https://other.example.com' });
  expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({
    reason: 'CONNECTION',
    outcome: 'NOT_APPLIED',
  });
  expect(world.vendor.calls).toHaveLength(0);
});

test('calls a host in NO_PROXY directly, by its name', async () => {
  await using world = await start();
  const { port } = new URL(world.vendor.url);
  const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((
    _name: string,
    ...rest: unknown[]
  ) => {
    const answer = rest.at(-1) as (error: null, addresses: readonly object[]) => void;
    answer(null, [{ address: '127.0.0.1', family: 4 }]);
  }) as never);
  const at = { WETHOD_URL: `https://${name}:${port}`, AEROSPIKE_URL: 'https://api.other.com' };
  await using gateway = world.over({ ...at, NO_PROXY: 'other.example.com, .example.com' });
  expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(lookup.mock.calls.map(([asked]) => asked)).toEqual([name]);
  expect(world.proxy.tunnels).toHaveLength(0);
});

test('calls loopback directly, by http and by https', async () => {
  await using world = await start();
  await using plain = await startVendor({ status: 204 });
  await using gateway = world.over({ WETHOD_URL: world.vendor.url, AEROSPIKE_URL: plain.url });
  expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(await changes.removeOrgMember.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(world.proxy.tunnels).toHaveLength(0);
});

test('requests an identity provider’s keys and access tokens through the proxy, too', async () => {
  await using world = await start();
  const [jwks, token] = ['https://id.example.com/jwks', 'https://auth.example.com:8443/token'];
  await using issuers = await startIssuers(world.vendor, jwks, token);
  await using gateway = world.over(issuers.env);
  const { status } = await gateway.sendText('{ vendors { title } }', issuers.person);
  expect(status).toBe(200);
  expect(await changes.removeOrgMember.make(gateway, issuers.service)).toMatchObject({
    outcome: 'APPLIED',
  });
  expect(world.proxy.tunnels.map((tunnel) => tunnel.authority)).toEqual([
    'id.example.com:443',
    'auth.example.com:8443',
    `${name}:443`,
  ]);
  expect(world.vendor.calls.at(-1)?.headers.authorization).toBe('Bearer access-1');
  expect(world.proxy.seen()).not.toMatch(/secret-1|access-1/);
});
