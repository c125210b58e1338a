import { describe, expect, test } from 'vitest';
import { allChanges } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { type Routes, startRouted } from '../support/list-vendor.ts';
import { startVendor } from '../support/vendor.ts';

const uuid = '0b5c7a52-6f1e-4c39-9a57-5d2f4e8b1c30';

/** All numbers of Wethod, Kaiten and Aerospike in one form: as documented, or as texts. */
const routes = (id: (number: number) => unknown): Routes => [
  [
    /^GET \/api\/streams$/,
    () => ({
      json: [
        {
          id: id(7),
          stream_leaders: [{ id: id(1), stream_id: id(7), leader_id: id(42) }],
          stream_members: [{ id: id(2), stream_id: id(7), member_id: id(43) }],
        },
      ],
    }),
  ],
  [/^GET \/api\/streams\/7$/, () => ({ json: { id: id(7), name: 'A' } })],
  [
    /^GET \/api\/streams\/7\/leaders$/,
    () => ({ json: [{ id: id(1), stream_id: id(7), leader_id: id(42) }] }),
  ],
  [
    /^GET \/api\/streams\/7\/members$/,
    () => ({ json: [{ id: id(2), stream_id: id(7), member_id: id(43) }] }),
  ],
  [/^GET \/api\/persons$/, () => ({ json: [{ id: id(42), email: 'ada@example.com' }] })],
  [/^GET \/api\/persons\/42$/, () => ({ json: { id: id(42), name: 'Ada' } })],
  [/^GET \/company\/groups$/, () => ({ json: [{ id: id(3), uid: 'g', name: 'G' }] })],
  [/^GET \/company\/groups\/g$/, () => ({ json: { id: id(3), uid: 'g', name: 'G' } })],
  [/^GET \/groups\/g\/users$/, () => ({ json: [{ id: id(501) }, { id: '501' }, { id: 501 }] })],
  [/^GET \/users$/, () => ({ json: [{ id: id(501), full_name: 'Ada' }] })],
  [
    /^GET \/company\/users$/,
    () => ({ json: [{ id: id(501), email: 'ada@example.com', groups: [id(3), '3', { id: 3 }] }] }),
  ],
  [
    /^GET \/organization\/members$/,
    () => ({ json: { count: id(1), meta: { total: id(1) }, members: [{ id: uuid }] } }),
  ],
];

const query = `{
  streams { nodes { streamId leaders { leadershipId leaderId } members { membershipId memberId } } }
  stream(id: 7) { name leaders { streamId leaderId } members { streamId memberId } }
  person(id: 42) { personId name }
  groups { nodes { uid } }
  group(uid: "g") { name users { nodes { userId } } }
  groupUser(id: 501) { userId fullName }
  organization { members(first: 1) { nodes { userId } pageInfo { hasNextPage } } }
  memberships(email: "ada@example.com") {
    streamsLed { leadership { streamId leaderId } }
    groups { name group { uid } user { userId } }
  }
}`;

test('reads ids and totals in strings like the documented numbers', async () => {
  await using numbers = await startRouted(routes((number) => number));
  await using texts = await startRouted(routes(String));
  const documented = await numbers.gateway.sendText(query);
  const { data, errors } = await texts.gateway.sendText(query);
  expect({ data, errors }).toEqual({ data: documented.data, errors: [] });
  expect(data['group']).toMatchObject({ users: { nodes: [{ userId: '501' }] } });
  expect(data['memberships']?.['groups']).toHaveLength(1);
});

/** The changes whose answer holds ids, with an answer in which they are texts. */
const answers = {
  attachStreamLeader: { id: '9', stream_id: '7', leader_id: '42', deleted_at: null },
  removeGroupUser: { id: '501', full_name: 'Irina Sokolova' },
};

describe.each(allChanges.filter(({ name }) => name in answers))('$name', (change) => {
  const answer = answers[change.name as keyof typeof answers];
  const run = async (body: object) => {
    await using vendor = await startVendor((response, { method }) => {
      if (method === 'GET') return response.writeHead(404).end();
      return response.writeHead(200).end(JSON.stringify(body));
    });
    await using gateway = testGateway({ [change.urlVariable]: vendor.url });
    return { result: await change.make(gateway), calls: vendor.calls.length };
  };

  test('is APPLIED if the response contains the ids as strings', async () => {
    const { result, calls } = await run(answer);
    expect(result).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'VENDOR_RESPONSE' });
    expect(calls).toBe(1);
  });

  test.each(['0', '07', '7.0', ' 7', '9007199254740993', '', 'x', true, [7]])(
    'is not APPLIED if the response contains the id %j',
    async (id) => {
      const { result } = await run({ ...answer, id });
      expect(result.outcome).toBe('UNKNOWN');
    },
  );
});

test.each([
  ['removeGroupUser', { json: [{ id: '501' }] }],
  ['detachStreamLeader', { json: [{ id: '9', stream_id: '7', leader_id: '42' }] }],
] as const)('reads %s back from a list of ids in strings', async (name, { json }) => {
  const change = allChanges.find((one) => one.name === name);
  await using vendor = await startVendor((response, { method }) => {
    if (method !== 'GET') return response.writeHead(200, { 'content-type': 'text/html' }).end('<');
    return response.writeHead(200).end(JSON.stringify(json));
  });
  await using gateway = testGateway({ [change?.urlVariable ?? '']: vendor.url });
  expect(await change?.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
  // Found on the first page: a list that could not be read would be read again.
  expect(vendor.calls.filter(({ method }) => method === 'GET')).toHaveLength(1);
});
