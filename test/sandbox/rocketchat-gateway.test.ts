import { expect, test } from 'vitest';
import { sandboxHeaders } from '../../src/sandbox/credentials.ts';
import { createRocketChatSimulator, type RocketChatOptions } from '../../src/sandbox/rocketchat.ts';
import { startSimulator } from '../../src/sandbox/simulator.ts';
import { testGateway } from '../support/gateway.ts';

const [caller, irina, maria] = [
  'rbAXPnMktTFbNpwtJ',
  'aobEdbYhXfu5hkeqG',
  'k3WpTzR8sLmYvQn6D',
] as const;
const [room, archived, own, allHands, allSorts, federated, broadcast] = [
  'ByehQjC44FwMeiLbX',
  'Ar5ChiVedRm9Xy2Wz',
  'Lo8NaOwnErTs4Kd7Q',
  'Al1HaNdSrOoMx5Yz2',
  'So1RtSoFmEmBeR3sX',
  'Fe2DeRaTeDrM5Ty6U',
  'Br0AdCaStRm2Xy4Zw',
] as const;
const versions = ['5', '6', '7.2', '7.3', '8.3', '8.8'] as const;

async function start(options: RocketChatOptions = {}) {
  const simulator = await startSimulator(
    createRocketChatSimulator({ moreRooms: true, ...options }),
  );
  const gateway = testGateway({
    ROCKETCHAT_URL: simulator.url,
    VENDOR_TIMEOUT_MS: '2000',
    FIELD_TIMEOUT_MS: '4000',
  });
  const send = async (
    document: string,
    { user = caller, token = 'sandbox' }: { user?: string; token?: string } = {},
  ) => {
    const headers = {
      ...sandboxHeaders,
      'rocketchat-auth-token': token,
      'rocketchat-user-id': user,
    };
    const { data, errors } = await gateway.sendText(document, headers);
    return { data: data as never as Record<string, never> | null, errors };
  };
  return {
    send,
    kick: async (groupId: string, userId: string, as = {}) => {
      const { data, errors } = await send(
        `mutation { result: removeChatGroupMember(input: {groupId: "${groupId}", userId: "${userId}"}) {
          __typename ... on ChangeResult { outcome } ... on ChangeSuccess { confirmedBy } } }`,
        as,
      );
      expect(errors).toEqual([]);
      return data?.['result'];
    },
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await simulator[Symbol.asyncDispose]();
    },
  };
}

const members = (groupId: string, selection = 'roles') =>
  `{ chatGroup(id: "${groupId}") { members(first: 50) { nodes { user { userId } ${selection} } } } }`;

test.each(versions)('%s: lists a room’s members and their roles', async (version) => {
  await using world = await start({ version });
  const { data, errors } = await world.send(members(allSorts));
  expect(errors).toEqual([]);
  const { nodes } = (data as never as { chatGroup: { members: { nodes: object[] } } }).chatGroup
    .members;
  expect(nodes).toHaveLength(5);
  expect(nodes).toEqual(
    expect.arrayContaining([
      { user: { userId: irina }, roles: ['owner'] },
      { user: { userId: maria }, roles: ['leader'] },
      { user: { userId: caller }, roles: ['moderator'] },
      { user: { userId: 'Us000ErOfAlLhAnDs' }, roles: [] },
      { user: { userId: 'Of5LiNeUsErXxYyZz' }, roles: [] },
    ]),
  );
});

test.each(['8.3', '8.8'] as const)('%s: an invited user is not a member', async (version) => {
  await using world = await start({ version });
  const { data, errors } = await world.send(members(federated));
  expect(errors).toEqual([]);
  expect(data).toEqual({
    chatGroup: {
      members: {
        nodes: [
          { user: { userId: irina }, roles: ['owner'] },
          { user: { userId: caller }, roles: [] },
        ],
      },
    },
  });
});

const byAddress = (email: string) =>
  `{ memberships(email: "${email}") { chatGroups { name isCaller chatGroup { groupId } } } }`;
const irinas = byAddress('irina.sokolova@example.com');
const marias = byAddress('maria.lindholm@example.com');
const names = (data: unknown) =>
  (data as { memberships: { chatGroups: { name: string }[] } }).memberships.chatGroups
    .map(({ name }) => name)
    .sort();

test('lists a person’s rooms by address, with display names, without invitations', async () => {
  await using world = await start();
  const { data, errors } = await world.send(marias);
  expect(errors).toEqual([]);
  expect(names(data)).toEqual([
    'Plans for the summer?',
    'all-hands',
    'all-sorts',
    'board-only',
    'invite-me',
    'my-own-room',
    'the-team',
  ]);
});

test('lists the caller’s own rooms by address, without invitations', async () => {
  await using world = await start();
  const { data, errors } = await world.send(byAddress('pavel.orlov@example.com'));
  expect(errors).toEqual([]);
  expect(names(data)).not.toContain('federated-invitation');
  expect(names(data)).toContain('federated');
});

test('an unknown address has no rooms', async () => {
  await using world = await start();
  const { data, errors } = await world.send(byAddress('nobody@example.com'));
  expect({ data, errors }).toEqual({ data: { memberships: { chatGroups: [] } }, errors: [] });
});

test.each([
  {
    name: 'an administrator without the permission',
    options: { without: ['view-full-other-user-info'] },
    user: caller,
  },
  { name: 'a user', options: {}, user: maria },
] as const)('$name without the permission is told so, whoever has the address', async (row) => {
  await using world = await start(row.options);
  for (const document of [irinas, byAddress('nobody@example.com')]) {
    const { data, errors } = await world.send(document, { user: row.user });
    expect(data).toEqual({ memberships: { chatGroups: null } });
    expect(errors).toMatchObject([
      {
        extensions: {
          code: 'PERMISSION_DENIED_ERROR',
          requiredPermission: 'view-full-other-user-info',
        },
      },
    ]);
  }
});

test('a user without permissions sees their own rooms', async () => {
  await using world = await start();
  const { data, errors } = await world.send(marias, { user: maria });
  expect(errors).toEqual([]);
  expect(names(data)).toContain('board-only');
});

test.each(['5', '6', '7.2', '7.3', '8.3'] as const)(
  '%s: reports that users cannot be found by address',
  async (version) => {
    await using world = await start({ version });
    const { errors } = await world.send(irinas);
    expect(errors).toMatchObject([{ extensions: { code: 'PRECONDITION_FAILED_ERROR' } }]);
  },
);

test('without the permission to list other users’ rooms, a caller sees shared rooms, including archived ones', async () => {
  await using world = await start({ without: ['view-other-user-channels'] });
  const { data, errors } = await world.send(irinas);
  expect(errors).toEqual([]);
  expect(names(data)).toEqual([
    'all-hands',
    'all-sorts',
    'announcements',
    'federated',
    'invite-me',
    'muted-room',
    'old-project',
    'release-notes',
    'the-team',
  ]);
});

test('lists each member once if a setting lowers the page size', async () => {
  await using world = await start({ upperLimit: 20 });
  const found = new Set<string>();
  let after: string | null = null;
  let count = 0;
  do {
    const { data, errors } = await world.send(
      `{ chatGroup(id: "${allHands}") { members(first: 50${after === null ? '' : `, after: "${after}"`}) {
        nodes { user { userId } } pageInfo { hasNextPage endCursor } } } }`,
    );
    expect(errors).toEqual([]);
    const page = data as never as {
      chatGroup: {
        members: {
          nodes: { user: { userId: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
    };
    const { nodes, pageInfo } = page.chatGroup.members;
    for (const { user } of nodes) found.add(user.userId);
    count += nodes.length;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    // The simulator allows ten calls of a route a minute.
  } while (after !== null && count < 200);
  expect([found.size, count]).toEqual([200, 200]);
});

test('a broadcast room hides its members without permission, although the credential is valid', async () => {
  await using world = await start({ without: ['view-broadcast-member-list'] });
  const { errors } = await world.send(members(broadcast));
  expect(errors).toMatchObject([
    {
      extensions: {
        code: 'PERMISSION_DENIED_ERROR',
        requiredPermission: 'view-broadcast-member-list',
      },
    },
  ]);
});

const cut = { token: 'sandbox-cut' };
const removed = (confirmedBy: string) => ({
  __typename: 'RemoveChatGroupMemberSuccess',
  outcome: 'APPLIED',
  confirmedBy,
});

test.each(versions)('%s: a removal without a response is read back', async (version) => {
  await using world = await start({ version });
  expect(await world.kick(own, maria, cut)).toEqual(removed('READ_BACK'));
});

test.each([
  { version: '5', expected: { __typename: 'PreconditionFailedError', outcome: 'NOT_APPLIED' } },
  { version: '6', expected: removed('VENDOR_RESPONSE') },
  { version: '8.8', expected: removed('VENDOR_RESPONSE') },
] as const)('$version: a removal from an archived room', async ({ version, expected }) => {
  await using world = await start({ version });
  expect(await world.kick(archived, caller, { user: irina })).toEqual(expected);
});

test.each(['7.3', '8.3', '8.8'] as const)(
  '%s: a removal from an archived room without a response is read back from its members',
  async (version) => {
    await using world = await start({ version });
    expect(await world.kick(archived, caller, { user: irina, ...cut })).toEqual(
      removed('READ_BACK'),
    );
  },
);

test('an unknown user is NotFoundError, NOT_APPLIED', async () => {
  await using world = await start();
  expect(await world.kick(room, 'nobody')).toEqual({
    __typename: 'NotFoundError',
    outcome: 'NOT_APPLIED',
  });
});

test('with kick-user-from-any-p-room, the removal of a non-member is confirmed', async () => {
  await using world = await start({ with: ['kick-user-from-any-p-room'] });
  expect(await world.kick(room, maria)).toEqual(removed('VENDOR_RESPONSE'));
  expect(await world.kick(room, maria)).toEqual(removed('VENDOR_RESPONSE'));
});
