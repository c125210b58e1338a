import { afterEach, expect, test, vi } from 'vitest';
import { changes } from '../support/changes.ts';
import { turnUntil } from '../support/clocks.ts';
import { credentials, type TestGateway, testGateway } from '../support/gateway.ts';
import { makePipe } from '../support/pipe.ts';
import { type StubVendor, startVendor } from '../support/vendor.ts';

/** A field that has a second, of which half is for one call. */
const brief = { VENDOR_TIMEOUT_MS: '500', FIELD_TIMEOUT_MS: '1000', REQUEST_TIMEOUT_MS: '10000' };

const removal = 'mutation { removeGroupUser(input: {groupUid: "g", userId: 501}) { __typename } }';
const read = '{ group(uid: "g") { name } }';

const start = (vendor: StubVendor, file: string, env: Record<string, string> = {}) =>
  testGateway({ KAITEN_URL: vendor.url, AUDIT_LOG: file, ...env });

const isReady = async ({ gateway }: TestGateway) => (await gateway.probes.readiness()).ready;

/** Waits until the change that was begun waits for the audit log. */
const begun = ({ gateway }: TestGateway) =>
  vi.waitUntil(() => gateway.lifecycle.listUnfinished().length === 1);

/** Reads the pipe until a line of the event is there, since a full pipe is tried again after a moment. */
async function drainUntil(pipe: ReturnType<typeof makePipe>, event: string) {
  const lines: Record<string, unknown>[] = [];
  await vi.waitUntil(() => {
    lines.push(...pipe.drain());
    return lines.some((line) => line['event'] === event);
  });
  return lines.filter((line) => line['event'] !== 'opened');
}

afterEach(() => void vi.useRealTimers());

test('does not send a change that waited for a stalled audit log until its time was over', async () => {
  await using pipe = makePipe();
  await using vendor = await startVendor({ status: 200, body: '{"id":501}' });
  await using gateway = start(vendor, pipe.file, brief);
  pipe.fill();
  expect(await changes.removeGroupUser.make(gateway)).toMatchObject({
    __typename: 'VendorUnavailableError',
    reason: 'NOT_STARTED',
    outcome: 'NOT_APPLIED',
    retryable: true,
  });
  // Its start was on its way, so that its end follows.
  expect(await drainUntil(pipe, 'finished')).toMatchObject([
    { event: 'started', mutation: 'removeGroupUser' },
    { event: 'finished', mutation: 'removeGroupUser', outcome: 'NOT_APPLIED' },
  ]);
  expect(vendor.calls).toHaveLength(0);
});

test('writes no line for a change that ended while its start was still queued', async () => {
  await using pipe = makePipe();
  await using vendor = await startVendor({ status: 200, body: '{"id":501}' });
  await using gateway = start(vendor, pipe.file, brief);
  pipe.fill();
  const [first, second] = [gateway.sendText(removal), gateway.sendText(removal)];
  await Promise.all([first, second]);
  const lines = await drainUntil(pipe, 'finished');
  expect(lines.filter(({ event }) => event === 'started')).toHaveLength(1);
  expect(vendor.calls).toHaveLength(0);
});

test('does not send a change whose client disconnected while the audit log stalled, and records its end', async () => {
  await using pipe = makePipe();
  await using vendor = await startVendor({ status: 200, body: '{"id":501}' });
  await using gateway = start(vendor, pipe.file);
  pipe.fill();
  const client = new AbortController();
  const change = gateway.sendText(removal, credentials, { signal: client.signal });
  await begun(gateway);
  client.abort();
  await expect(change).rejects.toThrow();
  expect(await drainUntil(pipe, 'finished')).toMatchObject([
    { event: 'started' },
    { event: 'finished', outcome: 'NOT_APPLIED', error: 'VendorUnavailableError' },
  ]);
  expect(vendor.calls).toHaveLength(0);
});

test('does not wait for the rate limit if the client disconnected while the audit log stalled', async () => {
  await using pipe = makePipe();
  await using vendor = await startVendor({ status: 200, body: '{"id":1,"uid":"g","name":"G"}' });
  await using gateway = start(vendor, pipe.file, { KAITEN_RATE_LIMIT: '1/3600' });
  pipe.fill();
  const client = new AbortController();
  const change = gateway.sendText(removal, credentials, { signal: client.signal });
  await begun(gateway);
  await gateway.sendText(read);
  client.abort();
  await expect(change).rejects.toThrow();
  expect(await drainUntil(pipe, 'finished')).toMatchObject([
    { event: 'started' },
    { event: 'finished', error: 'VendorUnavailableError' },
  ]);
  // The read only, which used the only slot.
  expect(vendor.calls).toHaveLength(1);
});

test('a change that waits for the audit log holds no slot of the bulkhead or the rate limit', async () => {
  await using pipe = makePipe();
  await using vendor = await startVendor({ status: 200, body: '{"id":1,"uid":"g","name":"G"}' });
  const one = { VENDOR_CONCURRENCY: '1', VENDOR_QUEUE: '1', KAITEN_RATE_LIMIT: '1/3600' };
  await using gateway = start(vendor, pipe.file, one);
  pipe.fill();
  const change = changes.removeGroupUser.make(gateway);
  await begun(gateway);
  expect((await gateway.sendText(read)).data).toEqual({ group: { name: 'G' } });
  const lines = await drainUntil(pipe, 'finished');
  // The read used the only slot meanwhile.
  expect(await change).toMatchObject({ __typename: 'RateLimitedError', outcome: 'NOT_APPLIED' });
  expect(lines).toMatchObject([
    { event: 'started' },
    { event: 'finished', outcome: 'NOT_APPLIED', error: 'RateLimitedError', vendorStatus: null },
  ]);
});

test('delays a response by at most a second for its last audit line, and then writes that line to the log', async () => {
  await using pipe = makePipe();
  await using vendor = await startVendor((response) => {
    pipe.fill();
    response.writeHead(200).end('{"id":501}');
  });
  await using gateway = start(vendor, pipe.file, brief);
  expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  const [line] = gateway.lines('failed to write to the audit log');
  expect(line).toMatchObject({ entries: [{ event: 'finished', outcome: 'APPLIED' }] });
  expect(await drainUntil(pipe, 'finished')).toContainEqual(
    expect.objectContaining({ event: 'finished', outcome: 'APPLIED' }),
  );
});

test('/ready fails while a write to the audit log has hung for a second or longer', async () => {
  await using pipe = makePipe();
  await using vendor = await startVendor({ status: 200, body: '{"id":501}' });
  await using gateway = start(vendor, pipe.file);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  pipe.fill();
  const change = changes.removeGroupUser.make(gateway);
  await turnUntil(() => gateway.gateway.lifecycle.listUnfinished().length === 1);
  vi.advanceTimersByTime(999);
  expect(await isReady(gateway)).toBe(true);
  vi.advanceTimersByTime(1);
  expect(await isReady(gateway)).toBe(false);
  expect(await gateway.gateway.probes.readiness()).toMatchObject({ auditWritable: false });
  expect(
    gateway.lines('audit log stalled; changes are rejected until it can be written'),
  ).toHaveLength(1);
  await drainUntil(pipe, 'finished');
  expect(await change).toMatchObject({ outcome: 'APPLIED' });
  expect(await isReady(gateway)).toBe(true);
  expect(gateway.lines('audit log is writable again')).toHaveLength(1);
});

test('closes without waiting for a stalled audit log, and logs the lines that it lacks', async () => {
  await using pipe = makePipe();
  await using vendor = await startVendor({ status: 200, body: '{"id":501}' });
  const gateway = start(vendor, pipe.file, brief);
  pipe.fill();
  await gateway.sendText(removal);
  await gateway.gateway.close();
  expect(gateway.lines('failed to write to the audit log')).toMatchObject([
    { entries: [{ event: 'started' }] },
  ]);
});
