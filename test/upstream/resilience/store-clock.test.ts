import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StoreClock } from '../../../src/upstream/resilience/store-clock.ts';

const trip = fc.record({
  restMs: fc.double({ min: 0, max: 4_000, noNaN: true }),
  thereMs: fc.double({ min: 0.1, max: 500, noNaN: true }),
  backMs: fc.double({ min: 0.1, max: 500, noNaN: true }),
});

test('the true local time of a store’s time is never outside the bounds, however slow the answers are', () => {
  fc.assert(
    fc.property(
      fc.array(trip, { minLength: 1, maxLength: 30 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      (trips, offset) => {
        const clock = new StoreClock();
        let now = 1_000;
        for (const { restMs, thereMs, backMs } of trips) {
          const sentAt = now + restMs;
          const read = sentAt + thereMs;
          now = read + backMs;
          clock.observe(sentAt, now, Math.floor(read - offset));
          const at = Math.floor(now - offset);
          expect(clock.toEarliest(at)).toBeLessThanOrEqual(at + offset);
          expect(clock.toLatest(at)).toBeGreaterThanOrEqual(at + offset);
        }
      },
    ),
  );
});

test('one slow answer does not widen the bounds', () => {
  const clock = new StoreClock();
  clock.observe(1_000, 1_002, 501);
  clock.observe(1_100, 1_900, 700);
  expect(clock.toLatest(0) - clock.toEarliest(0)).toBeLessThanOrEqual(3);
});

test('only the newest answer counts after the store’s clock was set', () => {
  const clock = new StoreClock();
  clock.observe(1_000, 1_002, 501);
  clock.observe(1_100, 1_102, 90_601);
  expect(clock.toLatest(90_601)).toBeCloseTo(1_102, 3);
});
