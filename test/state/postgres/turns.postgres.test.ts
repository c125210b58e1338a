import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PostgresDatabase } from '../../../src/state/postgres/database.ts';
import { migrate } from '../../../src/state/postgres/migrate.ts';
import { PostgresTurns } from '../../../src/state/postgres/turns.ts';
import type { SharedBucket } from '../../../src/upstream/resilience/turn-store.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';
import { countWorstWindow } from '../../support/strict-vendor.ts';

const windowMs = 1_000;
const marginMs = 40;
const spanMs = windowMs + marginMs;
const lateMs = marginMs / 2;
const nearMs = 10;
const calls = 5;

let database: PostgresDatabase;
beforeAll(async () => {
  const url = await createTestDatabase();
  await migrate(url);
  database = new PostgresDatabase(url);
});
afterAll(() => database.close());

type Turn = [id: number, at: number, state: 'change' | 'read' | 'taken'];

interface Wish {
  readonly changes?: number;
  readonly reads?: number;
  readonly mostMs?: number;
  readonly due?: readonly number[];
  readonly givenBack?: readonly number[];
}

let buckets = 0;

/** A bucket whose clock the test sets, and the calls that use its turns. */
class Simulation {
  readonly bucket = `bucket ${++buckets}`;
  readonly booked = new Map<number, Turn>();
  /** Taken turns that were not written yet. */
  readonly taken = new Map<number, Turn>();
  readonly sent: number[] = [];
  readonly limit: { readonly calls: number; readonly isExplicit: boolean };
  nextAt = 0;
  now = 1_000_000;
  heldUntil = 0;
  callsWhileHeld = 0;

  constructor(limit = { calls, isExplicit: true }) {
    this.limit = limit;
  }

  async take(wish: Wish): Promise<readonly Turn[]> {
    const { changes = 0, reads = 0, mostMs = 5_000, due = [], givenBack = [] } = wish;
    const rule = [this.bucket, this.limit.calls, this.limit.isExplicit, spanMs];
    const demand = [lateMs, nearMs, 0, mostMs, changes, reads, due, givenBack, this.now];
    const [row] = await database.query<{ answer: { turns: Turn[]; nextAt: number } }>(
      {
        name: 'simulated take_turns',
        text: 'select membership_gateway.take_turns($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as answer',
      },
      [...rule, ...demand],
    );
    if (row === undefined) throw new Error('expected an answer');
    for (const id of due) this.booked.delete(id);
    for (const id of givenBack) {
      this.booked.delete(id);
      this.taken.delete(id);
    }
    for (const turn of row.answer.turns) {
      (turn[2] === 'taken' ? this.taken : this.booked).set(turn[0], turn);
      if (turn[2] === 'taken' && turn[1] < this.heldUntil) this.callsWhileHeld += 1;
    }
    this.nextAt = row.answer.nextAt;
    return row.answer.turns;
  }

  async hold(waitMs: number): Promise<void> {
    await database.query(
      { name: 'simulated hold', text: 'select membership_gateway.hold_turns($1, $2, $3, $4)' },
      [this.bucket, this.limit.calls, waitMs, this.now],
    );
    this.heldUntil = Math.max(this.heldUntil, this.now + waitMs);
  }

  async report(at: number, limit: number | null, remaining: number | null, resetMs: number) {
    await database.query(
      {
        name: 'simulated report',
        text: 'select membership_gateway.report_limit($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      },
      [
        this.bucket,
        this.limit.calls,
        this.limit.isExplicit,
        spanMs,
        at,
        limit,
        remaining,
        resetMs,
        this.now,
      ],
    );
  }

  /** Takes the booked turns whose time has come, as their owners know it. */
  async takeDue(): Promise<void> {
    const due = [...this.booked.values()].filter(([, at]) => at <= this.now + nearMs);
    if (due.length > 0) await this.take({ due: due.map(([id]) => id) });
  }

  /** Writes the taken turns whose time has come, each after a delay; those that are too late are given back. */
  async send(delayMs: number): Promise<void> {
    const late: number[] = [];
    for (const [id, at] of this.taken.values()) {
      if (at > this.now) continue;
      if (Math.max(this.now, at + delayMs) > at + lateMs) late.push(id);
      else {
        this.sent.push(Math.max(this.now, at + delayMs));
        this.taken.delete(id);
      }
    }
    if (late.length > 0) await this.take({ givenBack: late });
  }

  /** Lets some ms pass, in which owners take and use their turns. */
  async pass(ms: number, delayMs = 0): Promise<void> {
    const until = this.now + ms;
    while (this.now < until) {
      this.now = Math.min(until, this.now + 7);
      await this.takeDue();
      await this.send(delayMs);
    }
  }
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('book' as const),
    changes: fc.integer({ min: 0, max: 3 }),
    reads: fc.integer({ min: 0, max: 3 }),
    mostMs: fc.constantFrom(0, 500, 3_000),
  }),
  fc.record({
    kind: fc.constant('pass' as const),
    ms: fc.integer({ min: 1, max: 400 }),
    delayMs: fc.integer({ min: 0, max: 25 }),
  }),
  fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(20) }),
  fc.record({ kind: fc.constant('hold' as const), waitMs: fc.integer({ min: 0, max: 1_500 }) }),
  fc.record({
    kind: fc.constant('report' as const),
    limit: fc.constantFrom(null, 3, 8),
    remaining: fc.constantFrom(null, 0, 2),
    resetMs: fc.integer({ min: 1, max: 1_200 }),
  }),
);

describe('turns', () => {
  test('no window holds more than the limit, in whatever order turns are booked, given back, held, learned and used late', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const simulation = new Simulation();
        for (const one of steps) {
          if (one.kind === 'book') await simulation.take(one);
          else if (one.kind === 'pass') await simulation.pass(one.ms, one.delayMs);
          else if (one.kind === 'hold') await simulation.hold(one.waitMs);
          else if (one.kind === 'report') {
            const at = simulation.sent.at(-1);
            if (at !== undefined)
              await simulation.report(at, one.limit, one.remaining, one.resetMs);
          } else {
            const ids = [...simulation.booked.keys(), ...simulation.taken.keys()];
            const id = ids[one.which % Math.max(1, ids.length)];
            if (id !== undefined) await simulation.take({ givenBack: [id] });
          }
        }
        await simulation.pass(3_000);
        expect(countWorstWindow(simulation.sent, windowMs)).toBeLessThanOrEqual(calls);
        expect(simulation.callsWhileHeld).toBe(0);
      }),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 15) },
    );
  });

  test('a full window of free turns is taken immediately, and the next turn follows one window later', async () => {
    const simulation = new Simulation();
    const turns = await simulation.take({ changes: calls + 1 });
    expect(turns.map(([, at]) => at - simulation.now)).toEqual([0, 0, 0, 0, 0, spanMs]);
    expect(turns.map(([, , state]) => state)).toEqual([...Array(calls).fill('taken'), 'change']);
  });

  test('a change gets the time of the first booked read, and each read that of the next', async () => {
    const simulation = new Simulation();
    await simulation.take({ changes: 4 });
    await simulation.pass(100);
    const [, ...reads] = await simulation.take({ reads: 3 });
    expect(reads.map(([, at]) => at)).toEqual([1_000_000 + spanMs, 1_000_000 + spanMs]);
    const [change] = await simulation.take({ changes: 1 });
    expect(change?.[1]).toBe(1_000_000 + spanMs);
    await simulation.pass(spanMs + 10);
    expect(simulation.sent).toHaveLength(8);
    // All six turns of the first window are over; of the reads none was lost.
    expect(countWorstWindow(simulation.sent, windowMs)).toBe(calls);
  });

  test('a turn beyond the longest wait is not booked, and the answer names its time', async () => {
    const simulation = new Simulation();
    expect(await simulation.take({ reads: calls + 1, mostMs: 100 })).toHaveLength(calls);
    expect(simulation.nextAt).toBe(simulation.now + spanMs);
  });

  test('a booked turn that nobody takes in time is free for others', async () => {
    const simulation = new Simulation();
    await simulation.take({ changes: calls + 3 });
    simulation.now += spanMs + lateMs + 1;
    const turns = await simulation.take({ changes: calls });
    expect(turns.map(([, at]) => at)).toEqual(Array(calls).fill(simulation.now));
  });

  test('a hold delays booked turns of all replicas', async () => {
    const simulation = new Simulation();
    const turns = await simulation.take({ changes: calls + 2 });
    await simulation.hold(3_000);
    const due = turns.filter(([, , state]) => state === 'change').map(([id]) => id);
    simulation.now += spanMs;
    const held = await simulation.take({ due });
    expect(held.map(([, at, state]) => [at, state])).toEqual([
      [1_003_000, 'change'],
      [1_003_000, 'change'],
    ]);
    expect((await simulation.take({ changes: 1 }))[0]?.[1]).toBe(1_003_000);
  });

  test('a reported limit replaces a default in both directions, and a configured one only downwards', async () => {
    for (const [isExplicit, reported, expected] of [
      [false, 8, 8],
      [false, 3, 3],
      [true, 8, 5],
      [true, 3, 3],
    ] as const) {
      const simulation = new Simulation({ calls, isExplicit });
      const [first] = await simulation.take({ changes: 1 });
      await simulation.report(first?.[1] ?? 0, reported, null, 0);
      await simulation.take({ changes: 20, mostMs: 0 });
      expect(simulation.taken.size).toBe(expected);
    }
  });

  test('what the vendor reports as left holds until its reset, and a call that was not counted frees its turn', async () => {
    const simulation = new Simulation();
    const [first] = await simulation.take({ changes: 1 });
    await simulation.report(first?.[1] ?? 0, null, 1, 600);
    simulation.now += 10;
    const turns = await simulation.take({ changes: 3 });
    expect(turns.map(([, at]) => at)).toEqual([1_000_010, 1_000_600, 1_000_600]);
    const [another] = await simulation.take({ givenBack: [turns[0]?.[0] ?? 0], changes: 1 });
    expect(another?.[1]).toBe(1_000_010);
  });

  test('only buckets that hold nothing any more are deleted', async () => {
    const turns = new PostgresTurns(database);
    const limit = { calls, seconds: 1, isExplicit: true };
    const request = { changes: 1, reads: 0, due: [], givenBack: [], mostMs: 0, nearMs, lateMs };
    const visit = (bucket: SharedBucket) => turns.take(bucket, { ...request, leadMs: 0 });
    await visit({ key: 'short', limit, windowMs: 1 });
    await visit({ key: 'long', limit, windowMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    await turns.sweep();
    const rows = await database.query({
      name: 'kept',
      text: `select bucket from membership_gateway.rate_limit where bucket in ('short', 'long')`,
    });
    expect(rows).toEqual([{ bucket: 'long' }]);
  });
});
