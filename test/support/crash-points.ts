import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, type ChangeResult, sendChange } from '../../scripts/chaos/answer.ts';
import { type ChaosChange, createChange } from '../../scripts/chaos/changes.ts';
import type { SentChange } from '../../scripts/chaos/client.ts';
import { judgeChange } from '../../scripts/chaos/judge.ts';
import type { Replica } from '../../scripts/chaos/replica.ts';
import type { CrashWorld } from './crash-world.ts';
import { type MutationKind, mutationKinds } from './mutation-kinds.ts';

/** A call of the ledger, before or after it is committed. */
export interface LedgerPoint {
  readonly call: 'claim' | 'recordIntent' | 'recordEnd';
  readonly when: 'before' | 'after';
}

/** A moment in the work on a change. */
export interface CrashPoint {
  readonly name: string;
  readonly at: LedgerPoint | 'vendorHasIt' | 'vendorHasMadeIt';
  /** The end that the next request with the key gets if the process dies, and the writes that the vendor saw then. */
  readonly POST: CrashEnd;
  readonly DELETE: CrashEnd;
}

type CrashEnd = Pick<ChangeResult, 'outcome' | 'isReplay' | 'confirmedBy'> & { writes: number };

const madeNow = {
  outcome: 'APPLIED',
  confirmedBy: 'VENDOR_RESPONSE',
  isReplay: false,
  writes: 1,
} as const;
const readBack = { ...madeNow, confirmedBy: 'READ_BACK' } as const;
const unknown = { outcome: 'UNKNOWN', isReplay: false } as const;

/** The moments at which a process may die, in their order. */
export const crashPoints: readonly CrashPoint[] = [
  {
    name: 'its key is claimed',
    at: { call: 'claim', when: 'after' },
    POST: madeNow,
    DELETE: madeNow,
  },
  {
    name: 'it has its turn, and its intent is about to be stored',
    at: { call: 'recordIntent', when: 'before' },
    POST: madeNow,
    DELETE: madeNow,
  },
  {
    name: 'its intent is stored, and no byte was sent',
    at: { call: 'recordIntent', when: 'after' },
    POST: { ...unknown, writes: 0 },
    DELETE: madeNow,
  },
  {
    name: 'the vendor has the request, and has not made it',
    at: 'vendorHasIt',
    POST: { ...unknown, writes: 1 },
    DELETE: { ...madeNow, writes: 2 },
  },
  {
    name: 'the vendor has made it, and has not answered',
    at: 'vendorHasMadeIt',
    POST: readBack,
    DELETE: readBack,
  },
  {
    name: 'the vendor has answered, and the end is about to be stored',
    at: { call: 'recordEnd', when: 'before' },
    POST: readBack,
    DELETE: readBack,
  },
  {
    name: 'its end is stored, and the response was not sent',
    at: { call: 'recordEnd', when: 'after' },
    POST: { ...madeNow, isReplay: true },
    DELETE: { ...madeNow, isReplay: true },
  },
];

/** One mutation for each method: its kind is all that a crash depends on. */
export const crashKinds = mutationKinds.filter(({ mutation }) =>
  ['leaveGroup', 'removeOrgMember'].includes(mutation),
);

/** A row of the table of crashes. */
export const crashRows = crashKinds.flatMap((kind) =>
  crashPoints.map((point) => ({ kind, point, method: kind.method, name: point.name })),
);

/** Timeouts of a gateway, in ms, that are longer than a test holds a call. */
export const patientTimeouts = {
  VENDOR_TIMEOUT_MS: '3000',
  FIELD_TIMEOUT_MS: '10000',
  REQUEST_TIMEOUT_MS: '20000',
  SHUTDOWN_GRACE_MS: '21000',
};

/** How long a test waits for an answer, in ms: longer than a gateway works on a change. */
const patienceMs = 60_000;

let changes = 0;

/** A change with the requests for it, and what its vendor saw. */
export class CrashedChange implements SentChange {
  readonly change: ChaosChange;
  readonly attempts: Attempt[] = [];
  end: ChangeResult | null = null;
  readonly #world: CrashWorld;

  constructor(world: CrashWorld, kind: MutationKind) {
    changes += 1;
    this.change = createChange(kind, changes);
    this.#world = world;
  }

  /** Sends it to a replica once. */
  async send(replica: Replica): Promise<ChangeResult | null> {
    const attempt = await sendChange(replica, this.change, patienceMs);
    this.attempts.push(attempt);
    this.attempts.sort((one, other) => one.sentAt - other.sentAt);
    return attempt.result;
  }

  /** Sends it until its key is not in progress, and the database is there. */
  async sendUntilEnd(replica: Replica): Promise<ChangeResult> {
    for (;;) {
      const result = await this.send(replica);
      const isOver =
        result !== null && result.problem === undefined && result.outcome !== 'NOT_APPLIED';
      if (isOver) {
        this.end = result;
        return result;
      }
      await sleep(100);
    }
  }

  /** The writes that the vendor saw. */
  get writes() {
    return this.#world.vendors.listWrites(this.change.membership);
  }

  /** Returns the writes that its vendor saw, with its end. */
  describeEnd(): object {
    return { ...this.end, writes: this.writes.length };
  }

  /** Returns all that contradicts the promise of idempotency keys. */
  listViolations(): readonly string[] {
    return Object.values(judgeChange(this, this.writes)).flat();
  }
}

/** Resolves once a change has an answer, or its gateway has noticed that its database fails. */
export async function waitForTrouble(replica: Replica, answer: Promise<unknown>): Promise<void> {
  await Promise.race([answer, replica.printNext(/failed to store the end|database cannot be/)]);
}
