import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlidingWindow } from '../../../src/upstream/resilience/sliding-window.ts';

const limit = { calls: 5, seconds: 1, isExplicit: false };
/** Up to 4 % of a window may be kept against jitter. */
const longestMs = 1_040;

/** The most arrivals that any trailing window of a second holds. */
function worstWindow(arrivals: readonly number[]): number {
  const sorted = arrivals.toSorted((a, b) => a - b);
  return Math.max(
    0,
    ...sorted.map((end) => sorted.filter((at) => at > end - 1_000 && at <= end).length),
  );
}

test('does not grant a second window immediately after a burst at the end of one', () => {
  const window = new SlidingWindow(limit);
  const sent: number[] = [];
  for (const now of [0, ...Array.from({ length: 8 }, () => 950), ...Array(8).fill(1_001)]) {
    if (!window.tryTake(now)) continue;
    window.markSent(now);
    sent.push(now);
  }
  expect(sent).toEqual([0, 950, 950, 950, 950]);
  expect(window.tryTake(longestMs)).toBe(true);
});

test('never exceeds the limit in a trailing window, whatever is delayed, given back or not counted', () => {
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 400 }),
    // From the slot to the write: queue, disk, DNS, TLS.
    writeMs: fc.integer({ min: 0, max: 1_500 }),
    // From the write to the vendor.
    travelMs: fc.integer({ min: 0, max: 40 }),
    end: fc.constantFrom('sent', 'neverSent', 'uncounted'),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 80 }), (steps) => {
      const window = new SlidingWindow(limit);
      const arrivals: number[] = [];
      const events: { at: number; run: () => void }[] = [];
      const runUntil = (now: number) => {
        events.sort((a, b) => a.at - b.at);
        while (events[0] !== undefined && events[0].at <= now) events.shift()?.run();
      };
      let now = 0;
      for (const { afterMs, writeMs, travelMs, end } of steps) {
        now += afterMs;
        runUntil(now);
        if (!window.tryTake(now)) continue;
        const at = now + writeMs;
        const run = () => {
          if (end === 'neverSent') return window.release();
          window.markSent(at);
          if (end === 'uncounted') window.removeCall(at);
          else arrivals.push(at + travelMs);
        };
        events.push({ at, run });
      }
      runUntil(Number.POSITIVE_INFINITY);
      expect(worstWindow(arrivals)).toBeLessThanOrEqual(5);
    }),
  );
});

test('grants a slot after the announced wait, and not before', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 5, maxLength: 40 });
  fc.assert(
    fc.property(gaps, (all) => {
      const window = new SlidingWindow(limit);
      let now = 0;
      for (const gap of all) {
        now += gap;
        const waitMs = window.getWait(1, now);
        expect(waitMs).toBeLessThanOrEqual(longestMs);
        if (waitMs > 0) {
          expect(window.tryTake(now + waitMs - 0.5)).toBe(false);
          now += waitMs;
        }
        expect(window.tryTake(now)).toBe(true);
        window.markSent(now);
      }
    }),
  );
});

test('a reported limit replaces the default in both directions, and a configured limit only downwards', () => {
  const report = { remaining: null, resetMs: null };
  const byDefault = new SlidingWindow(limit);
  byDefault.learn({ ...report, limit: 600 }, 0, 0);
  expect(byDefault.limit).toBe(600);
  byDefault.learn({ ...report, limit: 3 }, 0, 0);
  expect(byDefault.limit).toBe(3);
  const configured = new SlidingWindow({ ...limit, isExplicit: true });
  configured.learn({ ...report, limit: 600 }, 0, 0);
  expect(configured.limit).toBe(5);
  configured.learn({ ...report, limit: 3 }, 0, 0);
  expect(configured.limit).toBe(3);
});

test('more remaining calls than the limit imply a larger limit, until a 429', () => {
  const window = new SlidingWindow(limit);
  expect(window.tryTake(0)).toBe(true);
  window.markSent(0);
  window.learn({ limit: null, remaining: 49, resetMs: 900 }, 0, 10);
  expect(window.limit).toBe(50);
  window.hold(0, 20);
  expect(window.limit).toBe(5);
});

test('calls of others use up the vendor’s window until it ends', () => {
  const window = new SlidingWindow(limit);
  expect(window.tryTake(0)).toBe(true);
  window.markSent(0);
  window.learn({ limit: null, remaining: 1, resetMs: 60_000 }, 0, 10);
  expect(window.tryTake(10)).toBe(true);
  expect(window.tryTake(10)).toBe(false);
  expect(window.getWait(1, 5_000)).toBe(55_010);
  expect(window.tryTake(60_010)).toBe(true);
});

test('responses out of order do not use up the vendor’s window twice', () => {
  const window = new SlidingWindow(limit);
  for (const at of [0, 1, 2]) {
    window.tryTake(at);
    window.markSent(at);
  }
  const answer = (remaining: number, sentAt: number) =>
    window.learn({ limit: null, remaining, resetMs: 500 }, sentAt, 10);
  answer(2, 2);
  answer(4, 0);
  answer(3, 1);
  expect([3, 4, 5].map((at) => window.tryTake(at + 10))).toEqual([true, true, false]);
});

test('a shorter hold does not replace a longer one', () => {
  const window = new SlidingWindow(limit);
  window.hold(60_000, 0);
  window.hold(250, 0);
  expect(window.getWait(1, 0)).toBe(60_000);
});
