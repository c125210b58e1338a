import { getPercentile, type Load, run } from './load.ts';
import type { Column, Table } from './report.ts';
import { startVendor } from './vendor.ts';

/** A server of one process or several. */
export interface MeasuredServer extends AsyncDisposable {
  readonly port: number | readonly number[];
  /** Returns the CPU time of its processes, in ms. */
  cpuMs(): number;
  /** Returns their resident memory, in MiB. */
  residentMiB(): number;
}

/** A contender in a contest. */
export interface Contender {
  readonly title: string;
  /** @param vendorUrl where the vendor is, with what it is to do */
  start(vendorUrl: string): Promise<MeasuredServer>;
  readonly load: Load;
}

/** A contest: the contenders and the load. */
export interface Contest {
  /** The vendor's behavior; see `startVendor`. */
  readonly mode: string;
  /** The contenders. The first is the baseline. */
  readonly contenders: readonly Contender[];
  readonly connections: number;
  readonly rounds: number;
  /** In each round. */
  readonly operations: number;
  /** The CPU time that each server uses under load before the first round, in ms. */
  readonly warmUpMs: number;
}

/** The result of one round of a contender. */
interface Round {
  /** The CPU time of the server per operation, in µs. */
  readonly cpuUs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The share of its core that the server got, up to 1. */
  readonly core: number;
}

/** The results of all rounds of a contender: the best of each figure. */
export interface Standing extends Round {
  readonly title: string;
  /** The CPU relative to the first contender, by the best and by the median rounds. */
  readonly ratio: number;
  readonly medianRatio: number;
  readonly p50Ratio: number;
  readonly p99Ratio: number;
  readonly residentMiB: number;
}

/** The default warm-up. V8's compilers use up to a third of the CPU in the first seconds. */
export const warmMs = 5_000;

/** Measures contenders in interleaved rounds, in reverse order in every second round. */
export async function measure(contest: Contest): Promise<Standing[]> {
  const { operations, connections, warmUpMs } = contest;
  await using vendor = await startVendor();
  await using stack = new AsyncDisposableStack();
  const started: { contender: Contender; server: MeasuredServer; rounds: Round[] }[] = [];
  for (const contender of contest.contenders) {
    const server = stack.use(await contender.start(vendor.url(contest.mode)));
    started.push({ contender, server, rounds: [] });
  }
  for (const { contender, server } of started) {
    const warmAt = server.cpuMs() + warmUpMs;
    do await run(server.port, contender.load, operations, connections);
    while (server.cpuMs() < warmAt);
  }
  for (let round = 0; round < contest.rounds; round += 1) {
    for (const { contender, server, rounds } of round % 2 === 0 ? started : started.toReversed()) {
      const before = server.cpuMs();
      const result = await run(server.port, contender.load, operations, connections);
      const cpuMs = server.cpuMs() - before;
      rounds.push({
        cpuUs: (cpuMs * 1_000) / operations,
        perSecond: operations / result.seconds,
        p50Ms: getPercentile(result.latencies, 50),
        p99Ms: getPercentile(result.latencies, 99),
        core: cpuMs / 1_000 / result.seconds,
      });
    }
  }
  const base = started[0]?.rounds ?? [];
  return started.map(({ contender, server, rounds }) => ({
    title: contender.title,
    ratio: getLeastFigure(rounds, 'cpuUs') / getLeastFigure(base, 'cpuUs'),
    medianRatio: getMedianFigure(rounds, 'cpuUs') / getMedianFigure(base, 'cpuUs'),
    p50Ratio: getLeastFigure(rounds, 'p50Ms') / getLeastFigure(base, 'p50Ms'),
    p99Ratio: getLeastFigure(rounds, 'p99Ms') / getLeastFigure(base, 'p99Ms'),
    cpuUs: getLeastFigure(rounds, 'cpuUs'),
    perSecond: Math.max(...rounds.map((one) => one.perSecond)),
    p50Ms: getLeastFigure(rounds, 'p50Ms'),
    p99Ms: getLeastFigure(rounds, 'p99Ms'),
    core: Math.max(...rounds.map((one) => one.core)),
    residentMiB: server.residentMiB(),
  }));
}

function getLeastFigure(rounds: readonly Round[], key: keyof Round): number {
  return Math.min(...rounds.map((one) => one[key]));
}

function getMedianFigure(rounds: readonly Round[], key: keyof Round): number {
  return getMedian(rounds.map((one) => one[key]));
}

/** Returns the median, or NaN for no values. */
export function getMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((below ?? Number.NaN) + (above ?? Number.NaN)) / 2;
}

const columns: readonly Column[] = [
  { name: 'server' },
  { name: 'CPU ÷ first, best rounds', digits: 2 },
  { name: 'median rounds', digits: 2 },
  { name: 'p50 ÷ first', digits: 2 },
  { name: 'p99 ÷ first', digits: 2 },
  { name: 'CPU µs', digits: 0 },
  { name: 'a second', digits: 0 },
  { name: 'of its core, %', digits: 0 },
  { name: 'p50 ms', digits: 2 },
  { name: 'p99 ms', digits: 2 },
  { name: 'MiB', digits: 0 },
];

/** Renders the results of a contest as a table. */
export function renderContest(
  title: string,
  standings: readonly Standing[],
  notes: readonly string[] = [],
): Table {
  const rows = standings.map((one) => [
    one.title,
    one.ratio,
    one.medianRatio,
    one.p50Ratio,
    one.p99Ratio,
    one.cpuUs,
    one.perSecond,
    one.core * 100,
    one.p50Ms,
    one.p99Ms,
    one.residentMiB,
  ]);
  return { title, columns, rows, notes };
}
