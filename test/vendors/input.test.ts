import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testGateway } from '../support/gateway.ts';
import * as operations from '../support/operations.ts';
import { startVendor } from '../support/vendor.ts';

const numbers = [
  '',
  '0',
  '01',
  '-1',
  '+1',
  '1.0',
  '1e3',
  ' 1',
  '1 ',
  '0x1',
  '9007199254740992',
  '99999999999999999',
  '1/2',
  '../1',
  '%31',
  '１',
];
const opaque = [
  '',
  '.',
  '..',
  'a/b',
  'a b',
  'a%2Fb',
  'a\\b',
  'é',
  'x'.repeat(129),
  'a?b',
  'a#b',
  'a\nb',
];
const uuids = [
  '',
  '1',
  'g'.repeat(36),
  '1f7e2d5c6a804f329d4a7b3c2e9f8a01',
  '{1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01}',
  '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01 ',
];

test.each(numbers)(
  'attachStreamLeader rejects the stream and leader %j with both issues, without a call',
  async (id) => {
    await using vendor = await startVendor();
    await using gateway = testGateway({ WETHOD_URL: vendor.url });
    const { data } = await gateway.send(operations.attachStreamLeader, {
      input: { streamId: id, leaderId: id },
    });
    expect(data.attachStreamLeader).toMatchObject({
      __typename: 'InvalidInputError',
      outcome: 'NOT_APPLIED',
      vendorStatus: null,
      retryable: false,
      issues: [{ path: ['input', 'streamId'] }, { path: ['input', 'leaderId'] }],
    });
    expect(vendor.calls).toHaveLength(0);
  },
);

test.each(opaque)('removeGroupUser and leaveGroup reject the group %j', async (id) => {
  await using vendor = await startVendor();
  await using gateway = testGateway({ KAITEN_URL: vendor.url, ROCKETCHAT_URL: vendor.url });
  const removed = await gateway.send(operations.removeGroupUser, {
    input: { groupUid: id, userId: '1' },
  });
  const left = await gateway.send(operations.leaveGroup, { input: { groupId: id } });
  expect(removed.data.removeGroupUser).toMatchObject({ issues: [{ path: ['input', 'groupUid'] }] });
  expect(left.data.leaveGroup).toMatchObject({ issues: [{ path: ['input', 'groupId'] }] });
  expect(vendor.calls).toHaveLength(0);
});

test.each(uuids)('removeOrgMember rejects the user %j', async (userId) => {
  await using vendor = await startVendor();
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  const { data } = await gateway.send(operations.removeOrgMember, { input: { userId } });
  expect(data.removeOrgMember).toMatchObject({ issues: [{ path: ['input', 'userId'] }] });
  expect(vendor.calls).toHaveLength(0);
});

test('converts a UUID to lower case', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  const userId = '1F7E2D5C-6A80-4F32-9D4A-7B3C2E9F8A01';
  const { data } = await gateway.send(operations.removeOrgMember, { input: { userId } });
  expect(data.removeOrgMember).toMatchObject({ userId: userId.toLowerCase() });
  expect(vendor.calls[0]?.url).toBe(`/organization/members/${userId.toLowerCase()}`);
});

test('accepts an id as a number, up to the largest safe integer', async () => {
  await using vendor = await startVendor({ status: 200 });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const { data } = await gateway.send(operations.detachStreamLeader, {
    input: { streamId: 7, leaderId: '9007199254740991' },
  });
  expect(data.detachStreamLeader).toMatchObject({ streamId: '7', leaderId: '9007199254740991' });
  expect(vendor.calls[0]?.url).toBe('/api/streams/7/leaders/9007199254740991');
});

test('does not repeat the value of an invalid argument, which may be a misplaced credential', async () => {
  await using vendor = await startVendor();
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const secret = 'wethod-token-1';
  const answer = await gateway.send(operations.detachStreamLeader, {
    input: { streamId: secret, leaderId: '1' },
  });
  expect(answer.text).not.toContain(secret);
  expect(answer.data.detachStreamLeader).toMatchObject({
    issues: [
      { message: expect.stringMatching(/^Expected a whole number .*; received 14 characters/) },
    ],
  });
});

test('checks the input before the configuration, and the configuration before the credentials', async () => {
  await using vendor = await startVendor();
  await using gateway = testGateway({ KAITEN_URL: vendor.url });
  const bad = await gateway.send(operations.leaveGroup, { input: { groupId: '..' } }, {});
  const off = await gateway.send(operations.leaveGroup, { input: { groupId: 'x' } }, {});
  const bare = await gateway.send(
    operations.removeGroupUser,
    { input: { groupUid: 'x', userId: 1 } },
    {},
  );
  expect(bad.data.leaveGroup?.__typename).toBe('InvalidInputError');
  expect(off.data.leaveGroup).toMatchObject({
    __typename: 'VendorUnavailableError',
    reason: 'NOT_CONFIGURED',
    outcome: 'NOT_APPLIED',
    retryable: false,
    message: expect.stringContaining('ROCKETCHAT_URL'),
  });
  expect(bare.data.removeGroupUser).toMatchObject({
    __typename: 'AuthenticationError',
    problem: 'MISSING',
  });
});

test('calls the vendor with exactly the given id in its place, or not at all', async () => {
  await using vendor = await startVendor({ status: 404 });
  await using gateway = testGateway({ KAITEN_URL: `${vendor.url}/base` });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z0-9._~/%?#-]{0,20}$/)),
      async (groupUid) => {
        const before = vendor.calls.length;
        const { data } = await gateway.send(operations.removeGroupUser, {
          input: { groupUid, userId: '5' },
        });
        if (data.removeGroupUser?.__typename === 'InvalidInputError') {
          expect(vendor.calls).toHaveLength(before);
          return;
        }
        const steps = vendor.calls.at(-1)?.url.split('/').map(decodeURIComponent);
        expect(vendor.calls).toHaveLength(before + 1);
        expect(steps).toEqual(['', 'base', 'groups', groupUid, 'users', '5']);
      },
    ),
    { numRuns: 100 },
  );
});
