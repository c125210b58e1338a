import fc from 'fast-check';
import { test } from 'vitest';
import { allChanges, type Change, type ChangeResult } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { WireCase } from '../support/wire/case.ts';
import { type Plan, plans } from '../support/wire/plan.ts';
import { expectNoFaults, type RunResult, runAll, seed, timeoutMs } from '../support/wire/runs.ts';
import { startWireVendor, type WireVendor } from '../support/wire/vendor.ts';
import { judge, type Verdict } from '../support/wire/verdict.ts';
import { over } from '../support/world.ts';

/** Long enough for a busy machine, and for three attempts that hang and a read-back. */
const env = { VENDOR_TIMEOUT_MS: '3000', FIELD_TIMEOUT_MS: '15000' };

/** A plan for one of the changes. */
interface Run {
  readonly change: Change;
  readonly plan: Plan;
}

const anyRun: fc.Arbitrary<Run> = fc.record({
  change: fc.constantFrom(...allChanges),
  plan: plans,
});

/** The result of a run. */
interface Ended extends Verdict, RunResult {
  readonly outcome: string;
  /** Whether the machine was too busy to read an answer in time. */
  readonly isLate: boolean;
}

async function make({ change, plan }: Run, vendor: WireVendor): Promise<Ended> {
  const seen = new WireCase(change, plan);
  const headers = vendor.add(seen);
  await using gateway = testGateway(over(vendor, env));
  const result = await change.make(gateway, headers).catch(
    // An entry in errors means an unforeseen fault.
    (error: unknown): ChangeResult => ({ __typename: String(error) }),
  );
  const { hasHeld } = seen;
  await seen.settled();
  const timeouts = gateway.lines('vendor call').filter(({ problem }) => problem === 'timeout');
  const { outcome = 'INTERNAL', __typename: type, confirmedBy, message } = result;
  const answer = `  answer: ${outcome} ${type} ${confirmedBy ?? message}`;
  const story = [change.name, seen.story, answer].join('\n');
  const verdict = judge(change, seen, result, hasHeld);
  // An answer that was sent in time and read too late shows only that the machine was busy.
  const isLate = timeouts.length > seen.hangs;
  return { ...verdict, ...(isLate && { faults: [] }), outcome, story, isLate };
}

test(
  'never lies about a change or sends a POST twice, and reports UNKNOWN only if nothing settles it',
  async () => {
    await using vendor = await startWireVendor();
    const makeOne = (run: Run) => make(run, vendor);
    const ended = await runAll(anyRun, makeOne);
    report(ended);
    await expectNoFaults(anyRun, makeOne, ended);
  },
  timeoutMs,
);

/** Prints the outcomes, the share of UNKNOWN, and its reasons. */
function report(ended: readonly Ended[]): void {
  const unknown = ended.filter(({ outcome }) => outcome === 'UNKNOWN');
  const share = ((100 * unknown.length) / ended.length).toFixed(1);
  const outcomes = counts(ended.map(({ outcome }) => outcome));
  const causes = counts(unknown.map(({ whyUnknown }) => whyUnknown ?? 'without a reason'));
  const late = ended.filter(({ isLate }) => isLate).length;
  process.stdout.write(
    `changes over the wire: ${outcomes}; UNKNOWN ${share} % (${causes}), ${late} not judged, seed ${seed}\n`,
  );
}

function counts(values: readonly string[]): string {
  const groups = [...Map.groupBy(values, (value) => value)];
  return groups
    .map(([value, all]) => `${value} ${all.length}`)
    .toSorted()
    .join(', ');
}
