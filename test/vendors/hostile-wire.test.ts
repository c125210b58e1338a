import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ids } from '../support/changes.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import * as operations from '../support/operations.ts';
import { startRawVendor, startVendor } from '../support/vendor.ts';

const canary = 'c4n4ry';
const stack = `Error: ${canary} at /srv/${canary}/app.js:1:1`;
const page = `<html><script>alert("${canary}")</script></html>`;
const head = (status: string, ...headers: string[]) =>
  [`HTTP/1.1 ${status}`, ...headers, '', ''].join('\r\n');

/** Writes for as long as the other side takes it. */
function pour(socket: Socket, chunk: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

const bomb = gzipSync(Buffer.alloc(200 * 1_024 * 1_024));
const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;

const wires: readonly [rule: string, write: (socket: Socket) => void, typename: string][] = [
  [
    'a body without an end',
    (socket) => {
      socket.write(head('200 OK', 'transfer-encoding: chunked'));
      pour(socket, chunk);
    },
    'VendorContractError',
  ],
  [
    'an error with a body without an end',
    (socket) => {
      socket.write(head('403 Forbidden', 'transfer-encoding: chunked'));
      pour(socket, chunk);
    },
    'PermissionDeniedError',
  ],
  [
    'headers without an end',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      pour(socket, `x-${canary}: ${'x'.repeat(1_000)}\r\n`);
    },
    'VendorUnavailableError',
  ],
  [
    'one header without an end',
    (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nx-${canary}: `);
      pour(socket, 'x'.repeat(65_536));
    },
    'VendorUnavailableError',
  ],
  [
    'a status line without an end',
    (socket) => pour(socket, 'HTTP/1.1 200 OK OK OK '),
    'VendorUnavailableError',
  ],
  [
    'informational answers without an end',
    (socket) => pour(socket, head('103 Early Hints', `link: <https://${canary}.example>`)),
    'VendorUnavailableError',
  ],
  [
    'trailers without an end',
    (socket) => {
      socket.write(`${head('200 OK', 'transfer-encoding: chunked')}2\r\n{}\r\n0\r\n`);
      pour(socket, `x-${canary}: ${'x'.repeat(1_000)}\r\n`);
    },
    'VendorUnavailableError',
  ],
  [
    'a body that drips',
    (socket) => {
      socket.write(head('200 OK', 'content-length: 100000'));
      const timer = setInterval(() => socket.write('x'), 5);
      socket.once('close', () => clearInterval(timer));
    },
    'VendorUnavailableError',
  ],
  [
    'fewer bytes than were told',
    (socket) => socket.end(`${head('200 OK', 'content-length: 100')}{"id":1}`),
    'VendorUnavailableError',
  ],
  [
    'more bytes than were told',
    (socket) => socket.end(`${head('200 OK', 'content-length: 4')}${page}`),
    'VendorContractError',
  ],
  [
    'two lengths',
    (socket) => socket.end(`${head('200 OK', 'content-length: 2', 'content-length: 3')}{}`),
    'VendorUnavailableError',
  ],
  [
    'a length and chunks',
    (socket) =>
      socket.end(
        `${head('200 OK', 'content-length: 2', 'transfer-encoding: chunked')}2\r\n{}\r\n0\r\n\r\n`,
      ),
    'VendorUnavailableError',
  ],
  [
    'a compressed bomb',
    (socket) => {
      socket.write(head('200 OK', 'content-encoding: gzip', `content-length: ${bomb.length}`));
      socket.end(bomb);
    },
    'VendorContractError',
  ],
  [
    'a page with scripts',
    (socket) =>
      socket.end(
        `${head('200 OK', 'content-type: text/html', `content-length: ${page.length}`)}${page}`,
      ),
    'VendorContractError',
  ],
  [
    'its own stack',
    (socket) => socket.end(`${head('500 Oops', `content-length: ${stack.length}`)}${stack}`),
    'VendorUnavailableError',
  ],
  [
    'a redirect, cookies and headers of all kinds',
    (socket) =>
      socket.end(
        head(
          '302 Found',
          `location: https://${canary}.example/`,
          `set-cookie: session=${canary}`,
          `www-authenticate: Basic realm="${canary}"`,
          `access-control-allow-origin: https://${canary}.example`,
          'content-length: 0',
        ),
      ),
    'VendorContractError',
  ],
];

// The one whose success must have a body.
const attach = (gateway: TestGateway) =>
  gateway.send(operations.attachStreamLeader, {
    input: { streamId: ids.streamId, leaderId: ids.leaderId },
  });
const short = { VENDOR_TIMEOUT_MS: '600', FIELD_TIMEOUT_MS: '1200' };

test.each(wires)(
  'reports a vendor that sends %s as a typed error in time, reads little of it, and shows nothing of it',
  async (_rule, write, typename) => {
    const sockets: Socket[] = [];
    await using vendor = await startRawVendor((socket) => {
      sockets.push(socket);
      write(socket);
    });
    await using gateway = testGateway({ ...short, WETHOD_URL: vendor.url });
    const answer = await attach(gateway);
    expect(answer.data.attachStreamLeader).toMatchObject({ __typename: typename });
    expect(JSON.stringify([answer.text, [...answer.headers]])).not.toContain(canary);
    expect(gateway.logged()).not.toContain(canary);
    expect(vendor.arrived.filter((method) => method === 'POST')).toHaveLength(1);
    for (const socket of sockets) {
      // What the systems between both hold counts too.
      expect(socket.bytesWritten).toBeLessThan(32 * 1_024 * 1_024);
    }
  },
);

test('never sends back a cookie that a vendor set', async () => {
  await using vendor = await startVendor({
    status: 503,
    headers: { 'set-cookie': [`a=${canary}`, `b=${canary}; Path=/`] },
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  await attach(gateway);
  await attach(gateway);
  expect(vendor.calls.length).toBeGreaterThan(1);
  for (const { headers } of vendor.calls) expect(headers).not.toHaveProperty('cookie');
});

test('follows no redirect to another host, in changes or reads', async () => {
  await using other = await startVendor({ status: 200, body: '{"id":1}' });
  await using vendor = await startVendor({ status: 307, headers: { location: `${other.url}/x` } });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  await attach(gateway);
  await gateway.sendText('{ stream(id: 1) { name } }');
  expect(other.calls).toEqual([]);
});
