import { expect } from 'vitest';
import { changes } from '../support/changes.ts';
import { createCommonRows, describeRows, json, type Row } from '../support/table.ts';

const link = {
  id: 9,
  created_at: '2026-04-24T10:03:54.905Z',
  updated_at: '2026-04-25T00:00:00+02:00',
  stream_id: 7,
  leader_id: 42,
  deleted_at: null,
};
const applied = { outcome: 'APPLIED', confirmedBy: 'VENDOR_RESPONSE' };
const unreadable = { __typename: 'VendorContractError', outcome: 'UNKNOWN', retryable: false };

const shared: Row[] = [
  {
    rule: '400 is InvalidInputError, with one issue for each failure, under our names where we have one',
    answer: json(400, {
      key: 'invalid_data',
      message: 'You provided invalid data.',
      failures: [
        { field: 'stream_id', message: 'No such stream.' },
        { field: 'leader_id', message: 'Too old.' },
        { field: 'colour', message: 'Unknown.' },
      ],
    }),
    expected: {
      __typename: 'InvalidInputError',
      outcome: 'NOT_APPLIED',
      retryable: false,
      vendorCode: 'invalid_data',
      vendorMessage: 'You provided invalid data.',
      issues: [
        { path: ['input', 'streamId'], message: 'No such stream.' },
        { path: ['input', 'leaderId'], message: 'Too old.' },
        { path: ['input', 'colour'], message: 'Unknown.' },
      ],
    },
  },
  {
    rule: '400 with failures of a wrong form still has an issue',
    answer: json(400, {
      key: 'invalid_data',
      message: 'Bad.',
      failures: [null, 3, 'x', {}, { field: 1 }],
    }),
    expected: { __typename: 'InvalidInputError', issues: [{ path: ['input'], message: 'Bad.' }] },
  },
  ...['constructor', 'toString', 'hasOwnProperty', '__proto__'].map((field) => ({
    rule: `400 with a failure in the field ${field} is an issue like any other`,
    answer: json(400, {
      key: 'invalid_data',
      message: 'Bad.',
      failures: [{ field, message: 'x' }],
    }),
    expected: {
      __typename: 'InvalidInputError',
      issues: [{ path: ['input', field], message: 'x' }],
    },
  })),
  {
    rule: '401 is AuthenticationError REJECTED',
    answer: json(401, { key: 'unauthorized', message: 'No.', headers: {}, encoding_options: 64 }),
    expected: {
      __typename: 'AuthenticationError',
      problem: 'REJECTED',
      outcome: 'NOT_APPLIED',
      retryable: false,
      vendorCode: 'unauthorized',
      vendorMessage: 'No.',
    },
  },
  {
    rule: '402 is no form of Wethod: VendorContractError, NOT_APPLIED',
    answer: json(402, { message: 'Pay.' }),
    expected: { __typename: 'VendorContractError', outcome: 'NOT_APPLIED' },
  },
  {
    rule: '403 is PermissionDeniedError and names settings.company',
    answer: json(403, { key: 'forbidden', message: 'No.' }),
    expected: {
      __typename: 'PermissionDeniedError',
      requiredPermission: 'settings.company',
      outcome: 'NOT_APPLIED',
      retryable: false,
    },
  },
  {
    rule: '404 is NotFoundError',
    answer: json(404, { key: 'not_found', message: 'Stream not found.' }),
    expected: {
      __typename: 'NotFoundError',
      outcome: 'NOT_APPLIED',
      retryable: false,
      vendorCode: 'not_found',
      vendorMessage: 'Stream not found.',
    },
  },
  {
    rule: '412 is PreconditionFailedError',
    answer: json(412, { key: 'precondition_failure', message: 'Streams are off.' }),
    expected: { __typename: 'PreconditionFailedError', outcome: 'NOT_APPLIED', retryable: false },
  },
  {
    rule: '429 tells its wait in x-ratelimit-retry-after, in seconds',
    answer: json(429, { key: 'x', message: 'Slow down.' }, { 'x-ratelimit-retry-after': '42' }),
    expected: {
      __typename: 'RateLimitedError',
      retryAfterSeconds: 42,
      vendorMessage: 'Slow down.',
    },
  },
  {
    rule: '429 with Retry-After too takes the standard one',
    answer: json(429, {}, { 'x-ratelimit-retry-after': '42', 'retry-after': '3' }),
    expected: { retryAfterSeconds: 3 },
  },
  {
    rule: 'a 200 in the error form is VendorContractError, UNKNOWN',
    answer: json(200, { key: 'not_found', message: 'Stream not found.' }),
    expected: { ...unreadable, vendorCode: 'not_found' },
  },
  {
    rule: 'the vendor’s request id is passed on',
    answer: json(404, {}, { 'x-request-id': 'abc-1' }),
    expected: { vendorRequestId: 'abc-1' },
  },
  ...[400, 401, 403, 404, 412].flatMap((status) => [
    {
      rule: `${status} without a key is not Wethod’s word: VendorContractError, UNKNOWN until it is read back`,
      answer: json(status, { message: 'No.' }),
      expected: { ...unreadable, message: expect.stringContaining('application/json') },
    },
    {
      rule: `${status} without a body is not Wethod’s word: VendorContractError, UNKNOWN until it is read back`,
      answer: { status },
      expected: { ...unreadable, message: expect.stringContaining('without a content type') },
    },
  ]),
];

for (const change of [changes.attachStreamLeader, changes.detachStreamLeader]) {
  describeRows('the rows of Wethod', change, shared);
  describeRows('the rows of all vendors', change, createCommonRows(change));
}

describeRows('successes', changes.attachStreamLeader, [
  ...[200, 201].map((status) => ({
    rule: `${status} with the link is a success`,
    answer: json(status, link),
    expected: {
      __typename: 'AttachStreamLeaderSuccess',
      ...applied,
      leadership: {
        id: expect.stringMatching(/^[A-Za-z0-9_-]+$/),
        leadershipId: '9',
        streamId: '7',
        leaderId: '42',
        createdAt: '2026-04-24T10:03:54.905Z',
        updatedAt: '2026-04-24T22:00:00.000Z',
        deletedAt: null,
      },
    },
  })),
  {
    rule: 'a wrong optional value becomes null, and the success stays',
    answer: json(200, { ...link, created_at: 'yesterday', updated_at: 7, extra: [] }),
    expected: { ...applied, leadership: { createdAt: null, updatedAt: null } },
  },
  {
    rule: 'a deleted_at that is still to come is a live link',
    answer: json(200, { ...link, deleted_at: '2999-01-01T00:00:00Z' }),
    expected: { ...applied, leadership: { deletedAt: '2999-01-01T00:00:00.000Z' } },
  },
  {
    rule: 'a deleted_at that has passed is no success: VendorContractError, UNKNOWN',
    answer: json(200, { ...link, deleted_at: '2026-04-24T10:03:54.905Z' }),
    expected: unreadable,
  },
  ...['2020-01-01 00:00:00', 1577836800, 'x', false].map((deleted_at) => ({
    rule: `a deleted_at that cannot be read (${deleted_at}) is no success: VendorContractError, UNKNOWN`,
    answer: json(200, { ...link, deleted_at }),
    expected: unreadable,
  })),
  {
    rule: 'a deleted_at that has passed by our clock is no success, however old the answer’s Date',
    answer: json(
      200,
      { ...link, deleted_at: '2026-01-01T00:00:00Z' },
      { date: 'Thu, 01 Jan 1970 00:00:00 GMT' },
    ),
    expected: unreadable,
  },
  ...['id', 'stream_id', 'leader_id'].map((name) => ({
    rule: `a link without ${name} is VendorContractError, UNKNOWN`,
    answer: json(200, { ...link, [name]: undefined }),
    expected: unreadable,
  })),
  ...['stream_id', 'leader_id'].map((name) => ({
    rule: `a link that names another ${name} is VendorContractError, UNKNOWN`,
    answer: json(200, { ...link, [name]: 8 }),
    expected: unreadable,
  })),
  {
    rule: 'a 200 without a body is VendorContractError, UNKNOWN',
    answer: { status: 200 },
    expected: unreadable,
  },
  { rule: 'a 204 is VendorContractError, UNKNOWN', answer: { status: 204 }, expected: unreadable },
]);

describeRows('successes', changes.detachStreamLeader, [
  ...[
    { name: '204', answer: { status: 204 } },
    { name: '200 without a body', answer: { status: 200 } },
    { name: '200 with white space', answer: { status: 200, body: ' \r\n' } },
    { name: '200 with the link', answer: json(200, link) },
    {
      name: '200 with the deleted link',
      answer: json(200, { ...link, deleted_at: '2026-04-24T10:03:54.905Z' }),
    },
    { name: '200 with an empty object', answer: json(200, {}) },
    { name: '200 with null', answer: json(200, null) },
  ].map(({ name, answer }) => ({
    rule: `${name} is a success`,
    answer,
    expected: {
      __typename: 'DetachStreamLeaderSuccess',
      ...applied,
      streamId: '7',
      leaderId: '42',
    },
  })),
  ...[
    { name: 'foreign JSON', answer: json(200, { message: 'Unauthorized' }) },
    { name: 'another link', answer: json(200, { ...link, leader_id: 43 }) },
    { name: 'a list', answer: json(200, [link]) },
    { name: 'a text', answer: json(200, 'OK') },
    { name: 'false', answer: json(200, false) },
  ].map(({ name, answer }) => ({
    rule: `a 200 with ${name} is VendorContractError, UNKNOWN`,
    answer,
    expected: unreadable,
  })),
  { rule: 'a 201 is VendorContractError, UNKNOWN', answer: { status: 201 }, expected: unreadable },
]);
