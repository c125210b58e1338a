import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { allChanges, changes } from './support/changes.ts';
import { openTestState, testGateway } from './support/gateway.ts';
import { createDatabaseFolder } from './support/keyed.ts';
import { expectKnown, listSyntaxErrors } from './support/promql.ts';
import { parseSamples, type Sample, scrape } from './support/scrape.ts';
import { faults, over, own, startWorld } from './support/world.ts';

const read = (file: string) => readFileSync(new URL(`../deploy/${file}`, import.meta.url), 'utf8');

const rules = (
  parse(read('alerts.yml')) as {
    groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
  }
).groups.flatMap((group) => group.rules);

const panels = (
  JSON.parse(read('grafana-dashboard.json')) as {
    panels: { title: string; targets: { expr: string }[] }[];
  }
).panels;

const expressions = [
  ...rules.map(({ alert, expr }) => ({ where: `the alert ${alert}`, expr })),
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({ where: `the panel "${title}"`, expr })),
  ),
];

/** Samples of a gateway in which everything has happened once. */
let samples: readonly Sample[] = [];
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  const world = stack.use(
    await startWorld(true, [
      { isMade: true, fault: faults.reset },
      { isMade: false, fault: own(503) },
    ]),
  );
  const { url } = stack.use(await createDatabaseFolder());
  const env = over(world, { AUDIT_LOG: '/dev/null', DATABASE_URL: url });
  const state = await openTestState(env);
  const gateway = stack.use(testGateway(env, undefined, undefined, state));
  await changes.removeOrgMember.make(gateway);
  for (const change of allChanges) await change.make(gateway);
  samples = parseSamples(await scrape(gateway));
});

afterAll(() => stack.disposeAsync());

test('each alert has a summary', () => {
  expect(rules.length).toBeGreaterThan(8);
  for (const { annotations } of rules) expect(annotations.summary).toMatch(/\.$/);
});

describe.each(expressions)('$where', ({ expr }) => {
  test('uses only existing metrics and labels', () => {
    expectKnown(expr, samples);
  });
});

test.each(rules)('$alert is valid PromQL', ({ expr }) => {
  expect(listSyntaxErrors(expr)).toEqual([]);
});

test('exports every possible result of a mutation at zero', async () => {
  await using gateway = testGateway({ KAITEN_URL: 'http://127.0.0.1:9' });
  const all = parseSamples(await scrape(gateway)).filter(
    ({ name }) => name === 'membership_gateway_mutations_total',
  );
  for (const { name: mutation } of allChanges) {
    for (const result of ['VendorUnavailableError', 'INTERNAL']) {
      expect(all).toContainEqual(
        expect.objectContaining({ labels: { mutation, result, outcome: 'UNKNOWN' }, value: 0 }),
      );
    }
  }
});

test('counts no result whose series was not there before', async () => {
  await using world = await startWorld(true);
  await using gateway = testGateway(over(world));
  const series = async () =>
    parseSamples(await scrape(gateway))
      .filter(({ name }) => name === 'membership_gateway_mutations_total')
      .map(({ labels }) => labels);
  const before = await series();
  for (const change of allChanges) await change.make(gateway);
  expect(await series()).toEqual(before);
});
