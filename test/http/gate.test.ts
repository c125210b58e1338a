import { afterEach, describe, expect, test, vi } from 'vitest';
import { changes } from '../support/changes.ts';
import { credentials, type TestGateway, testGateway } from '../support/gateway.ts';
import { refusedUrl, type StubVendor, startVendor } from '../support/vendor.ts';
import { type Fault, faults, over, own, proxy } from '../support/world.ts';

/** No time for repeats, so that each change is one write. */
const brief = { VENDOR_TIMEOUT_MS: '4000', FIELD_TIMEOUT_MS: '8000' };
const hasty = { VENDOR_TIMEOUT_MS: '100', FIELD_TIMEOUT_MS: '200' };
const { removeOrgMember: change } = changes;
const kaitenSuccess = { status: 200, body: '{"id":501}' };

function times<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, make));
}

function reads(vendor: StubVendor, answer: Fault): void {
  vendor.answer = (response) => answer(response);
}

/** Lets the time pass that the circuit stays open, for the clock alone. */
function passOpenTime(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5_001 });
}

afterEach(() => {
  vi.useRealTimers();
});

async function open(gateway: TestGateway): Promise<void> {
  await times(10, () => change.make(gateway));
  expect(await change.make(gateway)).toMatchObject({ reason: 'CIRCUIT_OPEN' });
}

describe('the circuit of a vendor', () => {
  test('opens after ten outages: CIRCUIT_OPEN, NOT_APPLIED, with a wait, and no call', async () => {
    await using vendor = await startVendor();
    reads(vendor, proxy(503));
    await using gateway = testGateway(over(vendor, brief));
    await times(10, () => change.make(gateway));
    const before = vendor.calls.length;
    const refused = await change.make(gateway);
    expect(refused).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason: 'CIRCUIT_OPEN',
      outcome: 'NOT_APPLIED',
      retryable: true,
      vendorStatus: null,
    });
    // All of the five seconds, where it is told in the very ms of the opening.
    expect(refused['retryAfterSeconds']).toBeGreaterThan(4);
    expect(refused['retryAfterSeconds']).toBeLessThanOrEqual(5);
    expect(vendor.calls).toHaveLength(before);
  });

  test('does not open before ten operations have ended', async () => {
    await using gateway = testGateway({ AEROSPIKE_URL: await refusedUrl(), ...brief });
    for (const result of await times(9, () => change.make(gateway))) {
      expect(result).toMatchObject({ reason: 'CONNECTION' });
    }
    expect(await change.make(gateway)).toMatchObject({ reason: 'CONNECTION' });
    expect(await change.make(gateway)).toMatchObject({ reason: 'CIRCUIT_OPEN' });
  });

  test('counts operations, not their attempts', async () => {
    await using vendor = await startVendor();
    reads(vendor, proxy(503));
    await using gateway = testGateway(over(vendor));
    await times(9, () => change.make(gateway));
    expect(vendor.calls.filter(({ method }) => method === 'DELETE')).toHaveLength(27);
    expect(await change.make(gateway)).toMatchObject({ reason: 'SERVER_ERROR' });
    expect(await change.make(gateway)).toMatchObject({ reason: 'CIRCUIT_OPEN' });
  });

  test.each([
    { name: 'no answer', fault: faults.hang, env: hasty },
    { name: 'lost connections', fault: faults.reset },
    { name: '502', fault: own(502) },
    { name: '504', fault: own(504) },
    ...[520, 521, 522, 523, 524, 525, 526, 527, 530].map((status) => ({
      name: `Cloudflare’s ${status}`,
      fault: proxy(status),
    })),
  ])('counts $name', async ({ fault, env = brief }) => {
    await using vendor = await startVendor();
    reads(vendor, fault);
    await using gateway = testGateway(over(vendor, env));
    await open(gateway);
  });

  test.each([500, 501, 400, 401, 403, 404, 408, 409, 425, 429])(
    'never opens by %i, which a caller’s crafted id could cause',
    async (status) => {
      await using vendor = await startVendor();
      reads(vendor, own(status, { 'retry-after': '60' }));
      await using gateway = testGateway(over(vendor, brief));
      await times(30, () => change.make(gateway));
      expect(await change.make(gateway)).not.toMatchObject({ reason: 'CIRCUIT_OPEN' });
    },
  );

  test('stays closed while fewer than half of the operations are outages', async () => {
    await using vendor = await startVendor({ status: 204 });
    await using gateway = testGateway(over(vendor, brief));
    await times(12, () => change.make(gateway));
    reads(vendor, proxy(503));
    await times(11, () => change.make(gateway));
    expect(await change.make(gateway)).toMatchObject({ reason: 'SERVER_ERROR' });
    expect(await change.make(gateway)).toMatchObject({ reason: 'CIRCUIT_OPEN' });
  });

  test('lets a single probe through after five seconds, and closes when that succeeds', async () => {
    await using vendor = await startVendor();
    reads(vendor, proxy(503));
    await using gateway = testGateway(over(vendor, brief));
    await open(gateway);
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
    vendor.answer = (response) => arrive(() => response.writeHead(204).end());
    const before = vendor.calls.length;
    passOpenTime();
    const probe = change.make(gateway);
    const answer = await arrived;
    for (const result of await times(5, () => change.make(gateway))) {
      expect(result).toMatchObject({ reason: 'CIRCUIT_OPEN', outcome: 'NOT_APPLIED' });
    }
    expect(vendor.calls).toHaveLength(before + 1);
    answer();
    expect(await probe).toMatchObject({ outcome: 'APPLIED' });
    vendor.answer = { status: 204 };
    for (const result of await times(5, () => change.make(gateway))) {
      expect(result).toMatchObject({ outcome: 'APPLIED' });
    }
  });

  test('opens again where the probe fails', async () => {
    await using vendor = await startVendor();
    reads(vendor, proxy(503));
    await using gateway = testGateway(over(vendor, brief));
    await open(gateway);
    passOpenTime();
    expect(await change.make(gateway)).toMatchObject({ reason: 'SERVER_ERROR' });
    expect(await change.make(gateway)).toMatchObject({ reason: 'CIRCUIT_OPEN' });
  });

  test('of one vendor leaves the others alone', async () => {
    await using vendor = await startVendor(kaitenSuccess);
    await using gateway = testGateway({
      KAITEN_URL: vendor.url,
      AEROSPIKE_URL: await refusedUrl(),
      ...brief,
    });
    await open(gateway);
    expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  });
});

describe('the bulkhead of a vendor', () => {
  test('bounds the calls under way and in the queue; beyond them OVERLOADED, NOT_APPLIED, at once', async () => {
    const release: (() => void)[] = [];
    await using vendor = await startVendor((response) => {
      release.push(() => response.writeHead(204).end());
    });
    await using kaiten = await startVendor(kaitenSuccess);
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, KAITEN_URL: kaiten.url });
    const results: Promise<unknown>[] = [];
    const refused: unknown[] = [];
    const { promise: allRefused, resolve } = Promise.withResolvers<void>();
    for (let index = 0; index < 500; index += 1) {
      const result = change.make(gateway, { ...credentials });
      results.push(result);
      void result.then((ended) => {
        if (ended['reason'] !== 'OVERLOADED') return;
        refused.push(ended);
        if (refused.length === 500 - 64 - 128) resolve();
      });
    }
    // Answered while all others still hang.
    await allRefused;
    expect(refused[0]).toMatchObject({
      outcome: 'NOT_APPLIED',
      retryable: true,
      vendorStatus: null,
    });
    expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
    await expect.poll(() => release.length).toBe(64);
    vendor.answer = { status: 204 };
    for (const answer of release) answer();
    const ended = await Promise.all(results);
    expect(
      ended.filter((result) => (result as { outcome: string }).outcome === 'APPLIED'),
    ).toHaveLength(192);
    expect(vendor.calls).toHaveLength(192);
  });

  test('a change that waits for a place is not sent any more once its client has gone', async () => {
    const release: (() => void)[] = [];
    await using vendor = await startVendor((response) => {
      release.push(() => response.writeHead(204).end());
    });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
    const hanging = Array.from({ length: 64 }, () => change.make(gateway));
    await expect.poll(() => release.length).toBe(64);
    const client = new AbortController();
    const mutation =
      'mutation { removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename } }';
    const queued = gateway.sendText(mutation, credentials, { signal: client.signal });
    await expect.poll(() => gateway.gateway.lifecycle.unfinished()).toHaveLength(65);
    client.abort();
    await expect(queued).rejects.toThrow(/abort/i);
    vendor.answer = { status: 204 };
    for (const answer of release) answer();
    await Promise.all(hanging);
    await expect.poll(() => gateway.gateway.lifecycle.underWay).toBe(0);
    expect(vendor.calls).toHaveLength(64);
  });

  test('who waits in the queue for too long is OVERLOADED, and was never sent', async () => {
    await using vendor = await startVendor(() => {});
    await using gateway = testGateway({
      AEROSPIKE_URL: vendor.url,
      VENDOR_TIMEOUT_MS: '1000',
      FIELD_TIMEOUT_MS: '2000',
    });
    const results = await times(70, () => change.make(gateway));
    const writes = vendor.calls.filter(({ method }) => method === 'DELETE');
    expect(results.filter(({ reason }) => reason === 'OVERLOADED')).toHaveLength(6);
    expect(writes).toHaveLength(64);
  });
});
