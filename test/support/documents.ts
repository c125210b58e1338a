import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { schema } from '../../src/schema/index.ts';

/** Values of arguments by their names: some that fit, some that do not. */
const values: Readonly<Record<string, readonly string[]>> = {
  id: [
    '"1"',
    '7',
    '"ByehQjC44FwMeiLbX"',
    '"1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"',
    '"no such"',
    '""',
  ],
  uid: ['"g"', '"!"'],
  email: ['"irina.sokolova@example.com"', '"nobody"'],
  first: ['1', '3', '100', '0', '$first'],
  after: ['"x"', 'null'],
  search: ['"a"', '""'],
  filter: ['"a"', '$text'],
  archived: ['true', '$yes', 'null'],
  name: ['"Stream"', '"None"'],
  includeDeprecated: ['true'],
};

const variables = '($yes: Boolean = true, $no: Boolean = false, $first: Int = 2, $text: String)';
const conditions = ['', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @include(if: $no)'];

const pick = (items: readonly string[]) => fc.constantFrom(...items);

function createArgument(arg: GraphQLArgument): fc.Arbitrary<string> {
  const known = values[arg.name];
  if (known === undefined) throw new Error(`the argument ${arg.name} has no values`);
  const written = pick(known).map((value) => `${arg.name}: ${value}`);
  return isRequiredArgument(arg) ? written : fc.option(written, { nil: '', freq: 2 });
}

/** What may stand behind fields and fragments. */
type Directives = readonly string[];

function createField(
  one: GraphQLField<unknown, unknown>,
  depth: number,
  directives: Directives,
): fc.Arbitrary<string> {
  const type = getNamedType(one.type);
  const args = fc.tuple(...one.args.map(createArgument)).map((all) => {
    const given = all.filter((text) => text !== '');
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  });
  const set = isLeafType(type) ? fc.constant('') : createSelection(type, depth - 1, directives);
  // Aliases of a few names only, so that fields meet; an argument's value is part of the name.
  return fc
    .tuple(args, set, pick(directives), fc.boolean())
    .map(([given, below, directive, isAliased]) => {
      const suffix = given.replaceAll(/\W+/g, '_');
      const alias = given !== '' || isAliased ? `${one.name}_${suffix}: ` : '';
      return `${alias}${one.name}${given}${directive} ${below}`;
    });
}

function createSelection(
  type: GraphQLNamedType,
  depth: number,
  directives: Directives,
): fc.Arbitrary<string> {
  const parts: fc.Arbitrary<string>[] = [fc.constant('__typename')];
  if ('getFields' in type && !('isOneOf' in type)) {
    const fields = Object.values((type as GraphQLObjectType).getFields());
    const within = fields.filter((one) => depth > 0 || isLeafType(getNamedType(one.type)));
    for (const one of within) parts.push(createField(one, depth, directives));
  }
  if (isAbstractType(type) && depth > 0) {
    for (const one of schema.getPossibleTypes(type))
      parts.push(createFragment(one, depth, directives));
  }
  if (isObjectType(type) && depth > 0) parts.push(createFragment(type, depth - 1, directives));
  return fc
    .array(fc.oneof(...parts), { minLength: 1, maxLength: 4 })
    .map((chosen) => `{ ${chosen.join(' ')} }`);
}

function createFragment(
  type: GraphQLObjectType,
  depth: number,
  directives: Directives,
): fc.Arbitrary<string> {
  return fc
    .tuple(createSelection(type, depth - 1, directives), pick(directives))
    .map(([set, directive]) => `... on ${type.name}${directive} ${set}`);
}

/** Documents of one query each, four levels deep; most of them valid. */
function createQueries(directives: Directives): fc.Arbitrary<string> {
  const root = schema.getQueryType() as GraphQLObjectType;
  return fc
    .tuple(createSelection(root, 4, directives), pick(directives), pick(directives))
    .map(
      ([set, one, other]) =>
        `query Q${variables} { ...F${one} again: __typename${other} text: __type(name: "Query") { fields { name args { defaultValue } } } ...T } fragment T on Query { t: __typename v: vendors { title } g: group(uid: "g") { users(first: $first) { edges { cursor } } } c: chatGroup(id: "x") { members(filter: $text) { edges { cursor } } } y: streams(archived: $yes) { edges { cursor } } n: streams(archived: $no) { edges { cursor } } } fragment F on Query ${set}`,
    );
}

/** Queries that ask for all that they name. */
export const plainQueries = createQueries(['']);

/** Queries that skip and include parts of themselves. */
export const conditionalQueries = createQueries(conditions);
