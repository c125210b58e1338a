import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { changes } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { json, once } from '../support/table.ts';
import { type StubAnswer, startVendor } from '../support/vendor.ts';

const link = JSON.stringify({ id: 9, stream_id: 7, leader_id: 42 });
const change = changes.attachStreamLeader;

const encoded = (coding: string, body: string | Uint8Array, status = 200): StubAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'content-encoding': coding },
  body,
});

/** What comes of an attach that gets this answer, and nothing but 502s when it is read back. */
async function attach(answer: StubAnswer) {
  await using vendor = await startVendor((response, { method }) => {
    const { status, headers, body } = method === 'GET' ? json(502, {}) : answer;
    response.writeHead(status, headers).end(body);
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url, ...once });
  const result = await change.make(gateway);
  return { result, calls: vendor.calls };
}

describe('a response that is compressed although identity was requested', () => {
  test.each<[coding: string, body: Uint8Array]>([
    ['gzip', gzipSync(link)],
    ['GZIP', gzipSync(link)],
    ['x-gzip', gzipSync(link)],
    ['deflate', deflateSync(link)],
    ['deflate', deflateRawSync(link)],
    ['br', brotliCompressSync(link)],
    ['zstd', zstdCompressSync(link)],
    ['gzip, br', brotliCompressSync(gzipSync(link))],
    ['identity, gzip', gzipSync(link)],
    ['identity', Buffer.from(link)],
    ['', Buffer.from(link)],
  ])('is read: %s', async (coding, body) => {
    const { result, calls } = await attach(encoded(coding, body));
    expect(result).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'VENDOR_RESPONSE' });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.headers['accept-encoding']).toBe('identity');
  });

  test('is decoded if it is an error', async () => {
    const body = gzipSync('{"key":"not_found","message":"No such stream."}');
    const { result } = await attach(encoded('gzip', body, 404));
    expect(result).toMatchObject({
      __typename: 'NotFoundError',
      vendorMessage: 'No such stream.',
    });
  });

  test('is accepted if it has no body', async () => {
    await using vendor = await startVendor(encoded('gzip', ''));
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
    expect(await changes.removeOrgMember.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  });

  test('is decoded for queries, too', async () => {
    await using vendor = await startVendor(
      encoded('br', brotliCompressSync('{"id":7,"name":"A"}')),
    );
    await using gateway = testGateway({ WETHOD_URL: vendor.url });
    const { data, errors } = await gateway.sendText('{ stream(id: "7") { name } }');
    expect({ data, errors }).toEqual({ data: { stream: { name: 'A' } }, errors: [] });
  });

  // All of these would be a success.
  const inflated = (length: number) => Buffer.from(link.padEnd(length));
  const largest = 1024 * 1024;
  const bomb = gzipSync(inflated(64 * largest));

  test('is decoded up to 1 MiB', async () => {
    const { result } = await attach(encoded('gzip', gzipSync(inflated(largest))));
    expect(result).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'VENDOR_RESPONSE' });
  });

  const unreadable: readonly [name: string, coding: string, body: string | Uint8Array][] = [
    ['an unknown coding', 'compress', link],
    ['a name of every object', 'constructor', link],
    ['a broken stream', 'gzip', link],
    ['a stream that ends early', 'gzip', gzipSync(link).subarray(0, -12)],
    ['one byte more than the size bound', 'gzip', gzipSync(inflated(largest + 1))],
    ['more than the size bound', 'gzip', bomb],
    ['more than the size bound, twice compressed', 'gzip, gzip', gzipSync(bomb)],
    ['many codings', 'identity, identity, identity, identity', link],
  ];

  test.each(unreadable)(
    'is not a success if it cannot be decoded: %s',
    async (_name, coding, body) => {
      const { result, calls } = await attach(encoded(coding, body));
      expect(result).toMatchObject({ __typename: 'VendorContractError', outcome: 'UNKNOWN' });
      expect(calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
    },
  );

  test.each(unreadable)(
    'is not a rejection if it cannot be decoded: %s',
    async (_name, coding, body) => {
      const { result, calls } = await attach(encoded(coding, body, 404));
      expect(result).toMatchObject({ __typename: 'VendorContractError', outcome: 'UNKNOWN' });
      expect(calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
    },
  );
});
