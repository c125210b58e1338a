import { getPercentile, run } from '../lib/load.ts';
import type { Cell, Column, Table } from '../lib/report.ts';
import { createAttachLoad, createBothLoad, type LoadOf } from '../lib/requests.ts';
import type { Scene } from '../lib/scene.ts';
import { fewServers, type ServerName, serverNames, startServer, titles } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

const connections = 256;
const columns: readonly Column[] = [
  { name: 'server' },
  { name: 'CPU ÷ first', digits: 2 },
  { name: 'p50 ÷ first', digits: 2 },
  { name: 'served a second', digits: 0 },
  { name: 'served ÷ first', digits: 3 },
  { name: 'refused', digits: 0 },
  { name: 'CPU µs', digits: 0 },
  { name: 'p50 ms', digits: 0 },
  { name: 'p99 ms', digits: 0 },
  { name: 'MiB', digits: 0 },
];

/** Measures a vendor that takes 200 ms under more calls than the gateway admits. */
export const slow: Scene = {
  name: 'slow',
  about: 'A slow vendor (200 ms) under 256 connections',
  run: async ({ isQuick }) => {
    const operations = (isQuick ? 2 : 40) * connections;
    const names = isQuick ? fewServers : serverNames;
    return [
      await measure('all of them to one vendor', names, createAttachLoad, operations, [
        'Each connection sends one change after the other, so that 1,280 a second are possible at most. The gateway has 256 calls in flight at a vendor and 4,096 queued (`VENDOR_CONCURRENCY`, `VENDOR_QUEUE`). The bare proxy and Mercurius have pools of 256 connections; the others open as many connections as there are calls.',
      ]),
      await measure('spread over two vendors', names, createBothLoad, operations, [
        'Half of the changes go to each of two vendors, so that the gateway has places for all of them.',
      ]),
    ];
  },
};

interface Row {
  readonly title: string;
  readonly cpuUs: number;
  readonly p50: number;
  /** The number of changes per second. */
  readonly served: number;
  readonly rest: readonly Cell[];
}

async function measure(
  how: string,
  names: readonly ServerName[],
  load: LoadOf,
  operations: number,
  notes: readonly string[],
): Promise<Table> {
  await using vendor = await startVendor();
  const rows: Row[] = [];
  for (const name of names) {
    await using server = await startServer(name, { wethod: vendor.url('slow') });
    await run(server.port, load(name), operations / 2, connections);
    const before = server.cpuMs();
    const { latencies, refusals, seconds } = await run(
      server.port,
      load(name),
      operations,
      connections,
    );
    const cpuUs = ((server.cpuMs() - before) * 1_000) / operations;
    const p50 = getPercentile(latencies, 50);
    const rest = [refusals.length, cpuUs, p50, getPercentile(latencies, 99), server.residentMiB()];
    rows.push({ title: titles[name], cpuUs, p50, served: latencies.length / seconds, rest });
  }
  const [base] = rows;
  return {
    title: `A slow vendor (200 ms), ${connections} connections, ${how}`,
    columns,
    rows: rows.map(({ title, cpuUs, p50, served, rest }) => [
      title,
      cpuUs / (base?.cpuUs ?? Number.NaN),
      p50 / (base?.p50 ?? Number.NaN),
      served,
      served / (base?.served ?? Number.NaN),
      ...rest,
    ]),
    notes,
  };
}
