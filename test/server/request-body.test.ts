import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import { createGateway } from '../../src/gateway.ts';
import type { Middleware } from '../../src/server/middleware.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { credentials, unpaced } from '../support/gateway.ts';
import { heldBytes } from '../support/memory.ts';
import { startVendor } from '../support/vendor.ts';

/** How long a body may be: short, for Node needs 20 µs for each of its chunks. */
const mostBytes = 30_000;
const connections = 2;
/** For documents, sockets and noise. An object for each chunk takes three times as much. */
const besidesBytes = 4_000_000;

const chunked = 'host: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n';
const token = `kaiten-authorization: ${credentials['kaiten-authorization']}\r\n`;
const query = encodeURIComponent('{ group(uid: "g") { name } }');

/** A gateway over `node:http` whose vendor never answers. */
async function startGateway(middleware: readonly Middleware[] = []) {
  const stack = new AsyncDisposableStack();
  const silent = stack.use(await startVendor(() => {}));
  const config = parseConfig({
    ...unpaced,
    KAITEN_URL: silent.url,
    MAX_BODY_BYTES: String(mostBytes),
  });
  const gateway = createGateway(config, { log: createLog({ write: () => {} }), middleware });
  stack.defer(() => gateway.close());
  const sockets: Socket[] = [];
  const server = createServer(gateway.listener).on('connection', (socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const open = () => connect(port, '127.0.0.1').on('error', () => {});
  const readBytes = () => sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  return { open, readBytes, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** A rule that never ends, such as the check of a token. */
const waiting: Middleware = { onRequest: () => new Promise(() => {}) };

test.each<[name: string, head: string, rules?: readonly Middleware[]]>([
  ['is read', `POST /graphql HTTP/1.1\r\n${chunked}\r\n`],
  ['comes while a rule waits', `POST /graphql HTTP/1.1\r\n${chunked}\r\n`, [waiting]],
  [
    'does not count, while a vendor is waited for',
    `GET /graphql?query=${query} HTTP/1.1\r\n${chunked}${token}\r\n`,
  ],
  [
    'belongs to a request that was refused',
    `POST /graphql HTTP/1.1\r\n${chunked}accept: text/html\r\n\r\n`,
  ],
])(
  'a body of one-byte chunks that %s uses at most twice its limit in memory',
  async (_name, head, rules) => {
    await using gateway = await startGateway(rules);
    const chunks = '1\r\n \r\n'.repeat(mostBytes - 1);
    const before = heldBytes();
    for (let index = 0; index < connections; index += 1) gateway.open().write(head + chunks);
    const sent = connections * (head.length + chunks.length);
    await vi.waitUntil(() => gateway.readBytes() === sent, { timeout: 15_000 });
    expect(heldBytes() - before).toBeLessThan(connections * 2 * mostBytes + besidesBytes);
  },
);

test('reads a body of one-byte chunks up to MAX_BODY_BYTES, and rejects one more byte with 413', async () => {
  await using gateway = await startGateway();
  const json = '{"query":"{ __typename }"}'.padEnd(mostBytes);
  for (const [body, status] of [
    [json, '200'],
    [`${json} `, '413'],
  ] as const) {
    const socket = gateway.open();
    const chunks = [...body].map((byte) => `1\r\n${byte}\r\n`).join('');
    socket.write(`POST /graphql HTTP/1.1\r\n${chunked}connection: close\r\n\r\n${chunks}0\r\n\r\n`);
    expect((await text(socket)).slice(9, 12)).toBe(status);
  }
});
