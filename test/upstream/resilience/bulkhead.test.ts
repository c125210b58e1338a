import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { AdmissionControl } from '../../../src/upstream/resilience/admission.ts';
import { Bulkhead, type BulkheadEntry } from '../../../src/upstream/resilience/bulkhead.ts';

afterEach(() => void vi.useRealTimers());

const change = (caller: string) => ({ caller, isChange: true });

/** Enters so often, and counts how often a place was free at once. */
function enter(bulkhead: Bulkhead, caller: string, times: number): number {
  let entered = 0;
  for (let time = 0; time < times; time += 1) {
    const entry = bulkhead.enter(change(caller), 600_000, null);
    if (!(entry instanceof Promise) && entry.kind === 'entered') entered += 1;
  }
  return entered;
}

test('a caller leaves places free for a minute after another was active, and then may use them', () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  const bulkhead = new Bulkhead(256, 1_000);
  enter(bulkhead, 'modest', 1);
  bulkhead.leave(change('modest'));
  expect(enter(bulkhead, 'hungry', 300)).toBe(228);
  vi.advanceTimersByTime(59_999);
  enter(bulkhead, 'hungry', 1);
  expect(bulkhead.status.taken).toBe(228);
  vi.advanceTimersByTime(1);
  enter(bulkhead, 'hungry', 1);
  expect(bulkhead.status).toEqual({ places: 256, taken: 256, waiting: 302 - 256 });
});

test('two callers that ask for all places get as many each, and a third finds some free', () => {
  const bulkhead = new Bulkhead(256, 10_000);
  for (let time = 0; time < 1_000; time += 1) {
    enter(bulkhead, 'a', 1);
    enter(bulkhead, 'b', 1);
  }
  expect(bulkhead.status.taken).toBe(241);
  expect(enter(bulkhead, 'c', 8)).toBe(8);
});

test('when the circuit opens, calls that wait for their share are refused immediately, too', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  const control = new AdmissionControl({ concurrency: 27, queueLength: 100 });
  const fail = () => {
    const admission = control.admit(change('modest'), 600_000, null);
    if (admission instanceof Promise || admission.kind !== 'admitted') {
      throw new Error('no place was free');
    }
    admission.isOutage = true;
    admission[Symbol.dispose]();
  };
  fail();
  const hungry = Array.from({ length: 40 }, () => control.admit(change('hungry'), 600_000, null));
  const waiting = hungry.filter((entry) => entry instanceof Promise);
  expect(waiting).toHaveLength(16);
  for (let outage = 2; outage <= 10; outage += 1) fail();
  for (const refused of await Promise.all(waiting)) {
    expect(refused).toEqual({ kind: 'circuitOpen', retryAfterSeconds: 5 });
  }
  expect(control.status).toMatchObject({ taken: 24, waiting: 0 });
});

test.each([8, 4, 1])('keeps none of %i places free', (places) => {
  const bulkhead = new Bulkhead(places, 10);
  enter(bulkhead, 'modest', 1);
  bulkhead.leave(change('modest'));
  expect(enter(bulkhead, 'hungry', 10)).toBe(places);
});

test('never admits more calls than there are places, and leaves none waiting', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const step = fc.record({
    caller: fc.constantFrom('a', 'b', 'c'),
    isChange: fc.boolean(),
    leaves: fc.boolean(),
  });
  const bounds = { places: fc.integer({ min: 1, max: 20 }), steps: fc.array(step) };
  await fc.assert(
    fc.asyncProperty(bounds.places, bounds.steps, async (places, steps) => {
      const bulkhead = new Bulkhead(places, 10);
      const inside: string[] = [];
      const ended: Promise<unknown>[] = [];
      for (const { caller, isChange, leaves } of steps) {
        const note = (entry: BulkheadEntry) => entry.kind === 'entered' && inside.push(caller);
        ended.push(Promise.resolve(bulkhead.enter({ caller, isChange }, 1_000, null)).then(note));
        await vi.advanceTimersByTimeAsync(0);
        expect(inside.length).toBe(bulkhead.status.taken);
        expect(inside.length).toBeLessThanOrEqual(places);
        const leaving = leaves ? inside.shift() : undefined;
        if (leaving !== undefined) bulkhead.leave({ caller: leaving });
      }
      await vi.advanceTimersByTimeAsync(0);
      for (;;) {
        const leaving = inside.shift();
        if (leaving === undefined) break;
        bulkhead.leave({ caller: leaving });
        await vi.advanceTimersByTimeAsync(0);
      }
      expect(bulkhead.status).toEqual({ places, taken: 0, waiting: 0 });
      await Promise.all(ended);
    }),
  );
});
