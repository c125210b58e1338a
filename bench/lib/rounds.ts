import { type Load, percentile, run } from './load.ts';
import type { Measured } from './process.ts';
import { type ServerName, startServer, titles } from './servers.ts';
import { startVendor } from './vendor.ts';

/** What one round of a server's gave. */
interface Round {
  /** CPU time of the server for one operation, in µs. */
  readonly cpuUs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How much of its core the load had, with the vendor in it. */
  readonly loadCpu: number;
}

/** A server's row in a table. */
export interface Row extends Round {
  readonly server: ServerName;
  /** CPU of the least noisy round, and of the median one, by those of the first server. */
  readonly ratio: number;
  readonly medianRatio: number;
  readonly p99Ratio: number;
  readonly residentMiB: number;
}

/** What is measured side by side. */
export interface Scene {
  readonly title: string;
  /** What the vendor does: see `startVendor`. */
  readonly mode: string;
  readonly load: Load;
  readonly connections: number;
  readonly servers: readonly ServerName[];
  readonly rounds: number;
  readonly operations: number;
}

/** Measures servers in interleaved rounds; the ratios are by the first of them. */
export async function measure(scene: Scene): Promise<Row[]> {
  const { load, operations, connections } = scene;
  await using vendor = await startVendor();
  await using stack = new AsyncDisposableStack();
  const started: (readonly [ServerName, Measured, Round[]])[] = [];
  for (const name of scene.servers) {
    const server = stack.use(await startServer(name, vendor.url(scene.mode)));
    started.push([name, server, []]);
  }
  for (const [, server] of started) await run(server.port, load, operations, connections);
  for (let round = 0; round < scene.rounds; round += 1) {
    for (const [, server, rounds] of started) {
      const [cpuMs, own] = [server.cpuMs(), process.cpuUsage()];
      const { seconds, latencies } = await run(server.port, load, operations, connections);
      const { user, system } = process.cpuUsage(own);
      rounds.push({
        cpuUs: ((server.cpuMs() - cpuMs) * 1_000) / operations,
        perSecond: operations / seconds,
        p50Ms: percentile(latencies, 50),
        p99Ms: percentile(latencies, 99),
        loadCpu: (user + system) / 1e6 / seconds,
      });
    }
  }
  return rowsOf(started);
}

function rowsOf(started: readonly (readonly [ServerName, Measured, Round[]])[]): Row[] {
  const [, , base = []] = started[0] ?? [];
  return started.map(([server, measured, rounds]) => ({
    server,
    ratio: least(rounds, 'cpuUs') / least(base, 'cpuUs'),
    medianRatio: median(rounds, 'cpuUs') / median(base, 'cpuUs'),
    p99Ratio: least(rounds, 'p99Ms') / least(base, 'p99Ms'),
    cpuUs: least(rounds, 'cpuUs'),
    perSecond: Math.max(...rounds.map((one) => one.perSecond)),
    p50Ms: least(rounds, 'p50Ms'),
    p99Ms: least(rounds, 'p99Ms'),
    loadCpu: Math.max(...rounds.map((one) => one.loadCpu)),
    residentMiB: measured.residentMiB(),
  }));
}

function least(rounds: readonly Round[], key: keyof Round): number {
  return Math.min(...rounds.map((one) => one[key]));
}

function median(rounds: readonly Round[], key: keyof Round): number {
  const sorted = rounds.map((one) => one[key]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Rows as a table of Markdown. */
export function table(title: string, rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const ratios = `${row.ratio.toFixed(2)} | ${row.medianRatio.toFixed(2)} | ${row.p99Ratio.toFixed(2)}`;
    const figures = `${row.cpuUs.toFixed(0)} | ${row.perSecond.toFixed(0)} | ${row.p50Ms.toFixed(2)} | ${row.p99Ms.toFixed(2)} | ${row.residentMiB.toFixed(0)}`;
    return `| ${titles[row.server]} | ${ratios} | ${figures} |`;
  });
  return [
    `### ${title}`,
    '',
    '| server | CPU ÷ first, best rounds | median rounds | p99 ÷ first | CPU µs | a second | p50 ms | p99 ms | MiB |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}
