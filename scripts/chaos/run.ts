import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { mutationKinds } from '../../test/support/mutation-kinds.ts';
import type { DatabaseKind } from './arguments.ts';
import { groupEvents, judgeAudit } from './audit.ts';
import { createChange } from './changes.ts';
import { runChange, type SentChange } from './client.ts';
import { type ChaosDatabase, createFileDatabase, startSharedDatabase } from './databases.ts';
import { judgeChange } from './judge.ts';
import { type KillerLimits, makeFaults } from './killer.ts';
import { createLimitVariables, findWorstWindows, getAddress, type WorstWindow } from './limits.ts';
import { Random } from './random.ts';
import type { ReplicaOptions } from './replica.ts';
import { Replicas } from './replicas.ts';
import type { VendorRecord } from './vendor-thread.ts';
import type { SeenWrite } from './vendors.ts';

/** The replicas over a shared database. */
const sharedReplicas = 3;

/** The changes that are sent at the same time. */
const clients = 24;

/** How long a change may take to get its end once all faults are over, in ms: a dead replica is known after 30 s. */
const calmMs = 120_000;

/** How long a vendor may still work on a call, in ms. */
const vendorMs = 3_000;

const addressModule = new URL('./bind-address.js', import.meta.url).href;

/** The settings of a run. */
export interface RunSettings extends KillerLimits {
  readonly database: DatabaseKind;
  readonly seed: number;
}

/** The findings of a run. */
export interface RunReport {
  readonly faults: ReadonlyMap<string, number>;
  readonly changes: readonly SentChange[];
  readonly writes: readonly SeenWrite[];
  /** The longest time that the vendors' thread did not run, in ms. */
  readonly stallMs: number;
  /** Empty unless the replicas share rate limits. */
  readonly windows: readonly WorstWindow[];
  /** The number of events in the audit log; 0 without one. */
  readonly audited: number;
  /** Events, or missing ones, that contradict the vendors. */
  readonly misaudited: readonly string[];
  readonly doublePosts: readonly string[];
  readonly lies: readonly string[];
  readonly stuck: readonly string[];
}

/** Sends changes through replicas that are killed at random, until enough faults were made. */
export async function runChaos(settings: RunSettings): Promise<RunReport> {
  const random = new Random(settings.seed);
  const compileCache = await mkdtemp(join(tmpdir(), 'chaos-compiled-'));
  await using database = await openDatabase(settings.database);
  const vendors = new Worker(new URL('./vendor-thread.ts', import.meta.url), {
    workerData: { seed: settings.seed + 1 },
  });
  const [vendorUrl] = (await once(vendors, 'message')) as [string];
  const problems: string[] = [];
  const options = database.urls.map((databaseUrl, replica) => {
    const settings = database.shared === null ? {} : createSharedSettings(replica);
    return { databaseUrl, vendorUrl, compileCache, ...settings };
  });
  const replicas = new Replicas(options, (problem) => problems.push(problem));
  try {
    if (!(await replicas.waitUntilAllListen())) throw new Error(problems.join('\n'));
    vendors.postMessage('begin');
    const changes: SentChange[] = [];
    let calmSince: number | null = null;
    const isCalm = () => calmSince !== null;
    const mayGoOn = () => calmSince === null || performance.now() < calmSince + calmMs;
    const sending = Array.from({ length: clients }, (_, index) =>
      sendChanges(changes, replicas, new Random(settings.seed + 2 + index), isCalm, mayGoOn),
    );
    const faults = await makeFaults(replicas, database.shared, random, settings);
    calmSince = performance.now();
    await Promise.all(sending);
    await sleep(vendorMs);
    const held = await countHeld(database);
    if (held > 0) problems.push(`${held} keys are in progress, and no request works on them`);
    vendors.postMessage('record');
    const [record] = (await once(vendors, 'message')) as [VendorRecord];
    const shared = await judgeShared(database, changes, record);
    return { faults, changes, ...record, ...shared, ...judge(changes, record.writes, problems) };
  } finally {
    await replicas.stop();
    await vendors.terminate();
    await rm(compileCache, { recursive: true, force: true });
  }
}

/** Returns what a replica over a shared database has in addition. */
function createSharedSettings(replica: number): Pick<ReplicaOptions, 'env' | 'flags'> {
  const address = { CHAOS_ADDRESS: getAddress(replica) };
  const env = { AUDIT_LOG: 'database', ...createLimitVariables(), ...address };
  return { env, flags: [`--import=${addressModule}`] };
}

/** Sends one change after the other until the faults are over. */
async function sendChanges(
  changes: SentChange[],
  replicas: Replicas,
  random: Random,
  isCalm: () => boolean,
  mayGoOn: () => boolean,
): Promise<void> {
  while (!isCalm()) {
    const kind = random.pick(mutationKinds.map((one) => [1, one] as const));
    const sent: SentChange = {
      change: createChange(kind, changes.length + 1),
      attempts: [],
      end: null,
    };
    changes.push(sent);
    await runChange(sent, replicas, random, mayGoOn);
  }
}

function judge(
  changes: readonly SentChange[],
  writes: readonly SeenWrite[],
  problems: readonly string[],
): Pick<RunReport, 'doublePosts' | 'lies' | 'stuck'> {
  const byMembership = Map.groupBy(writes, ({ membership }) => membership);
  const verdicts = changes.map((sent) =>
    judgeChange(sent, byMembership.get(sent.change.membership) ?? []),
  );
  return {
    doublePosts: verdicts.flatMap(({ doublePosts }) => doublePosts),
    lies: verdicts.flatMap(({ lies }) => lies),
    stuck: [...problems, ...verdicts.flatMap(({ stuck }) => stuck)],
  };
}

/** Judges what only replicas over a shared database have: rate limits and an audit log. */
async function judgeShared(
  { shared, urls }: ChaosDatabase,
  changes: readonly SentChange[],
  { writes, calls, stallMs }: VendorRecord,
): Promise<Pick<RunReport, 'windows' | 'audited' | 'misaudited'>> {
  if (shared === null) return { windows: [], audited: 0, misaudited: [] };
  const { outages } = shared;
  const events = await shared.readAudit();
  const findEvents = groupEvents(events);
  const byMembership = Map.groupBy(writes, ({ membership }) => membership);
  return {
    windows: findWorstWindows({ calls, outages, replicas: urls.length, stallMs }),
    audited: events.length,
    misaudited: changes.flatMap(({ change }) =>
      judgeAudit(change, findEvents(change), byMembership.get(change.membership) ?? []),
    ),
  };
}

/** Returns how many keys stay in progress at a replica that is alive, though every request has ended. */
async function countHeld({ shared }: ChaosDatabase): Promise<number> {
  const giveUpAt = performance.now() + calmMs;
  let held = (await shared?.countHeld()) ?? 0;
  while (held > 0 && performance.now() < giveUpAt) {
    await sleep(1_000);
    held = (await shared?.countHeld()) ?? 0;
  }
  return held;
}

function openDatabase(kind: DatabaseKind): Promise<ChaosDatabase> {
  return kind === 'file' ? createFileDatabase() : startSharedDatabase(sharedReplicas);
}
