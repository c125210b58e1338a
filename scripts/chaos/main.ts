/**
 * Kills replicas and their database at random while clients send changes with idempotency keys, and compares what the
 * clients were told with what the vendors saw. Fails if a POST was sent twice, an answer or the audit log was not true, a
 * rate limit was exceeded, or a change got no end. `npm run chaos -- --database file --kills 100 --seed 7` repeats the
 * faults of a run over the embedded database.
 */
import { parseArguments } from './arguments.ts';
import { type RunReport, runChaos } from './run.ts';

/** The most violations of a kind that are printed. */
const printedViolations = 20;

const { databases, kills, minutes, seed } = parseArguments(process.argv.slice(2));
let isFailed = false;
for (const database of databases) {
  print(`${database}: up to ${kills} faults in ${minutes} minutes, --seed ${seed}`);
  const until = performance.now() + minutes * 60_000;
  const report = await runChaos({ database, seed, kills, until });
  printReport(report);
  isFailed ||= hasViolation(report);
}
process.exit(isFailed ? 1 : 0);

function hasViolation({ doublePosts, lies, misaudited, stuck, windows }: RunReport): boolean {
  const violations = [doublePosts, lies, misaudited, stuck, ...windows.map(({ excess }) => excess)];
  return violations.some(({ length }) => length > 0);
}

function printReport(report: RunReport): void {
  const { faults, changes, writes, doublePosts, lies, stuck } = report;
  const made = [...faults].map(([name, count]) => `${count} × ${name}`);
  print(
    `  faults: ${[...faults.values()].reduce((sum, one) => sum + one, 0)} (${made.join(', ')})`,
  );
  const requests = changes.reduce((sum, { attempts }) => sum + attempts.length, 0);
  const unanswered = changes.flatMap(({ attempts }) =>
    attempts.filter(({ answeredAt }) => answeredAt === null),
  );
  print(
    `  changes: ${changes.length}, in ${requests} requests, ${unanswered.length} without an answer`,
  );
  const ends = Map.groupBy(changes, ({ end }) => end?.outcome ?? 'none');
  const shares = [...ends].map(
    ([outcome, { length }]) =>
      `${outcome} ${length} (${((100 * length) / changes.length).toFixed(1)} %)`,
  );
  print(`  ends: ${shares.join(', ')}`);
  print(`  writes that reached a vendor: ${writes.length}`);
  printViolations('POSTs that followed one that may have been made', doublePosts);
  printViolations('answers that were not true', lies);
  printViolations('stuck or unexpected', stuck);
  if (report.windows.length > 0) printShared(report);
}

function printShared({ windows, stallMs, audited, misaudited }: RunReport): void {
  print(`  longest stall of the vendors: ${stallMs.toFixed(0)} ms`);
  for (const { bucket, calls, allowed, seconds, excess } of windows) {
    print(`  worst window of ${bucket}: ${calls} calls in ${seconds} s, of ${allowed}`);
    if (excess.length > 0) printViolations(`exceeded limit of ${bucket}`, excess);
  }
  printViolations(`events in the audit log: ${audited}; contradictions`, misaudited);
}

function printViolations(name: string, violations: readonly string[]): void {
  print(`  ${name}: ${violations.length}`);
  for (const violation of violations.slice(0, printedViolations)) print(`    ${violation}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
