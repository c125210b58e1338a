import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedDatabase } from './databases.ts';
import { faultKinds } from './faults.ts';
import type { Random } from './random.ts';
import type { Replicas } from './replicas.ts';

/** The longest time between two faults, in ms. */
const mostPauseMs = 500;

/** The shortest time for faults of a run that makes long ones, in ms. */
const longRunMs = 300_000;

/** How many faults a killer makes, and for how long. */
export interface KillerLimits {
  readonly kills: number;
  /** By `performance.now()`. */
  readonly until: number;
}

/**
 * Makes faults at random moments: to replicas that run, to their networks, and to the database. Several may be there at the
 * same time, but each replica has one at most.
 *
 * @returns how often each fault was made, once all of them are over
 */
export async function makeFaults(
  replicas: Replicas,
  shared: SharedDatabase | null,
  random: Random,
  { kills, until }: KillerLimits,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const affected = new Map<number, Promise<void>>();
  const weighted = faultKinds
    .filter(({ isAboutDatabase }) => shared !== null || !isAboutDatabase)
    .filter(({ isLong }) => isLong !== true || until - performance.now() >= longRunMs)
    .map((kind) => [kind.weight, kind] as const);
  for (let made = 0; made < kills && performance.now() < until; ) {
    await sleep(random.between(0, mostPauseMs));
    const index = Math.floor(random.next() * replicas.slots.length);
    const slot = replicas.slots[index];
    if (slot === undefined || slot.current === null || affected.has(index)) continue;
    const kind = random.pick(weighted);
    const fault = kind.make({ slot, index, shared, random }).finally(() => affected.delete(index));
    affected.set(index, fault);
    counts.set(kind.name, (counts.get(kind.name) ?? 0) + 1);
    made += 1;
  }
  await Promise.all(affected.values());
  return counts;
}
