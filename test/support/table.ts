import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from './changes.ts';
import { testGateway } from './gateway.ts';
import { type StubAnswer, startVendor } from './vendor.ts';

/** One row of the contract's table: what the vendor answers, and what the caller gets. */
export interface Row {
  readonly rule: string;
  readonly answer: StubAnswer;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** So little time that no repeat fits: a table is about one answer. */
export const once = { VENDOR_TIMEOUT_MS: '5000', FIELD_TIMEOUT_MS: '10000' };

/** Starts a vendor and a gateway over it. */
async function startPair(change: Change) {
  const stack = new AsyncDisposableStack();
  const vendor = stack.use(await startVendor());
  const gateway = stack.use(testGateway({ [change.urlVariable]: vendor.url, ...once }));
  return { vendor, gateway, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Tests rows through the gateway: the vendor gets one write for each. */
export function describeRows(title: string, change: Change, rows: readonly Row[]): void {
  describe(`${change.name}: ${title}`, () => {
    let shared: Awaited<ReturnType<typeof startPair>>;

    beforeAll(async () => {
      shared = await startPair(change);
    });

    afterAll(() => shared[Symbol.asyncDispose]());

    test.each(rows)('$rule', async ({ answer, expected }) => {
      // Outages in a row would open the circuit of a shared gateway.
      await using own = answer.status >= 500 ? await startPair(change) : null;
      const { vendor, gateway } = own ?? shared;
      const callsBefore = vendor.calls.length;
      vendor.answer = answer;
      const result = await change.make(gateway);
      const common = result.__typename.endsWith('Success')
        ? {}
        : {
            vendor: change.vendor,
            vendorStatus: answer.status,
            message: expect.stringMatching(/\S/),
          };
      expect(result).toMatchObject({ ...common, ...expected });
      const calls = vendor.calls.slice(callsBefore);
      expect(calls.filter(({ method }) => method !== 'GET')).toHaveLength(1);
    });
  });
}

/** A JSON answer. */
export function json(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): StubAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** The rows that hold for every vendor, whatever the body. */
export function createCommonRows(change: Change): Row[] {
  const unknown = { outcome: 'UNKNOWN' };
  const refused = { outcome: 'NOT_APPLIED', retryable: false };
  return [
    ...[408, 425].map((status) => ({
      rule: `${status} is VendorUnavailableError TIMEOUT, UNKNOWN`,
      answer: { status },
      expected: {
        __typename: 'VendorUnavailableError',
        reason: 'TIMEOUT',
        retryable: !change.isPost,
        ...unknown,
      },
    })),
    ...[500, 501, 502, 503, 504, 520, 599].map((status) => ({
      rule: `${status} is VendorUnavailableError SERVER_ERROR, UNKNOWN until it is read back`,
      answer: { status },
      expected: {
        __typename: 'VendorUnavailableError',
        reason: 'SERVER_ERROR',
        retryable: !change.isPost,
        ...unknown,
      },
    })),
    {
      rule: '503 with Retry-After tells the wait',
      answer: { status: 503, headers: { 'retry-after': '7' } },
      expected: { reason: 'SERVER_ERROR', retryAfterSeconds: 7 },
    },
    ...[405, 406, 407, 409, 410, 411, 413, 414, 415, 418, 422, 423, 451, 499].map((status) => ({
      rule: `${status} is VendorContractError, NOT_APPLIED: refused in a way that is not documented`,
      answer: json(status, { key: 'x', message: 'y', success: false }, { 'x-request-id': 'r-1' }),
      expected: { __typename: 'VendorContractError', ...refused },
    })),
    ...[202, 203, 205, 206, 226, 300, 302, 303, 304, 305, 399].map((status) => ({
      rule: `${status} is VendorContractError, UNKNOWN until it is read back`,
      answer: { status },
      expected: { __typename: 'VendorContractError', ...unknown },
    })),
    ...[301, 307, 308].map((status) => ({
      rule: `${status} is not followed: VendorContractError, NOT_APPLIED`,
      answer: { status, headers: { location: 'https://elsewhere.example/x' } },
      expected: { __typename: 'VendorContractError', ...refused },
    })),
    ...[401, 403, 404, 410, 412].map((status) => ({
      rule: `${status} with a proxy’s page is VendorContractError, UNKNOWN until it is read back`,
      answer: {
        status,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<html><h1>No</h1></html>',
      },
      expected: {
        __typename: 'VendorContractError',
        vendorMessage: null,
        message: expect.stringContaining(`${status} with content type text/html. `),
        ...unknown,
      },
    })),
    ...[521, 523, 525, 526, 530].map((status) => ({
      rule: `${status} of Cloudflare says that the vendor was not reached: NOT_APPLIED`,
      answer: { status, headers: { 'cf-ray': '8f2b3c4d5e6f7a81-SJC' } },
      expected: {
        __typename: 'VendorUnavailableError',
        reason: 'SERVER_ERROR',
        outcome: 'NOT_APPLIED',
        retryable: true,
      },
    })),
    ...[520, 522, 524, 527].map((status) => ({
      rule: `${status} of Cloudflare leaves open whether the vendor was reached: UNKNOWN`,
      answer: { status, headers: { 'cf-ray': '8f2b3c4d5e6f7a81-SJC' } },
      expected: { __typename: 'VendorUnavailableError', ...unknown },
    })),
    {
      rule: 'a 200 with a page instead of JSON is VendorContractError, UNKNOWN',
      answer: {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><p>Hello',
      },
      expected: { __typename: 'VendorContractError', vendorMessage: null, ...unknown },
    },
    {
      rule: '429 with Retry-After in seconds is RateLimitedError with that wait',
      answer: { status: 429, headers: { 'retry-after': '3' } },
      expected: {
        __typename: 'RateLimitedError',
        outcome: 'NOT_APPLIED',
        retryable: true,
        retryAfterSeconds: 3,
      },
    },
    {
      rule: '429 with Retry-After as a date is reckoned from the answer’s own Date',
      answer: {
        status: 429,
        headers: {
          date: 'Wed, 01 Jan 2020 00:00:00 GMT',
          'retry-after': 'Wed, 01 Jan 2020 00:01:30 GMT',
        },
      },
      expected: { __typename: 'RateLimitedError', retryAfterSeconds: 90 },
    },
    ...[
      'Wednesday, 01-Jan-20 00:01:30 GMT',
      'Wed Jan  1 00:01:30 2020',
      ' Wed, 01 Jan 2020 00:01:30 GMT ',
    ].map((value) => ({
      rule: `429 with the Retry-After ${value} is one of RFC 9110’s dates`,
      answer: {
        status: 429,
        headers: { date: 'Wednesday, 01-Jan-20 00:00:00 GMT', 'retry-after': value },
      },
      expected: { __typename: 'RateLimitedError', retryAfterSeconds: 90 },
    })),
    ...[
      { value: '30', seconds: 30 },
      { value: '0', seconds: 0.25 },
      { value: '86400', seconds: 86_400 },
      { value: '1577836890', seconds: 90 },
      { value: '1577836890500', seconds: 90.5 },
      { value: '86401', seconds: 0.25 },
      { value: '1577923201', seconds: null },
    ].map(({ value, seconds }) => ({
      rule: `429 with the X-RateLimit-Reset ${value} tells a wait of ${seconds} s`,
      answer: {
        status: 429,
        headers: { date: 'Wed, 01 Jan 2020 00:00:00 GMT', 'x-ratelimit-reset': value },
      },
      expected: { __typename: 'RateLimitedError', retryAfterSeconds: seconds },
    })),
    {
      rule: '429 with a Retry-After and an X-RateLimit-Reset takes the standard one',
      answer: { status: 429, headers: { 'retry-after': '7', 'x-ratelimit-reset': '30' } },
      expected: { retryAfterSeconds: 7 },
    },
    {
      rule: '429 with a wait that has passed tells a quarter of a second',
      answer: { status: 429, headers: { 'retry-after': '0' } },
      expected: { retryAfterSeconds: 0.25 },
    },
    ...[
      'soon',
      'Soon 5',
      'Mon, 1',
      '-5',
      '1e3',
      '86401',
      '99999999999999999999',
      '',
      'Wed, 01 Jan 2020 00:01:30 UTC',
      'Tue, 31 Jun 2020 00:00:00 GMT',
      'Wed, 01 Jan 2020 24:00:00 GMT',
    ].map((value) => ({
      rule: `429 with the Retry-After ${JSON.stringify(value)} tells no wait`,
      answer: { status: 429, headers: { 'retry-after': value } },
      expected: { __typename: 'RateLimitedError', retryAfterSeconds: null },
    })),
  ];
}
