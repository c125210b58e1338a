import { describe, expect, test } from 'vitest';
import { changes, ids } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { createCommonRows, describeRows, json, once } from '../support/table.ts';
import { type StubAnswer, startVendor } from '../support/vendor.ts';

const refused = { outcome: 'NOT_APPLIED', retryable: false };
const unreadable = { __typename: 'VendorContractError', outcome: 'UNKNOWN', retryable: false };
const error = (errorType: string, text = 'Some text') => ({
  success: false,
  error: `${text} [${errorType}]`,
  errorType,
});

const byType = (
  permission: string,
): readonly [errorType: string, expected: Record<string, unknown>][] => [
  ['error-room-not-found', { __typename: 'NotFoundError', ...refused }],
  ['error-user-not-in-room', { __typename: 'NotFoundError', ...refused }],
  ['error-invalid-room', { __typename: 'NotFoundError', ...refused }],
  ['error-invalid-user', { __typename: 'NotFoundError', ...refused }],
  ['error-user-not-found', { __typename: 'NotFoundError', ...refused }],
  ['error-user-param-not-provided', { __typename: 'NotFoundError', ...refused }],
  ['error-you-are-last-owner', { __typename: 'LastOwnerError', ...refused }],
  ['error-room-archived', { __typename: 'PreconditionFailedError', ...refused }],
  ['error-app-prevented', { __typename: 'PreconditionFailedError', ...refused }],
  [
    'error-not-allowed',
    { __typename: 'PermissionDeniedError', requiredPermission: permission, ...refused },
  ],
  [
    'error-unauthorized',
    { __typename: 'PermissionDeniedError', requiredPermission: permission, ...refused },
  ],
  ['error-room-param-not-provided', { __typename: 'InvalidInputError', ...refused }],
  ['error-invalid-params', { __typename: 'InvalidInputError', ...refused }],
  [
    'error-too-many-requests',
    { __typename: 'RateLimitedError', outcome: 'NOT_APPLIED', retryable: true },
  ],
  ['error-something-new', unreadable],
];

const cases = [
  {
    change: changes.leaveGroup,
    permission: 'leave-p',
    success: { __typename: 'LeaveGroupSuccess', groupId: ids.groupId },
  },
  {
    change: changes.removeChatGroupMember,
    permission: 'remove-user',
    success: {
      __typename: 'RemoveChatGroupMemberSuccess',
      groupId: ids.groupId,
      userId: ids.chatUserId,
    },
  },
];

for (const { change, permission, success } of cases) {
  // Both are POSTs of one vendor.
  if (change === changes.leaveGroup) {
    describeRows('the rows of all vendors', change, createCommonRows(change));
  }

  describeRows('errors by their type', change, [
    ...byType(permission).flatMap(([errorType, expected]) => [
      {
        rule: `400 ${errorType} by its errorType`,
        answer: json(400, error(errorType)),
        expected: { ...expected, vendorCode: errorType, vendorMessage: `Some text [${errorType}]` },
      },
      {
        rule: `400 ${errorType} by the end of its text, where there is no errorType`,
        answer: json(400, { ...error(errorType), errorType: undefined }),
        expected: { ...expected, vendorCode: errorType },
      },
      {
        rule: `200 with success false and ${errorType} is read like a 400`,
        answer: json(200, error(errorType)),
        expected,
      },
    ]),
    {
      rule: '400 invalid-params is InvalidInputError',
      answer: json(400, { success: false, error: 'must have roomId', errorType: 'invalid-params' }),
      expected: {
        __typename: 'InvalidInputError',
        ...refused,
        issues: [{ path: ['input', 'groupId'], message: 'must have roomId' }],
      },
    },
    ...['totp-required', 'totp-invalid'].map((errorType) => ({
      rule: `400 ${errorType} is AuthenticationError REJECTED: the gateway has no second factor`,
      answer: json(400, { success: false, error: 'TOTP Required', errorType }),
      expected: {
        __typename: 'AuthenticationError',
        problem: 'REJECTED',
        ...refused,
        vendorCode: errorType,
      },
    })),
    {
      rule: '400 "Invalid user" without a type is NotFoundError: it comes before any change',
      answer: json(400, { success: false, error: 'Invalid user' }),
      expected: { __typename: 'NotFoundError', ...refused, vendorMessage: 'Invalid user' },
    },
    ...[
      { name: 'without any type', answer: json(400, { success: false, error: 'A hook failed' }) },
      { name: 'without a body', answer: { status: 400 } },
      { name: 'that claims success', answer: json(400, { success: true }) },
    ].map(({ name, answer }) => ({
      rule: `400 ${name} may follow a leave that was made: VendorContractError, UNKNOWN`,
      answer,
      expected: unreadable,
    })),
  ]);

  describeRows('errors by their status', change, [
    ...[
      {
        name: 'both forms',
        body: { success: false, error: 'Log in.', status: 'error', message: 'Log in.' },
      },
      { name: 'the older form', body: { status: 'error', message: 'Log in.' } },
      { name: 'the newer form', body: { success: false, error: 'Log in.' } },
    ].map(({ name, body }) => ({
      rule: `401 in ${name} is AuthenticationError REJECTED`,
      answer: json(401, body),
      expected: {
        __typename: 'AuthenticationError',
        problem: 'REJECTED',
        ...refused,
        vendorMessage: 'Log in.',
      },
    })),
    {
      rule: '401 "unauthorized" to a change is AuthenticationError: it is a permission in one list only',
      answer: json(401, { success: false, error: 'unauthorized' }),
      expected: { __typename: 'AuthenticationError', problem: 'REJECTED', ...refused },
    },
    ...[402, 412].map((status) => ({
      rule: `${status} is no form of Rocket.Chat: VendorContractError, NOT_APPLIED`,
      answer: json(status, { success: false, error: 'x' }),
      expected: { __typename: 'VendorContractError', ...refused },
    })),
    {
      rule: '403 is PermissionDeniedError that names no permission',
      answer: json(403, { success: false, error: 'unauthorized' }),
      expected: { __typename: 'PermissionDeniedError', requiredPermission: null, ...refused },
    },
    {
      rule: '404 is an unknown route: VendorContractError, NOT_APPLIED',
      answer: json(404, { status: 'error', message: 'API endpoint does not exist.' }),
      expected: { __typename: 'VendorContractError', ...refused },
    },
    {
      rule: '429 tells its wait in X-RateLimit-Reset, in epoch milliseconds by the answer’s Date',
      answer: json(429, error('error-too-many-requests'), {
        date: 'Wed, 01 Jan 2020 00:00:00 GMT',
        'x-ratelimit-reset': String(1577836800_000 + 42_500),
      }),
      expected: { __typename: 'RateLimitedError', retryAfterSeconds: 42.5, retryable: true },
    },
    {
      rule: '429 without the header tells the wait of its text',
      answer: json(429, {
        success: false,
        error:
          'Error, too many requests. You must wait 42 seconds before trying again. [error-too-many-requests]',
      }),
      expected: { retryAfterSeconds: 42 },
    },
  ]);

  describeRows('successes', change, [
    ...[
      { name: 'as the server sends it', body: { success: true } },
      {
        name: 'as the documentation shows it',
        body: { group: { _id: 'x', usernames: [] }, success: true },
      },
    ].map(({ name, body }) => ({
      rule: `200 ${name} is a success`,
      answer: json(200, body),
      expected: {
        outcome: 'APPLIED',
        confirmedBy: 'VENDOR_RESPONSE',
        ...success,
      },
    })),
    ...[
      { name: 'no success', answer: json(200, { group: {} }) },
      { name: 'a success that is a text', answer: json(200, { success: 'true' }) },
      {
        name: 'success and an error form with a type at once',
        answer: json(200, { success: true, status: 'error', errorType: 'error-room-not-found' }),
      },
      {
        name: 'status error and no success',
        answer: json(200, { status: 'error', message: 'x [error-room-not-found]' }),
      },
      {
        name: 'success and status error at once',
        answer: json(200, { success: true, status: 'error' }),
      },
      { name: 'no body', answer: { status: 200 } },
      { name: 'an array', answer: json(200, []) },
    ].map(({ name, answer }) => ({
      rule: `a 200 with ${name} is VendorContractError, UNKNOWN`,
      answer,
      expected: unreadable,
    })),
    ...[201, 204].map((status) => ({
      rule: `a ${status} is VendorContractError, UNKNOWN`,
      answer: { status },
      expected: unreadable,
    })),
  ]);
}

test.each([
  { change: changes.leaveGroup, body: { roomId: ids.groupId } },
  { change: changes.removeChatGroupMember, body: { roomId: ids.groupId, userId: ids.chatUserId } },
])('sends only the ids in the body of $change.name', async ({ change, body }) => {
  await using vendor = await startVendor(json(200, { success: true }));
  await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url });
  await change.make(gateway);
  expect(vendor.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `POST ${change.path}`,
  ]);
  expect(JSON.parse(vendor.calls[0]?.body ?? '')).toEqual(body);
});

/** A vendor whose writes fail, and whose reads answer by route. */
async function settle(
  change: (typeof cases)[number]['change'],
  status: number,
  routes: Readonly<Record<string, StubAnswer>>,
) {
  await using vendor = await startVendor((response, { method, url }) => {
    const [, name = ''] = /^\/api\/v1\/([^?]+)/.exec(url) ?? [];
    const failure = json(status, { success: false, error: 'No.' });
    const answer = method === 'POST' ? failure : (routes[name] ?? { status: 404 });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url, ...once });
  const result = await change.make(gateway);
  const reads = vendor.calls.filter(({ method }) => method === 'GET').map(({ url }) => url);
  return { result, reads: reads.map((url) => url.replace('/api/v1/', '')) };
}

const ofKick = `roomId=${ids.groupId}&userId=${ids.chatUserId}`;
const isMember = `rooms.isMember?${ofKick}`;
const lost = { __typename: 'VendorUnavailableError', outcome: 'UNKNOWN' };
const removed = { __typename: 'RemoveChatGroupMemberSuccess', confirmedBy: 'READ_BACK' };
const notRemoved = { __typename: 'VendorUnavailableError', outcome: 'NOT_APPLIED' };

const unreadables: readonly [name: string, status: number, body: unknown][] = [
  ['a room that the caller does not see', 403, { success: false, error: 'unauthorized' }],
  ['a room that is not there', 400, error('error-room-not-found')],
  ['a 400 without a form', 400, { error: 'error-user-not-found' }],
  ['an answer without isMember', 200, { success: true }],
  ['an isMember that is a text', 200, { success: true, isMember: 'false' }],
  ['no success', 200, { success: false, isMember: false }],
];

test.each(unreadables)(
  'removeChatGroupMember is UNKNOWN if its read-back gets %s',
  async (_name, status, body) => {
    const { result, reads } = await settle(changes.removeChatGroupMember, 502, {
      'rooms.isMember': json(status, body),
    });
    expect(result).toMatchObject(lost);
    expect(reads).toEqual([isMember]);
  },
);

test('the read-back confirms the removal of a user who does not exist', async () => {
  const unknown = json(400, { success: false, error: 'error-user-not-found' });
  const { result, reads } = await settle(changes.removeChatGroupMember, 502, {
    'rooms.isMember': unknown,
  });
  expect(result).toMatchObject(removed);
  expect(reads).toEqual([isMember]);
});

const archived = json(400, {
  success: false,
  error: 'The channel, old, is archived [error-room-archived]',
  errorType: 'error-room-archived',
});
const members = (...rows: readonly object[]) =>
  json(200, { members: rows, count: rows.length, offset: 0, total: rows.length, success: true });
const userInfo = (active: boolean) =>
  json(200, { user: { _id: ids.chatUserId, active }, success: true });
const person = { _id: ids.chatUserId, username: 'maria' };
const byRole = `rooms.membersOrderedByRole?roomId=${ids.groupId}&count=100&offset=0`;
const byName = `groups.members?roomId=${ids.groupId}&count=100&offset=0`;
const info = `users.info?userId=${ids.chatUserId}`;

const lists: readonly {
  readonly rule: string;
  readonly list: StubAnswer;
  readonly user?: StubAnswer;
  readonly expected: object;
  readonly asks?: boolean;
}[] = [
  { rule: 'a member is still there', list: members({ _id: 'x' }, person), expected: notRemoved },
  {
    rule: 'an active user who is not listed is gone',
    list: members({ _id: 'x' }),
    user: userInfo(true),
    asks: true,
    expected: removed,
  },
  {
    rule: 'a user who does not exist is gone',
    list: members({ _id: 'x' }),
    user: json(400, { success: false, error: 'User not found.' }),
    asks: true,
    expected: removed,
  },
  {
    rule: 'a deactivated user is listed nowhere, and may be there',
    list: members({ _id: 'x' }),
    user: userInfo(false),
    asks: true,
    expected: { ...notRemoved, outcome: 'UNKNOWN' },
  },
  {
    rule: 'somebody who is only invited is no member',
    list: members({ ...person, subscription: { status: 'INVITED', roles: [] } }),
    expected: removed,
  },
  {
    rule: 'a list that cannot be read tells nothing',
    list: members({ username: 'without an id' }),
    expected: { ...notRemoved, outcome: 'UNKNOWN' },
  },
];

describe.each([
  { name: 'an archived room', first: archived, list: 'rooms.membersOrderedByRole', path: byRole },
  {
    name: 'a server without rooms.isMember (a page)',
    first: { status: 200, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html>' },
    list: 'groups.members',
    path: byName,
  },
  {
    name: 'a server without rooms.isMember (404)',
    first: { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 Not Found' },
    list: 'groups.members',
    path: byName,
  },
])('the read-back of a removal searches the members: $name', ({ first, list, path }) => {
  test.each(lists)('$rule', async ({ list: answer, user, asks, expected }) => {
    const { result, reads } = await settle(changes.removeChatGroupMember, 503, {
      'rooms.isMember': first,
      [list]: answer,
      ...(user && { 'users.info': user }),
    });
    expect(result).toMatchObject(expected);
    expect(reads).toEqual([isMember, path, ...(asks === true ? [info] : [])]);
  });
});

const left = { __typename: 'LeaveGroupSuccess', confirmedBy: 'READ_BACK' };

test.each([
  { name: 'none', subscription: null, expected: left },
  { name: 'a hidden one', subscription: { rid: ids.groupId, open: false }, expected: notRemoved },
  {
    name: 'an invitation',
    subscription: { rid: ids.groupId, status: 'INVITED', open: true },
    expected: left,
  },
  {
    name: 'what is left after a ban',
    subscription: { rid: ids.groupId, status: 'BANNED' },
    expected: left,
  },
  {
    name: 'that of another room',
    subscription: { rid: 'other' },
    expected: { ...notRemoved, outcome: 'UNKNOWN' },
  },
])('the read-back of a leave reads the caller’s subscription: $name', async (row) => {
  const { result, reads } = await settle(changes.leaveGroup, 503, {
    'subscriptions.getOne': json(200, { subscription: row.subscription, success: true }),
  });
  expect(result).toMatchObject(row.expected);
  expect(reads).toEqual([`subscriptions.getOne?roomId=${ids.groupId}`]);
});
