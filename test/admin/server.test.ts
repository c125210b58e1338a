import { closeSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listenAdmin } from '../../src/admin/server.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { changes } from '../support/changes.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { startProcess } from '../support/process.ts';
import { readMetric } from '../support/scrape.ts';
import { startVendor } from '../support/vendor.ts';

const here = { adminHost: '127.0.0.1', adminPort: 0 };

async function startAdmin({ gateway }: TestGateway) {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const admin = await listenAdmin(gateway.probes, here, log);
  if (admin === null) throw new Error('no admin port');
  return {
    get: (path: string, method = 'GET') => fetch(admin.origin + path, { method }),
    logged: () => lines.join(''),
    [Symbol.asyncDispose]: async () => {
      admin.server.closeAllConnections();
      admin.server.close();
    },
  };
}

/** Takes an open file away from under the gateway. */
function closeFile(file: string): void {
  for (const descriptor of readdirSync('/proc/self/fd')) {
    try {
      // A file that was removed is told of with a word behind its name.
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      if (target.startsWith(file)) closeSync(Number(descriptor));
    } catch {
      // One that was open for the look at the others alone.
    }
  }
}

test('/ready reports for each vendor whether it is configured, its circuit breaker, its bulkhead and its connections', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  await using admin = await startAdmin(gateway);
  await changes.removeOrgMember.make(gateway);
  const response = await admin.get('/ready');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await response.json()).toEqual({
    ready: true,
    stopping: false,
    underWay: 0,
    auditWritable: null,
    vendors: {
      wethod: { configured: false },
      kaiten: { configured: false },
      rocketchat: { configured: false },
      aerospike: {
        configured: true,
        circuit: 'closed',
        circuitOpenSince: null,
        bulkhead: { places: 256, taken: 0, waiting: 0 },
        connections: { connected: 1, free: 1 },
      },
    },
  });
});

test('/ready reports an open circuit with its time, but stays ready', async () => {
  const before = Date.now();
  await using vendor = await startVendor({ status: 503 });
  await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url });
  await using admin = await startAdmin(gateway);
  for (let count = 0; count < 10; count += 1) await changes.leaveGroup.make(gateway);
  const response = await admin.get('/ready');
  const { ready, vendors } = (await response.json()) as Awaited<
    ReturnType<TestGateway['gateway']['probes']['readiness']>
  >;
  expect([response.status, ready]).toEqual([200, true]);
  expect(vendors['rocketchat']).toMatchObject({ circuit: 'open' });
  const since = Date.parse(vendors['rocketchat']?.circuitOpenSince ?? '');
  expect(since).toBeGreaterThanOrEqual(before);
  expect((await gateway.gateway.fetch('http://gateway/ready')).status).toBe(200);
});

test('/ready is 503 while the audit log cannot be written, and reports why', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'admin-'));
  await using gateway = testGateway({
    KAITEN_URL: 'http://127.0.0.1:9',
    AUDIT_LOG: join(folder, 'a'),
  });
  await using admin = await startAdmin(gateway);
  expect(await (await admin.get('/ready')).json()).toMatchObject({ auditWritable: true });
  expect(await readMetric(gateway, 'audit_writable')).toBe(1);
  await rm(folder, { recursive: true });
  closeFile(join(folder, 'a'));
  await changes.removeGroupUser.make(gateway);
  expect(await readMetric(gateway, 'audit_writable')).toBe(0);
  const response = await admin.get('/ready');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ ready: false, auditWritable: false });
});

test('during shutdown /ready is 503, and /health stays 200', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'http://127.0.0.1:9' });
  await using admin = await startAdmin(gateway);
  await gateway.gateway.lifecycle.stop();
  const response = await admin.get('/ready');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ ready: false, stopping: true });
  expect((await admin.get('/health')).status).toBe(200);
});

test('/metrics uses the text format of Prometheus', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'http://127.0.0.1:9' });
  await using admin = await startAdmin(gateway);
  const response = await admin.get('/metrics');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  expect(text).toContain('# TYPE membership_gateway_build_info gauge');
  expect(text).toContain('# TYPE nodejs_eventloop_lag_p99_seconds gauge');
});

test.each([
  ['/', 'GET', 404],
  ['/graphql', 'GET', 404],
  ['/metrics', 'POST', 405],
  ['/ready', 'DELETE', 405],
])('the admin port has nothing else: %s by %s is %i', async (path, method, status) => {
  await using gateway = testGateway({ KAITEN_URL: 'http://127.0.0.1:9' });
  await using admin = await startAdmin(gateway);
  const response = await admin.get(path, method);
  expect(response.status).toBe(status);
  expect(await response.text()).toBe('');
});

test('HEAD returns only the head', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'http://127.0.0.1:9' });
  await using admin = await startAdmin(gateway);
  const response = await admin.get('/metrics', 'HEAD');
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(1_000);
  expect(await response.text()).toBe('');
});

test('the public port serves neither metrics nor details', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'http://127.0.0.1:9' });
  const get = (path: string) => gateway.gateway.fetch(`http://gateway${path}`);
  expect((await get('/metrics')).status).toBe(404);
  expect(await (await get('/ready')).text()).toBe('');
});

test('npm start opens the admin port, logs its address, and closes it last', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  await using vendor = await startVendor((response) => arrive(() => response.writeHead(204).end()));
  await using gateway = startProcess('main.ts', { AEROSPIKE_URL: vendor.url, PORT: '0' });
  const [, url = '', admin = ''] = await gateway.printed(/"url":"([^"]+)","admin":"([^"]+)"/);
  const headers = { 'content-type': 'application/json', 'aerospike-authorization': 'Bearer t' };
  const query =
    'mutation { removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename } }';
  const change = fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const answer = await arrived;
  gateway.child.kill('SIGTERM');
  await gateway.printed(/SIGTERM: shutting down/);
  const response = await fetch(`${admin}/ready`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    stopping: true,
    vendors: { aerospike: { bulkhead: { taken: 1 } } },
  });
  answer();
  expect((await change).status).toBe(200);
  expect(await gateway.exited).toBe(0);
  await expect(fetch(`${admin}/health`)).rejects.toThrow();
});

test('answers probes on the admin port while all connections of the public port are in use', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  await using vendor = await startVendor((response) => arrive(() => response.writeHead(204).end()));
  const env = { AEROSPIKE_URL: vendor.url, PORT: '0', MAX_CONNECTIONS: '1' };
  await using gateway = startProcess('main.ts', env);
  const [, url = '', admin = ''] = await gateway.printed(/"url":"([^"]+)","admin":"([^"]+)"/);
  const headers = { 'content-type': 'application/json', 'aerospike-authorization': 'Bearer t' };
  const query =
    'mutation { removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename } }';
  const change = fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const answer = await arrived;
  await expect(fetch(new URL('/health', url))).rejects.toThrow();
  for (const path of ['/health', '/ready', '/ready']) {
    expect((await fetch(`${admin}${path}`)).status).toBe(200);
  }
  answer();
  expect((await change).status).toBe(200);
});

test('ADMIN_PORT=off opens no admin port', async () => {
  await using gateway = startProcess('main.ts', {
    KAITEN_URL: 'http://127.0.0.1:9',
    PORT: '0',
    ADMIN_PORT: 'off',
  });
  const [line] = await gateway.printed(/\{.*"msg":"listening"\}/);
  expect(JSON.parse(line)).not.toHaveProperty('admin');
});

test('an admin port in use prevents startup with one line', async () => {
  await using vendor = await startVendor();
  const taken = new URL(vendor.url).port;
  await using gateway = startProcess('main.ts', {
    KAITEN_URL: vendor.url,
    PORT: '0',
    ADMIN_PORT: taken,
  });
  expect(await gateway.exited).toBe(1);
  expect(gateway.output()).toBe(
    `membership-gateway: ADMIN_PORT: ${taken} is already in use. Choose another port, or 0 for a random free one.\n`,
  );
});
