import { expect, test } from 'vitest';
import { credentials } from '../support/gateway.ts';
import { type Routes, startRouted } from '../support/list-vendor.ts';

const uuid = '0b5c7a52-6f1e-4c39-9a57-5d2f4e8b1c30';

/** All four vendors behind one URL, with one entity of each kind. */
const routes: Routes = [
  [/^GET \/api\/streams\/1$/, () => ({ json: { id: 1, name: 'Stream' } })],
  [/^GET \/api\/streams$/, () => ({ json: [{ id: 1, name: 'Stream' }] })],
  [
    /^GET \/api\/streams\/1\/leaders$/,
    () => ({ json: [{ id: 9, stream_id: 1, leader_id: 3, created_at: null }] }),
  ],
  [/^GET \/api\/streams\/1\/members$/, () => ({ json: [{ id: 8, stream_id: 1, member_id: 3 }] })],
  [/^GET \/api\/persons\/3$/, () => ({ json: { id: 3, name: 'Ada' } })],
  [/^GET \/company\/groups\/g$/, () => ({ json: { id: 1, uid: 'g', name: 'Group' } })],
  [/^GET \/users$/, () => ({ json: [{ id: 5, full_name: 'Ben' }] })],
  [/^GET \/organization$/, () => ({ json: { id: 'org', name: 'Acme' } })],
  [
    /^GET \/organization\/members$/,
    () => ({ json: { members: [{ id: uuid, email: 'c@example.com' }], meta: { total: 1 } } }),
  ],
  [
    /^GET \/api\/v1\/groups\.info$/,
    () => ({ json: { group: { _id: 'r', name: 'room', u: { _id: 'u' } }, success: true } }),
  ],
  [
    /^GET \/api\/v1\/users\.info$/,
    () => ({ json: { user: { _id: 'u', username: 'dora' }, success: true } }),
  ],
];

const entities = [
  { type: 'Stream', query: 'stream(id: 1) { id name }', at: ['stream'], field: 'name' },
  {
    type: 'StreamLeadership',
    query: 'stream(id: 1) { leaders { id leaderId } }',
    at: ['stream', 'leaders', '0'],
    field: 'leaderId',
  },
  {
    type: 'StreamMembership',
    query: 'stream(id: 1) { members { id memberId } }',
    at: ['stream', 'members', '0'],
    field: 'memberId',
  },
  { type: 'Person', query: 'person(id: 3) { id name }', at: ['person'], field: 'name' },
  { type: 'Group', query: 'group(uid: "g") { id name }', at: ['group'], field: 'name' },
  {
    type: 'GroupUser',
    query: 'groupUser(id: 5) { id fullName }',
    at: ['groupUser'],
    field: 'fullName',
  },
  {
    type: 'Organization',
    query: 'organization { id name }',
    at: ['organization'],
    field: 'name',
  },
  {
    type: 'OrgMember',
    query: `orgMember(id: "${uuid}") { id email }`,
    at: ['orgMember'],
    field: 'email',
  },
  { type: 'ChatGroup', query: 'chatGroup(id: "r") { id name }', at: ['chatGroup'], field: 'name' },
  {
    type: 'ChatUser',
    query: 'chatGroup(id: "r") { owner { id userId } }',
    at: ['chatGroup', 'owner'],
    field: 'userId',
  },
] as const;

const start = () => startRouted(routes);

function entityAt(data: unknown, at: readonly string[]): Record<string, unknown> {
  const step = (value: unknown, key: string) => (value as Record<string, unknown>)[key];
  return at.reduce<unknown>(step, data) as Record<string, unknown>;
}

test.each(entities)('node(id:) reads a $type', async ({ type, query, at, field }) => {
  await using world = await start();
  const { data } = await world.gateway.sendText(`{ ${query} }`);
  const entity = entityAt(data, at);
  const { data: again, errors } = await world.gateway.sendText(
    `{ node(id: "${entity['id']}") { __typename id ... on ${type} { ${field} } } }`,
  );
  expect(errors).toEqual([]);
  expect(again['node']).toEqual({ __typename: type, ...entity });
  expect(entity[field]).toEqual(expect.any(String));
});

test('IDs differ by type and tenant, and reveal no tenant', async () => {
  await using world = await start();
  const query = '{ stream(id: 1) { id leaders { id } } person(id: 3) { id } }';
  const acme = await world.gateway.sendText(query);
  const other = await world.gateway.sendText(query, { ...credentials, 'wethod-company': 'other' });
  const ids = [acme, other].flatMap(({ data }) => [
    entityAt(data, ['stream'])['id'],
    entityAt(data, ['stream', 'leaders', '0'])['id'],
    entityAt(data, ['person'])['id'],
  ]);
  expect(new Set(ids).size).toBe(6);
  for (const id of ids)
    expect(Buffer.from(String(id), 'base64url').toString()).not.toContain('acme');
});

test('returns null for another tenant’s ID, without a call if the tenant is known', async () => {
  await using world = await start();
  const { data } = await world.gateway.sendText('{ stream(id: 1) { id } }');
  const before = world.vendor.calls.length;
  const { data: node, errors } = await world.gateway.sendText(
    `{ node(id: "${data['stream']?.['id']}") { id } }`,
    { ...credentials, 'wethod-company': 'other' },
  );
  expect({ node, errors }).toEqual({ node: { node: null }, errors: [] });
  expect(world.vendor.calls).toHaveLength(before);
});

const encode = (text: string) => Buffer.from(text).toString('base64url');

test.each([
  '',
  'x',
  '1',
  encode('Stream'),
  encode('Stream:1'),
  encode('Stream:short:1'),
  encode('Mutation:abcdefghijkl:1'),
  encode('Query:abcdefghijkl:1'),
  encode('Nothing:abcdefghijkl:1'),
  encode('PageInfo:abcdefghijkl:1'),
  encode('__proto__:abcdefghijkl:1'),
  encode('constructor:abcdefghijkl:1'),
  `${encode('Stream:abcdefghijkl:1')}=`,
])('rejects the ID %j, which this gateway never returned', async (id) => {
  await using world = await start();
  const { data, errors } = await world.gateway.sendText(
    `{ node(id: ${JSON.stringify(id)}) { id } }`,
  );
  expect(data).toEqual({ node: null });
  expect(errors).toMatchObject([
    {
      path: ['node'],
      extensions: { code: 'INVALID_INPUT_ERROR', vendor: null, issues: [{ path: ['id'] }] },
    },
  ]);
  expect(world.vendor.calls).toHaveLength(0);
});

test('rejects a well-formed invented ID before it becomes a part of a path', async () => {
  await using world = await start();
  const { data } = await world.gateway.sendText('{ stream(id: 1) { id } }');
  const [, owner] = Buffer.from(String(data['stream']?.['id']), 'base64url').toString().split(':');
  const made = ['../../x', '1/leaders/2', 'x', '0'].map((key) => encode(`Stream:${owner}:${key}`));
  const fields = made.map((id, index) => `n${index}: node(id: "${id}") { id }`);
  const before = world.vendor.calls.length;
  const { data: nodes, errors } = await world.gateway.sendText(`{ ${fields.join(' ')} }`);
  expect(Object.values(nodes)).toEqual([null, null, null, null]);
  expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(
    Array(4).fill('INVALID_INPUT_ERROR'),
  );
  expect(world.vendor.calls).toHaveLength(before);
});
