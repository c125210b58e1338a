import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LimitedCall } from '../../../src/upstream/resilience/rate-limiter.ts';
import { SharedRateLimiter } from '../../../src/upstream/resilience/shared-rate-limiter.ts';
import type {
  SharedBucket,
  TurnAnswer,
  TurnRequest,
  TurnStore,
} from '../../../src/upstream/resilience/turn-store.ts';

const windowMs = 10_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A store that grants each turn immediately, with five connections and a slow disk. */
class SlowStore implements TurnStore {
  isAway = false;
  isRecoverBroken = false;
  statementMs = 1;
  readonly told: { readonly method: string; readonly key: string; readonly value: unknown }[] = [];
  #free = 5;
  readonly #queue: (() => void)[] = [];
  #lastId = 0;

  async take({ key, limit }: SharedBucket, request: TurnRequest): Promise<TurnAnswer> {
    await this.#run('take', key, request);
    const now = Math.floor(performance.now());
    const create = () => {
      this.#lastId += 1;
      return { id: this.#lastId, at: now, isTaken: true, isChange: true };
    };
    const turns = Array.from({ length: request.changes + request.reads }, create);
    return { now, calls: limit.calls, nextAt: now, replicas: 1, turns };
  }
  hold({ key }: SharedBucket, waitMs: number): Promise<void> {
    return this.#run('hold', key, waitMs);
  }
  report({ key }: SharedBucket): Promise<void> {
    return this.#run('report', key, null);
  }
  async recover({ key }: SharedBucket, agesMs: readonly number[]): Promise<void> {
    if (this.isRecoverBroken) throw new Error('connection lost');
    await this.#run('recover', key, agesMs);
  }
  forget(): Promise<void> {
    return this.#run('forget', '', null);
  }
  probe(): Promise<void> {
    return this.#run('probe', '', null);
  }

  async #run(method: string, key: string, value: unknown): Promise<void> {
    if (this.isAway) throw new Error('connection lost');
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    await new Promise((resolve) => setTimeout(resolve, this.statementMs));
    const next = this.#queue.shift();
    if (next === undefined) this.#free += 1;
    else next();
    this.told.push({ method, key, value });
  }
}

function createLimiter(store: TurnStore): SharedRateLimiter {
  return new SharedRateLimiter({
    limit: { calls: 5, seconds: windowMs / 1_000, isExplicit: true },
    scope: 'credential',
    queueLength: 1_000,
    store,
    createKey: (_scope, of) => of,
    countReplicas: () => 1,
    onLoss: () => {},
    onRecovery: () => {},
  });
}

const change: LimitedCall = {
  credential: 'a',
  caller: 'a',
  route: 'r',
  isChange: true,
  isRead: false,
  isSettling: false,
};
const read: LimitedCall = { ...change, isChange: false, isRead: true };

/** Sends a call. Returns whether it was let through. */
async function send(limiter: SharedRateLimiter, call: LimitedCall): Promise<boolean> {
  const permit = await limiter.acquire(call, 2 * windowMs, null);
  if (permit.kind !== 'permit') return false;
  const wasSent = permit.markSent();
  permit.end(null);
  return wasSent;
}

async function pass<T>(work: Promise<T>): Promise<T> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  work.then(end, end);
  while (!isDone) await vi.advanceTimersByTimeAsync(5);
  return work;
}

async function lose(limiter: SharedRateLimiter, store: SlowStore): Promise<void> {
  store.isAway = true;
  await pass(send(limiter, { ...change, credential: 'lost' }));
  expect(limiter.sharing.isAway).toBe(true);
}

test('a limiter with many idle credentials recovers over a slow database', async () => {
  const store = new SlowStore();
  const limiter = createLimiter(store);
  for (let user = 0; user < 900; user += 1) {
    expect(await pass(send(limiter, { ...change, credential: `user ${user}` }))).toBe(true);
  }
  await vi.advanceTimersByTimeAsync(2 * windowMs);
  await lose(limiter, store);
  [store.isAway, store.statementMs] = [false, 20];
  await vi.advanceTimersByTimeAsync(30_000);
  expect(limiter.sharing.isAway).toBe(false);
  expect(await pass(send(limiter, { ...change, credential: 'user 7' }))).toBe(true);
});

test('calls of the share reach the store, also if the first attempt to tell it fails', async () => {
  const store = new SlowStore();
  const limiter = createLimiter(store);
  await lose(limiter, store);
  expect(await pass(send(limiter, read))).toBe(true);
  [store.isAway, store.isRecoverBroken] = [false, true];
  await vi.advanceTimersByTimeAsync(1_000);
  store.isRecoverBroken = false;
  await vi.advanceTimersByTimeAsync(1_200);
  expect(limiter.sharing.isAway).toBe(false);
  const recovered = store.told.filter(({ method, key }) => method === 'recover' && key === 'a');
  expect(recovered.map(({ value }) => value)).toEqual([[expect.any(Number)]]);
});

test('a wait that the vendor asked for while the store was away holds after its recovery', async () => {
  const store = new SlowStore();
  const limiter = createLimiter(store);
  await lose(limiter, store);
  expect(await pass(send(limiter, read))).toBe(true);
  limiter.hold(read, 60_000);
  store.isAway = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(limiter.sharing.isAway).toBe(false);
  const held = store.told.filter(({ method, key }) => method === 'hold' && key === 'a');
  expect(held).toHaveLength(1);
  expect(held[0]?.value).toBeGreaterThan(55_000);
});

test('the memory of an outage does not grow with made-up credentials', async () => {
  const store = new SlowStore();
  const limiter = createLimiter(store);
  await lose(limiter, store);
  await vi.advanceTimersByTimeAsync(2 * windowMs);
  for (let round = 0; round < 10; round += 1) {
    for (let user = 0; user < 500; user += 1) {
      expect(await send(limiter, { ...read, credential: `made up ${round} ${user}` })).toBe(true);
    }
    await vi.advanceTimersByTimeAsync(2 * windowMs);
  }
  store.isAway = false;
  await vi.advanceTimersByTimeAsync(5_000);
  // Only what was sent within the last window is told to the store.
  const recovered = store.told.filter(({ method }) => method === 'recover');
  expect(recovered.length).toBeLessThanOrEqual(510);
});
