import { createContenders } from '../lib/contenders.ts';
import type { Cell } from '../lib/report.ts';
import {
  createAttachLoad,
  createMissingLoad,
  createRemoveLoad,
  type LoadOf,
} from '../lib/requests.ts';
import { type Contender, getMedian, measure, warmMs } from '../lib/rounds.ts';
import type { Scene } from '../lib/scene.ts';
import { startFlags, startServer } from '../lib/servers.ts';

const loads = [
  { name: 'success', load: createAttachLoad, mode: 'ok' },
  { name: '404', load: createMissingLoad, mode: 'missing' },
  { name: '204', load: createRemoveLoad, mode: 'ok' },
] as const;

/** Compares the gateway with Mercurius only, with new processes in each run. */
export const mercurius: Scene = {
  name: 'mercurius',
  about:
    'The gateway ÷ Mercurius in five runs with new processes each (--runs N for another number)',
  isApart: true,
  run: async ({ isQuick, runs }) => {
    const rows: Cell[][] = [];
    const ratios = new Map<string, number[]>(loads.map(({ name }) => [name, []]));
    for (let number = 1; number <= runs; number += 1) {
      for (const { name, load, mode } of loads) {
        const [theirs, ours, tuned] = await measure({
          mode,
          contenders: [
            ...createContenders(['mercurius', 'ours'], load),
            createTunedMercurius(load),
          ],
          connections: 64,
          rounds: isQuick ? 1 : 5,
          operations: isQuick ? 300 : 6_000,
          warmUpMs: isQuick ? 0 : warmMs,
        });
        if (theirs === undefined || ours === undefined || tuned === undefined) continue;
        ratios.get(name)?.push(ours.medianRatio);
        rows.push([
          `${number}`,
          name,
          ours.medianRatio,
          ours.ratio,
          ours.medianRatio / tuned.medianRatio,
          ours.p50Ratio,
          ours.p99Ratio,
          ours.perSecond / theirs.perSecond,
          ours.cpuUs,
          theirs.cpuUs,
          ours.core * 100,
        ]);
      }
    }
    return [
      {
        title: `The gateway ÷ Mercurius with JIT, ${runs} runs, 64 connections`,
        columns: [
          { name: 'run' },
          { name: 'change' },
          { name: 'CPU ÷, median rounds', digits: 2 },
          { name: 'best rounds', digits: 2 },
          { name: 'median, its V8 as ours', digits: 2 },
          { name: 'p50 ÷', digits: 2 },
          { name: 'p99 ÷', digits: 2 },
          { name: 'a second ÷', digits: 2 },
          { name: 'CPU µs, gateway', digits: 0 },
          { name: 'Mercurius', digits: 0 },
          { name: 'of its core, %', digits: 0 },
        ],
        rows,
        notes: [
          ...[...ratios].map(([name, all]) => judge(name, all)),
          `Each process has used ${warmMs / 1_000} s of CPU before its first round. The gateway has the flags of its own \`npm start\`, and what it loads before itself, Mercurius none; "its V8 as ours" is against Mercurius with the same.`,
        ],
      },
    ];
  },
};

/** Mercurius with the flags for V8 that the gateway's own start has, and those that it sets as it runs. */
function createTunedMercurius(load: LoadOf): Contender {
  const flags = startFlags();
  return {
    title: 'Mercurius with JIT, V8 as ours',
    start: (wethod) => startServer('mercurius', { wethod }, { flags }),
    load: load('mercurius'),
  };
}

function judge(name: string, ratios: readonly number[]): string {
  const cheaper = ratios.filter((ratio) => ratio < 1).length;
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `${name}: the gateway costs ${getMedian(ratios).toFixed(2)} of Mercurius' CPU (${least.toFixed(2)} to ${most.toFixed(2)}); it is the cheaper one in ${cheaper} of ${ratios.length} runs.`;
}
