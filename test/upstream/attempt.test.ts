import { describe, expect, test, vi } from 'vitest';
import { AttemptHandler } from '../../src/upstream/attempt.ts';
import { createPool } from '../../src/upstream/pool.ts';
import type { Attempt } from '../../src/upstream/response.ts';
import { allChanges, type Change, changePerMethod } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { heldBytes } from '../support/memory.ts';
import { once } from '../support/table.ts';
import { createRefusedUrl, startRawVendor, startVendor } from '../support/vendor.ts';

// No time for a repeat: these tests are about one attempt, and the read-back that may follow it.
const quick = { VENDOR_TIMEOUT_MS: '400', FIELD_TIMEOUT_MS: '800' };

/** A gateway whose change goes to a URL. */
const startOver = (change: Change, url: string, times = quick) =>
  testGateway({ ...times, [change.urlVariable]: url });

describe.each(allChanges)('$name', (change) => {
  test('the vendor sees the documented method and path, once', async () => {
    await using vendor = await startVendor(change.success);
    await using gateway = startOver(change, `${vendor.url}/base/path/`);
    expect(await change.make(gateway)).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'VENDOR_RESPONSE',
    });
    expect(vendor.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `${change.method} /base/path${change.path}`,
    ]);
  });

  test('a success without a length is CONNECTION, UNKNOWN if its connection is reset, however much arrived', async () => {
    const { status, body = '' } = change.success;
    const head = `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n`;
    await using vendor = await startRawVendor((socket) => {
      // A 204 has no body that could be cut.
      socket.write(head.replace('204', '200') + body, () => socket.resetAndDestroy());
    });
    await using gateway = startOver(change, vendor.url);
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason: 'CONNECTION',
      outcome: 'UNKNOWN',
    });
    expect(vendor.arrived).toEqual([change.method, 'GET']);
  });
});

describe.each(changePerMethod)('$name over a network that fails', (change) => {
  const over = (url: string, times = quick) => startOver(change, url, times);

  test('a reset after an informational response is CONNECTION, UNKNOWN, without a status', async () => {
    await using vendor = await startRawVendor((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n', () => socket.destroy());
    });
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason: 'CONNECTION',
      outcome: 'UNKNOWN',
      vendorStatus: null,
    });
  });

  test('a refused connection is CONNECTION, NOT_APPLIED and retryable: nothing was sent', async () => {
    await using gateway = over(await createRefusedUrl());
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason: 'CONNECTION',
      outcome: 'NOT_APPLIED',
      retryable: true,
      vendorStatus: null,
    });
  });

  test('a TLS handshake that hangs is TIMEOUT, NOT_APPLIED: nothing was sent', async () => {
    await using vendor = await startRawVendor(() => {});
    await using gateway = over(vendor.url.replace('http:', 'https:'));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason: 'TIMEOUT',
      outcome: 'NOT_APPLIED',
      retryable: true,
    });
    expect(vendor.arrived).toEqual([]);
  });

  test('a vendor that speaks no TLS is CONNECTION, NOT_APPLIED', async () => {
    await using vendor = await startVendor(change.success);
    await using gateway = over(vendor.url.replace('http:', 'https:'));
    expect(await change.make(gateway)).toMatchObject({
      reason: 'CONNECTION',
      outcome: 'NOT_APPLIED',
    });
    expect(vendor.calls).toHaveLength(0);
  });

  test('an unknown host name is CONNECTION, NOT_APPLIED', async () => {
    await using gateway = over('https://membership-gateway.invalid');
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      outcome: 'NOT_APPLIED',
    });
  });

  test('a reset after the request was read is CONNECTION, UNKNOWN, and is sent once', async () => {
    await using vendor = await startRawVendor((socket) => socket.resetAndDestroy());
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason: 'CONNECTION',
      outcome: 'UNKNOWN',
      retryable: !change.isPost,
    });
    expect(vendor.arrived).toEqual([change.method, 'GET']);
  });

  test('a reset within the response’s headers is CONNECTION, UNKNOWN', async () => {
    await using vendor = await startRawVendor((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-le', () => socket.resetAndDestroy());
    });
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({ reason: 'CONNECTION', outcome: 'UNKNOWN' });
    expect(vendor.arrived).toEqual([change.method, 'GET']);
  });

  test('a success with a truncated body is CONNECTION, UNKNOWN, with its status', async () => {
    await using vendor = await startRawVendor((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"id":', () => socket.destroy());
    });
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason: 'CONNECTION',
      outcome: 'UNKNOWN',
      vendorStatus: 200,
    });
    expect(vendor.arrived).toEqual([change.method, 'GET']);
  });

  test('no response in time is TIMEOUT, UNKNOWN', async () => {
    await using vendor = await startRawVendor(() => {});
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason: 'TIMEOUT',
      outcome: 'UNKNOWN',
      retryable: !change.isPost,
    });
    expect(vendor.arrived).toEqual([change.method, 'GET']);
  });

  test('a success that hangs in its body is TIMEOUT, UNKNOWN', async () => {
    await using vendor = await startRawVendor((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"id":');
    });
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({ reason: 'TIMEOUT', outcome: 'UNKNOWN' });
  });

  test('a known error status is that error even if its body hangs', async () => {
    await using vendor = await startRawVendor((socket) => {
      // Aerospike sends its request ID with every response.
      const head = 'HTTP/1.1 401 Unauthorized\r\nx-request-id: 1\r\ncontent-length: 100';
      socket.write(`${head}\r\n\r\n{"mess`);
    });
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'AuthenticationError',
      outcome: 'NOT_APPLIED',
      vendorStatus: 401,
      vendorMessage: null,
    });
  });

  test('a response that is not HTTP is CONNECTION, UNKNOWN', async () => {
    await using vendor = await startRawVendor((socket) => socket.end('SSH-2.0-OpenSSH_9.7\r\n'));
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({ reason: 'CONNECTION', outcome: 'UNKNOWN' });
  });

  test('a success of more than 1 MiB is a VendorContractError, UNKNOWN', async () => {
    await using vendor = await startVendor({ status: 200, body: `"${'x'.repeat(1_100_000)}"` });
    await using gateway = over(vendor.url, once);
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorContractError',
      outcome: 'UNKNOWN',
      vendorStatus: 200,
    });
    expect(vendor.calls.map(({ method }) => method)).toEqual([change.method, 'GET']);
  });

  test('a redirect is not followed, even to the vendor itself', async () => {
    await using vendor = await startVendor({ status: 307, headers: { location: '/elsewhere' } });
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorContractError',
      outcome: 'NOT_APPLIED',
      vendorStatus: 307,
    });
    expect(vendor.calls.map(({ method }) => method)).toEqual([change.method]);
    expect(gateway.lines('attempt failed')).toMatchObject([{ redirectOrigin: vendor.url }]);
  });

  test.each([
    { name: '100', heads: ['100 Continue'] },
    { name: '102', heads: ['102 Processing'] },
    { name: '103', heads: ['103 Early Hints\r\nlink: </x>'] },
    { name: 'several', heads: ['103 Early Hints\r\nlink: </x>', '100 Continue', '102 Processing'] },
  ])('an informational response before the response changes nothing: $name', async ({ heads }) => {
    const { status, body = '' } = change.success;
    const length = status === 204 ? '' : `content-length: ${body.length}\r\n`;
    const parts = [...heads, `${status} OK\r\n${length.trimEnd()}`.trimEnd()];
    await using vendor = await startRawVendor((socket) => {
      socket.setNoDelay(true);
      const write = ([head, ...rest]: readonly string[]): void => {
        const end = rest.length === 0 ? body : '';
        socket.write(`HTTP/1.1 ${head}\r\n\r\n${end}`, () => rest.length > 0 && write(rest));
      };
      write(parts);
    });
    await using gateway = over(vendor.url);
    expect(await change.make(gateway)).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'VENDOR_RESPONSE',
    });
    expect(vendor.arrived).toEqual([change.method]);
  });
});

/** The most that is read of an answer, in bytes. */
const largestBody = 1_048_576;

/** An attempt that counts the bytes of its answer. */
class CountedAttempt extends AttemptHandler {
  bytes = 0;

  override onResponseData(...[controller, chunk]: Parameters<AttemptHandler['onResponseData']>) {
    super.onResponseData(controller, chunk);
    this.bytes += chunk.length;
  }
}

/** Makes an attempt at a vendor. */
function attemptAt(url: string, pool: ReturnType<typeof createPool>, mayWrite = true) {
  const { promise: answer, resolve: settle, reject } = Promise.withResolvers<Attempt>();
  const listener = { handleWrite: () => mayWrite, handleEnd: () => {} };
  const settings = { timeoutMs: 60_000, listener, signal: null, settle, reject };
  const attempt = new CountedAttempt(settings);
  pool.dispatch({ origin: url, method: 'GET', path: '/' }, attempt);
  return { attempt, answer };
}

test('writes nothing if the listener does not allow it, and keeps the connection for the next attempt', async () => {
  let requests = 0;
  await using vendor = await startRawVendor((socket) => {
    requests += 1;
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n7');
  });
  const pool = createPool(vendor.url, 5_000, null);
  const refused = attemptAt(vendor.url, pool, false);
  expect(await refused.answer).toMatchObject({ kind: 'notSent' });
  expect(requests).toBe(0);
  expect(pool.stats.connected).toBe(1);
  expect(await attemptAt(vendor.url, pool).answer).toMatchObject({ response: { text: '7' } });
  expect(requests).toBe(1);
  await pool.close();
});

test('reads a body of 1 MiB in one-byte chunks with at most 2 MiB of memory', async () => {
  let finish = () => {};
  await using vendor = await startRawVendor((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    socket.write('1\r\n7\r\n'.repeat(largestBody - 1));
    finish = () => socket.write('1\r\n7\r\n0\r\n\r\n');
  });
  const pool = createPool(vendor.url, 5_000, null);
  const before = heldBytes();
  const { attempt, answer } = attemptAt(vendor.url, pool);
  await vi.waitUntil(() => attempt.bytes === largestBody - 1, { timeout: 15_000 });
  const noise = 2_000_000;
  expect(heldBytes() - before).toBeLessThan(2 * largestBody + noise);
  finish();
  expect(await answer).toMatchObject({ response: { text: '7'.repeat(largestBody), isCut: false } });
  await pool.close();
});

test('cuts a body of one-byte chunks after 1 MiB', async () => {
  await using vendor = await startRawVendor((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    socket.write(`${'1\r\n7\r\n'.repeat(largestBody + 1)}0\r\n\r\n`);
  });
  const pool = createPool(vendor.url, 5_000, null);
  const { answer } = attemptAt(vendor.url, pool);
  expect(await answer).toMatchObject({ response: { text: null, isCut: true } });
  await pool.close();
});
