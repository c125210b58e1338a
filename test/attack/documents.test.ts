import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conditionalQueries, plainQueries } from '../support/documents.ts';
import { credentials } from '../support/gateway.ts';
import { type HostileDocument, hostileDocuments } from '../support/hostile-documents.ts';
import { createRange, getPage, type RoutedGateway, startRouted } from '../support/list-vendor.ts';

/** How many documents are tried: `DOCUMENT_RUNS`. */
const runs = Number(process.env['DOCUMENT_RUNS'] ?? 40);

const mostCalls = 60;
const mostFields = 3_000;

/** As many as a list without a `first` is calculated with. */
const links = (stream: number) =>
  createRange(1, 20).map((id) => ({
    id,
    stream_id: stream,
    leader_id: 3,
    member_id: 3,
    deleted_at: null,
  }));

let world: RoutedGateway;

beforeAll(async () => {
  world = await startRouted(
    [
      [
        /^GET \/api\/streams$/,
        (query) => ({
          json: getPage(
            createRange(1, 150).map((id) => ({ id, name: 'S' })),
            query,
          ),
        }),
      ],
      [/^GET \/api\/streams\/(\d+)$/, (_query, [id]) => ({ json: { id: Number(id), name: 'S' } })],
      [/^GET \/api\/streams\/(\d+)\/leaders$/, (_query, [id]) => ({ json: links(Number(id)) })],
      // Tried three times.
      [/^GET \/api\/streams\/(\d+)\/members$/, () => ({ status: 500, json: { message: 'No.' } })],
      [
        /^GET \/api\/persons$/,
        (query) => ({ json: getPage([{ id: 3, email: 'a@b.example' }], query) }),
      ],
      [/^GET \/api\/persons\/\d+$/, () => ({ json: { id: 3, email: 'a@b.example' } })],
      [
        /^GET \/company\/groups$/,
        (query) => ({
          json: getPage(
            createRange(1, 150).map((id) => ({ id, uid: `g${id}` })),
            query,
          ),
        }),
      ],
      [
        /^GET \/groups\/\w+\/users$/,
        (query) => ({
          json: getPage(
            createRange(1, 150).map((id) => ({ id })),
            query,
          ),
        }),
      ],
    ],
    {
      MAX_VENDOR_CALLS: String(mostCalls),
      MAX_RESULT_FIELDS: String(mostFields),
      MAX_FIELDS: '2000',
    },
  );
});

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

interface Result {
  readonly status: number;
  /** The answer's data as text: its keys have an order, and one may be `__proto__`. */
  readonly data: string;
  readonly errors: readonly string[];
  readonly cost: {
    readonly vendorCalls: number;
    readonly fields: number;
    readonly resultFields: number;
  } | null;
  /** Fields of the answer. */
  readonly fields: number;
}

/** The calls that the vendors saw of each request, by its number: some come once it is answered. */
const calls: number[] = [];
let [sent, counted] = [0, 0];

/** Sends a document with credentials of its own, by which its calls are told from others. */
async function send({ query, variables }: HostileDocument): Promise<Result> {
  const token = `Bearer ${sent}`;
  calls.push(0);
  sent += 1;
  const response = await world.gateway.gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: {
      ...credentials,
      'wethod-authorization': token,
      'kaiten-authorization': token,
      'aerospike-authorization': token,
      'rocketchat-auth-token': token.replace(' ', '-'),
      'content-type': 'application/json',
      'x-request-id': 'one',
      'graphql-cost': 'report',
    },
    body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  });
  const { data, errors = [], extensions } = JSON.parse(await response.text());
  return {
    status: response.status,
    data: JSON.stringify(data ?? null),
    errors: errors.map((error: unknown) => JSON.stringify(error)).toSorted(),
    cost: extensions?.cost ?? null,
    fields: fieldsOf(data),
  };
}

/** Counts the calls that the vendors saw since it last did. */
function countCalls(): void {
  for (; counted < world.vendor.calls.length; counted += 1) {
    const { authorization, 'x-auth-token': token } = world.vendor.calls[counted]?.headers ?? {};
    const request = Number(/\d+$/.exec(String(authorization ?? token))?.[0]);
    calls[request] = (calls[request] ?? Number.NaN) + 1;
  }
}

function fieldsOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + fieldsOf(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + 1 + fieldsOf(one), 0);
}

/** Documents that cause more calls than are calculated: one for each item of a list that is walked. */
const walks = fc
  .constantFrom('name', '... on Membership { vendor }', 'leadership { id }')
  .map((set) => `{ memberships(email: "a@b.example") { streamsLed { ${set} } } }`);

const documents = fc.oneof(
  { arbitrary: hostileDocuments, weight: 10 },
  {
    arbitrary: fc
      .oneof({ arbitrary: fc.oneof(plainQueries, conditionalQueries), weight: 7 }, walks)
      .map((query) => ({ query, variables: '{}' })),
    weight: 4,
  },
);

test('whatever a document is made of, its work keeps the bounds, and its answer is the same the tenth time', async () => {
  let [ran, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(documents, async (document) => {
      const request = sent;
      const first = await send(document);
      const { cost, fields } = first;
      const isRefused =
        cost === null || cost.vendorCalls > mostCalls || cost.resultFields > mostFields;
      if (isRefused) {
        refused += 1;
        expect(fields).toBe(0);
      } else {
        ran += 1;
        expect(cost.fields).toBeLessThanOrEqual(2_000);
        expect(fields).toBeLessThanOrEqual(cost.resultFields);
      }
      // The first two are run by graphql-js, later ones compiled if they may be.
      for (let count = 2; count <= 10; count += 1) expect(await send(document)).toEqual(first);
      countCalls();
      expect(Math.max(...calls.slice(request))).toBeLessThanOrEqual(isRefused ? 0 : mostCalls);
    }),
    { numRuns: runs },
  );
  expect(Math.max(...calls)).toBeLessThanOrEqual(mostCalls);
  // Each call belongs to a request.
  expect(calls.reduce((sum, count) => sum + count, 0)).toBe(counted);
  expect(ran).toBeGreaterThan(runs / 8);
  expect(refused).toBeGreaterThan(runs / 20);
}, 1_200_000);
