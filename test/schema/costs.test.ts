import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  Kind,
  OperationTypeNode,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyzeDocument } from '../../src/graphql/analyze-document.ts';
import { OperationCost } from '../../src/graphql/cost.ts';
import type { DeclaredCost } from '../../src/graphql/selection-costs.ts';
import { encodeGlobalId, toNodeId } from '../../src/schema/global-id.ts';
import { schema } from '../../src/schema/index.ts';
import { credentials } from '../support/gateway.ts';
import { getPage, type RoutedGateway, type Routes, startRouted } from '../support/list-vendor.ts';

type Field = GraphQLField<unknown, unknown>;

const getCost = ({ extensions }: Field) => extensions['vendorCalls'] as DeclaredCost | undefined;

const objectTypes = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
);

describe('the resolver', () => {
  const fields = objectTypes.flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({
      name: `${type.name}.${field.name}`,
      type,
      field,
    })),
  );

  test.each(fields)('of $name declares a cost if it can call a vendor', async ({ type, field }) => {
    expect((await canCall(type, field)) && getCost(field) === undefined).toBe(false);
  });

  test('detects which fields call a vendor', async () => {
    const found = [];
    for (const { name, type, field } of fields) if (await canCall(type, field)) found.push(name);
    for (const name of ['Query.stream', 'Mutation.leaveGroup', 'Group.name', 'OrgMember.id']) {
      expect(found).toContain(name);
    }
    for (const name of ['Query.vendors', 'Person.name', 'Stream.id']) {
      expect(found).not.toContain(name);
    }
  });
});

/** Parents before anything is read: every property is missing, or is a function that reads it. */
const parents = () => [
  new Proxy({}, { get: () => undefined }),
  new Proxy({}, { get: () => (given: unknown) => given }),
];

/** Returns whether a resolver uses the readers that call vendors. */
async function canCall(parentType: GraphQLObjectType, field: Field): Promise<boolean> {
  let isAsked = false;
  const ask = () => {
    isAsked = true;
    throw new Error('asked');
  };
  const context = {
    getReads: ask,
    incoming: {},
    get vendors() {
      return ask();
    },
    isConfigured: () => true,
  };
  const selection = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
  const selectionSet = { kind: Kind.SELECTION_SET, selections: [selection] } as const;
  const node = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: field.name } } as const;
  const info: GraphQLResolveInfo = {
    fieldName: field.name,
    fieldNodes: [{ ...node, selectionSet }],
    returnType: field.type,
    parentType,
    path: { prev: undefined, key: field.name, typename: parentType.name },
    schema,
    fragments: {},
    rootValue: undefined,
    operation: {
      kind: Kind.OPERATION_DEFINITION,
      operation: OperationTypeNode.QUERY,
      selectionSet,
    },
    variableValues: {},
  };
  for (const parent of parents()) {
    try {
      await field.resolve?.(parent, { id: { typename: 'Stream', id: '1' } }, context, info);
    } catch {
      // The result does not matter.
    }
  }
  return isAsked;
}

const at = '2026-04-24T10:03:54.905Z';
const [ann, bob] = ['1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01', '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a02'];
const organizationId = '0a6d1c4e-5b7f-4e21-8c39-6f2d1b8a7e00';
const email = 'ann@example.com';

const streams = [1, 2].map((id) => ({ id, name: `S${id}`, created_at: at }));
const leaders = (stream: number) =>
  [3, 4].map((leader) => ({
    id: stream * 10 + leader,
    stream_id: stream,
    leader_id: leader,
    created_at: at,
    deleted_at: null,
  }));
const members = (stream: number) =>
  [3, 4].map((member) => ({ id: stream * 100 + member, stream_id: stream, member_id: member }));
const persons = [3, 4].map((id) => ({ id, email: id === 3 ? email : 'bob@example.com' }));
const groups = [11, 12].map((id) => ({ id, uid: `g${id}`, name: `G${id}`, created: at }));
const users = [501, 502].map((id) => ({
  id,
  uid: `u${id}`,
  email: id === 501 ? email : 'bob@example.com',
  groups: [11, 12],
}));
const orgMembers = [ann, bob].map((id) => ({
  id,
  email: id === ann ? email : 'bob@example.com',
}));
const chatUsers = ['u1', 'u2'].map((id) => ({ _id: id, username: id, name: id }));
const rooms = ['r1', 'r2'].map((id) => ({
  _id: id,
  name: id,
  t: 'p',
  u: { _id: `o${id}`, username: `o${id}` },
  // Its members may be only invited, and finding out costs one more call.
  federated: true,
}));

/** Vendors that return as little as possible, so that everything that can cost a call of its own does. Each list has two items. */
const routes: Routes = [
  [
    /^GET \/api\/streams$/,
    (query) => ({
      // The list omits them, so that they are read for each stream separately.
      json: getPage(
        query.get('limit') === '100'
          ? streams.map((stream) => ({ ...stream, stream_leaders: leaders(stream.id) }))
          : streams,
        query,
      ),
    }),
  ],
  [/^GET \/api\/streams\/(\d+)$/, (_query, [id]) => ({ json: { ...streams[0], id: Number(id) } })],
  [
    /^GET \/api\/streams\/(\d+)\/leaders$/,
    (query, [id]) => ({ json: getPage(leaders(Number(id)), query) }),
  ],
  [
    /^GET \/api\/streams\/(\d+)\/members$/,
    (query, [id]) => ({ json: getPage(members(Number(id)), query) }),
  ],
  [/^GET \/api\/persons$/, (query) => ({ json: getPage(persons, query) })],
  [
    /^GET \/api\/persons\/(\d+)$/,
    (_query, [id]) => ({ json: { id: Number(id), email: 'bob@example.com' } }),
  ],
  [/^POST \/api\/streams\/(\d+)\/leaders\/(\d+)$/, () => ({ json: leaders(1)[0] })],
  [/^DELETE \/api\/streams\/(\d+)\/leaders\/(\d+)$/, () => ({ status: 204 })],
  [/^GET \/company\/groups$/, (query) => ({ json: getPage(groups, query) })],
  [/^GET \/company\/groups\/(\w+)$/, (_query, [uid]) => ({ json: { ...groups[0], uid } })],
  [/^GET \/company\/users$/, () => ({ json: users.slice(0, 1) })],
  [/^GET \/groups\/(\w+)\/users$/, (query) => ({ json: getPage(users, query) })],
  [
    /^GET \/users$/,
    (query) => ({
      json: (query.get('ids') ?? '').split(',').map((id) => ({ id: Number(id), uid: `u${id}` })),
    }),
  ],
  [/^DELETE \/groups\/(\w+)\/users\/(\d+)$/, () => ({ json: users[0] })],
  [/^GET \/organization$/, () => ({ json: { id: organizationId, name: 'Acme' } })],
  [/^GET \/organization\/members$/, (query) => ({ json: { members: getPage(orgMembers, query) } })],
  [/^DELETE \/organization\/members\/(.+)$/, () => ({ status: 204 })],
  [
    /^GET \/api\/v1\/me$/,
    () => ({ json: { ...chatUsers[1], emails: [{ address: 'me@example.com' }], success: true } }),
  ],
  [
    /^GET \/api\/v1\/users\.info$/,
    (query) => {
      const id = query.get('userId') ?? 'u1';
      const user = { _id: id, username: id, name: id };
      const found = {
        ...user,
        emails: [{ address: email }],
        rooms: rooms.map(({ _id, name, t, federated }) => ({ rid: _id, name, t, federated })),
      };
      return { json: { user: query.has('email') ? found : user, success: true } };
    },
  ],
  [
    /^GET \/api\/v1\/groups\.list$/,
    (query) => ({
      json: { groups: getPage(rooms, query), total: 2, count: 2, offset: 0, success: true },
    }),
  ],
  [
    /^GET \/api\/v1\/subscriptions\.get$/,
    () => ({ json: { update: rooms.map(({ _id }) => ({ rid: _id })), remove: [], success: true } }),
  ],
  [/^GET \/api\/v1\/rooms\.isMember$/, () => ({ json: { isMember: true, success: true } })],
  [
    /^GET \/api\/v1\/groups\.info$/,
    (query) => ({ json: { group: { ...rooms[0], _id: query.get('roomId') }, success: true } }),
  ],
  [
    /^GET \/api\/v1\/rooms\.membersOrderedByRole$/,
    () => ({
      status: 404,
      json: { status: 'error', message: 'API endpoint does not exist.' },
    }),
  ],
  [
    /^GET \/api\/v1\/groups\.members$/,
    (query) => ({
      json: { members: getPage(chatUsers, query), total: 2, count: 2, offset: 0, success: true },
    }),
  ],
  [
    /^GET \/api\/v1\/groups\.roles$/,
    () => ({
      json: { roles: [{ u: { _id: 'u1', username: 'u1' }, roles: ['owner'] }], success: true },
    }),
  ],
  [/^POST \/api\/v1\/groups\.(leave|kick)$/, () => ({ json: { success: true } })],
];

let world: RoutedGateway;

beforeAll(async () => {
  world = await startRouted(routes);
});

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** Arguments by their names, or by the names of their mutations. */
const written: Readonly<Record<string, string>> = {
  'Query.stream': 'id: 1',
  'Query.person': 'id: 3',
  'Query.group': 'uid: "g11"',
  'Query.groupUser': 'id: 501',
  'Query.orgMember': `id: "${ann}"`,
  'Query.chatGroup': 'id: "r1"',
  'Query.chatUser': 'id: "u1"',
  'Query.memberships': `email: "${email}"`,
  'Mutation.attachStreamLeader': 'input: {streamId: 1, leaderId: 3}',
  'Mutation.detachStreamLeader': 'input: {streamId: 1, leaderId: 3}',
  'Mutation.removeGroupUser': 'input: {groupUid: "g11", userId: 501}',
  'Mutation.removeOrgMember': `input: {userId: "${ann}"}`,
  'Mutation.leaveGroup': 'input: {groupId: "r1"}',
  'Mutation.removeChatGroupMember': 'input: {groupId: "r1", userId: "u1"}',
};

/** The keys of nodes with their tenants; null for the vendors' own host. */
const nodes: Readonly<Record<string, readonly [tenant: string | null, key: string]>> = {
  Stream: ['acme', '1'],
  StreamLeadership: ['acme', '1/13'],
  StreamMembership: ['acme', '1/103'],
  Person: ['acme', '3'],
  Group: [null, 'g11'],
  GroupUser: [null, '501'],
  Organization: [organizationId, organizationId],
  OrgMember: [organizationId, ann],
  ChatGroup: [null, 'r1'],
  ChatUser: [null, 'u1'],
};

/** A field on a path from the root, and the object type that it returns. */
interface Step {
  readonly parent: GraphQLObjectType;
  readonly field: Field;
  readonly target: GraphQLObjectType;
}

/** Fields from the root to an object type. */
type Way = readonly Step[];

function getStepsFrom(parent: GraphQLObjectType): Step[] {
  return Object.values(parent.getFields()).flatMap((field) => {
    const type = getNamedType(field.type);
    const targets = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    return targets
      .filter((target): target is GraphQLObjectType => isObjectType(target))
      .filter((target) => !target.getInterfaces().some(({ name }) => name === 'MembershipError'))
      .filter(
        (target) =>
          field.name !== 'node' || parent !== schema.getQueryType() || target.name in nodes,
      )
      .map((target) => ({ parent, field, target }));
  });
}

/** Returns each step of the schema at the end of the shortest path to it. */
function collectPaths(): Way[] {
  const reached = new Map<GraphQLObjectType, Way>();
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((one) => one != null);
  const queue = roots.map((root): [GraphQLObjectType, Way] => [root, []]);
  const ways: Way[] = [];
  for (const [type, way] of queue) {
    if (reached.has(type)) continue;
    reached.set(type, way);
    for (const step of getStepsFrom(type)) {
      ways.push([...way, step]);
      queue.push([step.target, [...way, step]]);
    }
  }
  return ways;
}

function createArguments({
  parent,
  field,
  target,
}: Pick<Step, 'parent' | 'field'> & { target?: GraphQLObjectType }) {
  const host = new URL(world.vendor.url).host;
  const own = written[`${parent.name}.${field.name}`];
  const args = own === undefined ? [] : [own];
  if (field.args.some(({ name }) => name === 'first')) args.push('first: 2');
  const [tenant, key = ''] = nodes[target?.name ?? ''] ?? [];
  if (field.name === 'node' && target !== undefined && parent === schema.getQueryType()) {
    args.push(`id: "${encodeGlobalId(target.name, toNodeId(tenant ?? host, key))}"`);
  }
  const isMissing = field.args.some(isRequiredArgument) && args.length === 0;
  if (isMissing) throw new Error(`${parent.name}.${field.name} needs arguments here`);
  return args.length === 0 ? '' : `(${args.join(', ')})`;
}

/** Returns a document that follows a path and selects something at its end. */
function createDocument(way: Way, selection: string): string {
  const isMutation = way[0]?.parent === schema.getMutationType();
  const body = way.reduceRight(
    (inner, step) =>
      `${step.field.name}${createArguments(step)} { ... on ${step.target.name} { ${inner} } }`,
    selection,
  );
  return `${isMutation ? 'mutation' : 'query'} { ${body} }`;
}

/** Returns the objects at the end of a path. */
function getObjectsAt(way: Way, data: unknown): unknown[] {
  return way.reduce<unknown[]>(
    (objects, { field }) =>
      objects.flatMap((one) => (one as Record<string, unknown>)[field.name] ?? []),
    [data],
  );
}

async function send(document: string) {
  const before = world.vendor.calls.length;
  const { data, errors } = await world.gateway.sendText(document, credentials);
  expect(errors, document).toEqual([]);
  return { data, calls: world.vendor.calls.length - before };
}

/** Returns the number of calls that a field may cause below a number of objects. */
function countAllowedCalls(field: Field, count: number): number {
  const { calls, isShared } = getCost(field) ?? { calls: 0, isShared: true };
  return isShared ? calls : calls * count;
}

/**
 * Returns the calls that the field of an entity declares and did not need; for other objects, those of the nearest field
 * with a cost. A change needs all that it declares, for its repeats and read-backs.
 */
async function countUnusedCalls(way: Way): Promise<number> {
  const isEntity = way
    .at(-1)
    ?.target.getInterfaces()
    .some(({ name }) => name === 'Node');
  const index = isEntity
    ? way.length - 1
    : way.findLastIndex(({ field }) => (getCost(field)?.calls ?? 0) > 0);
  const [last, above] = [way[index], way.slice(0, index)];
  if (last === undefined || last.parent === schema.getMutationType()) return 0;
  const before = index === 0 ? null : await send(createDocument(above, '__typename'));
  const after = await send(createDocument(way.slice(0, index + 1), '__typename'));
  const count = before === null ? 1 : getObjectsAt(above, before.data).length;
  return countAllowedCalls(last.field, count) - Math.max(0, after.calls - (before?.calls ?? 0));
}

/** Calculates the vendor calls of a document. */
function calculateCalls(document: string): number {
  const parsed = parse(document);
  const operation = getOperationAST(parsed);
  if (operation == null) throw new Error(`${document} has no operation`);
  const { fragments } = analyzeDocument(parsed);
  return new OperationCost(schema, fragments, operation).calculate(null).vendorCalls;
}

const ways = collectPaths().map((way) => ({
  name: way.map(({ field, target }) => `${field.name}: ${target.name}`).join(', '),
  way,
}));

test('the paths through the schema reach all types of a response except errors', () => {
  const reached = new Set(ways.flatMap(({ way }) => way.map(({ target }) => target)));
  const others = objectTypes.filter((type) => !reached.has(type)).map(({ name }) => name);
  expect(others.filter((name) => !/Error$|^InputIssue$/.test(name)).toSorted()).toEqual([
    'Mutation',
    'Query',
  ]);
});

test.each(ways)('$name: no field causes more calls than it declares', async ({ way }) => {
  const here = await send(createDocument(way, '__typename'));
  const count = getObjectsAt(way, here.data).length;
  expect(count, `how many there are of ${createDocument(way, '__typename')}`).toBeGreaterThan(0);
  const left = await countUnusedCalls(way);
  const target = way.at(-1)?.target as GraphQLObjectType;
  const fields = Object.values(target.getFields());
  const select = (field: Field) => {
    const below = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
    return `${field.name}${createArguments({ parent: target, field })}${below}`;
  };
  // Fields that declare nothing cause no call, not even all together.
  const free = fields.filter((field) => getCost(field) === undefined).map(select);
  const together = createDocument(way, ['__typename', ...free].join(' '));
  expect((await send(together)).calls - here.calls, together).toBeLessThanOrEqual(0);
  for (const field of fields.filter((one) => getCost(one) !== undefined)) {
    const selection = select(field);
    const document = createDocument(way, selection);
    const { calls } = await send(document);
    const more = getCost(field)?.calls === 0 ? left : 0;
    expect(calls - here.calls, document).toBeLessThanOrEqual(
      countAllowedCalls(field, count) + more,
    );
    expect(calls, document).toBeLessThanOrEqual(calculateCalls(document));
    for (const one of target.getInterfaces()) {
      if (!(field.name in one.getFields())) continue;
      const inline = createDocument(way, `... on ${one.name} { ${selection} }`);
      const named = `${createDocument(way, '...F')} fragment F on ${one.name} { ${selection} }`;
      expect(calculateCalls(inline), inline).toBe(calculateCalls(document));
      expect(calculateCalls(named), named).toBeGreaterThanOrEqual(calculateCalls(document));
    }
  }
});
