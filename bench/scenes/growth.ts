import {
  calculateExponent,
  describeGrowth,
  describeMemory,
  findSteepest,
  type GrowthStep,
} from '../lib/growth.ts';
import { run } from '../lib/load.ts';
import type { Measured } from '../lib/process.ts';
import type { Cell, Table } from '../lib/report.ts';
import type { Scene } from '../lib/scene.ts';
import { startServer } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';
import { type Series, series } from './growth-series.ts';

/** A size of a series, and what it cost. */
interface Step extends GrowthStep {
  /** The memory after the first batch and after all, in MiB. */
  readonly firstMib: number;
  readonly mib: number;
}

/** Measures the growth of the gateway's CPU and memory with its requests. */
export const growth: Scene = {
  name: 'growth',
  about: 'How cost grows: root fields, persons, documents and their size, credentials',
  run: async ({ isQuick }) => {
    const tables: Table[] = [];
    for (const one of series) {
      const operations = isQuick ? Math.ceil(one.operations / 50) : one.operations;
      const steps = await (isQuick ? measureEnds(one, operations) : measureEach(one, operations));
      tables.push(renderGrowth(one, steps, operations));
    }
    return tables;
  },
};

/** Measures each size in its own process, so that its memory is comparable. */
async function measureEach(one: Series, operations: number): Promise<Step[]> {
  const steps: Step[] = [];
  for (const size of one.sizes) {
    await using vendor = await startVendor();
    await using server = await startServer('ours', { wethod: vendor.url('ok') });
    steps.push(await measure(server, one, size, operations));
  }
  return steps;
}

/** Measures the smallest and the largest size in one process, for a quick run. */
async function measureEnds(one: Series, operations: number): Promise<Step[]> {
  await using vendor = await startVendor();
  await using server = await startServer('ours', { wethod: vendor.url('ok') });
  const [least = 1, most = 1] = [one.sizes[0], one.sizes.at(-1)];
  return [
    await measure(server, one, least, operations),
    await measure(server, one, most, operations),
  ];
}

/** The number of batches: one to warm up, and two of which the cheaper one counts. */
const batches = 3;

async function measure(
  server: Measured,
  { load, connections }: Series,
  size: number,
  operations: number,
): Promise<Step> {
  const { headers, body, ...rest } = load(size);
  const costs: number[] = [];
  let firstMib = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    // Each batch goes on where the last has ended, so that what is new stays new.
    const first = batch * operations;
    const shifted = {
      ...rest,
      body: (index: number) => body(first + index),
      headers: typeof headers === 'function' ? (index: number) => headers(first + index) : headers,
    };
    const before = server.cpuMs();
    await run(server.port, shifted, operations, connections);
    costs.push(((server.cpuMs() - before) * 1_000) / operations);
    if (batch === 0) firstMib = server.residentMiB();
  }
  return { size, cpuUs: Math.min(...costs.slice(1)), firstMib, mib: server.residentMiB() };
}

function renderGrowth({ title, of }: Series, steps: readonly Step[], operations: number): Table {
  const [base] = steps;
  return {
    title: `Growth: ${title}`,
    columns: [
      { name: title },
      { name: 'CPU of an operation ÷ first', digits: 2 },
      { name: '÷ linear', digits: 3 },
      { name: 'CPU µs', digits: 0 },
      { name: `MiB after ${operations} operations`, digits: 0 },
      { name: `after ${batches * operations}`, digits: 0 },
    ],
    rows: steps.map(({ size, cpuUs, firstMib, mib }): Cell[] => {
      const grown = cpuUs / (base?.cpuUs ?? Number.NaN);
      const inProportion = of === 'turn' ? 1 : size / (base?.size ?? Number.NaN);
      return [size, grown, grown / inProportion, cpuUs, firstMib, mib];
    }),
    notes: [
      `${of === 'turn' ? turnNote(steps) : describeOperations(steps)} ${describeMemory(steps)}`,
    ],
  };
}

function describeOperations(steps: readonly GrowthStep[]): string {
  const [all, steepest] = [calculateExponent(steps), findSteepest(steps)];
  return `An operation's cost grows as its size to the power of ${all.toFixed(2)}, and of ${steepest.toFixed(2)} in the steepest step: ${describeGrowth(steepest)}.`;
}

function turnNote(steps: readonly GrowthStep[]): string {
  const [first, ...others] = steps;
  const most = Math.max(...others.map(({ cpuUs }) => cpuUs / (first?.cpuUs ?? Number.NaN)));
  const [before, last] = steps.slice(-2);
  const power = 1 + calculateExponent(steps.slice(-2));
  return `They come in turn. Each costs at most ${most.toFixed(1)} times as much as where there are the fewest, which come over and over. From ${before?.size} to ${last?.size} what all of them cost together grows as their number to the power of ${power.toFixed(2)}: ${describeGrowth(power)}.`;
}
