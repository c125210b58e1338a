import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Replica } from '../../scripts/chaos/replica.ts';
import {
  CrashedChange,
  type CrashPoint,
  crashKinds,
  crashRows,
  patientTimeouts,
  waitForTrouble,
} from '../support/crash-points.ts';
import { CrashWorld, type Hold } from '../support/crash-world.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { type StatementProxy, startStatementProxy } from '../support/statement-proxy.ts';

/*
 * Replicas over one database that are killed, frozen or cut off from it, and the database restarted, at each step of a
 * change. The other replica answers the next request with the key.
 */

/** The statements that commit each step. */
const statements = {
  claim: 'ledger_begin',
  recordIntent: 'ledger_intent',
  recordEnd: 'ledger_end',
} as const;

/** How long a test may take, in ms: it waits for timeouts and starts of processes. */
const slow = 60_000;

let world: CrashWorld;
let folder: string;
let server: PostgresServer;
let databaseUrl: string;
/** The network of the replica that a test is about. */
let proxy: StatementProxy;
let first: Replica | null = null;
let second: Replica | null = null;

beforeAll(async () => {
  world = await CrashWorld.start();
  folder = await mkdtemp(join(tmpdir(), 'crash-'));
  server = await startPostgres({ fsync: false });
  databaseUrl = await server.createDatabase();
  proxy = await startStatementProxy(server.port);
}, 60_000);
afterAll(async () => {
  for (const one of [first, second, proxy, server, world]) await one?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function start(port = server.port): Promise<Replica> {
  const url = new URL(databaseUrl);
  url.port = String(port);
  return Replica.start({
    databaseUrl: url.href,
    vendorUrl: world.vendors.url,
    compileCache: join(folder, 'compiled'),
    env: patientTimeouts,
  });
}

/** Returns the replica whose network is the proxy. */
async function findFirst(): Promise<Replica> {
  if (first === null || first.endedAt !== null) first = await start(proxy.port);
  return first;
}

/** Returns the other replica. */
async function findSecond(): Promise<Replica> {
  if (second === null || second.endedAt !== null) second = await start();
  return second;
}

function holdAt(network: StatementProxy, sent: CrashedChange, { at }: CrashPoint): Hold {
  if (typeof at === 'string') return world.holdWrite(sent.change.membership, at);
  return network.hold(statements[at.call], at.when);
}

test.each(crashRows)(
  '$method: another replica settles what one left that was killed when $name',
  async ({ kind, point, method }) => {
    const killed = await findFirst();
    const other = await findSecond();
    const sent = new CrashedChange(world, kind);
    const hold = holdAt(proxy, sent, point);
    const lost = sent.send(killed);
    await hold.reached;
    killed.signal('SIGKILL');
    expect(await lost).toBeNull();
    hold.release();
    await sent.sendUntilEnd(other);
    expect(sent.describeEnd()).toMatchObject(point[method]);
    expect(sent.listViolations()).toEqual([]);
  },
  slow,
);

test.each(crashKinds)(
  '$method: a replica killed while it settles what another left leaves it to a third one',
  async (kind) => {
    const killed = await findFirst();
    const other = await findSecond();
    const sent = new CrashedChange(world, kind);
    const write = world.holdWrite(sent.change.membership, 'vendorHasMadeIt');
    const lost = sent.send(killed);
    await write.reached;
    killed.signal('SIGKILL');
    await Promise.all([lost, killed.ended]);
    const read = world.holdRead(sent.change.membership);
    const lostToo = sent.send(other);
    await read.reached;
    other.signal('SIGKILL');
    await Promise.all([lostToo, other.ended]);
    await sent.sendUntilEnd(await findSecond());
    const end = { outcome: 'APPLIED', confirmedBy: 'READ_BACK', writes: 1 };
    expect(sent.describeEnd()).toMatchObject(end);
    expect(sent.listViolations()).toEqual([]);
  },
  slow,
);

test.each(crashRows)(
  '$method: a replica cut off from its database when $name says nothing untrue, and no key stays in progress',
  async ({ kind, point }) => {
    const replica = await findFirst();
    const other = await findSecond();
    const sent = new CrashedChange(world, kind);
    const hold = holdAt(proxy, sent, point);
    const answer = sent.send(replica);
    await hold.reached;
    proxy.cut();
    hold.release();
    await waitForTrouble(replica, answer);
    // The other replica has its database, and answers meanwhile.
    await sent.send(other);
    proxy.restore();
    expect(await answer).not.toBeNull();
    await sent.sendUntilEnd(replica);
    expect(sent.listViolations()).toEqual([]);
  },
  slow,
);

test.each(crashRows)(
  '$method: a database that crashes when $name and starts again makes no answer untrue',
  async ({ kind, point }) => {
    const replica = await findFirst();
    const other = await findSecond();
    const sent = new CrashedChange(world, kind);
    const hold = holdAt(proxy, sent, point);
    const answer = sent.send(replica);
    await hold.reached;
    await server.kill();
    hold.release();
    const started = server.start();
    expect(await answer).not.toBeNull();
    await started;
    await Promise.all([sent.sendUntilEnd(other), sent.sendUntilEnd(replica)]);
    expect(sent.listViolations()).toEqual([]);
  },
  slow,
);

test('replicas frozen for longer than they count as alive, at each step, send nothing once they are resumed', async () => {
  const other = await findSecond();
  const frozen = await Promise.all(
    crashRows.map(async (row) => {
      const network = await startStatementProxy(server.port);
      const replica = await start(network.port);
      const sent = new CrashedChange(world, row.kind);
      const hold = holdAt(network, sent, row.point);
      const answer = sent.send(replica);
      await hold.reached;
      replica.freeze();
      return { row, network, replica, sent, hold, answer };
    }),
  );
  await Promise.all(frozen.map(({ sent }) => sent.sendUntilEnd(other)));
  for (const { hold, replica } of frozen) {
    hold.release();
    replica.resume();
  }
  for (const { row, sent, answer, network, replica } of frozen) {
    expect(await answer).not.toBeNull();
    expect.soft([row.method, row.name, ...sent.listViolations()]).toEqual([row.method, row.name]);
    await sent.sendUntilEnd(other);
    expect.soft(sent.listViolations()).toEqual([]);
    await replica[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  }
}, 150_000);
