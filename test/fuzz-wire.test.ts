import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { credentials, testGateway } from './support/gateway.ts';
import { measureHeapMiB, noiseMiB } from './support/heap.ts';
import { startVendor } from './support/vendor.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** How many requests are sent after a quarter as many to warm up: `FUZZ_RUNS`. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 160);

const bytes = fc.uint8Array({ maxLength: 300 }).map((one) => Buffer.from(one));
const body = fc.oneof(
  bytes,
  fc.json().map((one) => Buffer.from(one)),
  fc
    .jsonValue()
    .map((variables) => Buffer.from(JSON.stringify({ query: '{ __typename }', variables }))),
);
const line = fc.oneof(
  fc.constantFrom(
    'POST /graphql HTTP/1.1',
    'GET /graphql?query={__typename} HTTP/1.1',
    'GET /ready HTTP/1.0',
  ),
  fc
    .tuple(
      fc.constantFrom('POST', 'GET', 'TRACE', 'CONNECT', 'M-SEARCH', 'pOsT'),
      fc.webPath(),
      fc.constantFrom('1.1', '1.0', '2.0'),
    )
    .map(([method, path, version]) => `${method} ${path} HTTP/${version}`),
  fc.string({ maxLength: 60 }),
);
const header = fc.oneof(
  fc.constantFrom(
    'content-type: application/json',
    'transfer-encoding: chunked',
    'content-length: 10',
    'content-length: 10, 11',
    'expect: 100-continue',
    'connection: upgrade',
    'upgrade: websocket',
    'host: a b',
    ...Object.entries(credentials).map(([name, value]) => `${name}: ${value}`),
  ),
  fc
    .tuple(
      fc.constantFrom(
        'accept',
        'origin',
        'x-request-id',
        'authorization',
        'kaiten-authorization',
        'x',
      ),
      fc.string({ maxLength: 40 }),
    )
    .map((pair) => pair.join(': ')),
);
/** Headers that no request is refused for as a whole. */
const plainHeader = fc
  .tuple(
    fc.constantFrom(
      'accept',
      'origin',
      'x-request-id',
      'kaiten-authorization',
      'graphql-cost',
      'x',
    ),
    fc.stringMatching(/^[\x20-\x7e]{0,30}$/),
  )
  .map((pair) => pair.join(': '));

/** Requests that are right but for their bodies, requests that are nearly right, and bytes that are none. */
const wire = fc.oneof(
  { weight: 1, arbitrary: bytes },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.array(plainHeader, { maxLength: 4 }), body).map(([headers, sent]) => {
      const lines = ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json'];
      const length = `content-length: ${sent.length}`;
      const head = [...lines, ...headers, length, 'connection: close', '', ''].join('\r\n');
      return Buffer.concat([Buffer.from(head, 'latin1'), sent]);
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(line, fc.array(header, { maxLength: 8 }), body, fc.boolean())
      .map(([first, headers, sent, isMeasured]) => {
        const length = isMeasured ? [`content-length: ${sent.length}`] : [];
        const head = [first, 'host: x', 'connection: close', ...headers, ...length, '', ''].join(
          '\r\n',
        );
        return Buffer.concat([Buffer.from(head, 'latin1'), sent]);
      }),
  },
);

test('whatever bytes come over a connection, it ends, with no 5xx, the heap stays bounded, and the gateway lives on', async () => {
  await using vendor = await startVendor({ status: 404 });
  await using gateway = testGateway({ KAITEN_URL: vendor.url, WETHOD_URL: vendor.url });
  const server = createServer(gateway.gateway.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const send = async (sent: Buffer): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    // Half closed: what is missing of a request never comes.
    socket.end(sent);
    return text(socket).catch(() => '');
  };
  try {
    const throwAt = (numRuns: number) =>
      fc.assert(
        fc.asyncProperty(fc.array(wire, { minLength: 1, maxLength: 3 }), async (parts) => {
          const answer = await send(Buffer.concat(parts));
          expect(answer).not.toMatch(/^HTTP\/1\.1 5/m);
          expect(answer).not.toMatch(/INTERNAL|\bat .*\.(js|ts):\d+/);
          expect(answer).not.toContain('-token-1');
        }),
        { numRuns, seed },
      );
    await throwAt(runs / 4);
    const before = measureHeapMiB();
    await throwAt(runs);
    expect(measureHeapMiB() - before, `seed ${seed}`).toBeLessThan(noiseMiB);
    expect(
      await send(Buffer.from('GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')),
    ).toMatch(/^HTTP\/1\.1 200 /);
    const faults = gateway.logged().match(/^\{"level":[456]0.*$/gm) ?? [];
    expect(faults, `seed ${seed}`).toEqual([]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}, 60_000);
