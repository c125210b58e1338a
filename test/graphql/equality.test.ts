import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { conditionalQueries, plainQueries } from '../support/documents.ts';
import { type Entrance, entrances, overFetch } from '../support/entrances.ts';
import { credentials } from '../support/gateway.ts';
import { createRange, getPage, type RoutedGateway, startRouted } from '../support/list-vendor.ts';

const at = '2026-04-24T10:03:54.905Z';
const link = { id: 9, stream_id: 1, leader_id: 3, person_id: 3, created_at: at, deleted_at: null };
const stream = {
  id: 1,
  name: 'Consulting',
  is_default: false,
  archived_at: null,
  created_at: at,
  updated_at: 'never',
};
const user = {
  id: 501,
  uid: 'u',
  full_name: 'Ann',
  email: 'irina.sokolova@example.com',
  activated: true,
  created: at,
};
const room = {
  _id: 'ByehQjC44FwMeiLbX',
  name: 'a',
  t: 'p',
  usersCount: 3,
  u: { _id: 'u1', username: 'ann' },
  ro: false,
};

let world: RoutedGateway;

beforeAll(async () => {
  world = await startRouted([
    [
      /^GET \/api\/streams$/,
      (query) => ({
        json: getPage(
          createRange(1, 5).map((id) => ({ ...stream, id })),
          query,
        ),
      }),
    ],
    [/^GET \/api\/streams\/\d+$/, () => ({ json: stream })],
    [/^GET \/api\/streams\/\d+\/leaders$/, () => ({ json: [link] })],
    [/^GET \/api\/streams\/\d+\/members$/, () => ({ status: 403, json: { message: 'No.' } })],
    [/^GET \/api\/persons\/\d+$/, () => ({ json: { id: 3, email: user.email, name: 'Ann' } })],
    [
      /^GET \/api\/persons$/,
      (query) => ({ json: getPage([{ id: 3, email: user.email, name: 'Ann' }], query) }),
    ],
    [
      /^GET \/company\/groups$/,
      (query) => ({ json: getPage([{ uid: 'g', name: 'G', created: at }], query) }),
    ],
    [/^GET \/company\/groups\/\w+$/, () => ({ json: { uid: 'g', name: 'G', created: at } })],
    [/^GET \/(company\/)?(groups\/\w+\/)?users$/, (query) => ({ json: getPage([user], query) })],
    [
      /^GET \/organization$/,
      () => ({ json: { id: '0a6d1c4e-5b7f-4e21-8c39-6f2d1b8a7e00', name: 'Acme' } }),
    ],
    [/^GET \/organization\/members$/, () => ({ status: 500, json: {} })],
    [
      /^GET \/api\/v1\/groups\.list$/,
      () => ({ json: { groups: [room], total: 1, success: true } }),
    ],
    [/^GET \/api\/v1\/groups\.info$/, () => ({ json: { group: room, success: true } })],
  ]);
});

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

interface Sent {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

async function send(init: RequestInit & { headers?: Record<string, string> }): Promise<Sent> {
  const response = await world.gateway.gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    ...init,
    headers: {
      ...credentials,
      'content-type': 'application/json',
      'x-request-id': 'one',
      ...init.headers,
    },
  });
  const { status } = response;
  return { status, headers: [...response.headers].toSorted(), body: await response.text() };
}

/** The meaning of a response: the members of a JSON object and the errors have no order. */
function meaning({ body, ...sent }: Sent) {
  const { errors = [], ...rest } = JSON.parse(body) as { errors?: unknown[] };
  return { ...sent, ...rest, errors: errors.map((error) => JSON.stringify(error)).toSorted() };
}

test.each([
  ['plain documents', plainQueries],
  ['documents that skip and include', conditionalQueries],
])(
  'returns for compiled %s what graphql-js returns: values, nulls, errors with locations, abstract types',
  async (_name, queries) => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        fc.pre(validate(schema, parse(query)).length === 0);
        const body = JSON.stringify({ query });
        // graphql-js runs the first two. The others are compiled if they can be.
        const [first, , , fourth] = [
          await send({ body }),
          await send({ body }),
          await send({ body }),
          await send({ body }),
        ];
        expect(meaning(fourth)).toEqual(meaning(first));
        if (first.status === 200) answered += 1;
      }),
      { numRuns: 40 },
    );
    expect(answered).toBeGreaterThan(10);
  },
  120_000,
);

const documents = [
  '{ __typename }',
  '{ vendors { title } }',
  '{ stream(id: 1) { name updatedAt leaders { leader { name } } members { membershipId } } }',
  '{ organization { name members { nodes { email } } } }',
  'query A { a: __typename } query B($n: Int! = 1) { b: __typename streams(first: $n) { nodes { name } } }',
  'query ($n: Int!) { streams(first: $n) { nodes { name } } }',
  'query ($id: ID!) { stream(id: $id) { name } person(id: $id) { name } }',
  'mutation ($id: ID!) { detachStreamLeader(input: {streamId: $id, leaderId: 1}) { __typename ... on MembershipError { message vendorStatus requestId } } }',
  'mutation { leaveGroup(input: {groupId: "!"}) { __typename ... on InvalidInputError { issues { path message } } } }',
  'subscription { a }',
  '{ none }',
  '{ __typename',
  '{ streams(first: 100) { nodes { leaders { stream { leaders { leaderId } } } } } }',
];

const variables = [
  undefined,
  null,
  {},
  { n: 2 },
  { n: '2' },
  { n: null },
  { id: 7 },
  { id: 'x' },
  { id: 1.5 },
  { id: [] },
  { n: 2 ** 40 },
];

/** The number of requests that are compared: `DOCUMENT_RUNS`. */
const runs = Number(process.env['DOCUMENT_RUNS'] ?? 60);

test('responds to the same request identically through every entrance: status, headers and body', async () => {
  const requests = fc.record({
    query: fc.constantFrom<unknown>(...documents, undefined),
    variables: fc.constantFrom<unknown>(...variables, []),
    operationName: fc.constantFrom<unknown>(undefined, 'A', 'B', 'C'),
    extensions: fc.constantFrom<unknown>(undefined, null, {}, []),
    accept: fc.constantFrom('*/*', 'application/graphql-response+json'),
    cost: fc.constantFrom(undefined, 'report'),
  });
  let answered = 0;
  const over = overFetch(world.gateway.gateway);
  await fc.assert(
    fc.asyncProperty(requests, async ({ accept, cost, ...asked }) => {
      const sendBy = async (entrance: Entrance) => {
        const { contentType, ...sent } = entrance(asked);
        const headers: [string, string][] = [
          ...Object.entries(credentials),
          ['x-request-id', 'one'],
          ['content-type', contentType],
          ['accept', accept],
          ...(cost === undefined ? [] : [['graphql-cost', cost] as [string, string]]),
        ];
        const { status, headers: received, text } = await over.send({ ...sent, headers });
        return { status, headers: [...received].toSorted(), text };
      };
      const { GET: get, ...posts } = entrances;
      const [first, ...others] = await Promise.all(Object.values(posts).map(sendBy));
      for (const other of others) expect(other).toEqual(first);
      if (!String(asked.query).startsWith('mutation')) expect(await sendBy(get)).toEqual(first);
      if (first?.status === 200) answered += 1;
    }),
    { numRuns: runs },
  );
  expect(answered).toBeGreaterThan(runs / 8);
}, 120_000);
