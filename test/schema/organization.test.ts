import { expect, test } from 'vitest';
import {
  createRange,
  getPage,
  listCalls,
  type Routes,
  startRouted,
} from '../support/list-vendor.ts';

const idOf = (number: number) =>
  `abcdef00-0000-4000-8000-${String(number).padStart(12, '0')}`.toUpperCase();

const member = (number: number) => ({
  id: idOf(number),
  firstName: `First ${number}`,
  email: `m${number}@example.com`,
  role: number === 1 ? 'OrgOwner' : number === 2 ? 'OrgPirate' : 'OrgAdmin',
  createdAt: '2025-06-01T12:00:00Z',
});

const aerospike = (members: number, total: boolean): Routes => [
  [/^GET \/organization$/, () => ({ json: { id: 'org-1', name: 'Acme', billingPlan: 'PLAN' } })],
  [
    /^GET \/organization\/members$/,
    (query) => ({
      json: {
        count: 1,
        meta: total ? { total: members } : null,
        members: getPage(createRange(1, members).map(member), query),
      },
    }),
  ],
  [/^DELETE \/organization\/members\/(.+)$/, () => ({ status: 204 })],
];

const start = (members = 5, total = true) => startRouted(aerospike(members, total));

test('finds all members that are selected by ID in one pass', async () => {
  await using world = await start(250);
  const wanted = [3, 120, 249].map((one) => `m${one}: orgMember(id: "${idOf(one)}") { email }`);
  const { data } = await world.gateway.sendText(`{ ${wanted.join(' ')} }`);
  expect(data).toEqual({
    m3: { email: 'm3@example.com' },
    m120: { email: 'm120@example.com' },
    m249: { email: 'm249@example.com' },
  });
  expect(world.vendor.calls).toHaveLength(3);
});

test.each([
  { total: true, calls: 2 },
  { total: false, calls: 3 },
])('returns null for a missing member after the last page; total reported: $total', async (row) => {
  await using world = await start(200, row.total);
  const query = `{ orgMember(id: "${idOf(999)}") { email } }`;
  const { data, errors } = await world.gateway.sendText(query);
  expect({ data, errors }).toEqual({ data: { orgMember: null }, errors: [] });
  expect(world.vendor.calls).toHaveLength(row.calls);
});

const calls: readonly [document: string, calls: readonly string[]][] = [
  ['organization { name billingPlan }', ['GET /organization']],
  [
    'organization { members(first: 2) { nodes { email role } } }',
    ['GET /organization/members?limit=2&offset=0'],
  ],
  [
    'organization { name members(first: 2) { nodes { id email } } }',
    ['GET /organization', 'GET /organization/members?limit=2&offset=0'],
  ],
  ['a: organization { id organizationId } b: organization { name }', ['GET /organization']],
];

test.each(calls)(
  'makes only the calls that the selected fields need: %s',
  async (document, expected) => {
    await using world = await start();
    const { errors } = await world.gateway.sendText(`{ ${document} }`);
    expect(errors).toEqual([]);
    expect(listCalls(world.vendor).sort()).toEqual([...expected].sort());
  },
);

test('shows a member’s fields as the vendor sends them; an unknown role is null and logged', async () => {
  await using world = await start(2);
  const { data } = await world.gateway.sendText(
    '{ organization { members { nodes { userId firstName lastName email role createdAt } } } }',
  );
  const common = { lastName: null, createdAt: '2025-06-01T12:00:00.000Z' };
  expect(data['organization']?.['members']).toEqual({
    nodes: [
      {
        ...common,
        userId: idOf(1).toLowerCase(),
        firstName: 'First 1',
        email: 'm1@example.com',
        role: 'ORG_OWNER',
      },
      {
        ...common,
        userId: idOf(2).toLowerCase(),
        firstName: 'First 2',
        email: 'm2@example.com',
        role: null,
      },
    ],
  });
  expect(world.gateway.logged()).toMatch(/"fields":\["role"\]/);
});

test('after a removal, reads the organization with its members in the same document', async () => {
  await using world = await start(3);
  const { data, errors } = await world.gateway.sendText(
    `mutation { removeOrgMember(input: {userId: "${idOf(9)}"}) { ... on RemoveOrgMemberSuccess {
      outcome organization { name members { nodes { email } } } } } }`,
  );
  expect(errors).toEqual([]);
  expect(data['removeOrgMember']).toEqual({
    outcome: 'APPLIED',
    organization: {
      name: 'Acme',
      members: { nodes: [1, 2, 3].map((one) => ({ email: `m${one}@example.com` })) },
    },
  });
  expect(world.vendor.calls).toHaveLength(3);
});
