import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestGateway, testGatewayWithState } from '../support/gateway.ts';
import { type KeyedMutation, keyedMutations } from '../support/keyed.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { sendKeyed } from '../support/replicas.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { made, over, startWorld, type World } from '../support/world.ts';

const leave = keyedMutations.find(({ name }) => name === 'leaveGroup') as KeyedMutation;
const kick = keyedMutations.find(({ name }) => name === 'removeChatGroupMember') as KeyedMutation;
const timeouts = { VENDOR_TIMEOUT_MS: '1500', FIELD_TIMEOUT_MS: '4000' };

let server: PostgresServer;
let proxy: TcpProxy;
let url: string;
let open: AsyncDisposable[] = [];
beforeEach(async () => {
  server = await startPostgres({ fsync: false });
  proxy = await startTcpProxy(server.port);
  const direct = new URL(await server.createDatabase());
  direct.port = String(proxy.port);
  url = direct.href;
  open = [server, proxy];
});
afterEach(async () => {
  for (const one of open.toReversed()) await one[Symbol.asyncDispose]();
});

async function start(world: World, env: Record<string, string> = {}): Promise<TestGateway> {
  const gateway = await testGatewayWithState({
    DATABASE_URL: url,
    ...over(world, timeouts),
    ...env,
  });
  open.push(gateway);
  return gateway;
}

async function startHolding() {
  const arrived = Promise.withResolvers<() => void>();
  const world = await startWorld(true, [
    made((response) =>
      arrived.resolve(() => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"success":true}');
      }),
    ),
  ]);
  open.push(world);
  return { world, arrived: arrived.promise };
}

const countLeaves = (world: World) =>
  world.writes().filter(({ url: path }) => path.includes('leave')).length;

/** Sends a change until its result is not that the database is away, and returns it. */
function sendUntilBack(gateway: TestGateway, mutation: KeyedMutation) {
  return vi.waitUntil(
    async () => {
      const result = await sendKeyed(gateway, mutation, 'k1');
      return result['__typename'] === 'VendorUnavailableError' ? null : result;
    },
    { timeout: 15_000, interval: 200 },
  );
}

describe.each([
  ['stopped', () => server.stop(), () => server.start()],
  ['killed', () => server.kill(), () => server.start()],
  ['cut off', async () => proxy.cut(), async () => proxy.restore()],
  ['frozen', async () => proxy.pause(), async () => proxy.restore()],
])('a database that is %s', (_how, end, begin) => {
  test('rejects changes with a key before they are sent, nothing else, and recovers by itself', async () => {
    const world = await startWorld(true);
    open.push(world);
    const gateway = await start(world);
    await end();
    expect(await sendKeyed(gateway, leave, 'k1')).toMatchObject({
      __typename: 'VendorUnavailableError',
      outcome: 'NOT_APPLIED',
      retryable: true,
    });
    expect(world.writes()).toEqual([]);
    expect((await gateway.gateway.fetch('http://gateway/ready')).status).toBe(200);
    expect(await sendKeyed(gateway, kick, null)).toMatchObject({ outcome: 'APPLIED' });
    world.isMember = true;
    await begin();
    expect(await sendUntilBack(gateway, leave)).toMatchObject({
      outcome: 'APPLIED',
      isReplay: false,
    });
    expect(countLeaves(world)).toBe(1);
  });

  test('after a claim lets nothing be sent, and the change is made once when it is back', async () => {
    const { world, arrived } = await startHolding();
    const gateway = await start(world, { VENDOR_CONCURRENCY: '1' });
    const other = sendKeyed(gateway, kick, null);
    const free = await arrived;
    world.isMember = true;
    const waiting = sendKeyed(gateway, leave, 'k1');
    const readiness = () => gateway.gateway.probes.readiness();
    await vi.waitUntil(
      async () => (await readiness()).vendors['rocketchat']?.bulkhead?.waiting === 1,
    );
    await end();
    free();
    await other;
    expect(await waiting).toMatchObject({ outcome: 'NOT_APPLIED' });
    expect(countLeaves(world)).toBe(0);
    await begin();
    const again = () => sendUntilBack(gateway, leave);
    await vi.waitUntil(async () => (await again())['outcome'] === 'APPLIED', { timeout: 15_000 });
    expect(countLeaves(world)).toBe(1);
  });

  test('while a change is in flight does not change its result, which is replayed when it is back', async () => {
    const { world, arrived } = await startHolding();
    const gateway = await start(world);
    const answer = sendKeyed(gateway, leave, 'k1');
    const free = await arrived;
    await end();
    free();
    expect(await answer).toMatchObject({ outcome: 'APPLIED', isReplay: false });
    await begin();
    const second = await start(world);
    const again = () => sendUntilBack(second, leave);
    await vi.waitUntil(async () => (await again())['outcome'] === 'APPLIED', { timeout: 15_000 });
    expect(world.writes()).toHaveLength(1);
  });
});
