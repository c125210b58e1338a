import { calculateExponent, describeGrowth, describeMemory } from '../lib/growth.ts';
import { getPercentile, runWaves } from '../lib/load.ts';
import { fourVendorsLoad } from '../lib/requests.ts';
import type { Scene } from '../lib/scene.ts';
import { startServer } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

interface Step {
  readonly size: number;
  readonly cpuUs: number;
  readonly served: number;
  readonly refused: number;
  readonly p50: number;
  readonly refusalP99: number;
  readonly firstMib: number;
  readonly mib: number;
}

/** The numbers of simultaneous operations, with repetitions. A quick run uses two of them. */
const steps = [
  { size: 50, count: 24, isQuickToo: true },
  { size: 500, count: 8, isQuickToo: false },
  { size: 1_500, count: 4, isQuickToo: true },
  { size: 5_000, count: 3, isQuickToo: false },
];

/** The gateway under up to 5,000 operations at once, over four slow vendors. */
export const concurrency: Scene = {
  name: 'concurrency',
  about: 'How cost grows with concurrent operations, up to 5,000, over slow vendors',
  run: async ({ isQuick }) => {
    const measured: Step[] = [];
    for (const { size, count } of isQuick ? steps.filter(({ isQuickToo }) => isQuickToo) : steps)
      measured.push(await measure(size, isQuick ? 1 : count));
    const [base] = measured;
    const exponent = 1 + calculateExponent(measured);
    return [
      {
        title: 'Growth: concurrent operations over four slow vendors (200 ms)',
        columns: [
          { name: 'at once' },
          { name: 'CPU of an operation ÷ first', digits: 2 },
          { name: 'served', digits: 0 },
          { name: 'refused', digits: 0 },
          { name: 'CPU µs', digits: 0 },
          { name: 'p50 ms', digits: 0 },
          { name: 'p99 of refusals, ms', digits: 0 },
          { name: 'MiB after one wave', digits: 0 },
          { name: 'MiB at the end', digits: 0 },
        ],
        rows: measured.map((one) => [
          one.size,
          one.cpuUs / (base?.cpuUs ?? Number.NaN),
          one.served,
          one.refused,
          one.cpuUs,
          one.p50,
          one.refusalP99,
          one.firstMib,
          one.mib,
        ]),
        notes: [
          `What all of them cost together grows as their number to the power of ${exponent.toFixed(2)}: ${describeGrowth(exponent)}. ${describeMemory(measured)}`,
          'Each of the four vendors gets a quarter. 256 calls are in flight at each, and the rest is queued (`VENDOR_CONCURRENCY`, `VENDOR_QUEUE`). `MAX_CONNECTIONS` is raised to 6,000; by itself it is 2,000.',
        ],
      },
    ];
  },
};

async function measure(size: number, count: number): Promise<Step> {
  await using vendor = await startVendor();
  const url = vendor.url('slow');
  await using server = await startServer(
    'ours',
    { wethod: url, others: url },
    { env: { MAX_CONNECTIONS: '6000', ...patient } },
  );
  await runWaves(server.port, fourVendorsLoad, size, 1);
  const firstMib = server.residentMiB();
  const before = server.cpuMs();
  const result = await runWaves(server.port, fourVendorsLoad, size, count);
  return {
    size,
    cpuUs: ((server.cpuMs() - before) * 1_000) / result.operations,
    served: result.latencies.length / count,
    refused: result.refusals.length / count,
    p50: getPercentile(result.latencies, 50),
    refusalP99: getPercentile(result.refusals, 99),
    firstMib,
    mib: server.residentMiB(),
  };
}

/** On a slow machine a wave takes its time, which must not be what refuses. */
const patient = {
  VENDOR_TIMEOUT_MS: '10000',
  FIELD_TIMEOUT_MS: '40000',
  SHUTDOWN_GRACE_MS: '41000',
};
