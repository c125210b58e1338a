import { expect } from 'vitest';
import { changes } from '../support/changes.ts';
import { createCommonRows, describeRows, json } from '../support/table.ts';

const user = {
  id: 501,
  full_name: 'Irina Sokolova',
  email: 'irina@example.com',
  username: 'irina',
  avatar_initials_url: 'https://example.com/a.png',
  avatar_uploaded_url: null,
  initials: 'IS',
  avatar_type: 2,
  lng: 'en',
  timezone: 'Europe/Berlin',
  theme: 'auto',
  updated: '2026-09-01T08:30:00.000Z',
  created: '2025-02-11T09:15:27.412Z',
  activated: true,
  ui_version: 2,
  virtual: false,
  email_blocked: null,
  email_blocked_reason: null,
  delete_requested_at: null,
};
const refused = { outcome: 'NOT_APPLIED', retryable: false };
const unreadable = { __typename: 'VendorContractError', outcome: 'UNKNOWN', retryable: false };
const change = changes.removeGroupUser;

describeRows('the rows of all vendors', change, createCommonRows(change));

describeRows('the rows of Kaiten', change, [
  {
    rule: '400 is InvalidInputError',
    answer: json(400, { message: 'user_id is wrong' }),
    expected: {
      __typename: 'InvalidInputError',
      ...refused,
      vendorMessage: 'user_id is wrong',
      issues: [{ path: ['input'], message: 'user_id is wrong' }],
    },
  },
  ...[
    { name: 'quoted', body: '"Invalid token"' },
    { name: 'not quoted', body: 'Invalid token' },
    { name: 'sent as HTML', body: 'Invalid token', type: 'text/html; charset=utf-8' },
  ].map(({ name, body, type }) => ({
    rule: `401 with a bare string, ${name}, is AuthenticationError REJECTED`,
    answer: { status: 401, ...(type && { headers: { 'content-type': type } }), body },
    expected: {
      __typename: 'AuthenticationError',
      problem: 'REJECTED',
      ...refused,
      vendorMessage: 'Invalid token',
    },
  })),
  {
    rule: '401 without a body is AuthenticationError REJECTED',
    answer: { status: 401 },
    expected: { __typename: 'AuthenticationError', ...refused },
  },
  ...[403, 404].map((status) => ({
    rule: `${status} with JSON is not Kaiten’s word: VendorContractError, UNKNOWN until it is read back`,
    answer: json(status, { message: 'no Route matched with those values' }),
    expected: unreadable,
  })),
  {
    rule: '403 without a body is not Kaiten’s word if Cloudflare marks it as a challenge',
    answer: { status: 403, headers: { 'cf-mitigated': 'challenge', 'cf-ray': '8f2b-SJC' } },
    expected: { ...unreadable, message: expect.stringContaining('bot challenge') },
  },
  ...[400, 402].map((status) => ({
    rule: `${status} with a plain text is not Kaiten’s word: VendorContractError, UNKNOWN until it is read back`,
    answer: { status, headers: { 'content-type': 'text/plain' }, body: 'Bad Request' },
    expected: { ...unreadable, vendorMessage: null },
  })),
  {
    rule: '402 is PlanRequiredError',
    answer: json(402, { message: 'Feature is not supported by tariff' }),
    expected: {
      __typename: 'PlanRequiredError',
      ...refused,
      vendorMessage: 'Feature is not supported by tariff',
    },
  },
  {
    rule: '403 without a body is PermissionDeniedError that names no permission',
    answer: { status: 403 },
    expected: { __typename: 'PermissionDeniedError', requiredPermission: null, ...refused },
  },
  {
    rule: '404 without a body is NotFoundError',
    answer: { status: 404 },
    expected: { __typename: 'NotFoundError', ...refused, vendorMessage: null },
  },
  {
    rule: '412 is no form of Kaiten: VendorContractError, NOT_APPLIED',
    answer: json(412, { message: 'x' }),
    expected: { __typename: 'VendorContractError', ...refused },
  },
  {
    rule: '429 tells its wait in X-RateLimit-Reset, in epoch seconds by the answer’s Date',
    answer: {
      status: 429,
      headers: {
        date: 'Wed, 01 Jan 2020 00:00:00 GMT',
        'x-ratelimit-reset': String(1577836800 + 2),
      },
    },
    expected: { __typename: 'RateLimitedError', retryAfterSeconds: 2 },
  },
  ...[
    { value: 99_999_999_999, unit: 'seconds' },
    { value: 100_000_000_001, unit: 'milliseconds' },
  ].map(({ value, unit }) => ({
    rule: `an X-RateLimit-Reset of ${value} is in ${unit}`,
    answer: {
      status: 429,
      headers: {
        date: new Date(
          unit === 'seconds' ? value * 1000 - 5000 : Math.floor(value / 1000) * 1000 - 5000,
        ).toUTCString(),
        'x-ratelimit-reset': String(value),
      },
    },
    expected: { retryAfterSeconds: expect.closeTo(5, 1) },
  })),
  {
    rule: '429 with an X-RateLimit-Reset in milliseconds reads them as such',
    answer: {
      status: 429,
      headers: {
        date: 'Wed, 01 Jan 2020 00:00:00 GMT',
        'x-ratelimit-reset': String(1577836800_000 + 1500),
      },
    },
    expected: { retryAfterSeconds: 1.5 },
  },
]);

describeRows('successes', change, [
  {
    rule: '200 with the user is a success, with the user’s fields under our names',
    answer: json(200, user),
    expected: {
      __typename: 'RemoveGroupUserSuccess',
      outcome: 'APPLIED',
      confirmedBy: 'VENDOR_RESPONSE',
      groupUid: '5f0c7a9e-2b41',
      userId: '501',
      user: {
        userId: '501',
        fullName: 'Irina Sokolova',
        email: 'irina@example.com',
        username: 'irina',
        initials: 'IS',
        avatarType: 'INITIALS',
        avatarInitialsUrl: 'https://example.com/a.png',
        avatarUploadedUrl: null,
        language: 'en',
        timezone: 'Europe/Berlin',
        theme: 'AUTO',
        uiVersion: 2,
        activated: true,
        virtual: false,
        createdAt: '2025-02-11T09:15:27.412Z',
        updatedAt: '2026-09-01T08:30:00.000Z',
        emailBlockedAt: null,
        emailBlockedReason: null,
        deleteRequestedAt: null,
      },
    },
  },
  {
    rule: 'enums written as texts are read too',
    answer: json(200, { ...user, avatar_type: '3', ui_version: '1', theme: 'dark' }),
    expected: { user: { avatarType: 'UPLOADED', uiVersion: 1, theme: 'DARK' } },
  },
  {
    rule: 'wrong optional values become null, and the success stays',
    answer: json(200, {
      id: 501,
      avatar_type: 9,
      theme: 'pink',
      created: 'x',
      activated: 'yes',
      lng: 4,
    }),
    expected: {
      outcome: 'APPLIED',
      user: { avatarType: null, theme: null, createdAt: null, activated: null, language: null },
    },
  },
  {
    rule: 'an id that is another user’s is VendorContractError, UNKNOWN',
    answer: json(200, { ...user, id: 502 }),
    expected: unreadable,
  },
  ...[
    { name: 'no id', answer: json(200, { ...user, id: undefined }) },
    { name: 'an id that is no number', answer: json(200, { ...user, id: '501a' }) },
    { name: 'a bare string', answer: json(200, 'Invalid token') },
    { name: 'the error form', answer: json(200, { message: 'No.' }) },
    { name: 'an array', answer: json(200, [user]) },
    { name: 'null', answer: json(200, null) },
    { name: 'no body', answer: { status: 200 } },
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
