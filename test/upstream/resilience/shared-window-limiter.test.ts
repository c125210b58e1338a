import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallLease, LeaseStore } from '../../../src/upstream/resilience/lease-store.ts';
import { SharedWindowLimiter } from '../../../src/upstream/resilience/shared-window-limiter.ts';

const limit = { calls: 50, seconds: 60 };
const windowMs = limit.seconds * 1_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The window of one key, as the database keeps it. */
class OneWindow implements LeaseStore {
  isAway = false;
  delayMs = 0;
  #used = 0;
  readonly #endsAt = performance.now() + windowMs;

  async lease(_key: string, _limit: unknown, wanted: number, block: number): Promise<CallLease> {
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    if (this.isAway) throw new Error('connection lost');
    const available = limit.calls - this.#used;
    const few = Math.min(block, Math.floor((available + 7) / 8));
    const granted = available < wanted ? 0 : Math.min(available, Math.max(wanted, few));
    this.#used += granted;
    return {
      granted,
      left: available - granted,
      endsAt: this.#endsAt,
      endsInMs: this.#endsAt - performance.now(),
      replicas: 1,
    };
  }
}

function createLimiter(store: LeaseStore): SharedWindowLimiter {
  return new SharedWindowLimiter({
    limit,
    store,
    createKey: (key) => key,
    countReplicas: () => 1,
    onLoss: () => {},
    onRecovery: () => {},
  });
}

/** Sends calls until one is rejected. Returns how many were let through. */
async function countPassed(limiter: SharedWindowLimiter): Promise<number> {
  for (let passed = 0; ; passed += 1) if ((await limiter.take('a')) > 0) return passed;
}

test('a caller has the share of a replica once in a window, however often the database is lost', async () => {
  const store = new OneWindow();
  const limiter = createLimiter(store);
  expect(await countPassed(limiter)).toBe(limit.calls);
  let passed = 0;
  for (let outage = 0; outage < 5; outage += 1) {
    store.isAway = true;
    // A key that the database was not asked for finds that it is away.
    await limiter.take(`other ${outage}`);
    passed += await countPassed(limiter);
    store.isAway = false;
    await vi.advanceTimersByTimeAsync(1_000);
    await limiter.take('other');
    await vi.advanceTimersByTimeAsync(1);
    expect(await countPassed(limiter)).toBe(0);
  }
  expect(passed).toBe(limit.calls);
});

test('calls that wait for a slow database wait for few round trips, and not one after the other', async () => {
  const store = new OneWindow();
  store.delayMs = 400;
  const limiter = createLimiter(store);
  const began = performance.now();
  const taking = Array.from({ length: limit.calls + 10 }, () => limiter.take('a'));
  const done = Promise.all(taking).then((waits) => ({
    passed: waits.filter((ms) => ms === 0).length,
    tookMs: performance.now() - began,
  }));
  await vi.advanceTimersByTimeAsync(60_000);
  const { passed, tookMs } = await done;
  expect(passed).toBe(limit.calls);
  expect(tookMs).toBeLessThanOrEqual(5 * store.delayMs);
});
