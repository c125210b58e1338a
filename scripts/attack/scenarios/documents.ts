import { getIntrospectionQuery } from 'graphql';
import { createOrdinaryDocuments, hostileDocuments } from '../../../bench/lib/hostile.ts';
import persisted from '../../../client/persisted-documents.json' with { type: 'json' };
import type { CpuLimits, Report, Scenario } from '../scenario.ts';
import { Target } from '../target.ts';
import { createGenerousRows, startVendor } from '../vendor.ts';

const repeatText = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

interface Attempt {
  readonly query: string;
  readonly variables?: unknown;
  /** The expected statuses. */
  readonly statuses: readonly number[];
}

/** Attempts that get a whole answer. */
type Answers = Readonly<Record<string, Omit<Attempt, 'statuses'>>>;

const refused = [400];
const answered = [200];

const spreads = (count: number) =>
  repeatText(
    25,
    (index) => `fragment F${index} on Vendor { ${repeatText(count, () => `...F${index + 1}`)} }`,
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
    query: `{ ${repeatText(97, (index) => `n${index}: node(id: "x") { ...F }`)} } fragment F on Node { ${repeatText(100, (index) => `a${index}: id`)} }`,
    statuses: refused,
  },
  'an interface under aliases, as often as calls allow': {
    query: `{ ${repeatText(20, (index) => `n${index}: node(id: "x") { ...F }`)} } fragment F on Node { ${repeatText(20, (index) => `a${index}: id`)} }`,
    statuses: answered,
  },
  'lists within lists times aliases': {
    query: `{ groups(first: 100) { nodes { users(first: 100) { nodes { ${repeatText(190, (index) => `a${index}: id`)} } } } } }`,
    statuses: refused,
  },
  'as many fields as a document may have': {
    query: `{ ${repeatText(90, (index) => `a${index}: vendors { ...F }`)} } fragment F on Vendor { ${repeatText(100, (index) => `b${index}: title`)} }`,
    statuses: refused,
  },
  'nested fragments without names': {
    query: `{ ${repeatText(190, (index) => `a${index}: vendors { ...F }`)} } fragment F on Vendor { ${'... { '.repeat(1_000)} title ${'} '.repeat(1_000)} }`,
    statuses: refused,
  },
  'a thousand repeated arguments': {
    query: `{ streams(${'first: 1\n'.repeat(1_600)}) { nodes { name } } }`,
    statuses: refused,
  },
  'nine hundred variables': {
    query: `query (${repeatText(900, (index) => `$v${index}: Int`)}) { streams(first: $v1) { nodes { name } } }`,
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

const streams = Object.values(persisted).find((query) => query.startsWith('query Streams('));

/** Answers of nearly as many fields as MAX_RESULT_FIELDS allows by default. */
const manyFields: Answers = {
  // 66,907 fields of one call, as they are calculated and as they are answered.
  "the client's largest document": { query: streams ?? '', variables: { first: 100 } },
  // 60,202 fields of 101 calls.
  'lists within lists': {
    query: `{ groups(first: 100) { nodes { users(first: 100) { nodes { ${repeatText(6, (index) => `a${index}: id`)} } } } } }`,
  },
};

/** An answer of 497 calls, nearly as many as MAX_VENDOR_CALLS allows by default, with 29,900 items. */
const manyCalls: Answers = {
  'as many calls as are made': {
    query: `{ groups(first: 100) { nodes { users(first: 100) { nodes { id } } } } ${repeatText(99, (index) => `s${index}: stream(id: ${index + 1}) { leaders { leaderId } members { memberId } }`)} }`,
  },
};

/** Sent so often: the third time is the one that is compiled. */
const repeats = 5;

/** Documents that are made to cost time or memory: each comes again and again, and once with each of a few changes. */
export const documents: Scenario = {
  name: 'documents',
  cpu: { medianMs: 50, worstMs: 250 },
  run: async (report) => {
    await using vendor = await startVendor(createGenerousRows);
    await using target = await Target.start(vendor.url);
    for (let index = 0; index < 300; index += 1) {
      for (const query of createOrdinaryDocuments(index)) await target.post({ query });
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
 * The largest answers. Their CPU follows what the client gets and what the vendors answer: about 3 µs for each field, and
 * 1 ms for each call with its 100 items. Twice what is measured is allowed, since the first ones find nothing compiled.
 */
export const answers: readonly Scenario[] = [
  createLargestAnswers('answers of 67,000 fields', { medianMs: 400, worstMs: 1_000 }, manyFields),
  createLargestAnswers('answers of 497 calls', { medianMs: 1_000, worstMs: 2_000 }, manyCalls),
];

/** Sends documents one after the other, then several at once. */
function createLargestAnswers(name: string, cpu: CpuLimits, attempts: Answers): Scenario {
  const run = async (report: Report) => {
    await using vendor = await startVendor(createGenerousRows);
    await using target = await Target.start(vendor.url);
    const send = async () => {
      for (const [what, attempt] of Object.entries(attempts)) {
        const reply = await target.post(attempt);
        report.reply(what, reply, answered);
        if (reply.text.startsWith('{"errors"')) {
          report.problem(`${what}: expected a whole answer, received ${reply.text.slice(0, 200)}`);
        }
      }
    };
    for (let count = 0; count < 6; count += 1) await send();
    const before = target.residentMiB;
    // What each costs cannot be told apart.
    const all = Object.values(attempts).flatMap((attempt) =>
      Array.from({ length: 4 }, () => target.post(attempt)),
    );
    for (const { status } of await Promise.all(all)) {
      if (status !== 200)
        report.problem(`of several at once: expected status 200, received ${status}`);
    }
    for (let count = 0; count < 6; count += 1) await send();
    report.grown(before, target.residentMiB, 128);
    await report.alive(target);
  };
  return { name, cpu, run };
}
