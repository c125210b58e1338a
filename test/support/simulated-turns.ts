import { vi } from 'vitest';
import { PostgresDatabase } from '../../src/state/postgres/database.ts';
import { migrate } from '../../src/state/postgres/migrate.ts';
import { PostgresTurns } from '../../src/state/postgres/turns.ts';
import type { TurnStore } from '../../src/upstream/resilience/turn-store.ts';
import { runStatement } from './postgres.ts';
import { createTestDatabase } from './shared-postgres.ts';

/** The turns of a real database, with the clock of fake timers and a simulated network. */
export interface SimulatedTurns extends AsyncDisposable {
  readonly store: TurnStore;
  /** Whether the store cannot be reached. */
  isAway: boolean;
  /** Lets some ms of the fake timers pass, with all statements that are sent in them. */
  pass(ms: number): Promise<void>;
}

/** How much the store's clock differs from that of the replicas, in ms. */
const offsetMs = 1_234_567;

/**
 * Creates an empty database for a test with fake timers.
 *
 * @param delay returns the duration of a way to the store or back, in ms
 * @param replicas how many use the database
 */
export async function simulateTurns(delay: () => number, replicas = 1): Promise<SimulatedTurns> {
  const url = await createTestDatabase();
  await migrate(url);
  await runStatement(
    url,
    `insert into membership_gateway.replica (seen_at) select now() from generate_series(1, ${replicas})`,
  );
  const database = new PostgresDatabase(url);
  const turns = new PostgresTurns(database, () => Math.floor(performance.now() + offsetMs));
  const pending = new Set<Promise<unknown>>();
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const travel = async <T>(work: () => Promise<T>): Promise<T> => {
    await sleep(delay());
    if (simulated.isAway) throw new Error('connection lost');
    const working = work();
    pending.add(working);
    const result = await working.finally(() => pending.delete(working));
    await sleep(delay());
    return result;
  };
  const simulated: SimulatedTurns = {
    isAway: false,
    store: {
      take: (bucket, request) => travel(() => turns.take(bucket, request)),
      hold: (bucket, waitMs) => travel(() => turns.hold(bucket, waitMs)),
      report: (bucket, at, reported) => travel(() => turns.report(bucket, at, reported)),
      recover: (bucket, ages, graceMs) => travel(() => turns.recover(bucket, ages, graceMs)),
      forget: (keys) => travel(() => turns.forget(keys)),
      probe: () => travel(() => turns.probe()),
    },
    pass: async (ms) => {
      for (let passed = 0; passed < ms; passed += 1) {
        await vi.advanceTimersByTimeAsync(1);
        while (pending.size > 0) await Promise.allSettled(pending);
      }
    },
    [Symbol.asyncDispose]: () => database.close(),
  };
  return simulated;
}
