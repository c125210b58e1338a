import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createAerospikeSimulator } from '../../src/sandbox/aerospike.ts';
import { sandboxHeaders } from '../../src/sandbox/credentials.ts';
import { createKaitenSimulator } from '../../src/sandbox/kaiten.ts';
import { createRocketChatSimulator } from '../../src/sandbox/rocketchat.ts';
import { type SimulatedVendor, startSimulator } from '../../src/sandbox/simulator.ts';
import { createWethodSimulator } from '../../src/sandbox/wethod.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { createRange, getPage, startRouted } from '../support/list-vendor.ts';
import { startVendor } from '../support/vendor.ts';

const asked = { ...credentials, 'graphql-cost': 'report' };

const costs: readonly [document: string, vendorCalls: number][] = [
  ['{ __typename }', 0],
  ['{ stream(id: 1) { name } }', 1],
  ['{ stream(id: 1) { leaders { leader { name } } } }', 4],
  ['{ streams(first: 7) { nodes { leaders { leader { name } } } } }', 1 + 7 + 2],
  ['{ streams { edges { node { leaders { leadershipId } } } pageInfo { hasNextPage } } }', 22],
  ['{ streams(first: 9) { pageInfo { endCursor } nodes { name } } }', 1],
  ['{ streams(first: 1000) { nodes { members { membershipId } } } }', 101],
  ['{ streams(first: null) { nodes { members { membershipId } } } }', 21],
  ['query ($n: Int = 5) { streams(first: $n) { nodes { members { membershipId } } } }', 6],
  ['{ stream(id: 1) { leaders { stream { name } } } }', 1 + 1 + 20],
  ['{ ...A ...A } fragment A on Query { stream(id: 1) { name } person(id: 1) { name } }', 6],
  [
    '{ groups(first: 3) { ...G } } fragment G on GroupConnection { nodes { users { edges { cursor } } } }',
    4,
  ],
  ['{ node(id: "x") { ... on Stream { leaders { leaderId } } } }', 3],
  ['{ memberships(email: "a@b.example") { streamsLed { name } chatGroups { name } } }', 79],
  ['mutation { leaveGroup(input: {groupId: "g"}) { __typename } }', 4],
  [
    'mutation { leaveGroup(input: {groupId: "g"}) { ... on LeaveGroupSuccess { chatGroup { name } chatGroups { nodes { name } } } } }',
    7,
  ],
  ['{ memberships(email: "a@b.example") { organizations { name } } }', 2],
  ['{ memberships(email: "a@b.example") { organizations { ... on Membership { name } } } }', 2],
  ['{ memberships(email: "a@b.example") { groups { ... on Membership { name } } } }', 2],
  ['{ organization { members { nodes { ... on Node { id } } } } }', 3],
  ['{ chatGroup(id: "r") { members { nodes { roles } } } }', 4],
  [
    'mutation { a: detachStreamLeader(input: {streamId: 1, leaderId: 1}) { ... on DetachStreamLeaderSuccess { stream { leaders { leaderId } } } } }',
    6,
  ],
];

test.each(costs)(
  'reports the cost of %s if the request asks for it: %i calls',
  async (document, vendorCalls) => {
    await using vendor = await startVendor((response) => response.writeHead(404).end());
    await using gateway = testGateway({ WETHOD_URL: vendor.url });
    const { text } = await gateway.sendText(document, asked);
    expect(JSON.parse(text).extensions).toMatchObject({ cost: { vendorCalls, most: 500 } });
  },
);

test('reports each limit, as the documentation shows', async () => {
  const page = await readFile(new URL('../../docs/reference/limits.md', import.meta.url), 'utf8');
  const [, document = ''] = /the response to\s+`(.+)` reports/.exec(page) ?? [];
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  const { text } = await gateway.sendText(document, asked);
  const { extensions } = JSON.parse(text);
  expect(Object.keys(extensions.cost)).toEqual([
    'vendorCalls',
    'most',
    'fields',
    'mostFields',
    'resultFields',
    'mostResultFields',
  ]);
  expect(page).toContain(`"extensions":${JSON.stringify(extensions)}`);
});

test('calculates the cost of the operation that runs, with the request’s variables', async () => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  const document = `
    query A($first: Int) { streams(first: $first) { nodes { leaders { leaderId } } } }
    query B { __typename }`;
  const cost = async (operationName: string, variables: object) => {
    const response = await gateway.gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { ...asked, 'content-type': 'application/json' },
      body: JSON.stringify({ query: document, operationName, variables }),
    });
    return JSON.parse(await response.text()).extensions?.cost.vendorCalls;
  };
  expect(await cost('A', { first: 3 })).toBe(4);
  expect(await cost('A', { first: 'many' })).toBe(101);
  expect(await cost('B', {})).toBe(0);
});

test('reports no cost unless the request asks for it', async () => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  expect((await gateway.sendText('{ __typename }')).text).toBe('{"data":{"__typename":"Query"}}');
});

test('rejects a document that may cause too many calls before any call, without counting its changes', async () => {
  await using vendor = await startVendor((response) => response.writeHead(404).end());
  const env = { WETHOD_URL: vendor.url, MAX_VENDOR_CALLS: '30', CALLER_CHANGES: '10/60' };
  await using gateway = testGateway(env);
  const refused = await gateway.sendText(
    '{ streams(first: 30) { nodes { leaders { leaderId } } } }',
    asked,
  );
  expect(refused.status).toBe(400);
  expect(refused.errors).toEqual([
    {
      message: expect.stringContaining(
        'may cause 31 calls to the vendors, more than the limit of 30 (MAX_VENDOR_CALLS)',
      ),
      extensions: expect.objectContaining({
        code: 'DOCUMENT_TOO_LARGE',
        limit: 'vendorCalls',
        most: 30,
      }),
    },
  ]);
  expect(JSON.parse(refused.text).extensions).toMatchObject({
    cost: { vendorCalls: 31, most: 30 },
  });
  const detaches = createRange(1, 8).map(
    (index) => `m${index}: detachStreamLeader(input: {streamId: 1, leaderId: 1}) { __typename }`,
  );
  const changes = await gateway.sendText(`mutation { ${detaches.join(' ')} }`);
  expect(changes.errors[0]?.extensions?.['limit']).toBe('vendorCalls');
  expect(changes.headers.get('ratelimit')).toBeNull();
  expect(vendor.calls).toEqual([]);
});

test('limits the calls of a document whose lists are longer than was calculated', async () => {
  const everybody = createRange(1, 2_000).map((id) => ({ id, email: null }));
  await using world = await startRouted(
    [[/^GET \/api\/persons$/, (query) => ({ json: getPage(everybody, query) })]],
    { MAX_VENDOR_CALLS: '7' },
  );
  const { data, errors } = await world.gateway.sendText(
    '{ memberships(email: "ada@example.com") { streamsLed { name } } }',
  );
  expect(data).toEqual({ memberships: { streamsLed: null } });
  expect(errors).toEqual([
    {
      message: expect.stringContaining('at most MAX_VENDOR_CALLS calls to vendors'),
      path: ['memberships', 'streamsLed'],
      extensions: expect.objectContaining({
        code: 'TOO_MANY_VENDOR_CALLS',
        vendor: 'WETHOD',
        retryable: false,
      }),
      locations: expect.anything(),
    },
  ]);
  expect(world.vendor.calls).toHaveLength(7);
});

const answerSizes: readonly [document: string, resultFields: number][] = [
  ['{ __typename }', 1],
  ['{ stream(id: 1) { id name } }', 3],
  ['{ streams(first: 7) { nodes { id name } } }', 1 + 1 + 7 * 2],
  ['{ streams(first: 7) { edges { cursor node { id } } nodes { id } } }', 1 + 1 + 7 * 3 + 1 + 7],
  ['{ streams { nodes { leaders { leaderId } } } }', 1 + 1 + 20 * (1 + 20)],
  ['{ streams(first: 1000) { nodes { id } } }', 1 + 1 + 100],
  ['query ($n: Int = 5) { streams(first: $n) { nodes { id } } }', 1 + 1 + 5],
  ['{ a: vendors { title } b: vendors { title } }', 2 * (1 + 20)],
  ['{ ...A ...A } fragment A on Query { stream(id: 1) { name } }', 4],
  ['{ groups(first: 9) { ...G } } fragment G on GroupConnection { nodes { name } }', 1 + 1 + 9],
  ['{ node(id: "x") { id ... on Stream { name } ... on Person { name } } }', 4],
  ['{ __type(name: "Person") { name kind } }', 3],
  ['{ __type(name: "MembershipVendor") { enumValues { name } } }', 1 + 1 + 4],
];

test.each(answerSizes)(
  'the response to %s is reported with %i fields',
  async (document, fields) => {
    await using vendor = await startVendor((response) => response.writeHead(404).end());
    await using gateway = testGateway({ WETHOD_URL: vendor.url, KAITEN_URL: vendor.url });
    const { text } = await gateway.sendText(document, asked);
    expect(JSON.parse(text).extensions.cost).toMatchObject({
      resultFields: fields,
      mostResultFields: 70_000,
    });
  },
);

test('reports a document’s fields with its fragments expanded', async () => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  const document =
    '{ vendors { ...A ...A } } fragment A on Vendor { title ... on Vendor { title } }';
  const { text } = await gateway.sendText(document, asked);
  expect(JSON.parse(text).extensions.cost).toMatchObject({ fields: 9, mostFields: 10_000 });
});

const sevenFields = '{ streams(first: 5) { nodes { name } } }';

test.each([
  ['MAX_RESULT_FIELDS', '7', '6', 'resultFields', sevenFields],
  [
    'MAX_VENDOR_CALLS',
    '6',
    '5',
    'vendorCalls',
    '{ streams(first: 5) { nodes { leaders { id } } } }',
  ],
])(
  '%s=%s accepts a document that %s rejects before any call',
  async (name, most, less, limit, document) => {
    await using vendor = await startVendor((response) => response.writeHead(404).end());
    await using enough = testGateway({ WETHOD_URL: vendor.url, [name]: most });
    expect((await enough.sendText(document)).data).not.toBeUndefined();
    const calls = vendor.calls.length;
    expect(calls).toBeGreaterThan(0);
    await using tooFew = testGateway({ WETHOD_URL: vendor.url, [name]: less });
    const { status, data, errors } = await tooFew.sendText(document);
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(name),
        extensions: { code: 'DOCUMENT_TOO_LARGE', limit, most: Number(less) },
      },
    ]);
    expect(vendor.calls).toHaveLength(calls);
  },
);

test.each([
  ['as many as fit', 50, null],
  ['one more', 51, 'RESULT_TOO_LARGE'],
])(
  'reports an error for a list that is longer than was calculated and does not fit into the response: %s',
  async (_name, count, code) => {
    const links = createRange(1, count).map((id) => ({ id, stream_id: 1, leader_id: id }));
    await using world = await startRouted(
      [[/^GET \/api\/streams\/1\/leaders$/, (query) => ({ json: getPage(links, query) })]],
      { MAX_RESULT_FIELDS: '100' },
    );
    const { status, data, errors } = await world.gateway.sendText(
      '{ stream(id: 1) { leaders { leaderId leadershipId } } }',
    );
    expect(status).toBe(200);
    expect(errors.map(({ extensions }) => extensions?.['code'] ?? null)).toEqual(
      code ? [code] : [],
    );
    const { leaders } = data['stream'] as { leaders: readonly unknown[] | null };
    expect(leaders?.length ?? null).toBe(code === null ? count : null);
  },
);

test('counts all lists of a document towards the same limit of fields', async () => {
  const links = (stream: number) =>
    createRange(1, 30).map((id) => ({ id, stream_id: stream, leader_id: id }));
  await using world = await startRouted(
    [
      [
        /^GET \/api\/streams\/(\d)\/leaders$/,
        (query, [id]) => ({ json: getPage(links(Number(id)), query) }),
      ],
    ],
    { MAX_RESULT_FIELDS: '100' },
  );
  const fields = createRange(1, 4).map(
    (id) => `s${id}: stream(id: ${id}) { leaders { leaderId } }`,
  );
  const { data, errors } = await world.gateway.sendText(`{ ${fields.join(' ')} }`);
  const read = Object.values(data).filter((one) => one?.['leaders'] != null);
  expect(read).toHaveLength(3);
  expect(errors).toMatchObject([{ extensions: { code: 'RESULT_TOO_LARGE' } }]);
});

test.each([
  ['3', 3],
  ['4', 4],
  ['8', 8],
  ['100', 9],
])('with MAX_VENDOR_CALLS=%s, sends three failing reads %i times in total', async (most, calls) => {
  await using vendor = await startVendor({ status: 500 });
  await using gateway = testGateway({ WETHOD_URL: vendor.url, MAX_VENDOR_CALLS: most });
  const { errors } = await gateway.sendText(
    '{ a: stream(id: 1) { name } b: stream(id: 2) { name } c: stream(id: 3) { name } }',
  );
  expect(errors).toHaveLength(3);
  for (const { extensions } of errors)
    expect(extensions).toMatchObject({
      code: 'VENDOR_UNAVAILABLE_ERROR',
      reason: 'SERVER_ERROR',
    });
  expect(vendor.calls).toHaveLength(calls);
});

test('counts the calls of a change towards the limit of the reads after it', async () => {
  let deletes = 0;
  await using world = await startRouted(
    [
      [
        /^DELETE /,
        () => {
          deletes += 1;
          return deletes < 3 ? { status: 503 } : { status: 204 };
        },
      ],
      [/^GET \/organization$/, () => ({ status: 503 })],
    ],
    { MAX_VENDOR_CALLS: '5' },
  );
  const { data, errors } = await world.gateway.sendText(
    'mutation { removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { ... on RemoveOrgMemberSuccess { outcome organization { name } } } }',
  );
  expect(data['removeOrgMember']).toMatchObject({ outcome: 'APPLIED' });
  expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_UNAVAILABLE_ERROR' } }]);
  // The change makes three calls, so two of the read's three attempts are left.
  expect(world.vendor.calls).toHaveLength(5);
});

test('repeats and reads back a change even if the document has no calls left', async () => {
  await using vendor = await startVendor({ status: 503 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, MAX_VENDOR_CALLS: '4' });
  await gateway.sendText(
    'mutation { removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename } }',
  );
  expect(vendor.calls.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'DELETE', 'GET']);
});

const reads = [
  '{ streams(first: 100) { nodes { leaders { leader { name } } members { member { name } } } } }',
  '{ stream(id: 1) { name leaders { leader { name } stream { name } } members { member { email } } } }',
  '{ groups { nodes { name users(first: 5) { nodes { email } pageInfo { hasNextPage } } } } }',
  '{ organization { name members { nodes { id email } pageInfo { hasNextPage } } } }',
  '{ chatGroups { nodes { name owner { name } members(first: 100) { edges { node { roles user { name } } } } } } }',
];

test.each(reads)('%s causes at most the reported number of calls', async (document) => {
  let calls = 0;
  const counted = (vendor: SimulatedVendor): SimulatedVendor => ({
    ...vendor,
    handle: (call) => {
      calls += 1;
      return vendor.handle(call);
    },
  });
  await using wethod = await startSimulator(counted(createWethodSimulator()));
  await using kaiten = await startSimulator(counted(createKaitenSimulator()));
  await using aerospike = await startSimulator(counted(createAerospikeSimulator()));
  await using rocketchat = await startSimulator(
    counted(createRocketChatSimulator({ version: '7.2' })),
  );
  await using gateway = testGateway({
    WETHOD_URL: wethod.url,
    KAITEN_URL: `${kaiten.url}/api/latest`,
    AEROSPIKE_URL: `${aerospike.url}/v2`,
    ROCKETCHAT_URL: rocketchat.url,
  });
  const answer = await gateway.sendText(document, { ...sandboxHeaders, 'graphql-cost': 'report' });
  const { vendorCalls } = JSON.parse(answer.text).extensions.cost;
  expect(calls).toBeGreaterThan(0);
  // A pass through the sandbox's 250 people counts as one call, and makes three.
  expect(calls).toBeLessThanOrEqual(vendorCalls + 2);
});
