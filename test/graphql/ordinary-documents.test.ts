import { readFileSync } from 'node:fs';
import {
  assertInputObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  getIntrospectionQuery,
  getNamedType,
  isAbstractType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { credentials } from '../support/gateway.ts';
import {
  createRange,
  getPage,
  type RoutedGateway,
  type Routes,
  startRouted,
} from '../support/list-vendor.ts';

const at = '2026-04-24T10:03:54.905Z';
const uuid = (index: number) => `1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a0${index}`;
const email = 'ann@example.com';

/** Five items for each list. */
const five = <Item>(make: (index: number) => Item) => createRange(1, 5).map(make);

const links = (stream: number) =>
  five((id) => ({
    id,
    stream_id: stream,
    leader_id: id,
    member_id: id,
    created_at: at,
    deleted_at: null,
  }));
const streams = five((id) => ({ id, name: `S${id}`, created_at: at, stream_leaders: links(id) }));
const persons = five((id) => ({ id, email, name: `P${id}` }));
const groups = five((id) => ({ id, uid: `g${id}`, name: `G${id}`, created: at }));
const users = five((id) => ({ id, uid: `u${id}`, email, groups: createRange(1, 5) }));
const rooms = five((id) => ({ _id: `r${id}`, name: `r${id}`, t: 'p', u: { _id: 'u1' } }));
const chatUsers = five((id) => ({ _id: `u${id}`, username: `u${id}`, roles: ['owner'] }));

const routes: Routes = [
  [/^GET \/api\/streams$/, (query) => ({ json: getPage(streams, query) })],
  [/^GET \/api\/streams\/(\d+)$/, (_query, [id]) => ({ json: { id: Number(id), name: 'S' } })],
  [/^GET \/api\/streams\/(\d+)\/\w+$/, (_query, [id]) => ({ json: links(Number(id)) })],
  [/^GET \/api\/persons$/, (query) => ({ json: getPage(persons, query) })],
  [/^GET \/api\/persons\/(\d+)$/, (_query, [id]) => ({ json: { id: Number(id), email } })],
  [/^GET \/company\/groups$/, (query) => ({ json: getPage(groups, query) })],
  [/^GET \/company\/groups\/(\w+)$/, (_query, [uid]) => ({ json: { ...groups[0], uid } })],
  [/^GET \/company\/users$/, () => ({ json: users })],
  [/^GET \/groups\/\w+\/users$/, (query) => ({ json: getPage(users, query) })],
  [/^GET \/users$/, () => ({ json: users.slice(0, 1) })],
  [/^GET \/organization$/, () => ({ json: { id: uuid(9), name: 'Acme' } })],
  [
    /^GET \/organization\/members$/,
    (query) => ({
      json: {
        members: getPage(
          five((id) => ({ id: uuid(id), email })),
          query,
        ),
      },
    }),
  ],
  [
    /^GET \/api\/v1\/me$/,
    () => ({ json: { ...chatUsers[0], emails: [{ address: email }], success: true } }),
  ],
  [/^GET \/api\/v1\/users\.info$/, () => ({ json: { user: chatUsers[0], success: true } })],
  [
    /^GET \/api\/v1\/groups\.list$/,
    (query) => ({ json: { groups: getPage(rooms, query), total: 5, success: true } }),
  ],
  [/^GET \/api\/v1\/groups\.info$/, () => ({ json: { group: rooms[0], success: true } })],
  [
    /^GET \/api\/v1\/rooms\.membersOrderedByRole$/,
    (query) => ({ json: { members: getPage(chatUsers, query), total: 5, success: true } }),
  ],
];

let world: RoutedGateway;

beforeAll(async () => {
  world = await startRouted(routes);
});

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** The codes of errors for an exceeded limit, before or while a document runs. */
const limitCodes = ['DOCUMENT_TOO_LARGE', 'TOO_MANY_VENDOR_CALLS', 'RESULT_TOO_LARGE'];

async function codesOf(query: string, variables?: unknown) {
  const { errors } = await world.gateway.sendText(query, credentials, { variables });
  return errors.map(({ extensions }) => extensions?.['code']);
}

const everything = {
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
};

test.each([
  ['GraphiQL', { ...everything, oneOf: false }],
  ['a code generator', everything],
  ['an older tool', {}],
])('accepts the introspection of %s within the default limits', async (_name, options) => {
  expect(await codesOf(getIntrospectionQuery(options))).toEqual([]);
});

const persisted = JSON.parse(
  readFileSync(new URL('../../client/persisted-documents.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

const input = {
  streamId: '1',
  leaderId: '1',
  groupUid: 'g1',
  userId: '1',
  groupId: 'r1',
};

test.each(Object.values(persisted).map((query) => [/\w+ (\w+)/.exec(query)?.[1], query] as const))(
  'accepts the client’s document %s within the default limits',
  async (_name, query) => {
    const variables = { input, id: '1', uid: 'g1', email, first: 100 };
    const codes = await codesOf(query, variables);
    for (const code of limitCodes) expect(codes).not.toContain(code);
  },
);

const required: Readonly<Record<string, string>> = {
  id: 'id: "1"',
  uid: 'uid: "g1"',
  email: `email: "${email}"`,
  name: 'name: "Stream"',
};

/** Selects every field of a type, down to a number of levels, with five items of each paged list. */
function allOf(type: GraphQLNamedType, levels: number, prefix = ''): string {
  const parts = ['__typename'];
  if (isAbstractType(type)) {
    // Fields of the same name may have different types in different members.
    for (const one of schema.getPossibleTypes(type)) {
      parts.push(`... on ${one.name} ${allOf(one, levels, `in${one.name}`)}`);
    }
  } else if (isObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      const alias = prefix === '' ? '' : `${prefix}${field.name}: `;
      const named = getNamedType(field.type);
      if (isLeafType(named)) parts.push(`${alias}${withArguments(field)}`);
      else if (levels > 1)
        parts.push(`${alias}${withArguments(field)} ${allOf(named, levels - 1)}`);
    }
  }
  return `{ ${parts.join(' ')} }`;
}

function withArguments({ name, args }: GraphQLField<unknown, unknown>): string {
  const given = args.flatMap((arg) => {
    if (arg.name === 'first') return 'first: 5';
    return isRequiredArgument(arg) ? (required[arg.name] ?? inputOf(arg)) : [];
  });
  return given.length === 0 ? name : `${name}(${given.join(', ')})`;
}

function inputOf({ name, type }: GraphQLArgument): string {
  const fields = Object.values(assertInputObjectType(getNamedType(type)).getFields());
  const given = fields
    .filter((field) => isNonNullType(field.type))
    .map((field) => `${field.name}: "${input[field.name as keyof typeof input]}"`);
  return `${name}: {${given.join(', ')}}`;
}

const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null);
const rootFields = roots.flatMap((root) =>
  Object.values(root.getFields()).map((field) => [field.name, root, field] as const),
);

test.each(rootFields)(
  'accepts %s with every field four levels deep and five items of each list within the default limits',
  async (_name, root, field) => {
    const keyword = root === schema.getQueryType() ? 'query' : 'mutation';
    const query = `${keyword} { ${withArguments(field)} ${allOf(getNamedType(field.type), 4)} }`;
    const codes = await codesOf(query);
    expect(codes).not.toContain('GRAPHQL_VALIDATION_FAILED');
    for (const code of limitCodes) expect(codes).not.toContain(code);
  },
);
