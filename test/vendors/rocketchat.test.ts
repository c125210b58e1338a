import { expect, test } from 'vitest';
import { changes, ids } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { commonRows, describeRows, json, once } from '../support/table.ts';
import { type SeenCall, startVendor } from '../support/vendor.ts';

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
  describeRows('the rows of all vendors', change, commonRows(change));

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
    ...[
      { name: 'without any type', answer: json(400, { success: false, error: 'Invalid user' }) },
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
])('$change.name sends the ids in its body, and nothing else', async ({ change, body }) => {
  await using vendor = await startVendor(json(200, { success: true }));
  await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url });
  await change.make(gateway);
  expect(vendor.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `POST ${change.path}`,
  ]);
  expect(JSON.parse(vendor.calls[0]?.body ?? '')).toEqual(body);
});

const readBacks: readonly [name: string, status: number, body: unknown][] = [
  ['a user whom nobody knows', 400, { success: false, error: 'error-user-not-found' }],
  ['a room that the caller does not see', 403, { success: false, error: 'unauthorized' }],
  ['an answer without isMember', 200, { success: true }],
  ['an isMember that is a text', 200, { success: true, isMember: 'false' }],
  ['no success', 200, { success: false, isMember: false }],
];

test.each(readBacks)(
  'removeChatGroupMember is not known where its read-back meets %s',
  async (_name, status, body) => {
    const answer = (call: SeenCall) =>
      call.method === 'POST' ? json(502, {}) : json(status, body);
    await using vendor = await startVendor((response, call) => {
      const { status: code, headers, body: text } = answer(call);
      response.writeHead(code, headers).end(text);
    });
    await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url, ...once });
    expect(await changes.removeChatGroupMember.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      outcome: 'UNKNOWN',
    });
    const reads = vendor.calls.filter(({ method }) => method === 'GET').map(({ url }) => url);
    expect(reads).toEqual([
      `/api/v1/rooms.isMember?roomId=${ids.groupId}&userId=${ids.chatUserId}`,
    ]);
  },
);
