import { describe, expect, test } from 'vitest';
import {
  createRange,
  getPage,
  listCalls,
  type Routes,
  startRouted,
} from '../support/list-vendor.ts';

const user = (id: number) => ({ id, full_name: `User ${id}` });

/** Kaiten with one group of a number of users. It reports no totals, like the vendor. */
const kaiten = (users: number): Routes => [
  [
    /^GET \/groups\/g\/users$/,
    (query) => ({ json: getPage(createRange(1, users).map(user), query) }),
  ],
];

const start = async (routes: Routes) => {
  const world = await startRouted(routes);
  return {
    ...world,
    page: async (args: string, selection: string) => {
      const { data, errors } = await world.gateway.sendText(
        `{ group(uid: "g") { users(${args}) { ${selection} } } }`,
      );
      return { users: data['group']?.['users'] as never, errors };
    },
  };
};

const pageInfo = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

interface Page {
  readonly nodes: { userId: string }[];
  readonly edges: { cursor: string; node: { userId: string } }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}

test.each([
  { first: 10, users: 25, pages: [10, 10, 5] },
  { first: 10, users: 20, pages: [10, 10] },
  { first: 100, users: 250, pages: [100, 100, 50] },
  { first: 1, users: 2, pages: [1, 1] },
])(
  'shows $users users by $first as pages of $pages, each user once, with the correct hasNextPage',
  async (row) => {
    await using world = await start(kaiten(row.users));
    const sizes: number[] = [];
    const ids: string[] = [];
    for (let after = ''; ; ) {
      const args = `first: ${row.first}${after && `, after: "${after}"`}`;
      const { users } = await world.page(args, `nodes { userId } ${pageInfo}`);
      const page = users as Page;
      sizes.push(page.nodes.length);
      ids.push(...page.nodes.map(({ userId }) => userId));
      expect(page.pageInfo.hasPreviousPage).toBe(after !== '');
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor ?? '';
    }
    expect(sizes).toEqual(row.pages);
    expect(ids).toEqual(createRange(1, row.users).map(String));
  },
);

test('makes one more call for a full page only if hasNextPage is selected', async () => {
  await using world = await start(kaiten(40));
  await world.page('first: 20', 'nodes { userId } pageInfo { hasPreviousPage endCursor }');
  expect(world.vendor.calls).toHaveLength(1);
  await world.page('first: 20', 'pageInfo { hasNextPage }');
  expect(listCalls(world.vendor).slice(1)).toEqual([
    'GET /groups/g/users?limit=20&offset=0',
    'GET /groups/g/users?limit=1&offset=20',
  ]);
  await world.page('first: 20', 'pageInfo { hasNextPage @skip(if: true) startCursor }');
  expect(world.vendor.calls).toHaveLength(4);
});

test('makes no further call for a page that is not full, which is the last', async () => {
  await using world = await start(kaiten(7));
  const { users } = await world.page('first: 20', `nodes { userId } ${pageInfo}`);
  expect((users as Page).pageInfo.hasNextPage).toBe(false);
  expect(world.vendor.calls).toHaveLength(1);
});

test('returns a connection without items and cursors for an empty list', async () => {
  await using world = await start(kaiten(0));
  const { users } = await world.page('first: 5', `edges { cursor } nodes { userId } ${pageInfo}`);
  expect(users).toEqual({
    edges: [],
    nodes: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test('continues after the item of any edge’s cursor', async () => {
  await using world = await start(kaiten(9));
  const { users } = await world.page('first: 5', 'edges { cursor node { userId } }');
  const [, second] = (users as Page).edges;
  const { users: rest } = await world.page(
    `first: 3, after: "${second?.cursor}"`,
    'nodes { userId }',
  );
  expect(rest).toEqual({ nodes: [{ userId: '3' }, { userId: '4' }, { userId: '5' }] });
});

test('makes no further call if the vendor reports a total', async () => {
  const members = createRange(1, 40).map((id) => ({ id: `m${id}` }));
  await using world = await start([
    [
      /^GET \/organization\/members$/,
      (query) => ({ json: { count: 1, meta: { total: 40 }, members: getPage(members, query) } }),
    ],
  ]);
  const query = (first: number) =>
    `{ organization { members(first: ${first}) { nodes { userId } pageInfo { hasNextPage } } } }`;
  const part = await world.gateway.sendText(query(20));
  expect(part.data['organization']?.['members']).toMatchObject({ pageInfo: { hasNextPage: true } });
  const whole = await world.gateway.sendText(query(40));
  expect(whole.data['organization']?.['members']).toMatchObject({
    pageInfo: { hasNextPage: false },
  });
  expect(world.vendor.calls).toHaveLength(2);
});

test('cuts the list of a vendor that ignores the limit', async () => {
  await using world = await start([
    [/^GET \/groups\/g\/users$/, () => ({ json: createRange(1, 250).map(user) })],
  ]);
  const { users: first } = await world.page('first: 100', `nodes { userId } ${pageInfo}`);
  const { endCursor, hasNextPage } = (first as Page).pageInfo;
  expect({ count: (first as Page).nodes.length, hasNextPage }).toEqual({
    count: 100,
    hasNextPage: true,
  });
  const { users: second } = await world.page(
    `first: 100, after: "${endCursor}"`,
    'nodes { userId }',
  );
  expect((second as Page).nodes.map(({ userId }) => userId)).toEqual(
    createRange(101, 200).map(String),
  );
});

/** The paged lists, each with its route and the form of its rows. */
const lists = [
  {
    name: 'streams',
    route: /^GET \/api\/streams$/,
    field: (args: string) => `streams(${args}) { nodes { id: streamId } ${pageInfo} }`,
    at: 'streams',
    rows: (ids: readonly number[]) => ids.map((id) => ({ id })),
  },
  {
    name: 'groups',
    route: /^GET \/company\/groups$/,
    field: (args: string) => `groups(${args}) { nodes { id: uid } ${pageInfo} }`,
    at: 'groups',
    rows: (ids: readonly number[]) => ids.map((id) => ({ id: 1_000 + id, uid: `${id}` })),
  },
  {
    name: 'users of a group',
    route: /^GET \/groups\/g\/users$/,
    field: (args: string) =>
      `group(uid: "g") { users(${args}) { nodes { id: userId } ${pageInfo} } }`,
    at: 'group.users',
    rows: (ids: readonly number[]) => ids.map((id) => ({ id })),
  },
  ...(['null', 'told', 'zero', 'more'] as const).map((total) => ({
    name: `members, the total ${total}`,
    route: /^GET \/organization\/members$/,
    field: (args: string) =>
      `organization { members(${args}) { nodes { id: userId } ${pageInfo} } }`,
    at: 'organization.members',
    rows: (ids: readonly number[], all: number) => ({
      count: ids.length,
      meta: { null: null, told: { total: all }, zero: { total: 0 }, more: { total: `${all + 2}` } }[
        total
      ],
      members: ids.map((id) => ({ id: `${id}` })),
    }),
  })),
];

type PagedList = (typeof lists)[number];

/** Reads a list to its end in pages of these sizes, repeating the last one. Returns the IDs that it showed. */
async function walk(
  { route, field, at, rows }: PagedList,
  all: number,
  sizes: readonly number[],
  page: (ids: readonly number[], query: URLSearchParams) => readonly number[],
) {
  await using world = await startRouted([
    [route, (query) => ({ json: rows(page(createRange(1, all), query), all) })],
  ]);
  const ids: string[] = [];
  let after = '';
  for (let part = 0; part < 20; part += 1) {
    const first = sizes[Math.min(part, sizes.length - 1)];
    const { data, errors } = await world.gateway.sendText(
      `{ ${field(`first: ${first}${after && `, after: "${after}"`}`)} }`,
    );
    if (errors.length > 0) return { ids, end: errors[0]?.extensions?.['code'] };
    const found = at.split('.').reduce<unknown>((value, key) => (value as never)[key], data);
    const connection = found as { nodes: { id: string }[]; pageInfo: Page['pageInfo'] };
    ids.push(...connection.nodes.map(({ id }) => id));
    if (!connection.pageInfo.hasNextPage) return { ids, end: 'last page' };
    after = connection.pageInfo.endCursor ?? after;
  }
  return { ids, end: 'never' };
}

const walks: readonly [all: number, sizes: readonly number[]][] = [
  [20, [20]],
  [20, [5, 100]],
  [20, [15, 20]],
  [20, [10]],
  [100, [100]],
  [130, [100]],
  [130, [5, 100]],
  [1, [1]],
  [3, [1]],
];

describe.each(lists)('a list that ignores limit and offset: $name', (list) => {
  // A total does not distinguish a repeated item from two items.
  const told = walks.filter(([all]) => all > 1 || !list.name.includes('more'));
  test.each(told)('shows each of %i items once, in parts of %j', async (all, sizes) => {
    const { ids, end } = await walk(list, all, sizes, (items) => items);
    expect({ ids, end }).toEqual({ ids: createRange(1, all).map(String), end: 'last page' });
  });
});

describe.each(lists.filter(({ name }) => !/zero|more/.test(name)))(
  'a list that respects limit and offset: $name',
  (list) => {
    // More sizes matter only to lists that ignore them.
    const some = walks.filter(([all, [first]]) => all !== first && first !== 10 && first !== 15);
    test.each(some)('shows each of %i items once, in parts of %j', async (all, sizes) => {
      const { ids, end } = await walk(list, all, sizes, (items, query) => getPage(items, query));
      expect({ ids, end }).toEqual({ ids: createRange(1, all).map(String), end: 'last page' });
    });
  },
);

test.each([
  [250, [20]],
  [130, [5, 100]],
])(
  'shows each of %i items once, in parts of %j, of a list that ignores only the limit',
  async (all, sizes) => {
    const list = lists[2] as PagedList;
    const fromOffset = (items: readonly number[], query: URLSearchParams) =>
      items.slice(Number(query.get('offset')));
    const { ids, end } = await walk(list, all, sizes, fromOffset);
    expect({ ids, end }).toEqual({ ids: createRange(1, all).map(String), end: 'last page' });
  },
);

test.each([
  [20, [20], 'last page'],
  [20, [100], 'last page'],
  [20, [5], 'VENDOR_CONTRACT_ERROR'],
  [130, [20], 'VENDOR_CONTRACT_ERROR'],
  [130, [100], 'VENDOR_CONTRACT_ERROR'],
] as const)(
  'ends a list of %i that ignores only the offset, in parts of %j, with an error if its rest cannot be read',
  async (all, sizes, expected) => {
    const list = lists[2] as PagedList;
    const toLimit = (items: readonly number[], query: URLSearchParams) =>
      items.slice(0, Number(query.get('limit')));
    const { ids, end } = await walk(list, all, sizes, toLimit);
    expect(end).toBe(expected);
    expect(ids).toEqual(expected === 'last page' ? createRange(1, all).map(String) : []);
  },
);

test('returns the correct hasNextPage even if the order of an unpaged list changes between calls', async () => {
  let calls = 0;
  const turned = (items: readonly number[]) => {
    calls += 1;
    return [...items.slice(calls), ...items.slice(0, calls)];
  };
  const { ids, end } = await walk(lists[2] as PagedList, 20, [20], turned);
  expect(end).toBe('last page');
  expect(new Set(ids).size).toBe(20);
});

test('shows an ID that a vendor sends in two forms as one item, and starts the next page after both', async () => {
  const rows = [{ id: 7 }, { id: '7' }, { id: 8 }, { id: '9' }, { id: 10 }];
  await using world = await start([
    [/^GET \/groups\/g\/users$/, (query) => ({ json: getPage(rows, query) })],
  ]);
  const { users: one } = await world.page('first: 3', `nodes { userId } ${pageInfo}`);
  expect((one as Page).nodes).toEqual([{ userId: '7' }, { userId: '8' }]);
  const { endCursor } = (one as Page).pageInfo;
  const { users: two } = await world.page(`first: 3, after: "${endCursor}"`, 'nodes { userId }');
  expect((two as Page).nodes).toEqual([{ userId: '9' }, { userId: '10' }]);
});

test.each(['0', '-1', '101', '2147483647'])('rejects first: %s before any call', async (first) => {
  await using world = await start(kaiten(3));
  const { errors } = await world.page(`first: ${first}`, 'nodes { userId }');
  expect(errors).toMatchObject([
    {
      path: ['group', 'users'],
      message: expect.stringContaining(
        `Expected a whole number from 1 to 100 but received ${first}.`,
      ),
      extensions: {
        code: 'INVALID_INPUT_ERROR',
        vendor: 'KAITEN',
        issues: [{ path: ['first'] }],
      },
    },
  ]);
  expect(world.vendor.calls).toHaveLength(0);
});

const cursor = (text: string) => Buffer.from(text).toString('base64url');

test.each([
  '',
  'x',
  '!!!',
  cursor('20'),
  cursor('users of g:0'),
  cursor('users of g:-1'),
  cursor('users of g:01'),
  cursor('users of g:1e3'),
  cursor('users of g:99999999999'),
  cursor('users of other:20'),
  cursor('groups:20'),
  `${cursor('users of g:20')}=`,
])('rejects the cursor %j before any call', async (after) => {
  await using world = await start(kaiten(300));
  const { errors } = await world.page(`after: ${JSON.stringify(after)}`, 'nodes { userId }');
  expect(errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT_ERROR', issues: [{ path: ['after'] }] } },
  ]);
  expect(world.vendor.calls).toHaveLength(0);
});

test('returns 20 items if first is omitted or null', async () => {
  await using world = await start(kaiten(30));
  const { data } = await world.gateway.sendText(
    '{ a: group(uid: "g") { users { nodes { userId } } } b: group(uid: "g") { users(first: null, after: null) { nodes { userId } } } }',
  );
  for (const group of Object.values(data)) {
    expect(group).toMatchObject({ users: { nodes: { length: 20 } } });
  }
  expect(world.vendor.calls).toHaveLength(1);
});
