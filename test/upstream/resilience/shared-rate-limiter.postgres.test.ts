import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LimitedCall, LimitFeedback } from '../../../src/upstream/resilience/rate-limiter.ts';
import { SharedRateLimiter } from '../../../src/upstream/resilience/shared-rate-limiter.ts';
import type { TurnStore } from '../../../src/upstream/resilience/turn-store.ts';
import { type SimulatedTurns, simulateTurns } from '../../support/simulated-turns.ts';
import { countWorstWindow } from '../../support/strict-vendor.ts';

const seconds = 1;
const windowMs = seconds * 1_000;
const calls = 50;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const silent: LimitFeedback = {
  status: 200,
  isJson: true,
  limit: null,
  remaining: null,
  resetMs: null,
};
const change: LimitedCall = {
  credential: 'a',
  caller: 'a',
  route: 'r',
  isChange: true,
  isRead: false,
  isSettling: false,
};
const read: LimitedCall = { ...change, isChange: false, isRead: true };

function createLimiter(store: TurnStore, limit = calls, replicas = 1): SharedRateLimiter {
  return new SharedRateLimiter({
    limit: { calls: limit, seconds, isExplicit: true },
    scope: 'credential',
    queueLength: 1_000,
    store,
    countReplicas: () => replicas,
    createKey: (_scope, of) => of,
    onLoss: () => {},
    onRecovery: () => {},
  });
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends a call once it has its turn, again with another turn if the time of the first has passed. Returns false if denied. */
async function send(
  limiter: SharedRateLimiter,
  call: LimitedCall,
  arrivals: number[],
  maxWaitMs = 10_000,
  delayMs = 0,
): Promise<boolean> {
  for (let isSettling = false; ; isSettling = true) {
    const permit = await limiter.acquire({ ...call, isSettling }, maxWaitMs, null);
    if (permit.kind !== 'permit') return false;
    if (!isSettling) await sleep(delayMs);
    const isSent = permit.markSent();
    if (isSent) arrivals.push(performance.now());
    await sleep(isSent ? 30 : 0);
    permit.end(isSent ? silent : null);
    if (isSent) return true;
  }
}

/** The calls of 64 people and, unless they are alone, of a background user with ten calls at a time at each replica. */
async function runLoad(replicas: number, delayMs: number, isAlone: boolean) {
  await using turns = await simulateTurns(() => delayMs * (0.5 + Math.random()), replicas);
  const limiters = Array.from({ length: replicas }, () => createLimiter(turns.store));
  const arrivals: number[] = [];
  const waits: number[] = [];
  const made = new Map<string, number>();
  let isOver = false;
  const use = async (caller: string, limiter: SharedRateLimiter, restMs: number) => {
    await sleep(Math.random() * restMs);
    while (!isOver) {
      const since = performance.now();
      // Now and then a call waits for its connection longer than its turn lasts.
      const connectMs = Math.random() < 0.02 ? 60 : 0;
      await send(limiter, { ...change, caller }, arrivals, 10_000, connectMs);
      made.set(caller, (made.get(caller) ?? 0) + 1);
      if (restMs > 0) waits.push(performance.now() - since);
      await sleep(restMs * (0.5 + Math.random()));
    }
  };
  const pick = (index: number) => limiters[index % replicas] as SharedRateLimiter;
  for (let person = 0; person < 64; person += 1) void use(`person ${person}`, pick(person), 2_000);
  const hungryCalls = isAlone ? 0 : 10 * replicas;
  for (let index = 0; index < hungryCalls; index += 1) {
    void use(`hungry ${index % replicas}`, pick(index), 0);
  }
  await turns.pass(10_000);
  isOver = true;
  return { arrivals, made, longestMs: Math.max(...waits), limiters };
}

describe('a limit that replicas share', () => {
  test.each([
    [1, 1],
    [3, 1],
    [8, 1],
    [3, 12],
    [8, 12],
  ])(
    'with %i replicas and a store %i ms away is never exceeded, at least 95 percent of it are used, and people wait at most a window longer than without background users',
    async (replicas, delayMs) => {
      const alone = await runLoad(replicas, delayMs, true);
      const { arrivals, made, longestMs } = await runLoad(replicas, delayMs, false);
      const used = arrivals.filter((at) => at >= (arrivals[0] ?? 0) + 2 * windowMs).length;
      expect(countWorstWindow(arrivals, windowMs)).toBeLessThanOrEqual(calls);
      expect(used).toBeGreaterThanOrEqual(0.95 * 8 * calls);
      expect(longestMs).toBeLessThanOrEqual(alone.longestMs + 1.04 * windowMs + 100);
      const hungry = Array.from(
        { length: replicas },
        (_, index) => made.get(`hungry ${index}`) ?? 0,
      );
      expect(Math.min(...hungry)).toBeGreaterThan(Math.max(...hungry) / 3);
    },
  );

  test('sends waiting changes of one replica before waiting reads of another', async () => {
    await using turns = await simulateTurns(() => 1);
    const [one, other] = [createLimiter(turns.store, 1), createLimiter(turns.store, 1)];
    const sent: string[] = [];
    const make = async (limiter: SharedRateLimiter, call: LimitedCall, name: string) => {
      if (await send(limiter, call, [])) sent.push(name);
    };
    void make(one, change, 'first');
    await turns.pass(50);
    void make(one, read, 'read');
    await turns.pass(50);
    void make(other, change, 'change');
    await turns.pass(4_000);
    expect(sent).toEqual(['first', 'change', 'read']);
  });

  test('gives the turn of a call that gives up to another replica', async () => {
    await using turns = await simulateTurns(() => 1);
    const [one, other] = [createLimiter(turns.store, 1), createLimiter(turns.store, 1)];
    await withTime(turns, send(one, change, []));
    const client = new AbortController();
    const waiting = Promise.resolve(one.acquire(change, 5_000, client.signal));
    await turns.pass(50);
    client.abort();
    expect(await waiting).toMatchObject({ kind: 'limited' });
    await turns.pass(50);
    const arrivals: number[] = [];
    void send(other, change, arrivals, 1_100);
    await turns.pass(1_200);
    expect(arrivals).toHaveLength(1);
  });

  test('rejects a call immediately if its turn would come too late, and reports when it comes', async () => {
    await using turns = await simulateTurns(() => 1);
    const limiter = createLimiter(turns.store, 1);
    void send(limiter, change, []);
    await turns.pass(100);
    const denied = Promise.resolve(limiter.acquire(change, 500, null));
    await turns.pass(20);
    expect(await denied).toMatchObject({ kind: 'limited', waitMs: expect.closeTo(930, -2) });
  });

  test('holds the calls of all replicas for as long as the vendor asks one of them', async () => {
    await using turns = await simulateTurns(() => 1);
    const [one, other] = [createLimiter(turns.store, 1), createLimiter(turns.store, 1)];
    await withTime(turns, send(one, change, []));
    const arrivals: number[] = [];
    void send(other, change, arrivals);
    await turns.pass(100);
    one.hold(change, 4_000);
    const heldUntil = performance.now() + 4_000;
    await turns.pass(6_000);
    expect(arrivals).toHaveLength(1);
    expect(arrivals[0]).toBeGreaterThanOrEqual(heldUntil);
  });

  test('keeps nothing of a flood of made-up credentials', async () => {
    await using turns = await simulateTurns(() => 0);
    const limiter = createLimiter(turns.store);
    for (let index = 0; index < 1_500; index += 1) {
      void send(limiter, { ...change, credential: `made-up ${index}` }, []);
      if (index % 100 === 99) await turns.pass(40);
    }
    expect(limiter.size).toBeLessThanOrEqual(1_000);
  });
});

describe('without the store', () => {
  test('rejects changes, lets reads use a share after a quiet window, and stays within the limit when the store is back', async () => {
    await using turns = await simulateTurns(() => 1, 2);
    const limiters = [createLimiter(turns.store, 10), createLimiter(turns.store, 10)];
    const arrivals: number[] = [];
    let isOver = false;
    const make = async (limiter: SharedRateLimiter, call: LimitedCall) => {
      while (!isOver) {
        await send(limiter, call, arrivals, 5_000);
        await sleep(1);
      }
    };
    for (const limiter of limiters)
      for (let index = 0; index < 8; index += 1) void make(limiter, read);
    await turns.pass(3_000);
    turns.isAway = true;
    await turns.pass(200);
    const lostAt = performance.now();
    for (const limiter of limiters) {
      expect(limiter.sharing.isAway).toBe(true);
      expect(limiter.check(change, 5_000)).toEqual({ kind: 'storeAway' });
      expect(await limiter.acquire(change, 5_000, null)).toEqual({ kind: 'storeAway' });
    }
    await turns.pass(5_000);
    const within = (from: number, to: number) =>
      arrivals.filter((at) => at >= lostAt + from && at < lostAt + to).length;
    expect(within(0, 800)).toBe(0);
    expect(within(1_000, 5_000)).toBeGreaterThanOrEqual(30);
    turns.isAway = false;
    await turns.pass(2_100);
    for (const limiter of limiters) expect(limiter.sharing.isAway).toBe(false);
    for (const limiter of limiters) void make(limiter, change);
    await turns.pass(3_000);
    isOver = true;
    expect(within(7_200, 10_000)).toBeGreaterThanOrEqual(20);
    expect(countWorstWindow(arrivals, windowMs)).toBeLessThanOrEqual(10);
  });

  test('a replica that has never reached it for a vendor uses only its share', async () => {
    await using turns = await simulateTurns(() => 1, 2);
    const limiters = [createLimiter(turns.store, 10, 2), createLimiter(turns.store, 10, 2)];
    const arrivals: number[] = [];
    turns.isAway = true;
    for (const limiter of limiters) {
      void send(limiter, read, arrivals);
      await turns.pass(10);
      for (let index = 0; index < 20; index += 1) void send(limiter, read, arrivals);
    }
    await turns.pass(6_000);
    expect(arrivals.length).toBeGreaterThanOrEqual(30);
    expect(countWorstWindow(arrivals, windowMs)).toBeLessThanOrEqual(10);
  });

  test.each([
    ['one replica lost an answer', 0],
    ['both had lost it', 1_000],
  ])(
    'no share is used beside the turns of another replica when %s and the next answers are slow',
    async (_cause, otherLostMs) => {
      let delayMs = 1;
      await using turns = await simulateTurns(() => delayMs, 2);
      const [one, other] = [createLimiter(turns.store, 10), createLimiter(turns.store, 10)];
      const arrivals: number[] = [];
      let isOver = false;
      const make = async (limiter: SharedRateLimiter, call: LimitedCall) => {
        while (!isOver) {
          await send(limiter, call, arrivals, 5_000);
          await sleep(1);
        }
      };
      await withTime(turns, Promise.all([send(one, read, []), send(other, change, [])]));
      await turns.pass(1_100);
      turns.isAway = true;
      for (let index = 0; index < 8; index += 1) void make(one, read);
      await turns.pass(10 + otherLostMs);
      if (otherLostMs > 0) {
        void send(other, change, arrivals);
        // The probe of the first one has just failed, and that of the other is next.
        await turns.pass(997);
        turns.isAway = false;
        await turns.pass(500);
      }
      turns.isAway = false;
      delayMs = 60;
      for (let index = 0; index < 12; index += 1) {
        void make(other, { ...change, caller: `caller ${index}` });
      }
      await turns.pass(8_000);
      isOver = true;
      expect(arrivals.length).toBeGreaterThan(20);
      expect(countWorstWindow(arrivals, windowMs)).toBeLessThanOrEqual(10);
    },
  );

  test('gives each replica one read in several windows if there are more replicas than calls', async () => {
    await using turns = await simulateTurns(() => 1, 4);
    const limiter = createLimiter(turns.store, 1);
    const arrivals: number[] = [];
    await withTime(turns, send(limiter, read, []));
    turns.isAway = true;
    for (let index = 0; index < 3; index += 1) void send(limiter, read, arrivals, 20_000);
    await turns.pass(15_000);
    expect(arrivals).toHaveLength(3);
    const [first = 0, second = 0] = arrivals;
    expect(second - first).toBeGreaterThanOrEqual(4 * windowMs);
  });
});

/** Waits for something while time passes. */
async function withTime<T>(turns: SimulatedTurns, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) await turns.pass(1);
  return done;
}
