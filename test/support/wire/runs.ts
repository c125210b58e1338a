import fc from 'fast-check';
import pLimit from 'p-limit';
import { expect } from 'vitest';

/** The result of one run of a property. */
export interface RunResult {
  /** The rules that the gateway broke. */
  readonly faults: readonly string[];
  /** What happened, as readable text. */
  readonly story: string;
}

/** The seed of all plans: `WIRE_SEED`, or a different one each time. */
export const seed = Number(process.env['WIRE_SEED'] ?? Date.now() % 2 ** 31);

/** The number of runs of each property: `WIRE_RUNS`. */
export const runs = Number(process.env['WIRE_RUNS'] ?? 40);

/** The time limit of one property, in ms, with the search for smaller counterexamples. */
export const timeoutMs = 60_000 + runs * 100;

/** Runs mostly wait between attempts and for timeouts, so many of them go on at the same time. */
const limit = pLimit(16);
/** The time for finding a smaller counterexample, in ms. */
const shrinkMs = 15_000;

/**
 * Makes all runs concurrently and returns their results. fast-check would make one after the other, so it only
 * draws the plans here, and shrinks the ones that break a rule.
 */
export function runAll<Run, Ended>(
  arbitrary: fc.Arbitrary<Run>,
  make: (run: Run) => Promise<Ended>,
): Promise<Ended[]> {
  const sample = fc.sample(arbitrary, { seed, numRuns: runs });
  return Promise.all(sample.map((run) => limit(() => make(run))));
}

/** Fails with the smallest counterexample for each rule that was broken. */
export async function expectNoFaults<Run>(
  arbitrary: fc.Arbitrary<Run>,
  make: (run: Run) => Promise<RunResult>,
  ended: readonly RunResult[],
): Promise<void> {
  const kinds = [...new Set(ended.flatMap(({ faults }) => faults))];
  if (kinds.length === 0) return;
  const stories = kinds.map(async (kind) => {
    const broken = ended.filter(({ faults }) => faults.includes(kind));
    const [shortest] = broken.toSorted((a, b) => a.story.length - b.story.length);
    let story = shortest?.story ?? '';
    const property = fc.asyncProperty(arbitrary, async (run) => {
      const result = await limit(() => make(run));
      if (result.faults.includes(kind)) story = result.story;
      return !result.faults.includes(kind);
    });
    const path = String(shortest === undefined ? 0 : ended.indexOf(shortest));
    await fc.check(property, { seed, path, numRuns: 1, interruptAfterTimeLimit: shrinkMs });
    return `${broken.length} × ${kind}: ${story}`;
  });
  const all = (await Promise.all(stories)).join('\n');
  const count = ended.filter(({ faults }) => faults.length > 0).length;
  expect.fail(`${count} of ${ended.length} runs, seed ${seed}; the smallest of each kind:\n${all}`);
}
