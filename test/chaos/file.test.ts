import { afterAll, beforeAll, expect, test } from 'vitest';
import { CrashedChange, crashKinds, crashRows } from '../support/crash-points.ts';
import { CrashWorld } from '../support/crash-world.ts';
import { FileReplicas } from '../support/file-replicas.ts';

/*
 * Processes over the embedded database that are killed or frozen at each step of a change.
 */

let world: CrashWorld;
let replicas: FileReplicas;

beforeAll(async () => {
  world = await CrashWorld.start();
  replicas = await FileReplicas.create(world);
});
afterAll(async () => {
  await replicas[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

test.each(crashRows)(
  '$method: a process killed when $name leaves what the next one settles',
  async ({ kind, point, method }) => {
    const first = await replicas.find();
    const sent = new CrashedChange(world, kind);
    const hold = replicas.hold(first, sent, point);
    const lost = sent.send(first);
    await hold.reached;
    first.signal('SIGKILL');
    expect(await lost).toBeNull();
    await first.ended;
    hold.release();
    await sent.sendUntilEnd(await replicas.find());
    expect(sent.describeEnd()).toMatchObject(point[method]);
    expect(sent.listViolations()).toEqual([]);
  },
);

test.each(crashKinds)(
  '$method: a process killed while it settles what another left leaves it to the next one',
  async (kind) => {
    const first = await replicas.find();
    const sent = new CrashedChange(world, kind);
    const write = world.holdWrite(sent.change.membership, 'vendorHasMadeIt');
    const lost = sent.send(first);
    await write.reached;
    first.signal('SIGKILL');
    await Promise.all([lost, first.ended]);
    const second = await replicas.find();
    const read = world.holdRead(sent.change.membership);
    const lostToo = sent.send(second);
    await read.reached;
    second.signal('SIGKILL');
    await Promise.all([lostToo, second.ended]);
    await sent.sendUntilEnd(await replicas.find());
    expect(sent.describeEnd()).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'READ_BACK',
      writes: 1,
    });
    expect(sent.listViolations()).toEqual([]);
  },
);

test('a frozen process keeps its database', async () => {
  const first = await replicas.find();
  first.freeze();
  await expect(replicas.start()).rejects.toThrow('another process has opened it');
  first.resume();
});

test.each(crashRows)(
  '$method: a process frozen when $name goes on when it is resumed',
  async ({ kind, point }) => {
    const first = await replicas.find();
    const sent = new CrashedChange(world, kind);
    const hold = replicas.hold(first, sent, point);
    const answer = sent.send(first);
    await hold.reached;
    first.freeze();
    hold.release();
    first.resume();
    expect(await answer).not.toBeNull();
    await sent.sendUntilEnd(first);
    expect(sent.listViolations()).toEqual([]);
  },
);
