import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Replica } from '../../scripts/chaos/replica.ts';
import { CrashedChange, crashKinds, crashRows, waitForTrouble } from '../support/crash-points.ts';
import { CrashWorld } from '../support/crash-world.ts';
import { FileReplicas } from '../support/file-replicas.ts';
import { canMount, mountSmallDisk, type SmallDisk } from '../support/full-disk.ts';

/*
 * Processes over the embedded database whose disk is full, or whose files may not grow, at each step of a change.
 */

let world: CrashWorld;

beforeAll(async () => {
  world = await CrashWorld.start();
});
afterAll(() => world[Symbol.asyncDispose]());

describe.skipIf(!canMount)('a full disk', () => {
  let disk: SmallDisk;
  let replicas: FileReplicas;

  beforeAll(async () => {
    disk = await mountSmallDisk(4);
    replicas = await FileReplicas.create(world, disk.folder);
  });
  afterAll(async () => {
    await replicas[Symbol.asyncDispose]();
    await disk[Symbol.asyncDispose]();
  });
  afterEach(() => disk.clear());

  test.each(crashRows)(
    '$method: a disk that is full when $name makes no answer untrue',
    async ({ kind, point }) => {
      const replica = await replicas.find();
      const sent = new CrashedChange(world, kind);
      const hold = replicas.hold(replica, sent, point);
      const answer = sent.send(replica);
      await hold.reached;
      disk.fill();
      hold.release();
      await waitForTrouble(replica, answer);
      disk.clear();
      expect(await answer).not.toBeNull();
      await sent.sendUntilEnd(replica);
      expect(sent.listViolations()).toEqual([]);
    },
  );

  test.each(crashKinds)('$method: nothing is sent while the disk is full', async (kind) => {
    const replica = await replicas.find();
    const sent = new CrashedChange(world, kind);
    disk.fill();
    expect(await sent.send(replica)).toMatchObject({ outcome: 'NOT_APPLIED', retryable: true });
    expect(sent.writes).toEqual([]);
    disk.clear();
    await sent.sendUntilEnd(replica);
    expect(sent.describeEnd()).toMatchObject({ outcome: 'APPLIED', writes: 1 });
    expect(sent.listViolations()).toEqual([]);
  });

  test('a process that dies with a full disk starts again once there is room', async () => {
    const [kind] = crashKinds;
    if (kind === undefined) throw new Error('expected a kind');
    const replica = await replicas.find();
    const sent = new CrashedChange(world, kind);
    disk.fill();
    await sent.send(replica);
    replica.signal('SIGKILL');
    await replica.ended;
    disk.clear();
    await sent.sendUntilEnd(await replicas.find());
    expect(sent.listViolations()).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('a file that may not grow', () => {
  let replicas: FileReplicas;

  beforeAll(async () => {
    replicas = await FileReplicas.create(world);
  });
  afterAll(() => replicas[Symbol.asyncDispose]());

  test.each(crashRows)(
    '$method: a file that may not grow when $name makes no answer untrue',
    async ({ kind, point }) => {
      const replica = await replicas.find();
      const sent = new CrashedChange(world, kind);
      const hold = replicas.hold(replica, sent, point);
      const answer = sent.send(replica);
      await hold.reached;
      const { size } = statSync(join(replicas.folder, 'gateway.db-wal'));
      limitFiles(replica, String(size));
      hold.release();
      await waitForTrouble(replica, answer);
      limitFiles(replica, 'unlimited');
      expect(await answer).not.toBeNull();
      await sent.sendUntilEnd(replica);
      expect(sent.listViolations()).toEqual([]);
    },
  );
});

/** Sets how many bytes the files of a process may have (RLIMIT_FSIZE), a soft limit that it may raise again. */
function limitFiles({ pid }: Replica, bytes: string): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`]);
}
