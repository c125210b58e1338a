import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FixedWindowLimiter } from '../../../src/upstream/resilience/fixed-window.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const limit = { calls: 3, seconds: 10 };

test('never lets a key exceed its limit in a window, and reports correctly when the window ends', () => {
  const step = fc.record({
    key: fc.constantFrom('a', 'b'),
    count: fc.integer({ min: 1, max: 4 }),
    waitMs: fc.integer({ min: 0, max: 6_000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const windows = new FixedWindowLimiter(limit);
      const model = new Map<string, { used: number; endsAt: number }>();
      for (const { key, count, waitMs } of steps) {
        vi.advanceTimersByTime(waitMs);
        const known = model.get(key);
        const open = known !== undefined && known.endsAt > performance.now() ? known : null;
        const isLeft = (open?.used ?? 0) + count <= limit.calls;
        const ms = windows.take(key, count);
        expect(ms === 0).toBe(isLeft);
        if (!isLeft) expect(ms).toBe(open === null ? 10_000 : open.endsAt - performance.now());
        else if (open === null) model.set(key, { used: count, endsAt: performance.now() + 10_000 });
        else open.used += count;
        const used = model.get(key);
        const isOpen = used !== undefined && used.endsAt > performance.now();
        expect(windows.getState(key).left).toBe(limit.calls - (isOpen ? used.used : 0));
      }
    }),
  );
});

test('a slot that is given back can be used again, unless the vendor holds the key back', () => {
  const windows = new FixedWindowLimiter(limit);
  expect(windows.take('a', 3)).toBe(0);
  windows.release('a');
  expect(windows.take('a')).toBe(0);
  windows.block('a', 60_000);
  windows.release('a');
  expect(windows.take('a')).toBe(60_000);
  vi.advanceTimersByTime(60_000);
  expect(windows.take('a')).toBe(0);
});

test('forgets windows that have ended when others begin', () => {
  const windows = new FixedWindowLimiter(limit);
  for (let index = 0; index < 5_000; index += 1) {
    windows.take(`key ${index}`);
    vi.advanceTimersByTime(100);
  }
  // A hundred are open at once; those that are over go as soon as there are a thousand.
  expect(windows.size).toBeLessThanOrEqual(1_000);
});
