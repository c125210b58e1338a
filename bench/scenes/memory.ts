import { run } from '../lib/load.ts';
import { createAttachLoad } from '../lib/requests.ts';
import type { Scene } from '../lib/scene.ts';
import { fewServers, serverNames, startServer, titles } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

/** Measures the memory of each server after a load. */
export const memory: Scene = {
  name: 'memory',
  about: 'Memory after load, and after as much load again',
  run: async ({ isQuick }) => {
    const operations = isQuick ? 300 : 10_000;
    const rows: [string, number, number, number][] = [];
    await using vendor = await startVendor();
    for (const name of isQuick ? fewServers : serverNames) {
      await using server = await startServer(name, { wethod: vendor.url('ok') });
      const after = async (count: number) => {
        await run(server.port, createAttachLoad(name), count, 64);
        return server.residentMiB();
      };
      rows.push([titles[name], await after(1), await after(operations), await after(operations)]);
    }
    const base = rows[0]?.[3] ?? Number.NaN;
    return [
      {
        title: `Memory after load: ${operations} changes, 64 connections`,
        columns: [
          { name: 'server' },
          { name: 'MiB ÷ first', digits: 2 },
          { name: 'MiB at the first answer', digits: 0 },
          { name: 'after the load', digits: 0 },
          { name: 'after as much again', digits: 0 },
        ],
        rows: rows.map(([title, first, once, twice]) => [title, twice / base, first, once, twice]),
        notes: [
          'Resident memory, which V8 gives back late: it tells what a process needs, not what it leaks. `npm run soak` tells whether the heap stays flat.',
        ],
      },
    ];
  },
};
