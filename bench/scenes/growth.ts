import { exponentOf, type GrowthStep, steepestOf, verdictOf } from '../lib/growth.ts';
import type { Load } from '../lib/load.ts';
import { run } from '../lib/load.ts';
import type { Cell, Table } from '../lib/report.ts';
import { credentials, documents, fieldsLoad, personsLoad } from '../lib/requests.ts';
import type { Scene } from '../lib/scene.ts';
import { startServer } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

/** What grows, and how it is asked for. */
interface Series {
  readonly title: string;
  readonly sizes: readonly number[];
  /** Whether one operation is so large, or so many different ones come in turn. */
  readonly of: 'operation' | 'turn';
  readonly load: (size: number) => Load;
  readonly connections: number;
  /** In each of the batches of which the least is taken. */
  readonly operations: number;
}

const post = (query: string) => JSON.stringify({ query });
const change =
  'attachStreamLeader(input: {streamId: 7, leaderId: 42}) { ... on ChangeResult { outcome } }';
const aliases = (count: number) =>
  Array.from({ length: count }, (_, index) => `a${index}: outcome`).join(' ');

const series: readonly Series[] = [
  {
    title: 'root fields',
    of: 'operation',
    sizes: [1, 2, 5, 10, 20],
    load: (size) => fieldsLoad(size)('ours'),
    connections: 8,
    operations: 600,
  },
  {
    title: 'nested persons',
    of: 'operation',
    sizes: [1, 10, 50, 100],
    load: (size) => personsLoad(size)('ours'),
    connections: 16,
    operations: 600,
  },
  {
    title: 'fields of a document that is known',
    of: 'operation',
    sizes: [1, 20, 190],
    load: (size) =>
      documents(
        () =>
          post(
            `mutation { attachStreamLeader(input: {streamId: 7, leaderId: 42}) { ... on ChangeResult { ${aliases(size)} } } }`,
          ),
        '"APPLIED"',
        { times: size },
      ),
    connections: 64,
    operations: 2_000,
  },
  {
    title: 'fields of a document that is new each time',
    of: 'operation',
    sizes: [1, 20, 190],
    load: (size) =>
      documents(
        (index) =>
          post(
            `mutation M${index} { attachStreamLeader(input: {streamId: 7, leaderId: 42}) { ... on ChangeResult { ${aliases(size)} } } }`,
          ),
        '"APPLIED"',
        { times: size },
      ),
    connections: 64,
    operations: 1_000,
  },
  {
    title: 'characters of a document that is new each time',
    of: 'operation',
    sizes: [100, 1_000, 10_000, 90_000],
    load: (size) =>
      documents((index) => post(`mutation { ${change} } #${index}${'x'.repeat(size)}`), 'APPLIED'),
    connections: 64,
    operations: 1_000,
  },
  {
    title: 'distinct documents',
    of: 'turn',
    sizes: [1, 100, 1_000, 10_000],
    load: (size) =>
      documents((index) => post(`mutation M${index % size} { ${change} }`), 'APPLIED'),
    connections: 64,
    operations: 10_000,
  },
  {
    title: 'distinct credentials',
    of: 'turn',
    sizes: [10, 100, 1_000, 10_000],
    load: (size) => ({
      path: '/graphql',
      headers: (index) => credentials(index % size),
      body: () => post(`mutation { ${change} }`),
      expected: 'APPLIED',
    }),
    connections: 64,
    operations: 10_000,
  },
];

/** How the gateway's cost grows with what it is asked: CPU for each operation, and memory. */
export const growth: Scene = {
  name: 'growth',
  about: 'How cost grows: root fields, persons, documents and their size, credentials',
  run: async ({ isQuick }) => {
    const tables: Table[] = [];
    for (const one of series) {
      const { sizes } = one;
      const few = [sizes[0] ?? 1, sizes.at(-1) ?? 1];
      tables.push(
        await measure(one, isQuick ? few : sizes, isQuick ? one.operations / 20 : one.operations),
      );
    }
    return tables;
  },
};

const batches = 2;

async function measure(
  { title, load, connections, of }: Series,
  sizes: readonly number[],
  operations: number,
): Promise<Table> {
  const steps: { size: number; cpuUs: number; once: number; twice: number }[] = [];
  for (const size of sizes) {
    await using vendor = await startVendor();
    await using server = await startServer('ours', { wethod: vendor.url('ok') });
    const all = load(size);
    let sent = 0;
    // Each batch goes on where the last has ended, so that what is new stays new.
    const batch = async () => {
      const first = sent;
      sent += operations;
      const { headers } = all;
      const shifted = {
        ...all,
        body: (index: number) => all.body(first + index),
        headers:
          typeof headers === 'function' ? (index: number) => headers(first + index) : headers,
      };
      const before = server.cpuMs();
      await run(server.port, shifted, operations, connections);
      return ((server.cpuMs() - before) * 1_000) / operations;
    };
    await batch();
    const once = server.residentMiB();
    const costs: number[] = [];
    for (let index = 0; index < batches; index += 1) costs.push(await batch());
    steps.push({ size, cpuUs: Math.min(...costs), once, twice: server.residentMiB() });
  }
  const [base] = steps;
  const rows = steps.map(({ size, cpuUs, once, twice }): Cell[] => {
    const grown = cpuUs / (base?.cpuUs ?? Number.NaN);
    const inProportion = of === 'turn' ? 1 : size / (base?.size ?? Number.NaN);
    return [size, grown, grown / inProportion, cpuUs, once, twice];
  });
  return {
    title: `Growth: ${title}`,
    columns: [
      { name: title },
      { name: 'CPU of an operation ÷ first', digits: 2 },
      { name: '÷ linear', digits: 3 },
      { name: 'CPU µs', digits: 0 },
      { name: `MiB after ${operations} operations`, digits: 0 },
      { name: `after ${(1 + batches) * operations}`, digits: 0 },
    ],
    rows,
    notes: [of === 'turn' ? turnNote(steps) : operationNote(steps)],
  };
}

function operationNote(steps: readonly GrowthStep[]): string {
  const [all, steepest] = [exponentOf(steps), steepestOf(steps)];
  return `An operation's cost grows as its size to the power of ${all.toFixed(2)}, and of ${steepest.toFixed(2)} in the steepest step: ${verdictOf(steepest)}.`;
}

function turnNote(steps: readonly GrowthStep[]): string {
  const all = 1 + exponentOf(steps);
  return `They come in turn. What all of them cost together grows as their number to the power of ${all.toFixed(2)}: ${verdictOf(all)}; "÷ linear" is 1 where each costs the same however many there are.`;
}
