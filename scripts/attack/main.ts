/**
 * Attacks a gateway with a small heap, in a process of its own, over scripted vendors on loopback: hostile documents,
 * bodies, vendors' answers, connections and headers. Fails if the process ends or hangs, answers with a wrong status,
 * uses too much CPU for a document, or takes memory that does not follow the bytes that it got.
 * `npm run attack -- documents` runs the scenarios whose names contain that.
 */
import { getMedian } from '../../bench/lib/rounds.ts';
import { Report, type Scenario } from './scenario.ts';
import { bodies, vendorAnswers } from './scenarios/bytes.ts';
import { answers, documents } from './scenarios/documents.ts';
import { accept, idle, parameters, strayBytes } from './scenarios/http.ts';

const scenarios: readonly Scenario[] = [
  documents,
  ...answers,
  bodies,
  vendorAnswers,
  accept,
  parameters,
  strayBytes,
  idle,
];

const asked = process.argv.slice(2);
const chosen = scenarios.filter(
  ({ name }) => asked.length === 0 || asked.some((part) => name.includes(part)),
);
let failed = 0;
print(['scenario', 'requests', 'CPU ms, median', 'worst', 'MiB', 'result']);
for (const scenario of chosen) {
  const report = await run(scenario);
  const { cpuMs, problems, memory } = report;
  const [median, worst] = [getMedian(cpuMs), Math.max(...cpuMs)];
  const figures = cpuMs.length === 0 ? ['', ''] : [median.toFixed(1), worst.toFixed(1)];
  const result = problems.length === 0 ? 'withstood' : 'FAILED';
  print([scenario.name, String(cpuMs.length), ...figures, memory, result]);
  for (const problem of new Set(problems)) process.stdout.write(`  ${problem}\n`);
  if (problems.length > 0) failed += 1;
}
const which = asked.length === 0 ? '' : ` of those named ${asked.join(', ')}`;
process.stdout.write(`${chosen.length - failed} of ${chosen.length} scenarios${which} withstood\n`);
process.exit(failed === 0 && chosen.length > 0 ? 0 : 1);

async function run(scenario: Scenario): Promise<Report> {
  const report = new Report();
  try {
    await scenario.run(report);
  } catch (error) {
    report.problem(`the scenario did not come to its end: ${error}`);
  }
  const { cpuMs } = report;
  const { medianMs = Number.POSITIVE_INFINITY, worstMs = Number.POSITIVE_INFINITY } =
    scenario.cpu ?? {};
  const [median, worst] = [getMedian(cpuMs), Math.max(...cpuMs)];
  if (median > medianMs) report.problem(`CPU: expected at most ${medianMs} ms at the median`);
  if (worst > worstMs)
    report.problem(`CPU: expected at most ${worstMs} ms at worst (${report.worst.slice(0, 60)})`);
  return report;
}

function print(cells: readonly string[]): void {
  const widths = [38, 10, 16, 8, 12, 0];
  process.stdout.write(`${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('')}\n`);
}
