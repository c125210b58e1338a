import type { Load } from '../lib/load.ts';
import { run } from '../lib/load.ts';
import { documents } from '../lib/requests.ts';
import { startServer } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

interface Step {
  readonly title: string;
  readonly size: number;
  readonly load: Load;
  readonly connections: number;
  readonly mode?: string;
}

const change = (index: number) =>
  `m${index}: attachStreamLeader(input: {streamId: 7, leaderId: 42}) { ... on ChangeResult { outcome } }`;
const post = (query: string) => JSON.stringify({ query });
const fields = (count: number) =>
  documents(
    () =>
      post(`mutation { ${Array.from({ length: count }, (_, index) => change(index)).join(' ')} }`),
    'APPLIED',
  );
const distinct = (count: number) =>
  documents((index) => post(`mutation M${index % count} { ${change(0)} }`), 'APPLIED');
const sized = (characters: number) =>
  documents(() => post(`mutation { ${change(0)} } #${'x'.repeat(characters)}`), 'APPLIED');
const leaders = documents(() => post('{ stream(id: 7) { leaders { leader { name } } } }'), '"Ann"');

const steps: readonly Step[] = [
  ...[1, 5, 20].map((size) => ({ title: 'root fields', size, load: fields(size), connections: 8 })),
  ...[1, 100, 10_000].map((size) => ({
    title: 'distinct documents',
    size,
    load: distinct(size),
    connections: 64,
  })),
  ...[100, 1_000, 90_000].map((size) => ({
    title: 'characters of a document',
    size,
    load: sized(size),
    connections: 64,
  })),
  { title: 'nested persons', size: 50, load: leaders, connections: 16 },
];

/** How the gateway's cost grows with what it is asked: CPU for each operation, and memory. */
export async function growth(isQuick: boolean): Promise<string> {
  const lines: string[] = [];
  for (const { title, size, load, connections, mode = 'ok' } of steps) {
    await using vendor = await startVendor();
    await using server = await startServer('ours', vendor.url(mode));
    const operations = isQuick ? 300 : 3_000;
    await run(server.port, load, operations, connections);
    const before = server.cpuMs();
    await run(server.port, load, operations, connections);
    const cpuUs = ((server.cpuMs() - before) * 1_000) / operations;
    lines.push(`| ${title} | ${size} | ${cpuUs.toFixed(0)} | ${server.residentMiB().toFixed(0)} |`);
  }
  return [
    '### How cost grows',
    '',
    '| what | how much | CPU µs | MiB |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}
