import fc from 'fast-check';
import { test } from 'vitest';
import { allChanges, type Change, type ChangeResult } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { type Plan, WireCase } from '../support/wire/case.ts';
import { plans } from '../support/wire/plan.ts';
import { expectNoFaults, runAll, seed, type Told, timeoutMs } from '../support/wire/runs.ts';
import { startWireVendor, type WireVendor } from '../support/wire/vendor.ts';
import { judge, type Verdict } from '../support/wire/verdict.ts';
import { over } from '../support/world.ts';

/** Time enough for a busy machine, and in all for three attempts that hang and a read-back. */
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

/** What came of a run. */
interface Ended extends Verdict, Told {
  readonly outcome: string;
  /** Whether the machine was too busy for the gateway to read an answer in time. */
  readonly isLate: boolean;
}

async function make({ change, plan }: Run, vendor: WireVendor): Promise<Ended> {
  const seen = new WireCase(change, plan);
  const headers = vendor.add(seen);
  await using gateway = testGateway(over(vendor, env));
  const result = await change.make(gateway, headers).catch(
    // An entry in errors: a fault that nobody foresaw.
    (error: unknown): ChangeResult => ({ __typename: String(error) }),
  );
  const { hasHeld } = seen;
  await seen.settled();
  const timeouts = gateway.lines('vendor call').filter(({ problem }) => problem === 'timeout');
  const { outcome = 'INTERNAL', __typename: type, confirmedBy, message } = result;
  const answer = `  answer: ${outcome} ${type} ${confirmedBy ?? message}`;
  const story = [change.name, seen.story, answer].join('\n');
  const verdict = judge(change, seen, result, hasHeld);
  // What was answered in time and read too late says only that the machine was busy.
  const isLate = timeouts.length > seen.hangs;
  return { ...verdict, ...(isLate && { faults: [] }), outcome, story, isLate };
}

test(
  'whatever is answered: no lie, no POST twice, UNKNOWN only if answers, repeats and read-back leave it open',
  async () => {
    await using vendor = await startWireVendor();
    const makeOne = (run: Run) => make(run, vendor);
    const ended = await runAll(anyRun, makeOne);
    report(ended);
    await expectNoFaults(anyRun, makeOne, ended);
  },
  timeoutMs,
);

/** Prints how the runs ended, what share of them is UNKNOWN, and what kept it from being known. */
function report(ended: readonly Ended[]): void {
  const unknown = ended.filter(({ outcome }) => outcome === 'UNKNOWN');
  const share = ((100 * unknown.length) / ended.length).toFixed(1);
  const outcomes = counts(ended.map(({ outcome }) => outcome));
  const causes = counts(unknown.map(({ whyUnknown }) => whyUnknown ?? 'nothing hid it'));
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
