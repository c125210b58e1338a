import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ledger } from '../../src/state/ledger.ts';
import { credentials, openTestState, type TestGateway, testGateway } from '../support/gateway.ts';
import {
  createDatabaseFolder,
  createKeyedRequest,
  type DatabaseFolder,
  type KeyedMutation,
  keyedMutations,
} from '../support/keyed.ts';
import { readMetric } from '../support/scrape.ts';
import { type StubVendor, startVendor } from '../support/vendor.ts';

const removal = keyedMutations.find(({ name }) => name === 'removeOrgMember') as KeyedMutation;
let folder: DatabaseFolder;
let vendor: StubVendor;

beforeEach(async () => {
  folder = await createDatabaseFolder();
  vendor = await startVendor({ status: 204 });
});

afterEach(async () => {
  await vendor[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** Starts a gateway over the folder's database; `replace` returns what takes the place of a method, if anything does. */
async function start(
  replace: (name: keyof Ledger) => (() => Promise<unknown>) | null = () => null,
): Promise<TestGateway> {
  const env = { DATABASE_URL: folder.url, AEROSPIKE_URL: vendor.url };
  const state = await openTestState(env);
  const ledger = new Proxy(state.ledger, {
    get: (target, name: keyof Ledger) => replace(name) ?? target[name].bind(target),
  });
  return testGateway(env, undefined, undefined, { ...state, ledger });
}

async function send(gateway: TestGateway, key: string, mutation = removal) {
  const { query, variables } = createKeyedRequest(mutation, key);
  return (await gateway.sendText(query, credentials, { variables })).data[mutation.name];
}

test('counts keys by what was stored for them, and times each call to the database', async () => {
  await using gateway = await start();
  await send(gateway, 'k1');
  await send(gateway, 'k1');
  const other = { ...removal, input: { userId: '2f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a02' } };
  await send(gateway, 'k1', other);
  const read = (name: string, labels = {}) => readMetric(gateway, name, labels);
  for (const [result, count] of [
    ['begin', 1],
    ['replay', 1],
    ['other_input', 1],
    ['in_progress', 0],
    ['settle_again', 0],
  ] as const) {
    expect(await read('idempotency_claims_total', { result })).toBe(count);
  }
  for (const [call, count] of [
    ['claim', 3],
    ['intent', 1],
    ['end', 1],
  ] as const) {
    expect(await read('database_call_duration_seconds_count', { call })).toBe(count);
    expect(await read('database_failures_total', { call })).toBe(0);
  }
  expect(await read('database_up')).toBe(1);
});

test('a failing database is down until a call succeeds', async () => {
  let isDown = true;
  const fail = () => Promise.reject(new Error('disk I/O error'));
  await using gateway = await start((name) => (isDown && name === 'claim' ? fail : null));
  expect(await send(gateway, 'k1')).toMatchObject({ outcome: 'NOT_APPLIED' });
  expect(await readMetric(gateway, 'database_up')).toBe(0);
  expect(await readMetric(gateway, 'database_failures_total', { call: 'claim' })).toBe(1);
  isDown = false;
  expect(await send(gateway, 'k1')).toMatchObject({ outcome: 'APPLIED' });
  expect(await readMetric(gateway, 'database_up')).toBe(1);
});

test('tells for how long the oldest change has had no end', async () => {
  await using gateway = await start((name) =>
    name === 'readOldestIntent' ? async () => 90_000 : null,
  );
  await expect.poll(() => readMetric(gateway, 'oldest_unfinished_change_seconds')).toBe(90);
});

test('a gateway without a database has no metrics of one', async () => {
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  expect(await readMetric(gateway, 'database_up')).toBe(undefined);
  expect(await readMetric(gateway, 'oldest_unfinished_change_seconds')).toBe(undefined);
});
