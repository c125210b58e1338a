import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalRateLimiter } from '../../../src/upstream/resilience/local-rate-limiter.ts';
import type {
  LimitedCall,
  LimitFeedback,
  RateLimitScope,
} from '../../../src/upstream/resilience/rate-limiter.ts';
import { countWorstWindow } from '../../support/strict-vendor.ts';

const seconds = 1;
const windowMs = seconds * 1_000;
const calls = 5;

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

/** A vendor that counts what arrives and tells the gateway so, as strictly as one can. */
class StrictVendor {
  readonly arrivals: { readonly at: number; readonly key: string }[] = [];
  readonly heldUntil = new Map<string, number>();
  callsWhileHeld = 0;

  arrive(key: string): void {
    const at = performance.now();
    if (at < (this.heldUntil.get(key) ?? 0)) this.callsWhileHeld += 1;
    this.arrivals.push({ at, key });
  }

  get worst(): number {
    const keys = new Set(this.arrivals.map(({ key }) => key));
    const of = (one: string) => this.arrivals.filter(({ key }) => key === one).map(({ at }) => at);
    return Math.max(0, ...[...keys].map((key) => countWorstWindow(of(key), windowMs)));
  }
}

const plan = fc.record({
  afterMs: fc.integer({ min: 0, max: 300 }),
  credential: fc.constantFrom('a', 'b', 'c'),
  isChange: fc.boolean(),
  mostWaitMs: fc.integer({ min: 0, max: 3_000 }),
  connectMs: fc.integer({ min: 0, max: 600 }),
  // Within the margin against jitter.
  travelMs: fc.integer({ min: 0, max: 39 }),
  answerMs: fc.integer({ min: 0, max: 800 }),
  answer: fc.oneof(
    fc.constant<'lost' | 'neverSent' | 'plain' | 'rejected'>('plain'),
    fc.constantFrom('lost', 'neverSent', 'rejected'),
    fc.record({ waitMs: fc.integer({ min: 1, max: 2_000 }) }),
    fc.record({
      remaining: fc.integer({ min: 0, max: calls - 1 }),
      resetMs: fc.integer({ min: -1_000, max: 2_000 }),
    }),
  ),
});

test.each<{ scope: RateLimitScope; keyOf: (call: LimitedCall) => string }>([
  { scope: 'credential', keyOf: ({ credential }) => credential },
  { scope: 'route', keyOf: ({ route }) => route },
])(
  'a strict vendor that counts by $scope never sees more than the limit, nor a call while it holds them back',
  async ({ scope, keyOf }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { minLength: 5, maxLength: 60 }), async (plans) => {
        const vendor = new StrictVendor();
        const limit = { calls, seconds, isExplicit: true };
        const limiter = new LocalRateLimiter(limit, scope, 1_000);
        const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
        const make = async (one: (typeof plans)[number]) => {
          const { credential, isChange, mostWaitMs, answer } = one;
          const call = {
            credential,
            caller: credential,
            route: 'r',
            isChange,
            isRead: false,
            isSettling: false,
          };
          const permit = await limiter.acquire(call, mostWaitMs, null);
          if (permit.kind !== 'permit') return;
          await sleep(one.connectMs);
          if (answer === 'neverSent') return permit.end(null);
          permit.markSent();
          await sleep(one.travelMs);
          // A vendor that counts by address does so after the authentication.
          if (answer !== 'rejected' || scope === 'credential') vendor.arrive(keyOf(call));
          await sleep(one.answerMs);
          if (answer === 'lost') return permit.end(null);
          if (answer === 'plain') return permit.end(silent);
          if (answer === 'rejected') return permit.end({ ...silent, status: 401 });
          if ('remaining' in answer) return permit.end({ ...silent, ...answer, limit: calls });
          permit.end({ ...silent, status: 429 });
          limiter.hold(call, answer.waitMs);
          const until = performance.now() + answer.waitMs;
          // Calls that hold a slot already leave.
          void sleep(600 + 39).then(() => {
            const before = vendor.heldUntil.get(keyOf(call)) ?? 0;
            vendor.heldUntil.set(keyOf(call), Math.max(before, until));
          });
        };
        const made: Promise<void>[] = [];
        for (const one of plans) {
          await vi.advanceTimersByTimeAsync(one.afterMs);
          made.push(make(one));
        }
        await vi.advanceTimersByTimeAsync(120_000);
        // Nothing waits for ever.
        await Promise.all(made);
        expect(vendor.worst).toBeLessThanOrEqual(calls);
        expect(vendor.callsWhileHeld).toBe(0);
      }),
      { numRuns: 60 },
    );
  },
);

test('sends no waiting call between a 429 and the wait that it asks for', async () => {
  const limiter = new LocalRateLimiter({ calls: 1, seconds, isExplicit: true }, 'route', 1_000);
  const call = {
    credential: 'a',
    caller: 'a',
    route: 'r',
    isChange: true,
    isRead: false,
    isSettling: false,
  };
  const first = await limiter.acquire(call, 0, null);
  if (first.kind !== 'permit') throw new Error('expected a permit');
  let grantedAt = 0;
  const second = Promise.resolve(limiter.acquire(call, 60_000, null)).then(() => {
    grantedAt = performance.now();
  });
  await vi.advanceTimersByTimeAsync(5_000);
  const answeredAt = performance.now();
  first.markSent();
  await vi.advanceTimersByTimeAsync(2 * windowMs);
  first.end({ ...silent, status: 429 });
  limiter.hold(call, 10_000);
  await vi.advanceTimersByTimeAsync(60_000);
  await second;
  expect(grantedAt).toBeGreaterThanOrEqual(answeredAt + 2 * windowMs + 10_000);
});

test('uses at least 95 % of the limit under demand', async () => {
  const limiter = new LocalRateLimiter({ calls, seconds, isExplicit: true }, 'credential', 1_000);
  const call = {
    credential: 'a',
    caller: 'a',
    route: 'r',
    isChange: true,
    isRead: false,
    isSettling: false,
  };
  let sent = 0;
  const work = async () => {
    for (;;) {
      const permit = await limiter.acquire(call, 60_000, null);
      if (permit.kind !== 'permit') continue;
      permit.markSent();
      sent += 1;
      await new Promise((resolve) => setTimeout(resolve, 200));
      permit.end(silent);
    }
  };
  for (let worker = 0; worker < 20; worker += 1) void work();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(sent).toBeGreaterThanOrEqual(0.95 * 100 * calls);
});

test('keeps nothing of a flood of made-up credentials once their windows have ended', async () => {
  const limiter = new LocalRateLimiter({ calls, seconds, isExplicit: true }, 'credential', 1_000);
  for (let index = 0; index < 5_000; index += 1) {
    const credential = `made-up ${index}`;
    const call = {
      credential,
      caller: credential,
      route: 'r',
      isChange: true,
      isRead: false,
      isSettling: false,
    };
    const permit = await limiter.acquire(call, 0, null);
    if (permit.kind !== 'permit') throw new Error('a first call needs no wait');
    permit.markSent();
    permit.end({ ...silent, status: 401 });
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(limiter.size).toBeLessThanOrEqual(1_000);
});

test('rejects waiting calls before their first send, and keeps those that settle a call', async () => {
  const limiter = new LocalRateLimiter({ calls: 1, seconds, isExplicit: true }, 'credential', 10);
  const call = {
    credential: 'a',
    caller: 'a',
    route: 'r',
    isChange: true,
    isRead: false,
    isSettling: false,
  };
  const first = await limiter.acquire(call, 0, null);
  if (first.kind !== 'permit') throw new Error('a first call needs no wait');
  first.markSent();
  first.end(silent);
  const waiting = limiter.acquire(call, 5_000, null);
  const settling = limiter.acquire({ ...call, isSettling: true }, 5_000, null);
  limiter.dismissWaiting(() => ({ kind: 'circuitOpen', retryAfterSeconds: 5 }));
  expect(await waiting).toEqual({ kind: 'circuitOpen', retryAfterSeconds: 5 });
  await vi.advanceTimersByTimeAsync(1_100);
  expect(await settling).toMatchObject({ kind: 'permit' });
});

test('rejects a call beyond the queue’s length immediately, unless it settles one that was sent', async () => {
  const limiter = new LocalRateLimiter({ calls: 1, seconds, isExplicit: true }, 'credential', 1);
  const call = {
    credential: 'a',
    caller: 'a',
    route: 'r',
    isChange: true,
    isRead: false,
    isSettling: false,
  };
  await limiter.acquire(call, 0, null);
  void limiter.acquire(call, 5_000, null);
  expect(await limiter.acquire(call, 5_000, null)).toEqual({ kind: 'overloaded' });
  expect(limiter.acquire({ ...call, isSettling: true }, 5_000, null)).toBeInstanceOf(Promise);
});

test('when its queue is full, a caller with fewer calls takes the seat of one with more, in whatever buckets they wait', async () => {
  const limiter = new LocalRateLimiter({ calls: 1, seconds, isExplicit: true }, 'credential', 4);
  const call = (caller: string, credential: string) => ({
    credential,
    caller,
    route: 'r',
    isChange: true,
    isRead: false,
    isSettling: false,
  });
  const waiting: ReturnType<LocalRateLimiter['acquire']>[] = [];
  for (let made = 0; made < 4; made += 1) {
    // The first of each made-up credential goes out, the second waits.
    await limiter.acquire(call('hungry', `made up ${made}`), 0, null);
    waiting.push(limiter.acquire(call('hungry', `made up ${made}`), 5_000, null));
  }
  await limiter.acquire(call('modest', 'own'), 0, null);
  const modest = [1, 2].map(() => limiter.acquire(call('modest', 'own'), 5_000, null));
  for (const displaced of waiting.slice(2)) {
    expect(await displaced).toEqual({ kind: 'overloaded' });
  }
  for (const caller of ['modest', 'hungry']) {
    expect(limiter.acquire(call(caller, 'made up 0'), 5_000, null)).toEqual({ kind: 'overloaded' });
  }
  expect(modest.every((one) => one instanceof Promise)).toBe(true);
});

test('keeps the turn of a call that settles another while calls of other callers arrive', async () => {
  const limiter = new LocalRateLimiter({ calls: 1, seconds, isExplicit: true }, 'credential', 1);
  const call = {
    credential: 'a',
    caller: 'a',
    route: 'r',
    isChange: false,
    isRead: false,
    isSettling: false,
  };
  const first = await limiter.acquire(call, 0, null);
  if (first.kind !== 'permit') throw new Error('a first call needs no wait');
  first.markSent();
  first.end(silent);
  const settling = limiter.acquire({ ...call, isSettling: true }, 5_000, null);
  const waiting = limiter.acquire(call, 5_000, null);
  // It takes the seat of the read that waits for its first send.
  const change = limiter.acquire({ ...call, isChange: true }, 5_000, null);
  expect(await waiting).toEqual({ kind: 'overloaded' });
  await vi.advanceTimersByTimeAsync(1_100);
  const permit = await change;
  if (permit.kind !== 'permit') throw new Error('a change goes before reads');
  permit.end(null);
  expect(await settling).toMatchObject({ kind: 'permit' });
});
