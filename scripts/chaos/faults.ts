import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedDatabase } from './databases.ts';
import type { Random } from './random.ts';
import type { ReplicaSlot } from './replicas.ts';

/** What a fault is made to. */
export interface FaultTarget {
  readonly slot: ReplicaSlot;
  /** The replica's place among the others. */
  readonly index: number;
  /** Null with an embedded database. */
  readonly shared: SharedDatabase | null;
  readonly random: Random;
}

/** A kind of fault. */
export interface FaultKind {
  readonly name: string;
  /** How often it is chosen. */
  readonly weight: number;
  readonly isAboutDatabase: boolean;
  /** Whether it takes up to a minute, and only long runs make it. */
  readonly isLong?: boolean;
  /** Makes the fault, and resolves once it is over. */
  make(target: FaultTarget): Promise<void>;
}

/** All kinds of faults. */
export const faultKinds: readonly FaultKind[] = [
  {
    name: 'kill -9',
    weight: 60,
    isAboutDatabase: false,
    make: async ({ slot }) => slot.end('SIGKILL'),
  },
  {
    name: 'SIGTERM',
    weight: 8,
    isAboutDatabase: false,
    make: async ({ slot }) => slot.end('SIGTERM'),
  },
  {
    name: 'SIGSTOP',
    weight: 12,
    isAboutDatabase: false,
    make: ({ slot, random }) => freeze(slot, random.between(50, 2_500)),
  },
  {
    // Longer than a replica counts as alive: the others settle what it has begun.
    name: 'SIGSTOP for 33 to 60 s',
    weight: 0.5,
    isAboutDatabase: true,
    isLong: true,
    make: ({ slot, random }) => freeze(slot, random.between(33_000, 60_000)),
  },
  {
    name: 'connections cut',
    weight: 8,
    isAboutDatabase: true,
    make: async ({ shared, index, random }) =>
      shared?.breakNetwork(index, 'cut', random.between(50, 7_000)),
  },
  {
    name: 'network silent',
    weight: 6,
    isAboutDatabase: true,
    make: async ({ shared, index, random }) =>
      shared?.breakNetwork(index, 'pause', random.between(50, 7_000)),
  },
  {
    name: 'database crash',
    weight: 3,
    isAboutDatabase: true,
    make: async ({ shared, random }) => shared?.bounce('kill', random.between(0, 1_500)),
  },
  {
    name: 'database restart',
    weight: 2,
    isAboutDatabase: true,
    make: async ({ shared, random }) => shared?.bounce('stop', random.between(0, 1_500)),
  },
];

async function freeze(slot: ReplicaSlot, ms: number): Promise<void> {
  const replica = slot.current;
  replica?.freeze();
  // It may be killed meanwhile.
  await Promise.race([sleep(ms), replica?.ended]);
  replica?.resume();
}
