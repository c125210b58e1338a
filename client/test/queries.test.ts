import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { testGateway, unpaced } from '../../test/support/gateway.ts';
import { startVendor } from '../../test/support/vendor.ts';
import * as client from '../src/index.ts';
import { type Called, catchRejection, createGateway, respondWith } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox(unpaced, createLog({ write: () => {} }));
});
afterAll(() => sandbox[Symbol.asyncDispose]());

/** The calls that the vendors see while `run` goes on, each kind counted once: throttled ones are repeated. */
async function countCalls(run: () => Promise<void>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const listener = (message: unknown) => {
    const { request } = message as { readonly request: IncomingMessage };
    seen.add(`${request.method} ${request.url}`);
  };
  subscribe('http.server.request.start', listener);
  await run();
  unsubscribe('http.server.request.start', listener);
  return seen;
}

/** The sandbox as one calls it whose credentials pick what the vendors do. */
function called(token = 'sandbox'): Called {
  return createGateway(sandbox, {
    credentials: {
      wethod: { token, company: 'acme' },
      kaiten: { token },
      aerospike: { token },
      rocketchat: { authToken: token, userId: 'rbAXPnMktTFbNpwtJ' },
    },
  });
}

const groupUid = '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10';
const memberId = '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';
const room = 'ByehQjC44FwMeiLbX';

interface ReadCase {
  /** How many different calls to the vendors it takes. */
  readonly calls: number;
  readonly run: (gateway: client.Gateway) => Promise<client.Read<unknown>>;
  readonly has: unknown;
}

const reads: Readonly<Record<string, ReadCase>> = {
  vendors: {
    calls: 0,
    run: client.vendors,
    has: expect.arrayContaining([expect.objectContaining({ vendor: 'KAITEN', title: 'Kaiten' })]),
  },
  memberships: {
    calls: 10,
    run: (gateway) => client.memberships(gateway, { email: 'maria.lindholm@example.com' }),
    has: {
      email: 'maria.lindholm@example.com',
      streamsLed: [
        {
          __typename: 'StreamLeaderMembership',
          name: 'Consulting',
          stream: { streamId: '1' },
          person: { surname: 'Lindholm' },
          leadership: { leaderId: '103' },
          end: { mutation: 'detachStreamLeader', input: { streamId: '1', leaderId: '103' } },
        },
      ],
      groups: expect.arrayContaining([expect.objectContaining({ vendor: 'KAITEN' })]),
      organizations: [
        { organization: { name: expect.any(String) }, member: { userId: expect.any(String) } },
      ],
      chatGroups: expect.arrayContaining([
        expect.objectContaining({ isCaller: false, name: 'invite-me' }),
      ]),
    },
  },
  stream: {
    calls: 4,
    run: (gateway) => client.stream(gateway, { id: 1 }),
    has: {
      name: 'Consulting',
      leaders: [{ leader: { surname: 'Sokolova' } }, {}, {}],
      members: expect.any(Array),
    },
  },
  streams: {
    calls: 4,
    run: (gateway) => client.streams(gateway, { first: 100 }),
    has: { nodes: expect.any(Array), pageInfo: { hasNextPage: false } },
  },
  person: {
    calls: 1,
    run: (gateway) => client.person(gateway, { id: 101 }),
    has: { personId: '101', surname: 'Sokolova' },
  },
  group: {
    calls: 3,
    run: (gateway) => client.group(gateway, { uid: groupUid, first: 2 }),
    has: {
      uid: groupUid,
      users: { nodes: [{ userId: '501' }, {}], pageInfo: { hasNextPage: true } },
    },
  },
  groups: {
    calls: 1,
    run: (gateway) => client.groups(gateway),
    has: { nodes: expect.arrayContaining([expect.objectContaining({ uid: groupUid })]) },
  },
  groupUser: {
    calls: 1,
    run: (gateway) => client.groupUser(gateway, { id: 501 }),
    has: { userId: '501', email: 'irina.sokolova@example.com' },
  },
  organization: {
    calls: 2,
    run: (gateway) => client.organization(gateway, { first: 100 }),
    has: { name: expect.any(String), members: { pageInfo: { hasNextPage: true } } },
  },
  orgMember: {
    calls: 2,
    run: (gateway) => client.orgMember(gateway, { id: memberId }),
    has: { userId: memberId, id: expect.any(String) },
  },
  chatGroup: {
    calls: 3,
    run: (gateway) => client.chatGroup(gateway, { id: room, first: 100 }),
    has: {
      groupId: room,
      members: { nodes: expect.any(Array) },
      owner: { userId: expect.any(String) },
    },
  },
  chatGroups: {
    calls: 1,
    run: (gateway) => client.chatGroups(gateway, { first: 100 }),
    has: { nodes: expect.arrayContaining([expect.objectContaining({ groupId: room })]) },
  },
};

test.each(Object.entries(reads))(
  '%s: all of its fields are read, and none of them costs a call for each item',
  async (_name, { calls, run, has }) => {
    const seen = await countCalls(async () => {
      const { data, errors } = await run(called());
      expect(errors).toEqual([]);
      expect(data).toMatchObject(has as object);
    });
    expect([...seen]).toHaveLength(calls);
  },
);

test('node: reads every object by its opaque id, with its own fields', async () => {
  const gateway = called();
  const { data: stream } = await client.stream(gateway, { id: 1 });
  const { data: group } = await client.group(gateway, { uid: groupUid });
  const { data: member } = await client.orgMember(gateway, { id: memberId });
  const { data: chat } = await client.chatGroup(gateway, { id: room });
  const read = async (id: string | undefined) =>
    (await client.node(gateway, { id: id ?? 'none' })).data;
  expect(await read(stream?.id)).toMatchObject({ __typename: 'Stream', name: 'Consulting' });
  expect(await read(stream?.leaders?.[0]?.id)).toMatchObject({ __typename: 'StreamLeadership' });
  expect(await read(stream?.leaders?.[0]?.leader?.id)).toMatchObject({ surname: 'Sokolova' });
  expect(await read(group?.id)).toMatchObject({ __typename: 'Group', uid: groupUid });
  expect(await read(group?.users?.nodes[0]?.id)).toMatchObject({ __typename: 'GroupUser' });
  expect(await read(member?.id)).toMatchObject({ __typename: 'OrgMember', userId: memberId });
  expect(await read(chat?.id)).toMatchObject({ __typename: 'ChatGroup', groupId: room });
  expect(await read(chat?.owner?.id)).toMatchObject({ __typename: 'ChatUser' });
});

test('a query sends only the credentials of its own vendor', async () => {
  const gateway = called();
  await client.groups(gateway);
  await client.vendors(gateway);
  const ours = (headers: Headers | undefined) =>
    [...(headers?.keys() ?? [])].filter((name) => /wethod|kaiten|aerospike|rocketchat/.test(name));
  expect(ours(gateway.sent[0])).toEqual(['kaiten-authorization']);
  expect(ours(gateway.sent[1])).toEqual([]);
});

describe('a null means "does not exist" only if nothing failed', () => {
  test('an object that does not exist is null', async () => {
    expect(await client.stream(called(), { id: 999 })).toEqual({ data: null, errors: [] });
  });

  test('an object that could not be read rejects with the details', async () => {
    const error = await catchRejection(client.stream(called('sandbox-throttled'), { id: 1 }));
    expect(error).toBeInstanceOf(client.ReadError);
    expect(error).toMatchObject({
      code: 'RATE_LIMITED_ERROR',
      outcome: null,
      retryable: true,
      retryAfterSeconds: 60,
      path: ['stream'],
      requestId: expect.any(String),
      details: { vendor: 'WETHOD', vendorStatus: 429, reason: null },
    });
  });

  test('a field that could not be read is null with an entry in errors; the rest is returned', async () => {
    const works = called().credentials;
    const gateway = { ...called(), credentials: { ...works, kaiten: { token: 'sandbox-down' } } };
    const email = 'irina.sokolova@example.com';
    const { data, errors } = await client.memberships(gateway, { email });
    expect(data?.groups).toBeNull();
    expect(data?.streamsLed?.length).toBeGreaterThan(0);
    expect(errors).toMatchObject([
      {
        code: 'VENDOR_UNAVAILABLE_ERROR',
        path: ['memberships', 'groups'],
        details: { vendor: 'KAITEN', reason: 'SERVER_ERROR' },
      },
    ]);
  });

  test('an error has the details of its input, credential or permission', async () => {
    expect(await catchRejection(client.person(called(), { id: 'x' }))).toMatchObject({
      code: 'INVALID_INPUT_ERROR',
      details: { issues: [{ path: ['id'], message: expect.any(String) }] },
    });
    expect(await catchRejection(client.groups({ ...called(), credentials: {} }))).toMatchObject({
      code: 'AUTHENTICATION_ERROR',
      details: { problem: 'MISSING' },
    });
    expect(await catchRejection(client.organization(called('sandbox-forbidden')))).toMatchObject({
      code: 'PERMISSION_DENIED_ERROR',
      details: { requiredPermission: 'read:org' },
    });
  });

  test.each([
    { errors: [{ message: 'm', path: ['person'], extensions: { code: 'LATER' } }], code: 'OTHER' },
    { errors: [{ message: 'm', path: ['person', 'id'] }], code: 'OTHER' },
  ])('whatever the error: %j', async ({ errors, code }) => {
    const body = JSON.stringify({ data: { person: null }, errors });
    const { gateway } = respondWith(() => new Response(body));
    expect(await catchRejection(client.person(gateway, { id: 1 }))).toMatchObject({ code });
  });

  test.each(['TOO_MANY_VENDOR_CALLS', 'RESULT_TOO_LARGE'])(
    'a limit of the gateway has its own code: %s',
    async (code) => {
      const errors = [{ message: 'm', path: ['person'], extensions: { code, vendor: null } }];
      const body = JSON.stringify({ data: { person: null }, errors });
      const { gateway } = respondWith(() => new Response(body));
      expect(await catchRejection(client.person(gateway, { id: 1 }))).toMatchObject({ code });
    },
  );

  test('rejects without a response, and if the response has no data', async () => {
    for (const body of ['', '{}', '{"data":null}', '{"data":{}}', '<html>']) {
      const { gateway } = respondWith(() => new Response(body));
      expect(await catchRejection(client.person(gateway, { id: 1 })), body).toMatchObject({
        code: 'UNEXPECTED_ANSWER',
        outcome: null,
      });
    }
  });
});

describe('endMembership', () => {
  test('ends each membership of a person with the mutation that memberships names', async () => {
    const gateway = called();
    const email = 'maria.lindholm@example.com';
    const { data } = await client.memberships(gateway, { email });
    const found = [
      ...(data?.streamsLed ?? []),
      ...(data?.groups ?? []),
      ...(data?.organizations ?? []),
      ...(data?.chatGroups ?? []),
    ].filter((membership) => membership !== null);
    const results = await Promise.all(found.map(({ end }) => client.endMembership(gateway, end)));
    const names = results.map(({ __typename }) => __typename);
    expect(new Set(names.filter((name) => name !== 'NotFoundError'))).toEqual(
      new Set([
        'DetachStreamLeaderSuccess',
        'RemoveGroupUserSuccess',
        'RemoveOrgMemberSuccess',
        'RemoveChatGroupMemberSuccess',
      ]),
    );
    // What is left are the rooms in which the caller is not.
    const { data: after } = await client.memberships(gateway, { email });
    expect(after).toMatchObject({ streamsLed: [], groups: [], organizations: [] });
    expect(after?.chatGroups).toHaveLength(names.filter((name) => name === 'NotFoundError').length);
  });

  test('leaves a room if the person is the caller', async () => {
    const gateway = called();
    const { data } = await client.memberships(gateway, { email: 'pavel.orlov@example.com' });
    const own = data?.chatGroups?.find(({ chatGroup }) => chatGroup.groupId === room);
    expect(own).toMatchObject({ isCaller: true, end: { mutation: 'leaveGroup' } });
    const end = own?.end as client.MembershipEnd;
    expect(await client.endMembership(gateway, end)).toMatchObject({
      __typename: 'LeaveGroupSuccess',
      groupId: room,
    });
  });

  test('does not send a mutation that is newer than the client', async () => {
    await using vendor = await startVendor();
    await using gateway = testGateway({ KAITEN_URL: vendor.url });
    const called = createGateway(gateway);
    for (const mutation of ['archiveUser', 'toString']) {
      const end = { mutation, input: {} } as unknown as client.MembershipEnd;
      expect(await catchRejection(client.endMembership(called, end))).toMatchObject({
        code: 'NOT_SENT',
        outcome: 'NOT_APPLIED',
      });
    }
    expect(called.sent).toHaveLength(0);
  });
});
