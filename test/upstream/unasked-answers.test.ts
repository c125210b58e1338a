import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { testGateway } from '../support/gateway.ts';
import { startRawVendor } from '../support/vendor.ts';

const answer = (name: string) => {
  const body = JSON.stringify({ id: 'o', name });
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
};

/** A vendor that answers each call with the number of its connection. */
async function startVendor() {
  const connections: Socket[] = [];
  const vendor = {
    connections,
    /** What is sent behind the next answer. */
    stray: '',
    ...(await startRawVendor((socket) => {
      if (!connections.includes(socket)) connections.push(socket);
      socket.write(answer(String(connections.indexOf(socket))) + vendor.stray);
      vendor.stray = '';
    })),
  };
  return vendor;
}

const strays = [
  ['a whole answer', answer('of somebody else')],
  ['the first byte of an answer', 'H'],
  ['an informational answer', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ['a 100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['no HTTP', '{"id":"o","name":"of somebody else"}'],
  ['more of the body than its length', '}}}}'],
] as const;

const query = '{ organization { name } }';

/** Returns the connections on which so many reads were answered. */
async function readOn(gateway: ReturnType<typeof testGateway>, reads: number) {
  const used: unknown[] = [];
  for (let read = 0; read < reads; read += 1) {
    const { data } = await gateway.sendText(query);
    used.push(data['organization']?.['name']);
  }
  return used;
}

test('reuses connections', async () => {
  await using vendor = await startVendor();
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  await readOn(gateway, 6);
  // The pool opens one more than it needs.
  expect(vendor.connections).toHaveLength(2);
});

describe.each(strays)(
  'a connection that receives %s without a request is not reused',
  (_name, stray) => {
    test('if it follows a response', async () => {
      await using vendor = await startVendor();
      await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
      await readOn(gateway, 6);
      vendor.stray = stray;
      const [used] = await readOn(gateway, 1);
      const later = await readOn(gateway, 6);
      expect(later).not.toContain(used);
      expect(later.every((name) => /^\d$/.test(String(name)))).toBe(true);
      expect(vendor.arrived).toHaveLength(13);
    });

    test('if it arrives while the connection is idle', async () => {
      await using vendor = await startVendor();
      await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
      await readOn(gateway, 6);
      const [connection] = vendor.connections;
      const closed = new Promise((resolve) => connection?.once('close', resolve));
      connection?.write(stray);
      await closed;
      const later = await readOn(gateway, 6);
      expect(later).not.toContain('0');
      expect(later.every((name) => /^\d$/.test(String(name)))).toBe(true);
      expect(vendor.arrived).toHaveLength(12);
    });
  },
);
