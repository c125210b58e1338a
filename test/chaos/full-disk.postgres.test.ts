import { expect, test } from 'vitest';
import { Replica } from '../../scripts/chaos/replica.ts';
import { CrashedChange, crashKinds, patientTimeouts } from '../support/crash-points.ts';
import { CrashWorld } from '../support/crash-world.ts';
import { canMount, mountSmallDisk } from '../support/full-disk.ts';
import { startPostgres } from '../support/postgres.ts';

/** The size of the server's disk in MiB: its own files take a third of it. */
const diskSize = 192;

/** More changes than fit into the pages that the server has already. */
const mostChanges = 1_000;

test.skipIf(!canMount)(
  'a server whose disk is full makes no answer untrue, and every change is made once there is room',
  async () => {
    await using world = await CrashWorld.start();
    await using disk = await mountSmallDisk(diskSize);
    await using server = await startPostgres({ folder: disk.folder });
    await using replica = await Replica.start({
      databaseUrl: await server.createDatabase(),
      vendorUrl: world.vendors.url,
      compileCache: disk.folder,
      env: patientTimeouts,
    });
    disk.fill();
    const changes: CrashedChange[] = [];
    let rejected = 0;
    while (rejected < 10 && changes.length < mostChanges) {
      const sent = crashKinds.map((kind) => new CrashedChange(world, kind));
      const results = await Promise.all(sent.map((one) => one.send(replica)));
      rejected += results.filter((result) => result?.reason === 'NOT_STARTED').length;
      changes.push(...sent);
    }
    expect(rejected).toBeGreaterThan(0);
    disk.clear();
    // It ends by itself if its log does not fit.
    await server.stop();
    await server.start();
    await Promise.all(changes.map((one) => one.sendUntilEnd(replica)));
    for (const one of changes) {
      expect(one.describeEnd()).toMatchObject({ outcome: 'APPLIED', writes: 1 });
      expect(one.listViolations()).toEqual([]);
    }
  },
  120_000,
);
