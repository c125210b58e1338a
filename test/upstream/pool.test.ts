import dns from 'node:dns';
import { createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { changes } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Whether this machine has an address, to listen on. */
function has(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, address, () => server.close(() => resolve(true)));
  });
}

/** Has every name stand for these addresses. */
function answerLookups(addresses: () => readonly string[]) {
  return vi.spyOn(dns, 'lookup').mockImplementation(((...args: unknown[]) => {
    const answer = args.at(-1) as (error: null, addresses: readonly object[]) => void;
    const family = (address: string) => (address.includes(':') ? 6 : 4);
    answer(
      null,
      addresses().map((address) => ({ address, family: family(address) })),
    );
  }) as never);
}

// Linux has all of 127.0.0.0/8, others have ::1.
const elsewhere = (await has('127.0.0.2')) ? '127.0.0.2' : '::1';

test.skipIf(!(await has(elsewhere)))(
  'follows a DNS change after a minute, even on busy connections, and lets requests in flight finish on their old connection',
  async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { success } = changes.attachStreamLeader;
    const arrival = Promise.withResolvers<() => void>();
    await using before = await startVendor((response) => {
      before.answer = success;
      arrival.resolve(() => response.writeHead(success.status).end(success.body));
    });
    const { port } = new URL(before.url);
    await using after = await startVendor(success, { host: elsewhere, port: Number(port) });
    let address = '127.0.0.1';
    const lookup = answerLookups(() => [address]);
    await using gateway = testGateway({ WETHOD_URL: `http://localhost:${port}` });
    const make = () => changes.attachStreamLeader.make(gateway);

    const underWay = make();
    const answer = await arrival.promise;
    // The pool opens one connection more than it needs.
    for (let call = 0; call < 4; call += 1) await make();
    address = elsewhere;
    lookup.mockClear();
    vi.advanceTimersByTime(60_000);
    expect(await make()).toMatchObject({ outcome: 'APPLIED' });
    expect([before.calls.length, after.calls.length]).toEqual([6, 0]);
    expect(lookup).not.toHaveBeenCalled();

    vi.advanceTimersByTime(1);
    for (let call = 1; call <= 3; call += 1) {
      expect(await make()).toMatchObject({ outcome: 'APPLIED' });
      expect([before.calls.length, after.calls.length]).toEqual([6, call]);
    }
    answer();
    expect(await underWay).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'VENDOR_RESPONSE' });
    expect([before.calls.length, after.calls.length]).toEqual([6, 3]);
  },
);

test('connects to the address that responds if a name has IPv4 and IPv6 addresses', async () => {
  await using vendor = await startVendor(changes.attachStreamLeader.success);
  answerLookups(() => ['::1', '127.0.0.1']);
  const url = `http://localhost:${new URL(vendor.url).port}`;
  await using gateway = testGateway({ WETHOD_URL: url });
  expect(await changes.attachStreamLeader.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(vendor.calls).toHaveLength(1);
  expect(gateway.lines('vendor call')).toHaveLength(1);
});
