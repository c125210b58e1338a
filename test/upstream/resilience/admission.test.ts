import { describe, expect, test, vi } from 'vitest';
import { nameCallers } from '../../support/callers.ts';
import { changes } from '../../support/changes.ts';
import { moveClocks } from '../../support/clocks.ts';
import { countWaiting, credentials, type TestGateway, testGateway } from '../../support/gateway.ts';
import { createRefusedUrl, type StubVendor, startVendor } from '../../support/vendor.ts';
import { type Fault, faults, over, own, proxy } from '../../support/world.ts';

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

/** How long the circuit stays open, and a little more, in ms. */
const openTime = 5_001;

/** How long a state may take to come about on a busy machine. */
const patient = { timeout: 10_000 };

const day = 24 * 60 * 60_000;

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
    await using gateway = testGateway({ AEROSPIKE_URL: await createRefusedUrl(), ...brief });
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
    'never opens for a %i, which a caller’s crafted id could cause',
    async (status) => {
      await using vendor = await startVendor();
      reads(vendor, own(status, { 'retry-after': '60' }));
      await using gateway = testGateway(over(vendor, brief));
      await times(12, () => change.make(gateway));
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
    using clocks = moveClocks();
    await using vendor = await startVendor();
    reads(vendor, proxy(503));
    await using gateway = testGateway(over(vendor, brief));
    await open(gateway);
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
    vendor.answer = (response) => arrive(() => response.writeHead(204).end());
    const before = vendor.calls.length;
    clocks.pass(openTime);
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

  test('opens again if the probe fails', async () => {
    using clocks = moveClocks();
    await using vendor = await startVendor();
    reads(vendor, proxy(503));
    await using gateway = testGateway(over(vendor, brief));
    await open(gateway);
    clocks.pass(openTime);
    expect(await change.make(gateway)).toMatchObject({ reason: 'SERVER_ERROR' });
    expect(await change.make(gateway)).toMatchObject({ reason: 'CIRCUIT_OPEN' });
  });

  test('stays open for no longer if the wall clock is set back, and counts outages across the step', async () => {
    using clocks = moveClocks();
    await using vendor = await startVendor();
    reads(vendor, proxy(503));
    await using gateway = testGateway(over(vendor, brief));
    await times(5, () => change.make(gateway));
    clocks.stepWall(-day);
    await times(5, () => change.make(gateway));
    expect(await change.make(gateway)).toMatchObject({ reason: 'CIRCUIT_OPEN' });
    clocks.stepWall(-day);
    const waiting = await change.make(gateway);
    expect(Number(waiting['retryAfterSeconds'])).toBeLessThanOrEqual(5);
    clocks.pass(openTime);
    vendor.answer = { status: 204 };
    expect(await change.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  });

  test('forgets outages after ten seconds although the wall clock was set back', async () => {
    using clocks = moveClocks();
    await using vendor = await startVendor();
    reads(vendor, proxy(503));
    await using gateway = testGateway(over(vendor, brief));
    await times(9, () => change.make(gateway));
    clocks.stepWall(-day);
    clocks.pass(11_000);
    expect(await change.make(gateway)).toMatchObject({ reason: 'SERVER_ERROR' });
    expect(await change.make(gateway)).toMatchObject({ reason: 'SERVER_ERROR' });
  });

  test('is not closed by a probe that was not sent because its client disconnected', async () => {
    // The clock stands still, so that no outage is forgotten however long the test takes.
    let now = performance.now();
    using _clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    const release: (() => void)[] = [];
    await using vendor = await startVendor((response, { headers }) => {
      if (headers.authorization?.includes('modest')) return proxy(503)(response);
      release.push(() => response.writeHead(204).end());
    });
    await using callers = await nameCallers('hungry', 'modest');
    await using gateway = testGateway({
      AEROSPIKE_URL: vendor.url,
      VENDOR_CONCURRENCY: '27',
      VENDOR_TIMEOUT_MS: '60000',
      FIELD_TIMEOUT_MS: '600000',
      REQUEST_TIMEOUT_MS: '600000',
      SHUTDOWN_GRACE_MS: '600001',
      ...callers.env,
    });
    const fail = () => change.make(gateway, callers.as('modest', 'modest'));
    const waiting = (count: number) =>
      expect.poll(() => countWaiting(gateway, 'aerospike'), patient).toBe(count);
    await fail();
    // Its share, so that the next one of this caller waits for a place.
    const hungry = Array.from({ length: 24 }, () => change.make(gateway, callers.as('hungry')));
    await expect.poll(() => release.length, patient).toBe(24);
    await times(9, fail);
    expect(await fail()).toMatchObject({ reason: 'CIRCUIT_OPEN' });
    now += openTime;
    const client = new AbortController();
    const gone = '00000000-6a80-4f32-9d4a-7b3c2e9f8a01';
    const mutation = `mutation { removeOrgMember(input: {userId: "${gone}"}) { __typename } }`;
    const { signal } = client;
    const probe = gateway.sendText(mutation, callers.as('hungry', 'hungry'), { signal });
    await waiting(1);
    client.abort();
    await expect(probe).rejects.toThrow(/abort/i);
    for (const answer of release) answer();
    await Promise.all(hungry);
    await waiting(0);
    // The next one is the probe, and opens the circuit again.
    expect(await fail()).toMatchObject({ reason: 'SERVER_ERROR' });
    expect(await fail()).toMatchObject({ reason: 'CIRCUIT_OPEN' });
    expect(vendor.calls.filter(({ url }) => url.includes(gone))).toEqual([]);
  }, 60_000);

  test('of one vendor leaves the others alone', async () => {
    await using vendor = await startVendor(kaitenSuccess);
    await using gateway = testGateway({
      KAITEN_URL: vendor.url,
      AEROSPIKE_URL: await createRefusedUrl(),
      ...brief,
    });
    await open(gateway);
    expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  });
});

describe('the bulkhead of a vendor', () => {
  test('limits the calls in flight and in the queue: others are OVERLOADED, NOT_APPLIED, immediately', async () => {
    const release: (() => void)[] = [];
    await using vendor = await startVendor((response) => {
      release.push(() => response.writeHead(204).end());
    });
    await using kaiten = await startVendor(kaitenSuccess);
    await using gateway = testGateway({
      AEROSPIKE_URL: vendor.url,
      KAITEN_URL: kaiten.url,
      VENDOR_CONCURRENCY: '8',
      VENDOR_QUEUE: '16',
    });
    const refused: unknown[] = [];
    const results = Array.from({ length: 40 }, () =>
      change.make(gateway, { ...credentials }).then((ended) => {
        if (ended['reason'] === 'OVERLOADED') refused.push(ended);
        return ended;
      }),
    );
    // Answered while all others still hang.
    await expect.poll(() => refused).toHaveLength(40 - 8 - 16);
    expect(refused[0]).toMatchObject({
      outcome: 'NOT_APPLIED',
      retryable: true,
      vendorStatus: null,
    });
    expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
    await expect.poll(() => release.length).toBe(8);
    vendor.answer = { status: 204 };
    for (const answer of release) answer();
    const ended = await Promise.all(results);
    expect(ended.filter(({ outcome }) => outcome === 'APPLIED')).toHaveLength(24);
    expect(vendor.calls).toHaveLength(24);
  });

  test('rejects none of twenty times as many changes as a slow vendor has places', async () => {
    await using vendor = await startVendor((response) => {
      setTimeout(() => response.writeHead(204).end(), 20);
    });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, VENDOR_CONCURRENCY: '10' });
    const ended = await times(200, () => change.make(gateway));
    expect(ended.filter(({ outcome }) => outcome === 'APPLIED')).toHaveLength(200);
    expect(vendor.calls).toHaveLength(200);
  });

  test('rejects all queued calls immediately if the circuit opens', async () => {
    const release: (() => void)[] = [];
    let isDown = false;
    await using vendor = await startVendor((response, { method }) => {
      if (method === 'GET') return proxy(503)(response);
      // The calls that come once it is down hang, and keep their places.
      if (!isDown) release.push(() => proxy(503)(response));
    });
    await using gateway = testGateway(
      over(vendor, { VENDOR_CONCURRENCY: '10', VENDOR_TIMEOUT_MS: '3000' }),
    );
    // A POST is not repeated: ten outages, and the read-backs of them.
    const { removeChatGroupMember: kick } = changes;
    const sent = times(10, () => kick.make(gateway));
    await expect.poll(() => release.length).toBe(10);
    const refused: unknown[] = [];
    const waiting = times(30, () =>
      kick
        .make(gateway)
        .then((result) => result['reason'] === 'CIRCUIT_OPEN' && refused.push(result)),
    );
    await expect.poll(() => gateway.gateway.lifecycle.listUnfinished()).toHaveLength(40);
    isDown = true;
    for (const answer of release) answer();
    await sent;
    // Nine got the places of the first nine; the tenth outage opened the circuit.
    await expect.poll(() => refused).toHaveLength(21);
    await waiting;
    expect(vendor.calls.filter(({ method }) => method === 'POST')).toHaveLength(19);
  });

  test('gives a free place to changes first, and to callers in turn, whatever credentials they make up', async () => {
    const release: (() => void)[] = [];
    await using vendor = await startVendor((response) => {
      release.push(() => response.writeHead(204).end());
    });
    await using callers = await nameCallers('hungry', 'modest');
    await using gateway = testGateway({
      AEROSPIKE_URL: vendor.url,
      VENDOR_CONCURRENCY: '1',
      ...callers.env,
    });
    const queued = async (count: number) =>
      expect.poll(() => countWaiting(gateway, 'aerospike')).toBe(count);
    const results = [change.make(gateway, callers.as('hungry', 'h0'))];
    await expect.poll(() => release.length).toBe(1);
    const read = gateway.sendText('{ organization { name } }', callers.as('hungry', 'read'));
    await queued(1);
    for (const [index, [name, token]] of [
      ['hungry', 'h1'],
      ['hungry', 'h2'],
      ['modest', 'm1'],
    ].entries()) {
      results.push(change.make(gateway, callers.as(name as string, token)));
      await queued(index + 2);
    }
    for (let place = 0; place < 5; place += 1) {
      await expect.poll(() => release.length).toBe(place + 1);
      release[place]?.();
    }
    await Promise.all([...results, read]);
    expect(vendor.calls.map(({ headers }) => headers.authorization)).toEqual(
      ['h0', 'h1', 'm1', 'h2', 'read'].map((token) => `Bearer ${token}`),
    );
  });

  test('does not send a change whose client disconnected while it waited for a place', async () => {
    const release: (() => void)[] = [];
    await using vendor = await startVendor((response) => {
      release.push(() => response.writeHead(204).end());
    });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, VENDOR_CONCURRENCY: '4' });
    const hanging = Array.from({ length: 4 }, () => change.make(gateway));
    await expect.poll(() => release.length).toBe(4);
    const client = new AbortController();
    const mutation =
      'mutation { removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename } }';
    const queued = gateway.sendText(mutation, credentials, { signal: client.signal });
    await expect.poll(() => gateway.gateway.lifecycle.listUnfinished()).toHaveLength(5);
    client.abort();
    await expect(queued).rejects.toThrow(/abort/i);
    vendor.answer = { status: 204 };
    for (const answer of release) answer();
    await Promise.all(hanging);
    await expect.poll(() => gateway.gateway.lifecycle.inFlight).toBe(0);
    expect(vendor.calls).toHaveLength(4);
  });

  test('rejects a queued change with OVERLOADED once only an attempt and a read-back fit into its time', async () => {
    await using vendor = await startVendor(() => {});
    await using gateway = testGateway({
      AEROSPIKE_URL: vendor.url,
      VENDOR_CONCURRENCY: '4',
      VENDOR_TIMEOUT_MS: '1000',
      FIELD_TIMEOUT_MS: '2500',
    });
    const results = await times(10, () => change.make(gateway));
    const writes = vendor.calls.filter(({ method }) => method === 'DELETE');
    expect(results.filter(({ reason }) => reason === 'OVERLOADED')).toHaveLength(6);
    expect(writes).toHaveLength(4);
  });
});
