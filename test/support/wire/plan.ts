import fc from 'fast-check';
import { intermediaries, intermediaryStatuses } from './intermediaries.ts';
import { type ListForm, removalTimes } from './lists.ts';
import type { Commit } from './meaning.ts';
import { allCodings, allFramings, type Shape } from './message.ts';

/** The answer to one call. An index beyond the end of its list starts again from the front. */
export type Say =
  /** What a vendor that works answers. */
  | { readonly kind: 'proper' }
  /** One of the answers that the vendor is known to give. */
  | { readonly kind: 'own'; readonly index: number }
  /** The page of something between the gateway and the vendor. */
  | { readonly kind: 'intermediary'; readonly name: string; readonly status: number }
  /** Bytes that are no HTTP answer. */
  | { readonly kind: 'garbage'; readonly index: number };

/** How one write is answered. */
export interface WriteLine {
  readonly say: Say;
  readonly shape: Shape;
  /** When the change is made, if the answer leaves that open. */
  readonly commit: Commit;
  /** How long after the call it is made if it is made `after`, in ms. */
  readonly afterMs: number;
}

/** How one read is answered. */
export interface ReadLine {
  readonly say: Say;
  readonly shape: Shape;
  readonly form: ListForm;
}

/** The script of one run. Calls beyond its lines are answered properly. */
export interface Plan {
  /** Whether the membership is there at the beginning. */
  readonly isMember: boolean;
  readonly writes: readonly WriteLine[];
  readonly reads: readonly ReadLine[];
}

const cut = fc.record({
  // The head is the longer part of most answers.
  at: fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0.6, max: 1, noNaN: true }),
  ),
  // Each answer that hangs costs a whole timeout.
  how: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom('end' as const, 'reset' as const) },
    { weight: 1, arbitrary: fc.constant('hang' as const) },
  ),
});

/** Mostly plain: if every answer were broken, little else would be tried. */
const shape: fc.Arbitrary<Shape> = fc.record({
  interim: chooseUsually([], fc.constantFrom([100], [103], [102, 103], Array(20).fill(103))),
  coding: chooseUsually('identity' as const, fc.constantFrom(...allCodings)),
  framing: chooseUsually('length' as const, fc.constantFrom(...allFramings)),
  cut: chooseUsually(null, cut),
  isKept: fc.boolean(),
  pieces: fc.integer({ min: 1, max: 4 }),
});

const intermediarySay: fc.Arbitrary<Say> = fc.record({
  kind: fc.constant('intermediary' as const),
  name: fc.constantFrom(...Object.keys(intermediaries)),
  status: fc.oneof(
    fc.constantFrom(200, 401, 403, 404, 410, 412, 429, 502, 503),
    fc.constantFrom(...intermediaryStatuses),
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
    { weight: 6, arbitrary: intermediarySay },
    { weight: 1, arbitrary: garbageSay },
  ),
  shape,
  commit: fc.constantFrom('never', 'before', 'after'),
  afterMs: fc.integer({ min: 0, max: 300 }),
});

const faultySay = fc.oneof(
  { weight: 1, arbitrary: ownSay },
  { weight: 2, arbitrary: intermediarySay },
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

/** Plans with up to three writes and reads that may be faulty. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  isMember: fc.boolean(),
  writes: fc.array(write, { minLength: 1, maxLength: 3 }),
  reads: fc.array(read, { maxLength: 3 }),
});

/** Plans of reads, some of them faulty. */
export const readPlans: fc.Arbitrary<Plan> = plans.map((plan) => ({ ...plan, writes: [] }));

/** More reads than one document makes. */
const manyReads = 100;

/** Plans in which no read is answered properly. */
export const faultyReadPlans: fc.Arbitrary<Plan> = fc
  .array(faultyRead, { minLength: 1, maxLength: 3 })
  .map((lines) => {
    const reads = Array.from({ length: manyReads }, (_, index) => lines[index % lines.length]);
    return { isMember: true, writes: [], reads: reads.filter((line) => line !== undefined) };
  });

function chooseUsually<T, U>(value: T, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
}
