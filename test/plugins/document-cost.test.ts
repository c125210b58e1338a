import { expect, test } from 'vitest';
import { aerospikeSimulator } from '../../src/sandbox/aerospike.ts';
import { sandboxHeaders } from '../../src/sandbox/credentials.ts';
import { kaitenSimulator } from '../../src/sandbox/kaiten.ts';
import { rocketChatSimulator } from '../../src/sandbox/rocketchat.ts';
import { type SimulatedVendor, startSimulator } from '../../src/sandbox/simulator.ts';
import { wethodSimulator } from '../../src/sandbox/wethod.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { paged, range, startRouted } from '../support/list-vendor.ts';
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
  'the cost of %s is stated where it is asked for: %i calls',
  async (document, vendorCalls) => {
    await using vendor = await startVendor((response) => response.writeHead(404).end());
    await using gateway = testGateway({ WETHOD_URL: vendor.url });
    const { text } = await gateway.sendText(document, asked);
    expect(JSON.parse(text).extensions).toMatchObject({ cost: { vendorCalls, most: 500 } });
  },
);

test('the cost goes by the operation that runs, and by the variables that came', async () => {
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

test('the cost is not stated where nobody asks for it', async () => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  expect((await gateway.sendText('{ __typename }')).text).toBe('{"data":{"__typename":"Query"}}');
});

test('a document that may cause too many calls is refused before any is made, and uses up no changes', async () => {
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
        'may cause 31 calls to the vendors; this gateway makes at most 30',
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
  const detaches = range(1, 8).map(
    (index) => `m${index}: detachStreamLeader(input: {streamId: 1, leaderId: 1}) { __typename }`,
  );
  const changes = await gateway.sendText(`mutation { ${detaches.join(' ')} }`);
  expect(changes.errors[0]?.extensions?.['limit']).toBe('vendorCalls');
  expect(changes.headers.get('ratelimit')).toBeNull();
  expect(vendor.calls).toEqual([]);
});

test('lists that turn out longer than was reckoned cost no more calls than one document may make', async () => {
  const everybody = range(1, 2_000).map((id) => ({ id, email: null }));
  await using world = await startRouted(
    [[/^GET \/api\/persons$/, (query) => ({ json: paged(everybody, query) })]],
    { MAX_VENDOR_CALLS: '7' },
  );
  const { data, errors } = await world.gateway.sendText(
    '{ memberships(email: "ada@example.com") { streamsLed { name } } }',
  );
  expect(data).toEqual({ memberships: { streamsLed: null } });
  expect(errors).toEqual([
    {
      message: expect.stringContaining('as many calls to the vendors as one may'),
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

const reads = [
  '{ streams(first: 100) { nodes { leaders { leader { name } } members { member { name } } } } }',
  '{ stream(id: 1) { name leaders { leader { name } stream { name } } members { member { email } } } }',
  '{ groups { nodes { name users(first: 5) { nodes { email } pageInfo { hasNextPage } } } } }',
  '{ organization { name members { nodes { id email } pageInfo { hasNextPage } } } }',
  '{ chatGroups { nodes { name owner { name } members(first: 100) { edges { node { roles user { name } } } } } } }',
];

test.each(reads)('%s costs no more calls than are stated', async (document) => {
  let calls = 0;
  const counted = (vendor: SimulatedVendor): SimulatedVendor => ({
    ...vendor,
    handle: (call) => {
      calls += 1;
      return vendor.handle(call);
    },
  });
  await using wethod = await startSimulator(counted(wethodSimulator()));
  await using kaiten = await startSimulator(counted(kaitenSimulator()));
  await using aerospike = await startSimulator(counted(aerospikeSimulator()));
  await using rocketchat = await startSimulator(counted(rocketChatSimulator({ version: '7.2' })));
  await using gateway = testGateway({
    WETHOD_URL: wethod.url,
    KAITEN_URL: `${kaiten.url}/api/latest`,
    AEROSPIKE_URL: `${aerospike.url}/v2`,
    ROCKETCHAT_URL: rocketchat.url,
  });
  const answer = await gateway.sendText(document, { ...sandboxHeaders, 'graphql-cost': 'report' });
  const { vendorCalls } = JSON.parse(answer.text).extensions.cost;
  expect(calls).toBeGreaterThan(0);
  // A walk through the sandbox's 250 persons counts as one call, and takes three.
  expect(calls).toBeLessThanOrEqual(vendorCalls + 2);
});
