import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allChanges, changes, ids } from '../../support/changes.ts';
import { credentials, testGateway } from '../../support/gateway.ts';
import { parseSamples, readMetric, scrape } from '../../support/scrape.ts';
import { startVendor } from '../../support/vendor.ts';
import { faults, over, own, startWorld } from '../../support/world.ts';

test.each(allChanges)('counts $name by the type of its result and its outcome', async (change) => {
  await using vendor = await startVendor(change.success);
  await using gateway = testGateway({ [change.urlVariable]: vendor.url });
  const { __typename: result } = await change.make(gateway);
  const labels = { mutation: change.name, result, outcome: 'APPLIED' };
  expect(await readMetric(gateway, 'mutations_total', labels)).toBe(1);
  vendor.answer = own(403);
  await change.make(gateway);
  const refused = {
    mutation: change.name,
    result: 'PermissionDeniedError',
    outcome: 'NOT_APPLIED',
  };
  expect(await readMetric(gateway, 'mutations_total', refused)).toBe(1);
});

test.each(allChanges)(
  'counts the call of $name by its endpoint and the class of its status',
  async (change) => {
    await using vendor = await startVendor(change.success);
    await using gateway = testGateway({ [change.urlVariable]: vendor.url });
    await change.make(gateway);
    const calls = parseSamples(await scrape(gateway)).filter(
      ({ name }) => name === 'membership_gateway_vendor_calls_total',
    );
    expect(calls).toEqual([
      {
        name: expect.anything(),
        labels: {
          vendor: change.vendor,
          endpoint: expect.stringMatching(`^${change.method} /`),
          status: '2xx',
        },
        value: 1,
      },
    ]);
    const duration = { vendor: change.vendor, endpoint: calls[0]?.labels['endpoint'] ?? '' };
    expect(await readMetric(gateway, 'vendor_call_duration_seconds_count', duration)).toBe(1);
  },
);

test('counts a call without a response by its reason: connection, timeout', async () => {
  await using world = await startWorld(true, [
    { isMade: true, fault: faults.reset },
    { isMade: true, fault: faults.hang },
  ]);
  await using gateway = testGateway(
    over(world, { VENDOR_TIMEOUT_MS: '300', FIELD_TIMEOUT_MS: '600' }),
  );
  await changes.leaveGroup.make(gateway);
  await changes.leaveGroup.make(gateway);
  const endpoint = 'POST /api/v1/groups.leave';
  expect(await readMetric(gateway, 'vendor_calls_total', { endpoint, status: 'connection' })).toBe(
    1,
  );
  expect(await readMetric(gateway, 'vendor_calls_total', { endpoint, status: 'timeout' })).toBe(1);
});

test('counts a read as abandoned if its client disconnected, and not as a failure of the vendor', async () => {
  const client = new AbortController();
  await using vendor = await startVendor(() => client.abort());
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  await expect(
    gateway.sendText('{ stream(id: 1) { name } }', credentials, { signal: client.signal }),
  ).rejects.toThrow();
  await expect
    .poll(() =>
      readMetric(gateway, 'vendor_calls_total', { vendor: 'WETHOD', status: 'abandoned' }),
    )
    .toBe(1);
});

test('counts retries and read-backs, also under the former label', async () => {
  await using world = await startWorld(true, [{ isMade: true, fault: faults.reset }]);
  await using gateway = testGateway(over(world));
  expect(await changes.removeOrgMember.make(gateway)).toMatchObject({ confirmedBy: 'REPEAT' });
  const endpoint = 'DELETE /organization/members/{userId}';
  expect(await readMetric(gateway, 'vendor_repeats_total', { endpoint })).toBe(1);
  const labels = { vendor: 'AEROSPIKE', result: 'in_place', sight: 'in_place' };
  expect(await readMetric(gateway, 'read_backs_total', labels)).toBe(1);
});

test('counts waits for the rate limit of a vendor, and their time', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, AEROSPIKE_RATE_LIMIT: '1/1' });
  await changes.removeOrgMember.make(gateway);
  expect(await readMetric(gateway, 'pacing_waits_total', { vendor: 'AEROSPIKE' })).toBe(0);
  expect(await changes.removeOrgMember.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(await readMetric(gateway, 'pacing_waits_total', { vendor: 'AEROSPIKE' })).toBe(1);
  const seconds = await readMetric(gateway, 'pacing_wait_seconds_total', { vendor: 'AEROSPIKE' });
  expect(seconds).toBeGreaterThan(0);
  // In seconds, and not in ms.
  expect(seconds).toBeLessThan(10);
});

test('counts calls that the rate limit rejects', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, AEROSPIKE_RATE_LIMIT: '1/3600' });
  await changes.removeOrgMember.make(gateway);
  const refused = await changes.removeOrgMember.make(gateway);
  expect(refused.__typename).toBe('RateLimitedError');
  expect(await readMetric(gateway, 'pacing_refusals_total', { vendor: 'AEROSPIKE' })).toBe(1);
});

test('exports an open circuit, and when it opened', async () => {
  const before = Date.now() / 1_000;
  await using vendor = await startVendor({ status: 503 });
  await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url });
  for (let count = 0; count < 10; count += 1) await changes.leaveGroup.make(gateway);
  await changes.leaveGroup.make(gateway);
  const name = { vendor: 'ROCKETCHAT' };
  expect(await readMetric(gateway, 'circuit_state', { ...name, state: 'open' })).toBe(1);
  expect(await readMetric(gateway, 'circuit_state', { ...name, state: 'closed' })).toBe(0);
  expect(await readMetric(gateway, 'circuit_openings_total', name)).toBe(1);
  expect(await readMetric(gateway, 'circuit_refusals_total', name)).toBe(1);
  const since = await readMetric(gateway, 'circuit_down_since_timestamp_seconds', name);
  expect(since).toBeGreaterThanOrEqual(before - 1);
});

test('exports the active calls of a vendor, also under the former name', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  await using vendor = await startVendor((response) => arrive(() => response.writeHead(204).end()));
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  const change = changes.removeOrgMember.make(gateway);
  const answer = await arrived;
  const name = { vendor: 'AEROSPIKE' };
  expect(await readMetric(gateway, 'bulkhead_active', name)).toBe(1);
  expect(await readMetric(gateway, 'bulkhead_taken', name)).toBe(1);
  expect(await readMetric(gateway, 'pool_connections', name)).toBe(1);
  answer();
  await change;
  expect(await readMetric(gateway, 'bulkhead_active', name)).toBe(0);
});

test('counts operations by name, type and result', async () => {
  await using vendor = await startVendor({ status: 404 });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  await gateway.sendText('query Ask { vendors { title } }');
  await gateway.sendText('query Ask { vendors { title } organization { name } }');
  await gateway.sendText('{ vendors { title } }');
  await gateway.sendText('query Bad($a: Int!) { vendors { title } stream(id: $a) { name } }');
  const count = (operation: string, result: string) =>
    readMetric(gateway, 'operations_total', { operation, type: 'query', result });
  expect(await count('Ask', 'success')).toBe(1);
  expect(await count('Ask', 'partial')).toBe(1);
  expect(await count('anonymous', 'success')).toBe(1);
  expect(await readMetric(gateway, 'operation_duration_seconds_count', { operation: 'Ask' })).toBe(
    2,
  );
});

test('limits the number of series, however many names clients make up', async () => {
  await using gateway = testGateway({
    WETHOD_URL: 'http://127.0.0.1:9',
    MAX_BODY_BYTES: '1000000',
  });
  for (let index = 0; index < 150; index += 1) {
    await gateway.sendText(`query Name${index} { vendors { title } }`);
  }
  const long = 'x'.repeat(5_000);
  await gateway.sendText(`query ${long} { vendors { title } }`);
  const text = await scrape(gateway);
  const names = new Set(
    parseSamples(text)
      .map(({ labels }) => labels['operation'])
      .filter(Boolean),
  );
  expect(names.size).toBe(101);
  expect(names).toContain('other');
  expect(text).not.toContain(long);
});

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'names-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

/** A gateway whose callers name their operations. */
async function startNamed(callers: readonly string[]) {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'keys.json');
  const services = callers.map((name) => ({
    name,
    keys: [createHash('sha256').update(name).digest('hex')],
  }));
  await writeFile(file, JSON.stringify({ services }));
  const gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9', SERVICE_KEYS_FILE: file });
  return {
    send: (caller: string, name: string) =>
      gateway.sendText(`query ${name} { vendors { title } }`, {
        authorization: `Bearer ${caller}`,
      }),
    count: (operation: string) => readMetric(gateway, 'operations_total', { operation }),
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test('leaves room for the operation names of other callers', async () => {
  await using gateway = await startNamed(['evil', 'good']);
  const { send, count } = gateway;
  for (let index = 0; index < 300; index += 1) await send('evil', `Name${index}`);
  await send('good', 'Ours');
  expect(await count('Ours')).toBe(1);
  expect(await count('Name99')).toBe(1);
  expect(await count('Name100')).toBeUndefined();
  expect(await count('other')).toBe(200);
});

test('gives up to 200 operation names their own labels, whichever callers use them', async () => {
  await using gateway = await startNamed(['one', 'two', 'three']);
  const { send, count } = gateway;
  for (let index = 0; index < 100; index += 1) await send('one', `One${index}`);
  for (let index = 0; index < 99; index += 1) await send('two', `Two${index}`);
  await send('three', 'The200th');
  await send('three', 'The201st');
  expect(await count('The200th')).toBe(1);
  expect(await count('The201st')).toBeUndefined();
  expect(await count('other')).toBe(1);
});

test('exports no id, address, credential or path', async () => {
  await using world = await startWorld(true, [{ isMade: true, fault: own(503) }]);
  await using gateway = testGateway(over(world));
  for (const change of allChanges)
    await change.make(gateway, { ...credentials, 'x-request-id': 'request-canary' });
  await gateway.sendText('{ memberships(email: "canary@example.com") { groups { name } } }');
  const text = await scrape(gateway);
  const numbers = new Set<string>([ids.streamId, ids.leaderId, ids.kaitenUserId]);
  const secrets = [...Object.values(credentials), ...Object.values(ids), 'canary'];
  for (const secret of secrets.filter((one) => !numbers.has(one)))
    expect(text).not.toContain(secret);
  for (const { labels } of parseSamples(text)) {
    for (const value of Object.values(labels)) expect(numbers).not.toContain(value);
    expect(labels['endpoint'] ?? '').not.toMatch(/\/\d/);
    expect(labels['endpoint']).not.toBe('other');
  }
});
