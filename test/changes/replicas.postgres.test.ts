import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ids } from '../support/changes.ts';
import { credentials, testGatewayWithState, unpaced } from '../support/gateway.ts';
import { type KeyedMutation, keyedMutations } from '../support/keyed.ts';
import { runStatement } from '../support/postgres.ts';
import { type Replica, sendKeyed, startReplica } from '../support/replicas.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { json, made, over, startWorld, type World, wasMember } from '../support/world.ts';

const leave = keyedMutations.find(({ name }) => name === 'leaveGroup') as KeyedMutation;
const kick = keyedMutations.find(({ name }) => name === 'removeChatGroupMember') as KeyedMutation;
const removal = keyedMutations.find(({ name }) => name === 'removeOrgMember') as KeyedMutation;

const timeouts = { VENDOR_TIMEOUT_MS: '1000', FIELD_TIMEOUT_MS: '3000' };

let url: string;
let open: AsyncDisposable[] = [];
beforeEach(async () => {
  url = await createTestDatabase();
});
afterEach(async () => {
  for (const one of open.toReversed()) await one[Symbol.asyncDispose]();
  open = [];
});

async function startWorldOf(...parameters: Parameters<typeof startWorld>): Promise<World> {
  const world = await startWorld(...parameters);
  open.push(world);
  return world;
}

/** Starts a gateway in this process. */
async function start(world: World) {
  const gateway = await testGatewayWithState({ DATABASE_URL: url, ...over(world) });
  open.push(gateway);
  return gateway;
}

/** Starts a gateway as a process of its own. */
async function run(world: World, env: Readonly<Record<string, string>> = {}): Promise<Replica> {
  const replica = await startReplica({ ...unpaced, DATABASE_URL: url, ...over(world), ...env });
  open.push(replica);
  return replica;
}

/** Starts a proxy before the database. Returns it with the URL that leads through it. */
async function startProxy(): Promise<{ readonly proxy: TcpProxy; readonly through: string }> {
  const direct = new URL(url);
  const proxy = await startTcpProxy(Number(direct.port));
  open.push(proxy);
  direct.port = String(proxy.port);
  return { proxy, through: direct.href };
}

const readStates = () => runStatement(url, 'select key, state from membership_gateway.change');

/** Makes the last report of every replica that holds a change older than its lease. */
const expireOwners = () =>
  runStatement(
    url,
    `update membership_gateway.replica set seen_at = seen_at - interval '31 s'
    where id in (select owner from membership_gateway.change where state <> 'ended')`,
  );

/**
 * Brings a replica to where it has claimed a change and not recorded the intent: another change, without a key, holds the
 * only place at the vendor until `free`.
 */
async function holdBeforeIntent(env: Readonly<Record<string, string>> = {}) {
  const arrived = Promise.withResolvers<() => void>();
  const world = await startWorldOf(true, [
    made((response) => arrived.resolve(() => response.writeHead(200).end('{"success":true}'))),
  ]);
  const replica = await run(world, { VENDOR_CONCURRENCY: '1', ...env });
  const other = replica.send(kick, null).catch(() => null);
  const free = await arrived.promise;
  world.isMember = true;
  const answer = replica.send(leave, 'k1').catch(() => 'no answer');
  await vi.waitUntil(async () => (await readStates())[0]?.['state'] === 'claimed');
  return { world, replica, answer, other, free };
}

const countLeaves = (world: World) =>
  world.writes().filter(({ url: path }) => path.includes('leave')).length;

/** Brings a replica to where the vendor has made a change and not answered it. */
async function holdInFlight(mutation: KeyedMutation, env: Readonly<Record<string, string>> = {}) {
  const arrived = Promise.withResolvers<void>();
  const world = await startWorldOf(wasMember(mutation), [made(() => arrived.resolve())]);
  const replica = await run(world, env);
  const answer = replica.send(mutation, 'k1').catch(() => 'no answer');
  await arrived.promise;
  return { world, replica, answer };
}

describe.each(keyedMutations)('$name', (mutation) => {
  test('requests with one key to two replicas at the same moment are one change', async () => {
    const world = await startWorldOf(wasMember(mutation));
    const replicas = [await start(world), await start(world)];
    const requests = Array.from({ length: 10 }, () => replicas).flat();
    const results = await Promise.all(requests.map((one) => sendKeyed(one, mutation, 'k1')));
    for (const result of results) expect(result).toMatchObject({ outcome: 'APPLIED' });
    expect(results.filter(({ isReplay }) => isReplay === false)).toHaveLength(1);
    expect(world.writes()).toHaveLength(1);
  });

  test('what a killed replica had in flight is looked up by another one, and not sent again', async () => {
    const { world, replica, answer } = await holdInFlight(mutation);
    replica.process.child.kill('SIGKILL');
    expect(await answer).toBe('no answer');
    const other = await start(world);
    expect(await sendKeyed(other, mutation, 'k1')).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'READ_BACK',
      isReplay: false,
    });
    expect(world.writes()).toHaveLength(1);
  });
});

test('an anonymous caller’s success on one replica is replayed on another', async () => {
  const world = await startWorldOf(true);
  const [first, second] = [await start(world), await start(world)];
  const result = await sendKeyed(first, leave, 'k1');
  expect(await sendKeyed(second, leave, 'k1')).toEqual({ ...result, isReplay: true });
  expect(world.writes()).toHaveLength(1);
});

test('a key that was used for another change on another replica sends nothing', async () => {
  const world = await startWorldOf(true);
  const [first, second] = [await start(world), await start(world)];
  await sendKeyed(first, leave, 'k1');
  const other = { ...leave, input: { groupId: 'AnotherRoom' } };
  expect(await sendKeyed(second, other, 'k1')).toMatchObject({ problem: 'OTHER_INPUT' });
  expect(world.writes()).toHaveLength(1);
});

test('what a living replica has in flight is in progress for another one', async () => {
  const { world } = await holdInFlight(leave);
  expect(await sendKeyed(await start(world), leave, 'k1')).toMatchObject({
    problem: 'IN_PROGRESS',
    outcome: 'UNKNOWN',
  });
  expect(world.writes()).toHaveLength(1);
});

test('what a killed replica claimed and did not send is made by another one, once', async () => {
  const { world, replica, answer } = await holdBeforeIntent();
  replica.process.child.kill('SIGKILL');
  expect(await answer).toBe('no answer');
  expect(await sendKeyed(await start(world), leave, 'k1')).toMatchObject({
    outcome: 'APPLIED',
    isReplay: false,
  });
  expect(countLeaves(world)).toBe(1);
});

test('a POST that a killed replica may have sent, and that nothing shows, is not sent again', async () => {
  const { world, replica } = await holdInFlight(leave);
  replica.process.child.kill('SIGKILL');
  world.isMember = true;
  const other = await start(world);
  expect(await sendKeyed(other, leave, 'k1')).toMatchObject({
    outcome: 'UNKNOWN',
    retryable: true,
  });
  expect(await sendKeyed(other, leave, 'k1')).toMatchObject({ outcome: 'UNKNOWN' });
  expect(world.writes()).toHaveLength(1);
});

test('a removal that a killed replica may have sent, and that was not made, is sent again', async () => {
  const { world, replica } = await holdInFlight(removal);
  replica.process.child.kill('SIGKILL');
  world.isMember = true;
  expect(await sendKeyed(await start(world), removal, 'k1')).toMatchObject({ outcome: 'APPLIED' });
  expect(world.writes()).toHaveLength(2);
});

test.each([leave, removal])(
  'a success of $name that a replica could not store before it was killed is looked up by another one',
  async (mutation) => {
    const { proxy, through } = await startProxy();
    const world = await startWorldOf(true, [
      made((response) => {
        proxy.pause();
        const isLeave = mutation === leave;
        response.writeHead(isLeave ? 200 : 204, { 'content-type': 'application/json' });
        response.end(isLeave ? '{"success":true}' : undefined);
      }),
    ]);
    const replica = await run(world, { DATABASE_URL: through, ...timeouts });
    expect(await replica.send(mutation, 'k1')).toMatchObject({ outcome: 'APPLIED' });
    replica.process.child.kill('SIGKILL');
    proxy.cut();
    const other = await start(world);
    await vi.waitUntil(async () => {
      const result = await sendKeyed(other, mutation, 'k1');
      return result['outcome'] === 'APPLIED' && result['confirmedBy'] === 'READ_BACK';
    }, 10_000);
    expect(world.writes()).toHaveLength(1);
  },
);

test('the shared database holds no credential, and no name or address of a person', async () => {
  const person = { id: Number(ids.kaitenUserId), full_name: 'Ada Byron', email: 'ada@acme.org' };
  const world = await startWorldOf(true, [made((response) => json(response, 200, person))]);
  const gateway = await start(world);
  const first = keyedMutations.filter(({ name }) => name === 'removeGroupUser');
  for (const mutation of [...first, ...keyedMutations]) await sendKeyed(gateway, mutation, 'k1');
  const rows = await runStatement(
    url,
    `select to_jsonb(c)::text as row from membership_gateway.change c`,
  );
  const text = JSON.stringify(rows);
  expect(text).toContain(ids.kaitenUserId);
  const secrets = Object.values(credentials).filter((value) => value !== 'acme');
  for (const secret of secrets) expect(text).not.toContain(secret.replace('Bearer ', ''));
  for (const word of ['Byron', 'acme.org']) expect(text).not.toContain(word);
});

describe('a replica that is frozen for longer than its lease', () => {
  test('does not send what it had claimed when it wakes', async () => {
    const { world, replica, answer, other, free } = await holdBeforeIntent();
    replica.process.child.kill('SIGSTOP');
    await expireOwners();
    expect(await sendKeyed(await start(world), leave, 'k1')).toMatchObject({
      outcome: 'APPLIED',
      isReplay: false,
    });
    replica.process.child.kill('SIGCONT');
    free();
    await other;
    // The other one may still be at work, as far as this one knows.
    expect(await answer).toMatchObject({ problem: 'IN_PROGRESS', outcome: 'UNKNOWN' });
    expect(countLeaves(world)).toBe(1);
  });

  test('has what it sent looked up by another one, whose result stays', async () => {
    const { world, replica, answer } = await holdInFlight(leave, timeouts);
    replica.process.child.kill('SIGSTOP');
    await expireOwners();
    const second = await start(world);
    const result = await sendKeyed(second, leave, 'k1');
    expect(result).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'READ_BACK' });
    replica.process.child.kill('SIGCONT');
    await answer;
    expect(await sendKeyed(second, leave, 'k1')).toEqual({ ...result, isReplay: true });
    expect(world.writes()).toHaveLength(1);
  });
});
