import fc from 'fast-check';
import type { Plan, ReadLine, Say, WriteLine } from './case.ts';
import { removalTimes } from './lists.ts';
import { allCodings, allFramings, type Shape } from './message.ts';
import { strangers, strangeStatuses } from './strangers.ts';

const cut = fc.record({
  // The head is the longer part of most answers.
  at: fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0.6, max: 1, noNaN: true }),
  ),
  // A vendor that hangs costs a whole timeout.
  how: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom('end' as const, 'reset' as const) },
    { weight: 1, arbitrary: fc.constant('hang' as const) },
  ),
});

/** Mostly plain: a vendor whose every answer is broken shows little. */
const shape: fc.Arbitrary<Shape> = fc.record({
  interim: usually([], fc.constantFrom([100], [103], [102, 103], Array(20).fill(103))),
  coding: usually('identity' as const, fc.constantFrom(...allCodings)),
  framing: usually('length' as const, fc.constantFrom(...allFramings)),
  cut: usually(null, cut),
  isKept: fc.boolean(),
  pieces: fc.integer({ min: 1, max: 4 }),
});

const strangeSay: fc.Arbitrary<Say> = fc.record({
  kind: fc.constant('strange' as const),
  name: fc.constantFrom(...Object.keys(strangers)),
  status: fc.oneof(
    fc.constantFrom(200, 401, 403, 404, 410, 412, 429, 502, 503),
    fc.constantFrom(...strangeStatuses),
  ),
});
const ownSay: fc.Arbitrary<Say> = fc.record({
  kind: fc.constant('own' as const),
  index: fc.nat({ max: 999 }),
});
const garbageSay: fc.Arbitrary<Say> = fc.record({
  kind: fc.constant('garbage' as const),
  index: fc.nat({ max: 99 }),
});
const properSay = fc.constant<Say>({ kind: 'proper' });

const write: fc.Arbitrary<WriteLine> = fc.record({
  say: fc.oneof(
    { weight: 2, arbitrary: properSay },
    { weight: 6, arbitrary: ownSay },
    { weight: 6, arbitrary: strangeSay },
    { weight: 1, arbitrary: garbageSay },
  ),
  shape,
  commit: fc.constantFrom('never', 'before', 'after'),
  afterMs: fc.integer({ min: 0, max: 300 }),
});

const faultySay = fc.oneof(
  { weight: 1, arbitrary: ownSay },
  { weight: 2, arbitrary: strangeSay },
  { weight: 1, arbitrary: garbageSay },
);
const form = fc.record({
  removedAt: fc.constantFrom(...removalTimes, 'yesterday'),
  hasTextIds: fc.boolean(),
  isArchived: fc.boolean(),
  isUnknownUser: fc.boolean(),
});
const faultyRead: fc.Arbitrary<ReadLine> = fc.record({ say: faultySay, shape, form });
const read: fc.Arbitrary<ReadLine> = fc.record({
  say: fc.oneof({ weight: 2, arbitrary: properSay }, { weight: 1, arbitrary: faultySay }),
  shape,
  form,
});

/** Plans of up to three faulty writes and reads; what is not planned is answered properly. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  isMember: fc.boolean(),
  writes: fc.array(write, { minLength: 1, maxLength: 3 }),
  reads: fc.array(read, { maxLength: 3 }),
});

/** Plans of reads, some of them faulty. */
export const readPlans: fc.Arbitrary<Plan> = plans.map((plan) => ({ ...plan, writes: [] }));

/** More reads than any one document makes. */
const manyReads = 100;

/** Plans in which no read is answered properly. */
export const faultyReadPlans: fc.Arbitrary<Plan> = fc
  .array(faultyRead, { minLength: 1, maxLength: 3 })
  .map((lines) => {
    const reads = Array.from({ length: manyReads }, (_, index) => lines[index % lines.length]);
    return { isMember: true, writes: [], reads: reads.filter((line) => line !== undefined) };
  });

function usually<T, U>(value: T, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
}
