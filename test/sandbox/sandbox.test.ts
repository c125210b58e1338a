import type { GraphQLInterfaceType } from 'graphql';
import { expect, test } from 'vitest';
import { sandboxHeaders } from '../../src/sandbox/credentials.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { errorTabs } from '../../src/sandbox/tabs/errors.ts';
import { mutationTabs } from '../../src/sandbox/tabs/mutations.ts';
import { queryTabs } from '../../src/sandbox/tabs/queries.ts';
import { sandboxTabs } from '../../src/sandbox/tabs.ts';
import { schema } from '../../src/schema/index.ts';
import { createLog } from '../../src/telemetry/log.ts';
import type { ChangeResult } from '../support/changes.ts';
import { unpaced } from '../support/gateway.ts';

const consulting = '1';
const engineering = '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10';
const member = '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';
const owner = '0a6d1c4e-5b7f-4e21-8c39-6f2d1b8a7e00';

const attach = (streamId: string, leaderId: string) => ({
  name: 'attachStreamLeader',
  input: { streamId, leaderId },
});
const detach = (streamId: string, leaderId: string) => ({
  name: 'detachStreamLeader',
  input: { streamId, leaderId },
});
const removeUser = (groupUid: string, userId: string) => ({
  name: 'removeGroupUser',
  input: { groupUid, userId },
});
const removeMember = (userId: string) => ({ name: 'removeOrgMember', input: { userId } });
const leave = (groupId: string) => ({ name: 'leaveGroup', input: { groupId } });
const kick = (groupId: string, userId: string) => ({
  name: 'removeChatGroupMember',
  input: { groupId, userId },
});
const irina = 'aobEdbYhXfu5hkeqG';
const maria = 'k3WpTzR8sLmYvQn6D';

/** For each mutation, ids of the seed for which it succeeds. */
const successes = [
  attach(consulting, '106'),
  detach(consulting, '101'),
  removeUser(engineering, '501'),
  removeMember(member),
  leave('ByehQjC44FwMeiLbX'),
  kick('Lo8NaOwnErTs4Kd7Q', maria),
];

async function sandbox(env: Record<string, string> = {}) {
  const started = await startSandbox({ ...unpaced, ...env }, createLog({ write: () => {} }));
  const { gateway } = started;
  const send = async (body: object, headers: Record<string, string>) => {
    const response = await gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { data: Record<string, ChangeResult>; errors?: unknown };
  };
  return {
    send,
    run: async ({ name, input }: { name: string; input: object }, token = 'sandbox') => {
      const headers = Object.fromEntries(
        Object.entries(sandboxHeaders).map(([header, value]) => [
          header,
          value.replace('sandbox', token),
        ]),
      );
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
        __typename
        ... on ChangeResult { outcome }
        ... on ChangeSuccess { confirmedBy }
        ... on AuthenticationError { problem }
        ... on RateLimitedError { retryAfterSeconds }
        ... on VendorUnavailableError { reason }
      } }`;
      const { data, errors } = await send({ query, variables: { input } }, headers);
      expect(errors).toBeUndefined();
      return data[name] ?? null;
    },
    reset: () => gateway.fetch('http://gateway/sandbox/reset', { method: 'POST' }),
    get: (path: string) => gateway.fetch(`http://gateway${path}`),
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

const refused = { outcome: 'NOT_APPLIED' };
const unknown = { outcome: 'UNKNOWN' };
const unavailable = { __typename: 'VendorUnavailableError' };

const made = (confirmedBy: string) => ({ outcome: 'APPLIED', confirmedBy });

/** What each token gets at the first write: for the three DELETEs, and for the three POSTs. */
const byToken: readonly [token: string, removal: object, post: object][] = [
  ['sandbox', made('VENDOR_RESPONSE'), made('VENDOR_RESPONSE')],
  ['sandbox-anything', made('VENDOR_RESPONSE'), made('VENDOR_RESPONSE')],
  ...[
    ['sandbox-expired', { __typename: 'AuthenticationError', problem: 'REJECTED', ...refused }],
    ['other', { __typename: 'AuthenticationError', problem: 'REJECTED', ...refused }],
    ['sandbox-forbidden', { __typename: 'PermissionDeniedError', ...refused }],
    [
      'sandbox-throttled',
      { __typename: 'RateLimitedError', ...refused, retryAfterSeconds: expect.closeTo(60, -0.5) },
    ],
    ['sandbox-throttled-once', made('VENDOR_RESPONSE')],
    ['sandbox-down', { ...unavailable, reason: 'SERVER_ERROR', ...unknown }],
    ['sandbox-garbage', { __typename: 'VendorContractError', ...unknown }],
    ['sandbox-slow', made('READ_BACK')],
  ].map(([token, expected]): [string, object, object] => [
    token as string,
    expected as object,
    expected as object,
  ]),
  [
    'sandbox-flaky',
    made('VENDOR_RESPONSE'),
    { ...unavailable, reason: 'SERVER_ERROR', ...refused },
  ],
  ['sandbox-cut', made('REPEAT'), made('READ_BACK')],
];

test.each(byToken)(
  'the token %s does what the table of tokens says, for every mutation',
  async (token, removal, post) => {
    await using box = await sandbox({ VENDOR_TIMEOUT_MS: '600' });
    for (const change of successes) {
      const isPost = !/^(detach|removeGroup|removeOrg)/.test(change.name);
      // Aerospike's 429 names no wait: its own test is below.
      if (change.name === 'removeOrgMember' && token.includes('throttled')) continue;
      expect(await box.run(change, token), change.name).toMatchObject(isPost ? post : removal);
    }
  },
);

test('sandbox-throttled at Aerospike is a RateLimitedError without a wait', async () => {
  await using box = await sandbox();
  const change = successes.find(({ name }) => name === 'removeOrgMember');
  if (change === undefined) throw new Error('no such change');
  expect(await box.run(change, 'sandbox-throttled')).toMatchObject({
    __typename: 'RateLimitedError',
    ...refused,
    retryAfterSeconds: null,
  });
});

test('sandbox-plan is PlanRequiredError at Kaiten and PreconditionFailedError at Wethod', async () => {
  await using box = await sandbox();
  expect(await box.run(removeUser(engineering, '501'), 'sandbox-plan')).toMatchObject({
    __typename: 'PlanRequiredError',
  });
  for (const change of [attach(consulting, '106'), detach(consulting, '101')]) {
    expect(await box.run(change, 'sandbox-plan')).toMatchObject({
      __typename: 'PreconditionFailedError',
    });
  }
});

const byIds: readonly [rule: string, change: { name: string; input: object }, typename: string][] =
  [
    ['a stream that does not exist', attach('999', '101'), 'NotFoundError'],
    ['a person who does not exist', attach(consulting, '999'), 'NotFoundError'],
    ['an archived stream', attach('3', '101'), 'PreconditionFailedError'],
    [
      'a person who leads the stream already',
      attach(consulting, '101'),
      'AttachStreamLeaderSuccess',
    ],
    ['a person who does not lead the stream', detach(consulting, '110'), 'NotFoundError'],
    ['a group that does not exist', removeUser('none', '501'), 'NotFoundError'],
    ['a user who is not in the group', removeUser(engineering, '505'), 'NotFoundError'],
    [
      'a member who does not exist',
      removeMember('99999999-6a80-4f32-9d4a-7b3c2e9f8a01'),
      'NotFoundError',
    ],
    ['the owner of the organisation', removeMember(owner), 'PermissionDeniedError'],
    ['a room that does not exist', leave('Nowhere'), 'NotFoundError'],
    ['a room of which the caller is the last owner', leave('Lo8NaOwnErTs4Kd7Q'), 'LastOwnerError'],
    ['an archived room', leave('Ar5ChiVedRm9Xy2Wz'), 'PreconditionFailedError'],
    ['a hidden room', leave('Hi7DdEnRoM3pQr8St'), 'LeaveGroupSuccess'],
    ['a room that the caller is not in', leave('Pv4TeOfOtH6jKl9Mn'), 'NotFoundError'],
    [
      'a discussion that the caller sees and is not in',
      leave('Di2ScUsSiN5bVc8Xz'),
      'NotFoundError',
    ],
    ['a room that the caller does not see', kick('Pv4TeOfOtH6jKl9Mn', maria), 'NotFoundError'],
    ['a person who is not in the room', kick('Gx2ZrTq9uVnLpW5sM', maria), 'NotFoundError'],
    ['the last owner of a room', kick('ByehQjC44FwMeiLbX', irina), 'LastOwnerError'],
    ['an id of a wrong form', removeMember('1'), 'InvalidInputError'],
  ];

test.each(byIds)('the seeded ids reach %s', async (_rule, change, typename) => {
  await using box = await sandbox();
  expect(await box.run(change)).toMatchObject({ __typename: typename });
});

test('a removal is visible in the next call, and POST /sandbox/reset resets the seed', async () => {
  await using box = await sandbox();
  for (const change of successes.slice(1)) {
    expect(await box.run(change)).toMatchObject({ outcome: 'APPLIED' });
    expect(await box.run(change), change.name).toMatchObject({ __typename: 'NotFoundError' });
  }
  expect((await box.reset()).status).toBe(204);
  for (const change of successes.slice(1)) {
    expect(await box.run(change), change.name).toMatchObject({ outcome: 'APPLIED' });
  }
});

test('a stream with several leaders loses only the detached one', async () => {
  await using box = await sandbox();
  expect(await box.run(detach(consulting, '101'))).toMatchObject({ outcome: 'APPLIED' });
  expect(await box.run(detach(consulting, '102'))).toMatchObject({ outcome: 'APPLIED' });
  expect(await box.run(detach(consulting, '103'))).toMatchObject({ outcome: 'APPLIED' });
});

test.each(['sandbox-throttled-once', 'sandbox-flaky'])(
  '%s fails the first and third write, and makes the second',
  async (token) => {
    // No time for a repeat, so that each write is one call.
    await using box = await sandbox({ VENDOR_TIMEOUT_MS: '5000', FIELD_TIMEOUT_MS: '10000' });
    const change = removeMember(member);
    expect(await box.run(change, token)).toMatchObject(refused);
    expect(await box.run(change, token)).toMatchObject({ outcome: 'APPLIED' });
    expect(await box.run(change, token)).not.toMatchObject({ __typename: 'NotFoundError' });
  },
);

test.each(['sandbox-cut', 'sandbox-slow'])(
  '%s makes the change, and the read-back confirms it',
  async (token) => {
    await using box = await sandbox({ VENDOR_TIMEOUT_MS: '300' });
    for (const change of successes.slice(1)) {
      expect(await box.run(change, token)).toMatchObject({ outcome: 'APPLIED' });
      expect(await box.run(change), change.name).toMatchObject({ __typename: 'NotFoundError' });
    }
  },
);

test('Rocket.Chat’s limit of ten calls a minute per route does not affect other routes', async () => {
  await using box = await sandbox();
  for (let call = 0; call < 10; call += 1) await box.run(leave('Nowhere'));
  expect(await box.run(leave('Nowhere'))).toMatchObject({
    __typename: 'RateLimitedError',
    retryAfterSeconds: expect.closeTo(60, -1),
  });
  expect(await box.run(removeMember(member))).toMatchObject({ outcome: 'APPLIED' });
});

test('a reset also resets the rate limits of the vendors and the gateway', async () => {
  await using box = await sandbox({ ROCKETCHAT_RATE_LIMIT: '1/60' });
  const once = leave('Nowhere');
  expect(await box.run(once)).toMatchObject({ __typename: 'NotFoundError' });
  expect(await box.run(once)).toMatchObject({ __typename: 'RateLimitedError' });
  await box.reset();
  expect(await box.run(once)).toMatchObject({ __typename: 'NotFoundError' });
});

test('Kaiten’s limit of five calls a second applies', async () => {
  await using box = await sandbox({ VENDOR_TIMEOUT_MS: '5000', FIELD_TIMEOUT_MS: '10000' });
  const results = await Promise.all(
    Array.from({ length: 12 }, () => box.run(removeUser('none', '1'))),
  );
  const limited = results.filter((result) => result?.__typename === 'RateLimitedError').length;
  // Twelve calls fall into one window or two.
  expect([2, 7]).toContain(limited);
});

test('/sandbox/reset accepts POST only, and says so', async () => {
  await using box = await sandbox();
  const response = await box.get('/sandbox/reset');
  expect(response.status).toBe(405);
  expect(await response.text()).toBe('Use POST.\n');
});

test('every tab of GraphiQL returns the type in its title, in order, with its own headers', async () => {
  await using box = await sandbox();
  const titlesOf = (tabs: typeof sandboxTabs) => tabs.map(({ title }) => title);
  expect(titlesOf(sandboxTabs)).toEqual(titlesOf([...mutationTabs, ...queryTabs, ...errorTabs]));
  for (const tab of sandboxTabs) {
    const { title, query, variables = '{}', headers = '' } = tab;
    const body = { query, variables: JSON.parse(variables) };
    const { data, errors } = await box.send(body, JSON.parse(headers));
    expect(errors, title).toBeUndefined();
    const [result] = Object.values(data);
    if (queryTabs.includes(tab)) expect(JSON.stringify(data)).not.toMatch(/null|\[\]/);
    else if (errorTabs.includes(tab)) expect(result).toMatchObject({ __typename: title });
    else {
      const success = { __typename: `${title}Success`, confirmedBy: 'VENDOR_RESPONSE' };
      expect(result).toMatchObject(success);
    }
  }
});

test('every mutation and every error of the schema has a tab', () => {
  const names = Object.keys(schema.getMutationType()?.getFields() ?? {});
  expect(mutationTabs.map(({ title }) => title.toLowerCase()).sort()).toEqual(
    names.map((name) => name.toLowerCase()).sort(),
  );
  const error = schema.getType('MembershipError') as GraphQLInterfaceType;
  expect(errorTabs.map(({ title }) => title).sort()).toEqual(
    schema
      .getPossibleTypes(error)
      .map(({ name }) => name)
      .sort(),
  );
});

/** Asks for the memberships of an address, in the sandbox as it stands. */
async function membershipsOf(box: Awaited<ReturnType<typeof sandbox>>, email: string) {
  const how = '{ name end { mutation input } }';
  const lists = `streamsLed ${how} groups ${how} organizations ${how} chatGroups ${how}`;
  const query = `{ memberships(email: "${email}") { ${lists} } }`;
  const { data, errors } = await box.send({ query }, sandboxHeaders);
  expect(errors).toBeUndefined();
  type Found = { name: string; end: { mutation: string; input: object } };
  return Object.values(data['memberships'] ?? {}).flat() as Found[];
}

test.each(['irina.sokolova@example.com', 'pavel.orlov@example.com', 'maria.lindholm@example.com'])(
  '%s is a member in all four vendors, and each offered mutation ends its membership',
  async (email) => {
    await using box = await sandbox();
    const before = await membershipsOf(box, email);
    const kinds = new Set(before.map(({ end }) => end.mutation));
    expect(kinds.size).toBe(4);
    expect(kinds.has('leaveGroup')).toBe(email.startsWith('pavel'));
    let removed = 0;
    for (const { end } of before) {
      const result = await box.run({ name: end.mutation, input: end.input });
      if (result?.['outcome'] === 'APPLIED') removed += 1;
    }
    expect(removed).toBeGreaterThan(3);
    expect(await membershipsOf(box, email)).toHaveLength(before.length - removed);
  },
);

test('a group of 1,000 users is read to its end, each user once', async () => {
  await using box = await sandbox();
  const ids = new Set<string>();
  let after: string | null = null;
  for (let page = 0; page < 10; page += 1) {
    // Kaiten's simulated limit of five calls a second.
    if (page % 4 === 0) await box.reset();
    const { data } = await box.send(
      {
        query: `query ($after: String) { group(uid: "1d9b7c52-3f64-4a8e-b0d7-5e2c8f6a9b41") {
          users(first: 100, after: $after) { nodes { userId } pageInfo { endCursor } } } }`,
        variables: { after },
      },
      sandboxHeaders,
    );
    const users = data['group']?.['users'] as {
      nodes: { userId: string }[];
      pageInfo: { endCursor: string };
    };
    for (const { userId } of users.nodes) ids.add(userId);
    after = users.pageInfo.endCursor;
  }
  expect(ids.size).toBe(1_000);
});

test('ignores the vendors’ URLs in the environment', async () => {
  await using box = await sandbox({ AEROSPIKE_URL: 'https://api.aerospike.cloud/v2' });
  expect(await box.run(removeMember(member))).toMatchObject({ outcome: 'APPLIED' });
});
