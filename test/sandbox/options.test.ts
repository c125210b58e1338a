import { expect, test } from 'vitest';
import { createAerospikeSimulator } from '../../src/sandbox/aerospike.ts';
import { sandboxHeaders } from '../../src/sandbox/credentials.ts';
import { createKaitenSimulator } from '../../src/sandbox/kaiten.ts';
import { createRocketChatSimulator } from '../../src/sandbox/rocketchat.ts';
import { type SimulatedVendor, startSimulator } from '../../src/sandbox/simulator.ts';
import { createWethodSimulator } from '../../src/sandbox/wethod.ts';
import { testGateway } from '../support/gateway.ts';

const member = (userId: string) => `removeOrgMember(input: {userId: "${userId}"})`;
const stranger = member('99999999-6a80-4f32-9d4a-7b3c2e9f8a01');
const owner = member('0a6d1c4e-5b7f-4e21-8c39-6f2d1b8a7e00');
const attachAgain = 'attachStreamLeader(input: {streamId: 1, leaderId: 101})';
const remove = 'removeGroupUser(input: {groupUid: "x", userId: 1})';
const leave = 'leaveGroup(input: {groupId: "x"})';

interface Row {
  readonly rule: string;
  readonly vendor: SimulatedVendor;
  readonly variable: string;
  readonly base: string;
  readonly field: string;
  readonly token?: string;
  readonly expected: Record<string, unknown>;
}

const wethod = { variable: 'WETHOD_URL', base: '' };
const kaiten = { variable: 'KAITEN_URL', base: '/api/latest', field: remove, token: 'nope' };
const aerospike = { variable: 'AEROSPIKE_URL', base: '/v2' };
const rocketchat = { variable: 'ROCKETCHAT_URL', base: '', field: leave, token: 'nope' };
const rejected = { __typename: 'AuthenticationError' };

/** What the vendors' documentation leaves open, each way that it may be. */
const rows: readonly Row[] = [
  {
    ...wethod,
    rule: 'a repeated attach gives the same link',
    vendor: createWethodSimulator(),
    field: attachAgain,
    expected: { __typename: 'AttachStreamLeaderSuccess' },
  },
  {
    ...wethod,
    rule: 'a repeated attach is refused',
    vendor: createWethodSimulator({ repeatedAttach: 'refused' }),
    field: attachAgain,
    expected: { __typename: 'PreconditionFailedError' },
  },
  {
    ...kaiten,
    rule: 'the 401 is a quoted string',
    vendor: createKaitenSimulator(),
    expected: { ...rejected, vendorMessage: 'Unauthorized' },
  },
  {
    ...kaiten,
    rule: 'the 401 is a plain string',
    vendor: createKaitenSimulator({ unauthorizedBody: 'plain' }),
    expected: { ...rejected, vendorMessage: 'Unauthorized' },
  },
  {
    ...aerospike,
    rule: 'an unknown member is a 400',
    vendor: createAerospikeSimulator(),
    field: stranger,
    expected: { __typename: 'NotFoundError', vendorStatus: 400 },
  },
  {
    ...aerospike,
    rule: 'an unknown member is a 404',
    vendor: createAerospikeSimulator({ unknownMember: 'not-found' }),
    field: stranger,
    expected: { __typename: 'NotFoundError', vendorStatus: 404 },
  },
  {
    ...aerospike,
    rule: 'an unknown member is a 204',
    vendor: createAerospikeSimulator({ unknownMember: 'no-content' }),
    field: stranger,
    expected: { __typename: 'RemoveOrgMemberSuccess' },
  },
  {
    ...aerospike,
    rule: 'the owner’s removal is forbidden',
    vendor: createAerospikeSimulator(),
    field: owner,
    expected: { __typename: 'PermissionDeniedError' },
  },
  {
    ...aerospike,
    rule: 'the owner’s removal is invalid',
    vendor: createAerospikeSimulator({ ownerRemoval: 'invalid' }),
    field: owner,
    expected: { __typename: 'InvalidInputError' },
  },
  {
    ...aerospike,
    rule: 'errors are problem details',
    vendor: createAerospikeSimulator(),
    field: stranger,
    token: 'nope',
    expected: { ...rejected, vendorCode: 'urn:aerospike:errors:auth:token-expired' },
  },
  {
    ...aerospike,
    rule: 'errors are code and message',
    vendor: createAerospikeSimulator({ errorForm: 'message' }),
    field: stranger,
    token: 'nope',
    expected: { ...rejected, vendorCode: 'invalid_token' },
  },
  ...(['both', 'status', 'success'] as const).map((unauthorizedForm) => ({
    ...rocketchat,
    rule: `the 401 is in the form "${unauthorizedForm}"`,
    vendor: createRocketChatSimulator({ unauthorizedForm }),
    expected: { ...rejected, vendorMessage: 'You must be logged in to do this.' },
  })),
];

test.each(rows)('$variable: $rule', async ({ vendor, variable, base, field, token, expected }) => {
  await using simulator = await startSimulator(vendor);
  await using gateway = testGateway({ [variable]: simulator.url + base });
  const headers = Object.fromEntries(
    Object.entries(sandboxHeaders).map(([name, value]) => [
      name,
      value.replace('sandbox', token ?? 'sandbox'),
    ]),
  );
  const selection =
    '{ __typename ...on MembershipError { vendorStatus vendorCode vendorMessage } }';
  const { data, errors } = await gateway.sendText(`mutation { ${field} ${selection} }`, headers);
  expect(errors).toEqual([]);
  expect(Object.values(data)[0]).toMatchObject(expected);
});
