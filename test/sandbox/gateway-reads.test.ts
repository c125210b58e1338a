import { expect, test } from 'vitest';
import { type AerospikeOptions, createAerospikeSimulator } from '../../src/sandbox/aerospike.ts';
import { sandboxHeaders } from '../../src/sandbox/credentials.ts';
import { createKaitenSimulator, type KaitenOptions } from '../../src/sandbox/kaiten.ts';
import { startSimulator } from '../../src/sandbox/simulator.ts';
import { createWethodSimulator } from '../../src/sandbox/wethod.ts';
import { testGateway } from '../support/gateway.ts';

interface Options {
  readonly kaiten?: KaitenOptions;
  readonly aerospike?: AerospikeOptions;
}

/** A gateway over simulated vendors, whose open questions are answered by these options. */
async function start({ kaiten, aerospike }: Options = {}) {
  const vendors = [
    await startSimulator(createWethodSimulator()),
    await startSimulator(createKaitenSimulator(kaiten)),
    await startSimulator(createAerospikeSimulator(aerospike)),
  ] as const;
  const gateway = testGateway({
    WETHOD_URL: vendors[0].url,
    KAITEN_URL: `${vendors[1].url}/api/latest`,
    AEROSPIKE_URL: `${vendors[2].url}/v2`,
    KAITEN_RATE_LIMIT: '5/1',
  });
  return {
    ask: async (query: string) => {
      const { data, errors } = await gateway.sendText(query, sandboxHeaders);
      expect(errors).toEqual([]);
      return data;
    },
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await Promise.all(vendors.map((vendor) => vendor[Symbol.asyncDispose]()));
    },
  };
}

const support = 'c81d3e64-90af-4b7c-8e25-1f6a0d94b7e3';
const page = 'pageInfo { hasNextPage endCursor }';

interface Connection {
  readonly nodes: readonly { readonly userId: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const lists: readonly [name: string, options: Options, size: number, field: string][] = [
  ...([true, false] as const).map((pagesGroupUsers): [string, Options, number, string] => [
    `Kaiten’s users of a group, with paging ${pagesGroupUsers ? 'on' : 'off'}`,
    { kaiten: { pagesGroupUsers } },
    3,
    `group(uid: "${support}") { users`,
  ]),
  ...(['off', 'on'] as const).flatMap((paging) =>
    (['told', 'missing'] as const).map((total): [string, Options, number, string] => [
      `Aerospike’s members, with paging ${paging} and the total ${total}`,
      { aerospike: { paging, total } },
      130,
      'organization { members',
    ]),
  ),
];

test.each(lists)('lists each item of %s once, with any page size', async (...row) => {
  const [, options, size, field] = row;
  for (const sizes of [[size > 100 ? 100 : size], [2, 100], [1, 2, 100]]) {
    await using world = await start(options);
    const ids: string[] = [];
    let after = '';
    for (let part = 0; part < 10; part += 1) {
      const first = sizes[Math.min(part, sizes.length - 1)];
      const data = await world.ask(
        `{ ${field}(first: ${first}${after}) { nodes { userId } ${page} } } }`,
      );
      const [found] = Object.values(Object.values(data)[0] ?? {}) as [Connection];
      ids.push(...found.nodes.map(({ userId }) => userId));
      if (!found.pageInfo.hasNextPage) break;
      after = `, after: "${found.pageInfo.endCursor}"`;
    }
    expect(ids).toHaveLength(size);
    expect(new Set(ids).size).toBe(size);
  }
});

test.each(['objects', 'ids'] as const)(
  'finds a temporarily inactive user of Kaiten in their group, listed as %s',
  async (companyUserGroups) => {
    await using world = await start({ kaiten: { companyUserGroups } });
    expect(
      await world.ask('{ memberships(email: "Omar.Haddad@example.com") { groups { name } } }'),
    ).toEqual({ memberships: { groups: [{ name: 'Support' }] } });
  },
);

test('finds a deactivated user of Kaiten by id', async () => {
  await using world = await start();
  expect(await world.ask('{ groupUser(id: 1501) { fullName } }')).toEqual({
    groupUser: { fullName: 'Lena Fischer' },
  });
});

test('finds persons of Wethod by id, and returns null for unknown ones', async () => {
  await using world = await start();
  expect(
    await world.ask('{ a: person(id: 350) { surname } b: person(id: 351) { surname } }'),
  ).toEqual({ a: { surname: 'Lund' }, b: null });
});
