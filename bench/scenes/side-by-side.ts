import { createContenders } from '../lib/contenders.ts';
import {
  createAttachLoad,
  createFieldsLoad,
  createMissingLoad,
  createPersonsLoad,
  createRemoveLoad,
  type LoadOf,
} from '../lib/requests.ts';
import { type Contender, measure, renderContest, type Standing, warmMs } from '../lib/rounds.ts';
import type { Scene } from '../lib/scene.ts';
import { fewServers, type ServerName, serverNames, startRelay } from '../lib/servers.ts';

interface Contest {
  readonly name: string;
  readonly title: string;
  readonly load: LoadOf;
  readonly mode?: string;
  readonly connections?: number;
  readonly operations: number;
  readonly quickOperations: number;
  readonly servers?: readonly ServerName[];
  /** False if a quick run also includes all servers. */
  readonly isFewWhenQuick?: boolean;
  /** Additional contenders. */
  readonly more?: readonly Contender[];
  readonly notes?: (standings: readonly Standing[]) => readonly string[];
}

const many = { operations: 4_000, quickOperations: 200 };

const relay: Contender = {
  title: 'a relay of bytes: what load and vendor can carry',
  start: startRelay,
  load: createAttachLoad('bare'),
};

const contests: readonly Contest[] = [
  {
    ...many,
    name: 'success',
    isFewWhenQuick: false,
    title: 'A change that is made, answered with JSON, 64 connections',
    load: createAttachLoad,
    more: [relay],
    notes: describeLimits,
  },
  {
    ...many,
    name: '404',
    title: 'A change that is refused with 404, 64 connections',
    mode: 'missing',
    load: createMissingLoad,
  },
  {
    ...many,
    name: '204',
    title: 'A change that is made, answered with 204, 64 connections',
    load: createRemoveLoad,
  },
  {
    name: 'latency',
    title: 'One connection: what latency is added',
    load: createAttachLoad,
    connections: 1,
    operations: 1_000,
    quickOperations: 100,
    notes: describeAdded,
  },
  {
    name: 'fields',
    title: '20 root fields in one document, 8 connections',
    load: createFieldsLoad(20),
    connections: 8,
    operations: 300,
    quickOperations: 20,
    notes: () => ['An operation is 20 changes, one after the other: 20 calls to the vendor.'],
  },
  {
    name: 'persons',
    title: 'A read of 50 nested persons, 16 connections',
    load: createPersonsLoad(50),
    connections: 16,
    operations: 800,
    quickOperations: 40,
    servers: serverNames.filter((name) => name !== 'hive'),
    notes: () => [
      'An operation is four calls: the leaders of a stream, and one walk of three pages for all of their persons. The others have a DataLoader for it. Hive Gateway is left out: OpenAPI documents alone join no persons to leaders.',
    ],
  },
];

/** The side-by-side measurements. */
export const sideBySide: readonly Scene[] = contests.map((contest) => ({
  name: contest.name,
  about: contest.title,
  run: async ({ isQuick }) => {
    const { load, more = [], mode = 'ok', connections = 64 } = contest;
    const all = contest.servers ?? serverNames;
    const servers = isQuick && contest.isFewWhenQuick !== false ? fewServers : all;
    const standings = await measure({
      mode,
      connections,
      contenders: [...createContenders(servers, load), ...more],
      rounds: isQuick ? 1 : 5,
      operations: isQuick ? contest.quickOperations : contest.operations,
      warmUpMs: isQuick ? 0 : warmMs,
    });
    return [renderContest(contest.title, standings, contest.notes?.(standings))];
  },
}));

/** Checks that neither the load nor the vendor is the bottleneck. */
function describeLimits(standings: readonly Standing[]): string[] {
  const carried = standings.at(-1)?.perSecond ?? Number.NaN;
  const servers = standings.slice(0, -1);
  const fastest = Math.max(...servers.map((one) => one.perSecond));
  const leastBusy = Math.min(...servers.map((one) => one.core));
  return [
    'The gateway has everything on: limits, rate limits of vendors, circuit breakers, validation, the log at `info`, metrics. The others have none of it: no limits for documents or callers, no rate limits, no log, no metrics, and no tracking of outcomes. It runs with the flags of `npm start`, the others with those of plain Node.js.',
    `Whether the load is the limit: by the relay, load and vendor carried ${carried.toFixed(0)} operations a second; the fastest server took ${fastest.toFixed(0)} (${((100 * fastest) / carried).toFixed(0)} % of that), and each of them had ${(100 * leastBusy).toFixed(0)} % or more of its core in its best round.`,
  ];
}

function describeAdded([base, ...others]: readonly Standing[]): string[] {
  const added = others.map(
    ({ title, p50Ms }) => `${title} ${((p50Ms - (base?.p50Ms ?? 0)) * 1_000).toFixed(0)} µs`,
  );
  return [`Added to the bare proxy's median: ${added.join(', ')}.`];
}
