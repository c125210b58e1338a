import { run } from '../lib/load.ts';
import { createAttachLoad } from '../lib/requests.ts';
import type { Scene } from '../lib/scene.ts';
import { fewServers, serverNames, startServer, titles } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

/** Measures the time from the start of each server's process to its first response. */
export const start: Scene = {
  name: 'start',
  about: 'From the start of the process to the first answer',
  run: async ({ isQuick }) => {
    await using vendor = await startVendor();
    const best = (isQuick ? fewServers : serverNames).map((name) => ({
      name,
      ms: Infinity,
      cpuMs: Infinity,
      mib: NaN,
    }));
    // The gateway finds what an earlier start compiled, which is written when a process ends by itself.
    const before = await startServer('ours', { wethod: vendor.url('ok') });
    await before.end();
    for (let round = 0; round < (isQuick ? 1 : 3); round += 1) {
      for (const row of best) {
        const startedAt = performance.now();
        await using server = await startServer(row.name, { wethod: vendor.url('ok') });
        await run(server.port, createAttachLoad(row.name), 1, 1);
        row.ms = Math.min(row.ms, performance.now() - startedAt);
        row.cpuMs = Math.min(row.cpuMs, server.cpuMs());
        row.mib = server.residentMiB();
      }
    }
    const [base] = best;
    return [
      {
        title: 'Start to first answer',
        columns: [
          { name: 'server' },
          { name: 'time ÷ first', digits: 2 },
          { name: 'CPU ÷ first', digits: 2 },
          { name: 'ms', digits: 0 },
          { name: 'CPU ms', digits: 0 },
          { name: 'MiB', digits: 0 },
        ],
        rows: best.map(({ name, ms, cpuMs, mib }) => [
          titles[name],
          ms / (base?.ms ?? NaN),
          cpuMs / (base?.cpuMs ?? NaN),
          ms,
          cpuMs,
          mib,
        ]),
      },
    ];
  },
};
