import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type WaitingItem, WaitingRoom } from '../../../src/upstream/resilience/waiting-room.ts';

const seats = 6;

/** A room, and who sits in it. */
class Watched {
  readonly room = new WaitingRoom<WaitingItem>(seats);
  waiting: WaitingItem[] = [];
  displaced: WaitingItem[] = [];

  arrive(caller: string, isChange: boolean): WaitingItem | null {
    const displace = () => {
      this.waiting.splice(this.waiting.indexOf(item), 1);
      this.displaced.push(item);
    };
    const item: WaitingItem = { caller, isChange, displace };
    if (!this.room.admit(item)) return null;
    this.waiting.push(item);
    return item;
  }

  countOf(caller: string): number {
    return this.waiting.filter((one) => one.caller === caller).length;
  }
}

const callers = ['a', 'b', 'c', 'd'];
const arrival = fc.record({
  caller: fc.constantFrom(...callers),
  isChange: fc.boolean(),
  leaves: fc.boolean(),
});

test('rejects an item only if all seats are taken, and no other caller has at least two more than its own', () => {
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 60 }), (all) => {
      const watched = new Watched();
      for (const { caller, isChange, leaves } of all) {
        const before = [...watched.waiting];
        const own = watched.countOf(caller);
        const most = Math.max(...callers.map((one) => watched.countOf(one)));
        watched.displaced = [];
        const hasSeat = watched.room.hasSeatFor({ caller, isChange });
        const item = watched.arrive(caller, isChange);
        const [displaced, ...more] = watched.displaced;
        expect(more).toEqual([]);
        expect(item !== null).toBe(hasSeat);
        expect(watched.waiting.length).toBeLessThanOrEqual(seats);
        if (before.length < seats) expect(item).not.toBeNull();
        else if (item === null) expect(most - own).toBeLessThanOrEqual(1);
        else if (displaced?.caller === caller) expect(isChange && !displaced.isChange).toBe(true);
        else {
          expect(most - own).toBeGreaterThan(1);
          const party = before.filter((one) => one.caller === displaced?.caller);
          expect(party).toHaveLength(most);
          const last = party.findLast((one) => !one.isChange) ?? party.at(-1);
          expect(displaced).toBe(last);
        }
        const [first] = watched.waiting;
        if (!leaves || first === undefined) continue;
        watched.room.leave(first);
        // Frees one seat, however often.
        watched.room.leave(first);
        watched.waiting.shift();
      }
    }),
  );
});

test('a caller with all seats does not prevent others from half of them', () => {
  const watched = new Watched();
  for (let index = 0; index < seats; index += 1) watched.arrive('hungry', true);
  const modest = Array.from({ length: seats }, () => watched.arrive('modest', false));
  expect(modest.filter((item) => item !== null)).toHaveLength(seats / 2);
  expect(watched.countOf('hungry')).toBe(seats / 2);
});
