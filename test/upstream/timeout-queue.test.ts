import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type QueuedTimeout, TimeoutQueue } from '../../src/upstream/timeout-queue.ts';
import { collect } from '../support/heap.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), ms: fc.integer({ min: 0, max: 50 }) }),
  fc.record({ kind: fc.constant('remove' as const), index: fc.nat(20) }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 60 }) }),
);

test('ends each entry once, at its deadline and in order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      vi.clearAllTimers();
      const timeouts = new TimeoutQueue();
      const startedAt = performance.now();
      const known: { id: number; at: number; isOut: boolean; deadline: QueuedTimeout }[] = [];
      const ended: number[] = [];
      const expected: number[] = [];
      const add = (ms: number) => {
        const id = known.length;
        const at = performance.now() - startedAt + ms;
        const deadline = timeouts.add({ expire: () => ended.push(id) }, ms);
        known.push({ id, at, isOut: false, deadline });
      };
      const pass = (ms: number) => {
        vi.advanceTimersByTime(ms);
        const now = performance.now() - startedAt;
        const due = known.filter(({ at, isOut }) => !isOut && at <= now);
        for (const one of due.toSorted((a, b) => a.at - b.at || a.id - b.id)) {
          one.isOut = true;
          expected.push(one.id);
        }
        expect(ended).toEqual(expected);
      };
      for (const one of steps) {
        if (one.kind === 'add') add(one.ms);
        else if (one.kind === 'pass') pass(one.ms);
        else {
          const taken = known[one.index];
          if (taken === undefined) continue;
          // Twice, and after its end, is once.
          timeouts.remove(taken.deadline);
          taken.isOut = true;
        }
      }
      pass(200);
      expect(vi.getTimerCount()).toBe(0);
    }),
    {
      numRuns: 500,
      examples: [
        [
          [
            { kind: 'add', ms: 50 },
            { kind: 'add', ms: 5 },
            { kind: 'pass', ms: 6 },
          ],
        ],
      ],
    },
  );
});

test('uses one timer for all entries, and resets it for an earlier deadline', () => {
  const timeouts = new TimeoutQueue();
  for (const ms of [20, 20, 5, 20]) timeouts.add({ expire: () => {} }, ms);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(5);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(15);
  expect(vi.getTimerCount()).toBe(0);
});

test('a removed entry keeps no neighbour alive', async () => {
  const { kept, others } = takenOut();
  // A WeakRef keeps what it was made of until its job has ended.
  await setImmediate();
  collect();
  expect(others.map((one) => one.deref())).toEqual([undefined, undefined]);
  expect(kept.isQueued).toBe(false);
});

/** Three that were added and taken out, of which one is kept: as the old part of the heap keeps what it has. */
function takenOut() {
  const timeouts = new TimeoutQueue();
  const add = () => timeouts.add({ expire: () => {} }, 20);
  const [before, kept, after] = [add(), add(), add()] as const;
  for (const one of [kept, before, after]) timeouts.remove(one);
  const others = [before, after].map(({ target }) => new WeakRef(target));
  return { kept, others };
}
