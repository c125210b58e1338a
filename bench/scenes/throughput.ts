import { type Load, percentile, run } from '../lib/load.ts';
import type { Measured } from '../lib/process.ts';
import { attachLoad, missingLoad, removeLoad } from '../lib/requests.ts';
import { type ServerName, serverNames, startServer, titles } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

interface Round {
  readonly cpuUs: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const cases: readonly (readonly [title: string, mode: string, load: Load])[] = [
  ['a success with JSON', 'ok', attachLoad],
  ['a 404', 'missing', missingLoad],
  ['a 204', 'ok', removeLoad],
];

/** One vendor call for each mutation, 64 connections. */
export async function throughput(isQuick: boolean): Promise<string> {
  const only = process.env['ONLY']?.split(',');
  const servers = serverNames.filter((name) => only === undefined || only.includes(name));
  const [rounds, operations] = isQuick ? [2, 2_000] : [5, 10_000];
  let text = '';
  for (const [title, mode, load] of cases) {
    await using vendor = await startVendor();
    await using stack = new AsyncDisposableStack();
    const started = new Map<ServerName, Measured>();
    for (const name of servers) {
      started.set(name, stack.use(await startServer(name, vendor.url(mode))));
    }
    const results = new Map<ServerName, Round[]>(servers.map((name) => [name, []]));
    for (const server of started.values()) await run(server.port, load, operations, 64);
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, server] of started) {
        const before = server.cpuMs();
        const { seconds, latencies } = await run(server.port, load, operations, 64);
        results.get(name)?.push({
          cpuUs: ((server.cpuMs() - before) * 1_000) / operations,
          perSecond: operations / seconds,
          p50: percentile(latencies, 50),
          p99: percentile(latencies, 99),
        });
      }
    }
    const min = (name: ServerName, key: keyof Round) =>
      Math.min(...(results.get(name) ?? []).map((one) => one[key]));
    text += `\n${title}\n`;
    for (const name of servers) {
      text += `${titles[name]} | ${(min(name, 'cpuUs') / min('bare', 'cpuUs')).toFixed(2)} | ${min(name, 'cpuUs').toFixed(0)} µs | p50 ${min(name, 'p50').toFixed(2)} p99 ${min(name, 'p99').toFixed(2)}\n`;
    }
  }
  return text;
}
