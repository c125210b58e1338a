import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '../lib/connection.ts';
import { getPercentile, type Load, renderRequest, run } from '../lib/load.ts';
import type { Measured } from '../lib/process.ts';
import { createAttachLoad } from '../lib/requests.ts';
import { getMedian } from '../lib/rounds.ts';
import type { Scene } from '../lib/scene.ts';
import { patientEnv, startServer } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

/** The number of the victim's connections, each with one change at a time. */
const victimConnections = 16;

/** The maximum p99 of the victim, as a multiple of that without the aggressor. */
const bound = 2;

/** Beyond that a gateway that waits for a core shows the load of other programs, in % of the time. */
const mostWaitedPercent = 20;

/** Callers without a name are identified by their addresses. */
const env = {
  TRUST_PROXY: 'loopback',
  ...patientEnv,
};

/** An aggressor: a caller that tries to use all of a vendor. */
interface Aggressor {
  readonly title: string;
  readonly connections: number;
  /** The minimum time between the requests of a connection, in ms. */
  readonly everyMs: number;
  /** The beginning of its tokens, which selects the vendor's behavior. */
  readonly token: string;
  readonly body: string;
}

const fields = Array.from({ length: 199 }, (_, at) => `s${at}: stream(id: ${at + 1}) { name }`);
/** 600 documents a minute, the default of `CALLER_REQUESTS`, whose calls would fill all 256 places. */
const reads = {
  connections: 40,
  everyMs: 4_000,
  body: JSON.stringify({ query: `{ ${fields.join(' ')} }` }),
};
const changes = { connections: 1_000, everyMs: 0, body: createAttachLoad('ours').body(0) };

/** The changes that hang come last, since they keep their places when the aggressor has gone. */
const aggressors: readonly Aggressor[] = [
  { title: '10 documents of 199 reads a second', token: 'good', ...reads },
  { title: '… with wrong credentials (401)', token: 'wrong', ...reads },
  { title: '… whose calls hang', token: 'hang', ...reads },
  { title: '1,000 changes at a time', token: 'good', ...changes },
  { title: '… with wrong credentials (401)', token: 'wrong', ...changes },
  { title: '… whose calls hang', token: 'hang', ...changes },
];

/** Measures how an aggressor affects another caller of the same slow vendor. */
export const fairness: Scene = {
  name: 'fairness',
  about: 'Two callers at one slow vendor: what one that asks for all of it does to the other',
  run: async ({ isQuick }) => {
    const plan: Plan = isQuick
      ? { rounds: 1, operations: 32, rampMs: 1_000 }
      : { rounds: 3, operations: 160, rampMs: 4_500 };
    await using vendor = await startVendor();
    const urls = { wethod: vendor.url('slow') };
    await using calm = await startServer('ours', urls, { env });
    await using attacked = await startServer('ours', urls, { env });
    for (const { port } of [calm, attacked]) await measureVictim(port, plan);
    if (!isQuick) await warmUp(attacked.port);
    const rows = [];
    for (const aggressor of aggressors) rows.push(await measure(calm, attacked, aggressor, plan));
    return [
      {
        title: `Latency of a caller with ${victimConnections} connections while another asks for all of a vendor (200 ms)`,
        columns: [
          { name: 'the other keeps sending' },
          { name: 'p50 with ÷ without', digits: 2 },
          { name: 'p99 with ÷ without', digits: 2 },
          { name: `p99 at most ${bound} ×` },
          { name: 'p50 without, ms', digits: 0 },
          { name: 'p50 with, ms', digits: 0 },
          { name: 'p99 without, ms', digits: 0 },
          { name: 'p99 with, ms', digits: 0 },
          { name: 'refused, %', digits: 1 },
          { name: 'core used with, %', digits: 0 },
          { name: 'waited for a core, %', digits: 0 },
        ],
        rows,
        notes: [
          'Two processes, one of them with the aggressor; medians of the rounds. Both callers are there from the start and have been for a while. Each request of the aggressor has made-up credentials of its own, and all come from one address.',
          'The aggressor sends as many documents as the default of `CALLER_REQUESTS` allows; its changes exceed that of `CALLER_CHANGES` many times. Callers share a vendor but not the processor: with more large documents, or where other programs use the cores (last column), the figures are those of the processor.',
        ],
      },
    ];
  },
};

/** The duration of a measurement. */
interface Plan {
  readonly rounds: number;
  /** The number of the victim's changes in each round. */
  readonly operations: number;
  /** The time that an aggressor runs before the first round, in ms. */
  readonly rampMs: number;
}

async function measure(calm: Measured, attacked: Measured, aggressor: Aggressor, plan: Plan) {
  const without = await measureVictim(calm.port, plan);
  const stop = await attack(attacked.port, aggressor);
  await sleep(plan.rampMs);
  const [startedAt, cpuMs, waitedMs] = [performance.now(), attacked.cpuMs(), attacked.waitedMs()];
  const withIt = await measureVictim(attacked.port, plan);
  const percentOf = (ms: number) => (100 * ms) / (performance.now() - startedAt);
  const shares: readonly number[] = [
    percentOf(attacked.cpuMs() - cpuMs),
    percentOf(attacked.waitedMs() - waitedMs),
  ];
  await stop();
  return [
    aggressor.title,
    withIt.p50 / without.p50,
    withIt.p99 / without.p99,
    judge(withIt.p99 / without.p99, shares[1] ?? 0),
    without.p50,
    withIt.p50,
    without.p99,
    withIt.p99,
    (100 * withIt.refused) / (plan.rounds * plan.operations),
    ...shares,
  ];
}

/** Returns whether the bound holds, unless the machine was too busy to show it. */
function judge(ratio: number, waitedPercent: number): string {
  if (ratio <= bound) return 'yes';
  return waitedPercent > mostWaitedPercent ? 'not known: busy machine' : 'NO';
}

async function measureVictim(port: number, { rounds, operations }: Plan) {
  const victim = setAddress('203.0.113.1', createAttachLoad('ours'));
  const p50s: number[] = [];
  const p99s: number[] = [];
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { latencies, refusals } = await run(port, victim, operations, victimConnections);
    p50s.push(getPercentile(latencies, 50));
    p99s.push(getPercentile(latencies, 99));
    refused += refusals.length;
  }
  return { p50: getMedian(p50s), p99: getMedian(p99s), refused };
}

/** Warms up the code that the aggressors' requests run. */
async function warmUp(port: number): Promise<void> {
  for (const aggressor of aggressors.filter(({ token }) => token !== 'hang')) {
    const stop = await attack(port, aggressor);
    await sleep(2_500);
    await stop();
  }
}

/** Returns the same load, of a client with this address. */
function setAddress(address: string, load: Load): Load {
  if (typeof load.headers === 'function') throw new Error('the load has headers of a caller each');
  return { ...load, headers: { ...load.headers, 'x-forwarded-for': address } };
}

let madeUp = 0;

/** Sends over and over on all connections, which begin one after the other, until it is stopped. */
async function attack(port: number, { connections, everyMs, token, body }: Aggressor) {
  const open = await Connection.open(port, connections);
  let isOver = false;
  open.forEach(async (connection, index) => {
    await sleep((index / connections) * Math.max(everyMs, 500));
    while (!isOver) {
      madeUp += 1;
      const headers = {
        'content-type': 'application/json',
        'wethod-authorization': `Bearer ${token}-${madeUp}`,
        'wethod-company': 'acme',
        'x-forwarded-for': '203.0.113.2',
      };
      const sent = connection.send(renderRequest('/graphql', headers, body));
      await Promise.all([sent, sleep(everyMs)]).catch(() => {});
    }
  });
  return async () => {
    isOver = true;
    for (const connection of open) connection.close();
    // Its changes in flight are followed to their end.
    await sleep(500);
  };
}
