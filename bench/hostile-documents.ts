/**
 * What documents that are made to cost time cost the gateway before it refuses them, or executes them
 * for nothing: CPU for each, the median of some rounds, beside a plain document of the same gateway. The
 * gateway has answered ordinary documents before, and none of the hostile ones.
 */
import { getIntrospectionQuery } from 'graphql';
import { pino } from 'pino';
import { parseConfig } from '../src/config.ts';
import { createGateway } from '../src/gateway.ts';

const rounds = process.argv.includes('--quick') ? 5 : 25;
const warmUps = 300;
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const documents: Readonly<Record<string, string>> = {
  'a plain one': '{ __typename }',
  introspection: getIntrospectionQuery(),
  'a flood of __typename': `{ ${'__typename '.repeat(8_000)} }`,
  'a flood of aliases of __typename': `{ ${times(6_000, (index) => `a${index}: __typename`)} }`,
  '10,000 repeated directives': `{ __typename ${'@a '.repeat(10_000)} }`,
  'nesting of 5,000': `{ ${'a { '.repeat(5_000)} a ${'} '.repeat(5_000)} }`,
  'as many tokens as are taken': `{ ${times(199, (index) => `a${index}: __typename`)} ${'b { c } '.repeat(90)} }`,
  'overlapping fields in fragments': `{ ${times(30, (index) => `...F${index}`)} } ${times(
    30,
    (index) =>
      `fragment F${index} on Query { ${'__typename '.repeat(14)} ${times(12, (next) => `...F${(index + next + 1) % 30}`)} }`,
  )}`,
  'overlapping fields through fragments': `{ ${times(30, (index) => `...F${index}`)} } ${times(
    30,
    (index) => `fragment F${index} on Query { ${'vendors { title } '.repeat(18)} }`,
  )}`,
  'the schema under 190 aliases': `{ ${times(190, (index) => `a${index}: __schema { types { fields { type { fields { name } } } } }`)} }`,
  'a string of 90,000': `{ person(id: "${'9'.repeat(90_000)}") { name } }`,
  'a number of 90,000 digits': `{ streams(first: ${'9'.repeat(90_000)}) { nodes { name } } }`,
  'a cost of 10,000 calls':
    '{ streams(first: 100) { nodes { leaders { stream { leaders { leaderId } } } } } }',
  'a body over the bound': `{ __typename } #${'x'.repeat(200_000)}`,
};

const env = { WETHOD_URL: 'http://127.0.0.1:9', CALLER_REQUESTS: 'off' };
const gateway = createGateway(parseConfig(env), { log: pino({ level: 'silent' }) });

async function cpuMs(query: string): Promise<{ ms: number; said: string }> {
  const before = process.cpuUsage();
  const response = await gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  const { user, system } = process.cpuUsage(before);
  const said =
    /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? (text.includes('"errors"') ? 'refused' : 'answered');
  return { ms: (user + system) / 1000, said: `${response.status} ${said}` };
}

// A gateway in use has its code compiled; what the first document of all costs, every server has to pay.
for (let index = 0; index < warmUps; index += 1) {
  await cpuMs(
    `{ stream(id: ${index}) { name leaders { ...L } } } fragment L on StreamLeadership { leaderId }`,
  );
  await cpuMs(`query Q${index} { nothing { a b } a: person(id: ${index}) { name } }`);
}
const rows: string[] = [];
for (const [name, query] of Object.entries(documents)) {
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    // Each a little different, so that no cache of documents answers in place of the work.
    results.push(await cpuMs(`${query} # ${name} ${round}`));
  }
  const sorted = results.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const [median = 0, most = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  rows.push(`| ${name} | ${median.toFixed(1)} | ${most.toFixed(1)} | ${results[0]?.said} |`);
}
process.stdout.write(
  [
    `CPU for one document, ${rounds} rounds, after ${2 * warmUps} ordinary ones:`,
    '',
    '| document | median, ms | most, ms | answer |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n'),
);
await gateway.close();
process.exit(0);
