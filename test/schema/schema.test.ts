import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  findBreakingChanges,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
  printSchema,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';

const contract = buildSchema(
  await readFile(new URL('./contract.graphql', import.meta.url), 'utf8'),
);

test('contains the whole contract: no breaking change from it', () => {
  // The contract's Query has only a placeholder, since a schema must have one.
  const changes = findBreakingChanges(contract, schema).filter(
    ({ description }) => !description.startsWith('Query._contract '),
  );
  expect(changes).toEqual([]);
});

test('root mutation fields are nullable, so that a fault affects only its own field', () => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    expect(isUnionType(field.type)).toBe(true);
  }
});

test('accepts one document with every field of every member of every union, with one alias', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const fields = mutations.map(
    (field) => `${field.name}(input: $${field.name}) ${selection(String(field.type), [])}`,
  );
  const variables = mutations.map((field) => `$${field.name}: ${field.args[0]?.type}`);
  const document = parse(`mutation Everything(${variables.join(', ')}) { ${fields.join('\n')} }`);
  expect(validate(schema, document)).toEqual([]);
});

test('no description has a vendor’s method that GraphiQL would show as a web address', () => {
  for (const line of printSchema(schema).split('\n')) {
    expect(line.replaceAll(/`[^`]*`/g, '')).not.toMatch(/\b(groups|users)\.info\b/);
  }
});

test('each query’s description names its vendor’s call, permission and credentials', () => {
  const local = new Set(['vendors', 'node', 'memberships']);
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  expect(fields.length).toBeGreaterThan(12);
  for (const { name, description } of fields.filter((field) => !local.has(field.name))) {
    expect(description, name).toMatch(/\bGET [/a-z]/);
    expect(description, name).toMatch(/\n- Credentials: `\w+-/);
    expect(description, name).toMatch(/\n- Permission: /);
  }
});

test('every field that costs a vendor call is nullable, so that a failed read hides no other field', () => {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (field.name !== 'vendors') expect(isNonNullType(field.type), field.name).toBe(false);
  }
  const successes = Object.values(schema.getTypeMap()).filter(({ name }) =>
    name.endsWith('Success'),
  );
  const reads = ['stream', 'group', 'organization', 'chatGroup', 'chatGroups'];
  for (const type of successes) {
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    for (const field of fields.filter(({ name }) => reads.includes(name))) {
      expect(isNonNullType(field.type), `${type.name}.${field.name}`).toBe(false);
    }
  }
});

test('every type, field, argument and enum value has a description', () => {
  const bare: string[] = [];
  const check = (name: string, element: { readonly description?: string | null | undefined }) => {
    if (!/\w{3}/.test(element.description ?? '')) bare.push(name);
  };
  for (const type of ownTypes()) {
    check(type.name, type);
    if (isEnumType(type))
      for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        if ('args' in field)
          for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
  }
  expect(bare).toEqual([]);
});

test('each mutation’s description names its vendor’s call and credentials', () => {
  const fields = schema.getMutationType()?.getFields() ?? {};
  expect(Object.keys(fields).length).toBeGreaterThan(4);
  for (const { name, description } of Object.values(fields)) {
    expect(description, name).toMatch(/\b(POST|DELETE) \//);
    expect(description, name).toMatch(/\n- Credentials: `\w+-/);
    expect(description, name).toMatch(/\n- Permission: /);
  }
});

function ownTypes(): GraphQLNamedType[] {
  const builtIn = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);
  return Object.values(schema.getTypeMap()).filter(
    ({ name }) => !name.startsWith('__') && !builtIn.has(name),
  );
}

/** Selects everything below a type, each type once per path. */
function selection(typeName: string, path: readonly string[]): string {
  const type = schema.getType(typeName.replaceAll(/[[\]!]/g, ''));
  if (isUnionType(type)) {
    const members = type
      .getTypes()
      .map((member) => `... on ${member.name} ${selection(member.name, path)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  if (path.includes(type.name)) return '{ __typename }';
  // `problem` has another type in `AuthenticationError`.
  const alias = type.name === 'IdempotencyError' ? 'idempotencyProblem: ' : '';
  const fields = Object.values(type.getFields()).map(
    (field) =>
      `${field.name === 'problem' ? alias : ''}${field.name} ${selection(String(field.type), [...path, type.name])}`,
  );
  return `{ __typename ${fields.join(' ')} }`;
}

test('types are in alphabetical order, as GraphiQL lists them', () => {
  const names = Object.keys(schema.getTypeMap());
  expect(names).toEqual(names.toSorted());
  expect(names).toHaveLength(Object.keys(buildSchema(printSchema(schema)).getTypeMap()).length);
});
