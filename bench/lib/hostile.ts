import { getIntrospectionQuery } from 'graphql';

const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Hostile documents, by name. */
export const hostileDocuments: Readonly<Record<string, string>> = {
  'a plain one': '{ __typename }',
  introspection: getIntrospectionQuery(),
  'a flood of __typename': `{ ${'__typename '.repeat(8_000)} }`,
  'a flood of aliases of __typename': `{ ${repeat(6_000, (index) => `a${index}: __typename`)} }`,
  '10,000 repeated directives': `{ __typename ${'@a '.repeat(10_000)} }`,
  'nesting of 5,000': `{ ${'a { '.repeat(5_000)} a ${'} '.repeat(5_000)} }`,
  'as many tokens as are taken': `{ ${repeat(199, (index) => `a${index}: __typename`)} ${'b { c } '.repeat(90)} }`,
  'overlapping fields in fragments': `{ ${repeat(30, (index) => `...F${index}`)} } ${repeat(
    30,
    (index) =>
      `fragment F${index} on Query { ${'__typename '.repeat(14)} ${repeat(12, (next) => `...F${(index + next + 1) % 30}`)} }`,
  )}`,
  'overlapping fields through fragments': `{ ${repeat(30, (index) => `...F${index}`)} } ${repeat(
    30,
    (index) => `fragment F${index} on Query { ${'vendors { title } '.repeat(18)} }`,
  )}`,
  'the schema under 190 aliases': `{ ${repeat(190, (index) => `a${index}: __schema { types { fields { type { fields { name } } } } }`)} }`,
  'a string of 90,000': `{ person(id: "${'9'.repeat(90_000)}") { name } }`,
  'a number of 90,000 digits': `{ streams(first: ${'9'.repeat(90_000)}) { nodes { name } } }`,
  'a cost of 10,000 calls':
    '{ streams(first: 100) { nodes { leaders { stream { leaders { leaderId } } } } } }',
  'a body over the bound': `{ __typename } #${'x'.repeat(200_000)}`,
};

/** Returns new ordinary documents: a read that is valid for every server, and one that is not. */
export function createOrdinaryDocuments(index: number): string[] {
  return [
    `query Q${index} { __typename ...F } fragment F on Query { __typename }`,
    `query Q${index} { nothing { a b } stream(id: ${index}) { nothing } }`,
  ];
}
