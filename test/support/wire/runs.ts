import fc from 'fast-check';
import pLimit from 'p-limit';
import { expect } from 'vitest';

/** What came of one run of a property. */
export interface Told {
  /** The rules that it broke. */
  readonly faults: readonly string[];
  /** What happened, for people. */
  readonly story: string;
}

/** What the plans are made from: `WIRE_SEED`, or another one each time. */
export const seed = Number(process.env['WIRE_SEED'] ?? Date.now() % 2 ** 31);

/** How many runs each property makes: `WIRE_RUNS`. */
export const runs = Number(process.env['WIRE_RUNS'] ?? 250);

/** What a property may take, in ms: its runs, and the search for smaller ones. */
export const timeoutMs = 60_000 + runs * 100;

/** Runs mostly wait, for the pauses between attempts and for timeouts. */
const limit = pLimit(32);
/** How long a smaller run that breaks the same rule is looked for, in ms. */
const shrinkMs = 15_000;

/**
 * Makes runs, many at a time, and returns what came of each. fast-check by itself makes one after the
 * other; here it draws them, and shrinks those that break a rule.
 */
export function runAll<Run, Ended>(
  arbitrary: fc.Arbitrary<Run>,
  make: (run: Run) => Promise<Ended>,
): Promise<Ended[]> {
  const sample = fc.sample(arbitrary, { seed, numRuns: runs });
  return Promise.all(sample.map((run) => limit(() => make(run))));
}

/** Fails with the smallest run for each rule that was broken. */
export async function expectNoFaults<Run>(
  arbitrary: fc.Arbitrary<Run>,
  make: (run: Run) => Promise<Told>,
  ended: readonly Told[],
): Promise<void> {
  const kinds = [...new Set(ended.flatMap(({ faults }) => faults))];
  if (kinds.length === 0) return;
  const stories = kinds.map(async (kind) => {
    const broken = ended.filter(({ faults }) => faults.includes(kind));
    const [shortest] = broken.toSorted((a, b) => a.story.length - b.story.length);
    let story = shortest?.story ?? '';
    const property = fc.asyncProperty(arbitrary, async (run) => {
      const told = await limit(() => make(run));
      if (told.faults.includes(kind)) story = told.story;
      return !told.faults.includes(kind);
    });
    const path = String(shortest === undefined ? 0 : ended.indexOf(shortest));
    await fc.check(property, { seed, path, numRuns: 1, interruptAfterTimeLimit: shrinkMs });
    return `${broken.length} × ${kind}: ${story}`;
  });
  const all = (await Promise.all(stories)).join('\n');
  const count = ended.filter(({ faults }) => faults.length > 0).length;
  expect.fail(`${count} of ${ended.length} runs, seed ${seed}; the smallest of each kind:\n${all}`);
}
