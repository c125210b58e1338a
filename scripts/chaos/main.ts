/**
 * Kills replicas and their database at random while clients send changes with idempotency keys, and compares what the
 * clients were told with what the vendors saw. Fails if a POST was sent twice, an answer was not true, or a change got no
 * end. `npm run chaos -- --database file --kills 100 --seed 7` repeats the faults of a run over the embedded database.
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
  isFailed ||= report.doublePosts.length + report.lies.length + report.stuck.length > 0;
}
process.exit(isFailed ? 1 : 0);

function printReport({ faults, changes, writes, doublePosts, lies, stuck }: RunReport): void {
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
}

function printViolations(name: string, violations: readonly string[]): void {
  print(`  ${name}: ${violations.length}`);
  for (const violation of violations.slice(0, printedViolations)) print(`    ${violation}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
