import { expect, test } from 'vitest';
import { paged, type Routes, range, seen, startRouted } from '../support/list-vendor.ts';

const user = (id: number) => ({ id, full_name: `User ${id}` });

/** Kaiten with one group of so many users; without totals, as the vendor has none. */
const kaiten = (users: number): Routes => [
  [/^GET \/groups\/g\/users$/, (query) => ({ json: paged(range(1, users).map(user), query) })],
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
])('$users users by $first: $pages, each once, and hasNextPage is honest', async (row) => {
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
  expect(ids).toEqual(range(1, row.users).map(String));
});

test('a full page costs one more call, and only if hasNextPage is selected', async () => {
  await using world = await start(kaiten(40));
  await world.page('first: 20', 'nodes { userId } pageInfo { hasPreviousPage endCursor }');
  expect(world.vendor.calls).toHaveLength(1);
  await world.page('first: 20', 'pageInfo { hasNextPage }');
  expect(seen(world.vendor).slice(1)).toEqual([
    'GET /groups/g/users?limit=20&offset=0',
    'GET /groups/g/users?limit=1&offset=20',
  ]);
  await world.page('first: 20', 'pageInfo { hasNextPage @skip(if: true) startCursor }');
  expect(world.vendor.calls).toHaveLength(4);
});

test('a page that is not full costs no more, and is the last', async () => {
  await using world = await start(kaiten(7));
  const { users } = await world.page('first: 20', `nodes { userId } ${pageInfo}`);
  expect((users as Page).pageInfo.hasNextPage).toBe(false);
  expect(world.vendor.calls).toHaveLength(1);
});

test('an empty list is a connection without items and cursors', async () => {
  await using world = await start(kaiten(0));
  const { users } = await world.page('first: 5', `edges { cursor } nodes { userId } ${pageInfo}`);
  expect(users).toEqual({
    edges: [],
    nodes: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test('each edge’s cursor marks the place behind it', async () => {
  await using world = await start(kaiten(9));
  const { users } = await world.page('first: 5', 'edges { cursor node { userId } }');
  const [, second] = (users as Page).edges;
  const { users: rest } = await world.page(
    `first: 3, after: "${second?.cursor}"`,
    'nodes { userId }',
  );
  expect(rest).toEqual({ nodes: [{ userId: '3' }, { userId: '4' }, { userId: '5' }] });
});

test('a vendor that tells a total needs no more call', async () => {
  const members = range(1, 40).map((id) => ({ id: `m${id}` }));
  await using world = await start([
    [
      /^GET \/organization\/members$/,
      (query) => ({ json: { count: 1, meta: { total: 40 }, members: paged(members, query) } }),
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

test('a vendor that takes no limit gives all of its list, which is cut here', async () => {
  await using world = await start([
    [/^GET \/groups\/g\/users$/, () => ({ json: range(1, 250).map(user) })],
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
  expect((second as Page).nodes.map(({ userId }) => userId)).toEqual(range(101, 200).map(String));
});

test.each(['0', '-1', '101', '2147483647'])(
  'first: %s is refused before any call',
  async (first) => {
    await using world = await start(kaiten(3));
    const { errors } = await world.page(`first: ${first}`, 'nodes { userId }');
    expect(errors).toMatchObject([
      {
        path: ['group', 'users'],
        message: expect.stringContaining(`Takes a whole number from 1 to 100; got ${first}.`),
        extensions: {
          code: 'INVALID_INPUT_ERROR',
          vendor: 'KAITEN',
          issues: [{ path: ['first'] }],
        },
      },
    ]);
    expect(world.vendor.calls).toHaveLength(0);
  },
);

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
])('the cursor %j is refused before any call', async (after) => {
  await using world = await start(kaiten(300));
  const { errors } = await world.page(`after: ${JSON.stringify(after)}`, 'nodes { userId }');
  expect(errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT_ERROR', issues: [{ path: ['after'] }] } },
  ]);
  expect(world.vendor.calls).toHaveLength(0);
});

test('without first a page has 20 items, and null stands for the same', async () => {
  await using world = await start(kaiten(30));
  const { data } = await world.gateway.sendText(
    '{ a: group(uid: "g") { users { nodes { userId } } } b: group(uid: "g") { users(first: null, after: null) { nodes { userId } } } }',
  );
  for (const group of Object.values(data)) {
    expect(group).toMatchObject({ users: { nodes: { length: 20 } } });
  }
  expect(world.vendor.calls).toHaveLength(1);
});
