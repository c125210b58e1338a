import { percentile, waves } from '../lib/load.ts';
import type { Cell, Column, Table } from '../lib/report.ts';
import { attachLoad, bothLoad, type LoadOf } from '../lib/requests.ts';
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

/** A vendor that takes 200 ms under more calls than the gateway lets in. */
export const slow: Scene = {
  name: 'slow',
  about: 'A slow vendor (200 ms) under 256 connections',
  run: async ({ isQuick }) => {
    const count = isQuick ? 1 : 6;
    const names = isQuick ? fewServers : serverNames;
    return [
      await measure('all of them to one vendor', names, attachLoad, count, [
        `Each connection sends one change, and all wait for all answers: a wave; ${count} of them. The gateway has 256 calls in flight at a vendor and 4,096 queued (\`VENDOR_CONCURRENCY\`, \`VENDOR_QUEUE\`); it refuses none here. The bare proxy and Mercurius have pools of 256 connections; the others open as many connections as there are calls.`,
      ]),
      await measure('spread over two vendors', names, bothLoad, count, [
        'Half of the changes go to each of two vendors, so that the gateway has places for all of them.',
      ]),
    ];
  },
};

interface Row {
  readonly title: string;
  readonly cpuUs: number;
  readonly p50: number;
  /** Changes made a second. */
  readonly served: number;
  readonly rest: readonly Cell[];
}

async function measure(
  how: string,
  names: readonly ServerName[],
  load: LoadOf,
  count: number,
  notes: readonly string[],
): Promise<Table> {
  await using vendor = await startVendor();
  const rows: Row[] = [];
  for (const name of names) {
    await using server = await startServer(name, { wethod: vendor.url('slow') });
    if (count > 1) await waves(server.port, load(name), connections, Math.ceil(count / 2));
    const before = server.cpuMs();
    const { operations, latencies, refusals, seconds } = await waves(
      server.port,
      load(name),
      connections,
      count,
    );
    const cpuUs = ((server.cpuMs() - before) * 1_000) / operations;
    const p50 = percentile(latencies, 50);
    const rest = [refusals.length, cpuUs, p50, percentile(latencies, 99), server.residentMiB()];
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
