import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FairQueue } from '../../../src/upstream/resilience/fair-queue.ts';

interface Item {
  readonly isChange: boolean;
  readonly caller: string;
  readonly number: number;
}

const items = fc
  .array(fc.record({ isChange: fc.boolean(), caller: fc.constantFrom('a', 'b', 'c') }))
  .map((list) => list.map((item, number): Item => ({ ...item, number })));

function drain(queue: FairQueue<Item>): Item[] {
  return Array.from({ length: queue.size }, () => queue.take() as Item);
}

test('serves changes before reads, and the items of a caller in their order', () => {
  fc.assert(
    fc.property(items, (all) => {
      const queue = new FairQueue<Item>();
      for (const item of all) queue.add(item);
      const served = drain(queue);
      expect(served).toHaveLength(all.length);
      expect(queue.take()).toBeNull();
      const firstRead = served.findIndex(({ isChange }) => !isChange);
      if (firstRead !== -1) {
        expect(served.slice(firstRead).some(({ isChange }) => isChange)).toBe(false);
      }
      for (const caller of ['a', 'b', 'c']) {
        for (const isChange of [true, false]) {
          const own = served.filter((one) => one.caller === caller && one.isChange === isChange);
          expect(own).toEqual(own.toSorted((x, y) => x.number - y.number));
        }
      }
    }),
  );
});

test('serves an item after exactly as many others as were counted ahead of it', () => {
  fc.assert(
    fc.property(
      items,
      fc.boolean(),
      fc.constantFrom('a', 'b', 'c', 'd'),
      (all, isChange, caller) => {
        const queue = new FairQueue<Item>();
        for (const item of all) queue.add(item);
        const late = { isChange, caller, number: all.length };
        const ahead = queue.countAhead(late);
        queue.add(late);
        // A turn is counted for each other caller, of which those behind this caller have one less.
        const served = drain(queue).indexOf(late);
        expect(served).toBeLessThanOrEqual(ahead);
        expect(served).toBeGreaterThanOrEqual(ahead - 3);
      },
    ),
  );
});

test('does not delay others for a caller whose oldest item is not eligible', () => {
  const queue = new FairQueue<Item>();
  const blocked = { isChange: true, caller: 'a', number: 0 };
  const read = { isChange: false, caller: 'b', number: 1 };
  queue.add(blocked);
  queue.add(read);
  const isEligible = ({ caller }: Item) => caller !== 'a';
  expect(queue.take(isEligible)).toBe(read);
  expect(queue.take(isEligible)).toBeNull();
  queue.delete(blocked);
  queue.delete(blocked);
  expect(queue.size).toBe(0);
});
