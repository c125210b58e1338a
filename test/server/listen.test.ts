import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { listenAdmin } from '../../src/admin/server.ts';
import { parseConfig } from '../../src/config/index.ts';
import { type ClientTimeouts, listen, listenOn } from '../../src/server/listen.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { ids } from '../support/changes.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

const patient: ClientTimeouts = { head: 60_000, request: 60_000, idle: 60_000, check: 20 };

/** A gateway that listens, whose clients have so much time. */
async function startListening(env: Record<string, string>, timeouts: Partial<ClientTimeouts>) {
  const stack = new AsyncDisposableStack();
  const { gateway } = stack.use(testGateway(env));
  const config = parseConfig({ ...env, PORT: '0' });
  const { origin, server } = await listen(gateway, config, { ...patient, ...timeouts });
  stack.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  };
  return { origin, gateway, open, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const off = { KAITEN_URL: 'https://kaiten.invalid' };
const head = (...headers: string[]) =>
  ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', ...headers, '', ''].join(
    '\r\n',
  );

test.each([
  ['sends nothing', '', { head: 50 }],
  ['sends a part of a head', 'POST /graphql HTTP/1.1\r\nhost: x\r\n', { head: 50 }],
  ['sends a part of a body', `${head('content-length: 100')}{"query":`, { head: 50, request: 60 }],
  [
    'sends chunks without an end',
    `${head('transfer-encoding: chunked')}1\r\n{\r\n`,
    { head: 50, request: 60 },
  ],
])('a client that %s is told so and let go', async (_name, sent, timeouts) => {
  await using gateway = await startListening(off, timeouts);
  const socket = await gateway.open();
  socket.write(sent);
  // Ends with the connection.
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

const applied = { data: { removeOrgMember: { outcome: 'APPLIED' } } };

/** What a change that is sent over HTTP is answered with. */
async function removeMember(origin: string): Promise<unknown> {
  const query = `mutation { removeOrgMember(input: {userId: "${ids.memberId}"}) { ...on ChangeResult { outcome } } }`;
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { ...credentials, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

test('closes a connection without traffic once its document must have ended', async () => {
  await using vendor = await startVendor(() => {});
  const times = {
    VENDOR_TIMEOUT_MS: '1000',
    FIELD_TIMEOUT_MS: '2000',
    REQUEST_TIMEOUT_MS: '2000',
  };
  // As if documents took a tenth of a second at the most.
  const env = { ...times, KAITEN_URL: vendor.url };
  await using gateway = await startListening(env, { idle: -3_900 });
  const socket = await gateway.open();
  const body = JSON.stringify({ query: '{ group(uid: "g") { name } }' });
  const token = `kaiten-authorization: ${credentials['kaiten-authorization']}`;
  socket.write(head(`content-length: ${body.length}`, token) + body);
  expect(await text(socket)).toBe('');
});

test('announces how long a connection may be idle, lets it be reused, and closes it after that time', async () => {
  await using gateway = await startListening({ ...off, KEEP_ALIVE_MS: '2500' }, {});
  const socket = await gateway.open();
  const request = 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n';
  socket.write(request);
  const [first] = await once(socket, 'data');
  expect(String(first)).toMatch(/\r\nkeep-alive: timeout=2\r\n/i);
  socket.write(request);
  // Ends with the connection.
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 .*\r\nkeep-alive: timeout=2\r\n/is);
});

test('KEEP_ALIVE_MS does not end a document whose vendor takes longer', async () => {
  // Long enough for the connection to be looked at many times.
  await using vendor = await startVendor((response) => {
    setTimeout(() => response.writeHead(204).end(), 500);
  });
  const env = { AEROSPIKE_URL: vendor.url, KEEP_ALIVE_MS: '1' };
  await using gateway = await startListening(env, {});
  expect(await removeMember(gateway.origin)).toEqual(applied);
});

test('sends no Keep-Alive header to a client that closes its connection', async () => {
  await using gateway = await startListening(off, {});
  const socket = await gateway.open();
  socket.write('GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  const answer = await text(socket);
  expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  expect(answer).not.toMatch(/keep-alive/i);
});

test('at MAX_CONNECTIONS a new connection replaces the one that has been idle longest', async () => {
  await using gateway = await startListening({ ...off, MAX_CONNECTIONS: '2' }, {});
  const [first, second] = [await gateway.open(), await gateway.open()];
  const kept = 'GET /nope HTTP/1.1\r\nhost: x\r\n\r\n';
  const last = 'GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
  // As many as there may be: both are answered, the first of them later.
  second.write(kept);
  await once(second, 'data');
  first.write(kept);
  await once(first, 'data');
  const closed = text(second);
  const third = await gateway.open();
  third.write(last);
  expect(await text(third)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await closed).toBe('');
  first.write(last);
  expect(await text(first)).toMatch(/^HTTP\/1\.1 200 /);
});

test('beyond MAX_CONNECTIONS a new connection is closed if a response is due on every other, and those responses are sent', async () => {
  const release: (() => void)[] = [];
  await using vendor = await startVendor((response) => {
    release.push(() => response.writeHead(204).end());
  });
  const env = { AEROSPIKE_URL: vendor.url, MAX_CONNECTIONS: '2' };
  await using gateway = await startListening(env, {});
  const answers = [removeMember(gateway.origin), removeMember(gateway.origin)];
  await expect.poll(() => release.length).toBe(2);
  expect(await text(await gateway.open())).toBe('');
  for (const answer of release) answer();
  expect(await Promise.all(answers)).toEqual([applied, applied]);
});

/** Whether this machine speaks IPv6 with itself. */
const hasIPv6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');

// A machine whose IPv6 is turned off has no ::1 to listen on.
test.skipIf(!hasIPv6)(
  'works over IPv6 only: HOST=::1, a vendor at [::1], the admin port at ::1',
  async () => {
    await using vendor = await startVendor({ status: 204 }, { host: '::1' });
    expect(vendor.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    const env = { AEROSPIKE_URL: vendor.url, HOST: '::1', ADMIN_HOST: '::1', ADMIN_PORT: '0' };
    await using gateway = await startListening(env, {});
    expect(gateway.origin).toMatch(/^http:\/\/\[::1\]:\d+$/);
    const { probes } = gateway.gateway;
    const log = createLog({ write: () => {} });
    const admin = await listenAdmin(probes, parseConfig(env), log);
    expect((await fetch(`${admin?.origin}/ready`)).status).toBe(200);
    admin?.server.close();
    expect(await removeMember(gateway.origin)).toEqual(applied);
    expect(vendor.calls).toHaveLength(1);
  },
);

test.each(['192.0.2.1', '2001:db8::1', 'nowhere.invalid'])(
  'HOST=%s, which is not an address of this machine, is reported in one line',
  async (host) => {
    const place = { variable: 'ADMIN_PORT', host, port: 0 };
    await expect(listenOn(createServer(), place)).rejects.toThrow(
      `ADMIN_HOST: expected an address of this machine; received "${host}".`,
    );
  },
);

test('rejects a head larger than 16 KiB', async () => {
  await using gateway = await startListening(off, {});
  const socket = await gateway.open();
  socket.write(head(`x: ${'x'.repeat(20_000)}`));
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 431 /);
});

test.each(['[', 'a b', '%zz'])(
  'rejects a malformed Host header (%s) with 400, without a stack',
  async (host) => {
    await using gateway = await startListening(off, {});
    const socket = await gateway.open();
    socket.end(`GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toMatch(/\bat |node_modules/);
  },
);
