import { getIntrospectionQuery } from 'graphql';
import { hostileDocuments, ordinaryDocuments } from '../../../bench/lib/hostile.ts';
import type { Report, Scenario } from '../scenario.ts';
import { Target } from '../target.ts';
import { generous, startVendor } from '../vendor.ts';

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

interface Attempt {
  readonly query: string;
  readonly variables?: unknown;
  /** The statuses that are right. */
  readonly statuses: readonly number[];
}

const refused = [400];
const answered = [200];

const spreads = (count: number) =>
  times(
    25,
    (index) => `fragment F${index} on Vendor { ${times(count, () => `...F${index + 1}`)} }`,
  );

const attempts: Readonly<Record<string, Attempt>> = {
  'spreads within spreads, two each': {
    query: `{ vendors { ...F0 } } ${spreads(2)} fragment F25 on Vendor { vendor }`,
    statuses: refused,
  },
  'spreads within spreads, three each': {
    query: `{ vendors { ...F0 } } ${spreads(3)} fragment F25 on Vendor { vendor }`,
    statuses: refused,
  },
  'an interface under a hundred aliases, a hundred times': {
    query: `{ ${times(97, (index) => `n${index}: node(id: "x") { ...F }`)} } fragment F on Node { ${times(100, (index) => `a${index}: id`)} }`,
    statuses: refused,
  },
  'an interface under aliases, as often as calls allow': {
    query: `{ ${times(20, (index) => `n${index}: node(id: "x") { ...F }`)} } fragment F on Node { ${times(20, (index) => `a${index}: id`)} }`,
    statuses: answered,
  },
  'lists within lists times aliases': {
    query: `{ groups(first: 100) { nodes { users(first: 100) { nodes { ${times(190, (index) => `a${index}: id`)} } } } } }`,
    statuses: refused,
  },
  'as many fields as a document may have': {
    query: `{ ${times(90, (index) => `a${index}: vendors { ...F }`)} } fragment F on Vendor { ${times(100, (index) => `b${index}: title`)} }`,
    statuses: refused,
  },
  'nested fragments without names': {
    query: `{ ${times(190, (index) => `a${index}: vendors { ...F }`)} } fragment F on Vendor { ${'... { '.repeat(1_000)} title ${'} '.repeat(1_000)} }`,
    statuses: refused,
  },
  'a thousand repeated arguments': {
    query: `{ streams(${'first: 1\n'.repeat(1_600)}) { nodes { name } } }`,
    statuses: refused,
  },
  'nine hundred variables': {
    query: `query (${times(900, (index) => `$v${index}: Int`)}) { streams(first: $v1) { nodes { name } } }`,
    statuses: refused,
  },
  'a null for a variable with a default': {
    query: 'mutation ($id: ID = "x") { leaveGroup(input: {groupId: $id}) { __typename } }',
    variables: { id: null },
    statuses: answered,
  },
  'aliases like the names of every object': {
    query: '{ stream(id: 1) { __proto__: name constructor: name toString: name then: name } }',
    statuses: answered,
  },
  introspection: { query: getIntrospectionQuery(), statuses: answered },
  'introspection, as deep as it goes': {
    query:
      '{ __schema { types { name description fields { name description type { name fields { name description type { name kind description ofType { name } } } } } } } }',
    statuses: answered,
  },
};

/** What reads the most by default: 101 calls with 100 items each, and an answer of nearly 100,000 fields or beyond. */
const largest = [
  `{ groups(first: 100) { nodes { users(first: 100) { nodes { ${times(9, (index) => `a${index}: id`)} } } } } }`,
  `{ stream(id: 1) { leaders { stream { leaders { ${times(100, (index) => `a${index}: leaderId`)} } } } } }`,
];

/** Sent so often: the third time is the one that is compiled. */
const repeats = 5;

/** Documents that are made to cost time or memory: each comes again and again, and once with each of a few changes. */
export const documents: Scenario = {
  name: 'documents',
  cpu: { medianMs: 50, worstMs: 250 },
  run: async (report) => {
    await using vendor = await startVendor(generous);
    await using target = await Target.start(vendor.url);
    for (let index = 0; index < 300; index += 1) {
      for (const query of ordinaryDocuments(index)) await target.post({ query });
    }
    await sendAll(target, report, 0);
    const before = target.residentMiB;
    for (let round = 1; round <= 3; round += 1) await sendAll(target, report, round);
    report.grown(before, target.residentMiB, 64);
    await report.alive(target);
  },
};

async function sendAll(target: Target, report: Report, round: number): Promise<void> {
  for (const [what, { query, variables, statuses }] of Object.entries(attempts)) {
    const text = `${query} # ${round}`;
    for (let count = 0; count < repeats; count += 1) {
      report.reply(what, await target.post({ query: text, variables }), statuses);
    }
  }
  for (const [what, query] of Object.entries(hostileDocuments)) {
    report.reply(what, await target.post({ query: `${query} # ${round}` }), [200, 400, 413]);
  }
}

/**
 * The largest answers, one after the other and several at once. Nearly half of their CPU goes into the vendors' answers,
 * of which MAX_VENDOR_CALLS allows more.
 */
export const answers: Scenario = {
  name: 'largest answers',
  cpu: { medianMs: 400, worstMs: 1_000 },
  run: async (report) => {
    await using vendor = await startVendor(generous);
    await using target = await Target.start(vendor.url);
    const send = async () => {
      for (const query of largest) report.reply(query, await target.post({ query }), answered);
    };
    for (let count = 0; count < 6; count += 1) await send();
    const before = target.residentMiB;
    // What each costs cannot be told apart.
    const all = Array.from({ length: 8 }, (_, index) =>
      target.post({ query: largest[index % 2] ?? '' }),
    );
    for (const { status } of await Promise.all(all)) {
      if (status !== 200)
        report.problem(`of eight at once: expected status 200, received ${status}`);
    }
    for (let count = 0; count < 6; count += 1) await send();
    report.grown(before, target.residentMiB, 128);
    await report.alive(target);
  },
};
