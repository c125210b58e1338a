import { hash } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { nameCallers } from '../../support/callers.ts';
import { changes, ids } from '../../support/changes.ts';
import { type TestGateway, testGatewayWithState } from '../../support/gateway.ts';
import { runStatement } from '../../support/postgres.ts';
import { readMetric } from '../../support/scrape.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { startVendor } from '../../support/vendor.ts';

const { removeGroupUser: change, removeOrgMember: unlimited } = changes;

/** A database behind a network that a test can break. */
async function startDatabase() {
  const direct = await createTestDatabase();
  const proxy = await startTcpProxy(Number(new URL(inject('postgresUrl')).port));
  const url = new URL(direct);
  url.port = String(proxy.port);
  return {
    direct,
    url: url.href,
    proxy,
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}

const isUp = (gateway: TestGateway) =>
  readMetric(gateway, 'rate_limit_database_up', { vendor: 'KAITEN' });

test('without the database changes are not sent, reads use the share of the replica, and both recover', async () => {
  await using database = await startDatabase();
  await using vendor = await startVendor({ status: 404 });
  await using gateway = await testGatewayWithState({
    KAITEN_URL: vendor.url,
    KAITEN_RATE_LIMIT: '20/1',
    DATABASE_URL: database.url,
  });
  const countReads = async () => {
    await gateway.sendText(`{ group(uid: "${ids.groupUid}") { uid } }`);
    return vendor.calls.filter(({ method }) => method === 'GET').length;
  };
  expect(await change.make(gateway)).toMatchObject({ __typename: 'NotFoundError' });
  database.proxy.cut();
  expect(await change.make(gateway)).toMatchObject({
    __typename: 'VendorUnavailableError',
    reason: 'NOT_STARTED',
    outcome: 'NOT_APPLIED',
    retryable: true,
  });
  expect(vendor.calls).toHaveLength(1);
  expect(await isUp(gateway)).toBe(0);
  // The read waits for the quiet window.
  expect(await countReads()).toBe(1);
  expect(await change.make(gateway)).toMatchObject({ reason: 'NOT_STARTED' });
  database.proxy.restore();
  await expect.poll(() => isUp(gateway), { timeout: 10_000 }).toBe(1);
  expect(await change.make(gateway)).toMatchObject({ __typename: 'NotFoundError' });
  expect(await countReads()).toBe(2);
  expect(vendor.calls).toHaveLength(4);
});

test('a network that forwards nothing delays a change by the time for an answer only', async () => {
  await using database = await startDatabase();
  await using vendor = await startVendor({ status: 404 });
  await using gateway = await testGatewayWithState({
    KAITEN_URL: vendor.url,
    KAITEN_RATE_LIMIT: '20/1',
    DATABASE_URL: database.url,
  });
  expect(await change.make(gateway)).toMatchObject({ __typename: 'NotFoundError' });
  database.proxy.pause();
  expect(await change.make(gateway)).toMatchObject({ reason: 'NOT_STARTED' });
  expect(await change.make(gateway)).toMatchObject({ reason: 'NOT_STARTED' });
  expect(vendor.calls).toHaveLength(1);
  database.proxy.restore();
  await expect.poll(() => isUp(gateway), { timeout: 20_000 }).toBe(1);
  expect(await change.make(gateway)).toMatchObject({ __typename: 'NotFoundError' });
});

test('a vendor without a limit never uses the database', async () => {
  await using database = await startDatabase();
  await using vendor = await startVendor({ status: 204 });
  await using gateway = await testGatewayWithState({
    AEROSPIKE_URL: vendor.url,
    DATABASE_URL: database.url,
  });
  database.proxy.cut();
  expect(await unlimited.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  const rows = await runStatement(database.direct, 'select * from membership_gateway.rate_limit');
  expect(rows).toEqual([]);
});

test('without the database callers keep the share of a replica, which knows the others before its first call', async () => {
  await using database = await startDatabase();
  await using callers = await nameCallers('one');
  const env = {
    KAITEN_URL: 'https://kaiten.invalid',
    CALLER_REQUESTS: '10/600',
    DATABASE_URL: database.url,
    ...callers.env,
  };
  await using _other = await testGatewayWithState(env);
  await using gateway = await testGatewayWithState(env);
  database.proxy.cut();
  const statuses: number[] = [];
  for (let sent = 0; sent < 12; sent += 1) {
    const { status } = await gateway.sendText('{ __typename }', callers.as('one'));
    statuses.push(status);
  }
  expect(statuses).toEqual([...Array(5).fill(200), ...Array(7).fill(429)]);
});

test('the database holds no credential and no plain hash of one, and limits by address are counted for each group', async () => {
  const url = await createTestDatabase();
  await using vendor = await startVendor({ status: 200, body: '{"success":true}' });
  const env = {
    KAITEN_URL: vendor.url,
    ROCKETCHAT_URL: vendor.url,
    KAITEN_RATE_LIMIT: '5/1',
    ROCKETCHAT_RATE_LIMIT: '5/60',
    DATABASE_URL: url,
  };
  await using one = await testGatewayWithState(env);
  await using other = await testGatewayWithState({ ...env, EGRESS_GROUP: 'west' });
  await change.make(one);
  await change.make(other);
  await changes.leaveGroup.make(one);
  await changes.leaveGroup.make(other);
  const rows = await runStatement(url, 'select bucket from membership_gateway.rate_limit');
  const buckets = rows.map(({ bucket }) => String(bucket)).toSorted();
  expect(buckets).toEqual([
    expect.stringMatching(/^KAITEN [\w-]{43}$/),
    'ROCKETCHAT default POST /api/v1/groups.leave',
    'ROCKETCHAT west POST /api/v1/groups.leave',
  ]);
  const plain = hash('sha256', 'Authorization\nBearer kaiten-token-1', 'base64url');
  expect(buckets.join()).not.toContain(plain);
});
