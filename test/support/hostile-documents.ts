import fc from 'fast-check';

const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** A document with the variables that are sent along, as JSON: an object literal would lose the name `__proto__`. */
export interface HostileDocument {
  readonly query: string;
  readonly variables: string;
}

/** A place of the graph where fragments can be spread: its type, and fields of it that need nothing more. */
interface Site {
  readonly type: string;
  readonly fields: readonly string[];
  /** Writes a document around a selection at the place. */
  readonly around: (selection: string) => string;
}

const sites: readonly Site[] = [
  { type: 'Query', fields: ['__typename'], around: (set) => `{ ${set} }` },
  { type: 'Vendor', fields: ['title', 'vendor'], around: (set) => `{ vendors { ${set} } }` },
  {
    type: 'Stream',
    fields: ['id', 'name', 'streamId'],
    around: (set) => `{ stream(id: 1) { ${set} } }`,
  },
  {
    type: 'Stream',
    fields: ['id', 'name'],
    around: (set) => `{ streams(first: 3) { nodes { leaders { stream { ${set} } } } } }`,
  },
  { type: 'Node', fields: ['id'], around: (set) => `{ node(id: "x") { ${set} } }` },
  {
    type: 'Membership',
    fields: ['name', 'vendor'],
    around: (set) => `{ memberships(email: "a@b.example") { streamsLed { ${set} } } }`,
  },
  {
    type: 'MembershipError',
    fields: ['message', 'outcome'],
    around: (set) => `mutation { leaveGroup(input: {groupId: "!"}) { ${set} } }`,
  },
];

const site = fc.constantFrom(...sites);

/** Fragments that spread the next one several times, so that they double at each level. */
const chains = fc
  .record({
    site,
    levels: fc.integer({ min: 1, max: 29 }),
    spreads: fc.integer({ min: 1, max: 4 }),
    isInline: fc.boolean(),
  })
  .map(({ site: { type, fields, around }, levels, spreads, isInline }) => {
    const spread = (name: string) => (isInline ? `... { ...${name} }` : `...${name}`);
    const fragments = repeat(
      levels,
      (level) =>
        `fragment F${level} on ${type} { ${repeat(spreads, () => spread(`F${level + 1}`))} }`,
    );
    const last = `fragment F${levels} on ${type} { ${fields.join(' ')} }`;
    return `${around('...F0')} ${fragments} ${last}`;
  });

/** Fragments of which two lead to the same next one. */
const diamonds = fc
  .record({ site, levels: fc.integer({ min: 1, max: 9 }), width: fc.integer({ min: 2, max: 3 }) })
  .map(({ site: { type, fields, around }, levels, width }) => {
    const level = (index: number) =>
      repeat(
        width,
        (side) =>
          `fragment L${index}S${side} on ${type} { ${
            index + 1 < levels
              ? repeat(width, (next) => `...L${index + 1}S${next}`)
              : fields.join(' ')
          } }`,
      );
    return `${around(repeat(width, (side) => `...L0S${side}`))} ${repeat(levels, level)}`;
  });

/** Many aliases of a field with many aliases below, on an interface and on its members. */
const wide = fc
  .record({
    outer: fc.integer({ min: 1, max: 120 }),
    inner: fc.integer({ min: 1, max: 120 }),
    kind: fc.constantFrom('Node', 'Stream', 'Vendor'),
  })
  .map(({ outer, inner, kind }) => {
    const field = { Node: 'node(id: "x")', Stream: 'stream(id: 1)', Vendor: 'vendors' }[kind];
    const leaf = { Node: 'id', Stream: 'id', Vendor: 'title' }[kind];
    return `{ ${repeat(outer, (index) => `n${index}: ${field} { ...F }`)} } fragment F on ${kind} { ${repeat(
      inner,
      (index) => `a${index}: ${leaf}`,
    )} }`;
  });

const first = fc.constantFrom(
  '',
  '(first: 1)',
  '(first: 5)',
  '(first: 100)',
  '(first: $n)',
  '(first: 101)',
);

/** Lists within lists, with aliases of what is in them. */
const nested = fc
  .record({
    first,
    second: first,
    aliases: fc.integer({ min: 1, max: 60 }),
    list: fc.constantFrom('nodes', 'edges'),
    kind: fc.constantFrom('streams', 'groups', 'links'),
    levels: fc.integer({ min: 1, max: 4 }),
  })
  .map((given) => {
    const within = (set: string) =>
      given.list === 'nodes' ? `nodes { ${set} }` : `edges { node { ${set} } }`;
    const leaves = repeat(given.aliases, (index) => `a${index}: id`);
    const header = 'query ($n: Int = 4)';
    const uses = 'used: streams(first: $n) { pageInfo { endCursor } }';
    if (given.kind === 'groups') {
      return `${header} { ${uses} groups${given.first} { ${within(`users${given.second} { ${within(leaves)} }`)} } }`;
    }
    const links = `${'leaders { stream { '.repeat(given.levels)} ${leaves} ${'} }'.repeat(given.levels)}`;
    return given.kind === 'streams'
      ? `${header} { ${uses} streams${given.first} { ${within(links)} } }`
      : `${header} { ${uses} stream(id: 1) { ${links} } }`;
  });

const oddNames = [
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  '__defineGetter__',
  '__typename',
  'a_b',
  'name',
];

const oddName = fc.constantFrom(...oddNames);

/** Aliases that are names of every object, and paths that are the same once they are joined. */
const oddAliases = fc
  .record({ one: oddName, other: oddName, third: oddName, isMutation: fc.boolean() })
  .map(({ one, other, third, isMutation }) =>
    isMutation
      ? `mutation { ${one}: leaveGroup(input: {groupId: "!"}) { ${other}: __typename ... on MembershipError { ${third}: message } } }`
      : `{ ${one}: stream(id: 1) { ${other}: name ${third}: streamId } ${one}_b: stream(id: 1) { ${other}: leaders { ${third}: id } } b: stream(id: 1) { ${other}_${one}: members { memberId } } }`,
  );

const variableValue = fc.constantFrom(
  undefined,
  'null',
  '1',
  '"1"',
  '1.5',
  '9007199254740993',
  '1e999',
  '-0',
  '"x"',
  '[]',
  '["1"]',
  '{}',
  'true',
  '{"streamId":"1"}',
  '{"streamId":1,"leaderId":null}',
  '{"streamId":"1","leaderId":"1","__proto__":"1"}',
  '{"streamId":"x","leaderId":"2","more":1}',
);

/** Where a variable stands, and types that may stand there. */
const uses: readonly (readonly [types: readonly string[], around: (name: string) => string])[] = [
  [['ID!', 'ID', 'String!', 'Int'], (name) => `{ stream(id: ${name}) { streamId } }`],
  [['Int', 'Int!', 'Float'], (name) => `{ streams(first: ${name}) { nodes { streamId } } }`],
  [['Boolean', 'Boolean!'], (name) => `{ __typename @skip(if: ${name}) }`],
  [['ID', 'ID!'], (name) => `{ __typename leaveGroup(input: {groupId: ${name}}) { __typename } }`],
  [
    ['DetachStreamLeaderInput!', 'DetachStreamLeaderInput'],
    (name) =>
      `{ detachStreamLeader(input: ${name}) { __typename ... on InvalidInputError { issues { path } } } }`,
  ],
];

/** Variables of odd names, types and values, with and without defaults. */
const oddVariables = fc
  .record({
    name: oddName,
    use: fc.constantFrom(...uses),
    type: fc.nat(),
    fallback: fc.constantFrom('', ' = null', ' = 1', ' = "x"', ' = true'),
    value: variableValue,
  })
  .map(({ name, use: [types, around], type, fallback, value }): HostileDocument => {
    const body = around(`$${name}`);
    const keyword = body.includes('(input:') ? 'mutation' : 'query';
    return {
      query: `${keyword} ($${name}: ${types[type % types.length]}${fallback}) ${body}`,
      variables: value === undefined ? '{}' : `{"${name}":${value}}`,
    };
  });

/** Documents that are made to cost time or memory, or to be answered otherwise when they come often. */
export const hostileDocuments: fc.Arbitrary<HostileDocument> = fc.oneof(
  fc.oneof(chains, diamonds, wide, nested, oddAliases).map((query) => ({ query, variables: '{}' })),
  oddVariables,
);
