import { changes } from '../support/changes.ts';
import { createCommonRows, describeRows, json } from '../support/table.ts';

const refused = { outcome: 'NOT_APPLIED', retryable: false };
const unreadable = { __typename: 'VendorContractError', outcome: 'UNKNOWN', retryable: false };
const change = changes.removeOrgMember;
/** What Aerospike sends with every answer. */
const id = { 'x-request-id': 'b0658b67-8ea3-46de-a3b8-18c3f5347def' };
const problem = (type: string, title: string, detail?: string) => ({
  type: `urn:aerospike:errors:${type}`,
  title,
  status: 400,
  detail,
});

describeRows('the rows of all vendors', change, createCommonRows(change));

describeRows('the rows of Aerospike', change, [
  {
    rule: '400 is InvalidInputError',
    answer: json(400, { code: 'invalid', message: 'userId is wrong' }, id),
    expected: {
      __typename: 'InvalidInputError',
      ...refused,
      vendorCode: 'invalid',
      vendorMessage: 'userId is wrong',
      issues: [{ path: ['input'], message: 'userId is wrong' }],
    },
  },
  {
    rule: '400 with problem details is InvalidInputError too',
    answer: json(400, problem('validation:failed', 'Validation failed', 'userId is wrong')),
    expected: {
      __typename: 'InvalidInputError',
      vendorCode: 'urn:aerospike:errors:validation:failed',
      vendorMessage: 'userId is wrong',
    },
  },
  {
    rule: '400 with fields that are invalid or missing has an issue for each of them',
    answer: json(400, {
      ...problem('validation:failed', 'Validation failed', 'See context.'),
      context: {
        invalid: [
          { field: '/userId', type: 'urn:aerospike:errors:validation:too-long' },
          { field: '/user/a~1b~0c', type: 'urn:x', description: 'Not an address.' },
          { field: 7, type: 'urn:x' },
          null,
        ],
        missing: ['/user/email', '', 3],
      },
    }),
    expected: {
      __typename: 'InvalidInputError',
      ...refused,
      issues: [
        { path: ['input', 'userId'], message: 'urn:aerospike:errors:validation:too-long' },
        { path: ['input', 'user', 'a/b~c'], message: 'Not an address.' },
        { path: ['input', 'user', 'email'], message: 'This field is required.' },
      ],
    },
  },
  {
    rule: '400 with a context of another form has one issue',
    answer: json(400, {
      ...problem('validation:failed', 'Validation failed', 'See context.'),
      context: { invalid: {}, missing: 'x' },
    }),
    expected: { issues: [{ path: ['input'], message: 'See context.' }] },
  },
  ...[
    { name: 'a message without X-Request-Id', body: { message: 'Not Found' } },
    { name: 'problem details of another type', body: { type: 'about:blank', title: 'Not Found' } },
    { name: 'nothing', body: undefined },
  ].map(({ name, body }) => ({
    rule: `404 with ${name} is not Aerospike’s word: VendorContractError, UNKNOWN until it is read back`,
    answer: body === undefined ? { status: 404 } : json(404, body),
    expected: unreadable,
  })),
  {
    rule: '400 whose problem type ends in not-found is NotFoundError',
    answer: json(400, problem('resource:not-found', 'Not found')),
    expected: { __typename: 'NotFoundError', ...refused, vendorMessage: 'Not found' },
  },
  {
    rule: 'a code and a detail that are no texts give way to the texts beside them',
    answer: json(400, { ...problem('x', 't'), code: 42, detail: {}, message: 'real' }),
    expected: { vendorCode: 'urn:aerospike:errors:x', vendorMessage: 'real' },
  },
  {
    rule: '401 is AuthenticationError REJECTED',
    answer: json(401, { code: 'invalid_token', message: 'The access token expired.' }, id),
    expected: {
      __typename: 'AuthenticationError',
      problem: 'REJECTED',
      ...refused,
      vendorCode: 'invalid_token',
      vendorMessage: 'The access token expired.',
    },
  },
  ...[402, 412].map((status) => ({
    rule: `${status} is no form of Aerospike: VendorContractError, NOT_APPLIED`,
    answer: json(status, { message: 'x' }, id),
    expected: { __typename: 'VendorContractError', ...refused },
  })),
  {
    rule: '403 is PermissionDeniedError and names update:org',
    answer: json(403, { message: 'No.' }, id),
    expected: { __typename: 'PermissionDeniedError', requiredPermission: 'update:org', ...refused },
  },
  {
    rule: '404 is NotFoundError',
    answer: json(404, { message: 'No.' }, id),
    expected: { __typename: 'NotFoundError', ...refused },
  },
  {
    rule: '429 without a header tells no wait',
    answer: json(429, { message: 'Slow.' }),
    expected: { __typename: 'RateLimitedError', retryAfterSeconds: null },
  },
  {
    rule: 'the vendor’s X-Request-Id is passed on',
    answer: json(404, { message: 'No.' }, id),
    expected: { vendorRequestId: 'b0658b67-8ea3-46de-a3b8-18c3f5347def' },
  },
]);

describeRows('successes', change, [
  ...[
    { name: '204', answer: { status: 204 } },
    { name: '200 without a body', answer: { status: 200 } },
    { name: '200 with an empty object', answer: json(200, {}) },
    { name: '200 with null', answer: json(200, null) },
  ].map(({ name, answer }) => ({
    rule: `${name} is a success`,
    answer,
    expected: {
      __typename: 'RemoveOrgMemberSuccess',
      outcome: 'APPLIED',
      confirmedBy: 'VENDOR_RESPONSE',
      userId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01',
    },
  })),
  {
    rule: 'a 200 in the error form is VendorContractError, UNKNOWN',
    answer: json(200, { message: 'No.' }),
    expected: unreadable,
  },
  {
    rule: 'a 200 with problem details is VendorContractError, UNKNOWN',
    answer: json(200, problem('system:internal', 'Oops')),
    expected: unreadable,
  },
  ...[
    { name: 'foreign JSON', answer: json(200, { error: 'maintenance' }) },
    { name: 'an empty list', answer: json(200, []) },
    { name: 'a text', answer: { status: 200, body: 'OK' } },
  ].map(({ name, answer }) => ({
    rule: `a 200 with ${name} is VendorContractError, UNKNOWN`,
    answer,
    expected: unreadable,
  })),
  { rule: 'a 201 is VendorContractError, UNKNOWN', answer: { status: 201 }, expected: unreadable },
]);
