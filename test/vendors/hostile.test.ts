import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allChanges, changePerVendor } from '../support/changes.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { json, once } from '../support/table.ts';
import { type StubAnswer, startVendor } from '../support/vendor.ts';
import { runs, seed, timeoutMs } from '../support/wire/runs.ts';

const tokens = [
  'wethod-token-1',
  'kaiten-token-1',
  'aerospike-token-1',
  'rocketchat-token-1',
] as const;

const bodies: readonly { readonly name: string; readonly body: string | Uint8Array }[] = [
  { name: 'nothing', body: '' },
  { name: 'a page', body: '<html><script>alert(1)</script></html>' },
  { name: 'cut JSON', body: '{"message":"No' },
  {
    name: 'members of wrong types',
    body: '{"message":{"a":1},"key":[],"code":4,"type":false,"failures":"x","errorType":{}}',
  },
  { name: 'null', body: 'null' },
  { name: 'an array', body: '[{"message":"x"}]' },
  { name: 'a number', body: '1e999' },
  { name: 'one megabyte', body: JSON.stringify({ message: 'x'.repeat(1_000_000) }) },
  { name: 'two megabytes', body: 'y'.repeat(2_000_000) },
  {
    name: 'invalid UTF-8',
    body: Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  },
  { name: 'deep nesting', body: '['.repeat(100_000) },
  {
    name: 'deep nesting with escapes',
    body: `${'{"a\\u0041":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
  },
  { name: 'a prototype', body: '{"__proto__":{"message":"x"},"constructor":{"name":"y"}}' },
];

/** What each status stands for where its body is the vendor's own, or was cut. */
const statuses = {
  400: 'InvalidInputError',
  401: 'AuthenticationError',
  402: 'PlanRequiredError',
  403: 'PermissionDeniedError',
  404: 'NotFoundError',
  412: 'PreconditionFailedError',
  429: 'RateLimitedError',
  500: 'VendorUnavailableError',
} as const;

describe.each(changePerVendor)('$name and hostile bodies', (change) => {
  test.each(bodies)('a body of $name does not change the meaning of a status', async ({ body }) => {
    await using vendor = await startVendor();
    await using gateway = testGateway({ [change.urlVariable]: vendor.url, ...once });
    // A body that is slow to make and to read gets one status that is read back and one that is not.
    const sent = body.length > 90_000 ? { 400: statuses[400], 500: statuses[500] } : statuses;
    for (const [status, type] of Object.entries(sent)) {
      vendor.answer = { status: Number(status), body };
      const result = await change.make(gateway);
      expect([type, 'VendorContractError'], status).toContain(result.__typename);
      expect(result.vendorStatus).toBe(Number(status));
      expect((result.vendorMessage ?? '').length).toBeLessThanOrEqual(500);
      expect(JSON.stringify(result)).not.toContain('<script>');
    }
  });

  test('removes control and bidirectional characters from a vendor’s message', async () => {
    const answer = json(403, {
      key: 'k\u0000\u202Eey',
      message: '\u0007a\u202Eb\u2066c\u200Bd\nline\u0085two\uFEFF\uD800 \u061C',
      error: 'e',
    });
    await using vendor = await startVendor(answer);
    await using gateway = testGateway({ [change.urlVariable]: vendor.url, ...once });
    const { vendorMessage } = await change.make(gateway);
    expect(vendorMessage).toBe('abcd line two\uFFFD');
  });

  test('truncates a long message to 500 characters, never within a character', async () => {
    const long = `${'x'.repeat(499)}\u{1F600}tail`;
    await using vendor = await startVendor(json(403, { message: long, error: long }));
    await using gateway = testGateway({ [change.urlVariable]: vendor.url, ...once });
    const { vendorMessage } = await change.make(gateway);
    expect(vendorMessage).toBe('x'.repeat(499));
  });

  test.each([
    { name: 'plainly', spell: (token: string) => `Token ${token} is bad` },
    {
      name: 'hidden between invisible characters',
      spell: (token: string) => `Bad: ${[...token].join('\u200B')}`,
    },
    { name: 'across the cut', spell: (token: string) => `${'x'.repeat(495)}${token}` },
  ])('replaces a credential that a message repeats $name', async ({ spell }) => {
    const own = tokens.find((token) => token.startsWith(change.vendor.toLowerCase())) ?? '';
    expect(own).not.toBe('');
    const message = spell(own);
    const body = { message, error: message, key: own, code: own, errorType: own };
    await using vendor = await startVendor(json(403, body, { 'x-request-id': own }));
    await using gateway = testGateway({ [change.urlVariable]: vendor.url, ...once });
    const { vendorMessage, vendorCode, vendorRequestId } = await change.make(gateway);
    for (const shown of [vendorMessage, vendorCode, vendorRequestId, gateway.logged()]) {
      // Not even its beginning.
      expect(shown ?? '').not.toContain(own.slice(0, 4));
    }
    expect(vendorMessage).toContain('[cred');
    expect(vendorRequestId).toBeNull();
  });

  test('replaces the company and the user id in messages as whole words only', async () => {
    const message = 'acme (rbAXPnMktTFbNpwtJ) acmeist invalid_acme acme-x';
    await using vendor = await startVendor(json(403, { message }));
    await using gateway = testGateway({ [change.urlVariable]: vendor.url, ...once });
    const { vendorMessage } = await change.make(gateway);
    const expected = {
      WETHOD: '[credential] (rbAXPnMktTFbNpwtJ) acmeist invalid_acme acme-x',
      ROCKETCHAT: 'acme ([credential]) acmeist invalid_acme acme-x',
      KAITEN: message,
      AEROSPIKE: message,
    };
    expect(vendorMessage).toBe(expected[change.vendor]);
  });
});

test.each([
  { name: 'plainly', value: '"kaiten/token"' },
  { name: 'with JSON escapes', value: '"kaiten\\/\\u0074oken"' },
])('replaces a credential that a success repeats $name', async ({ value }) => {
  const change = allChanges[2];
  if (change === undefined) throw new Error('no such change');
  await using vendor = await startVendor({ status: 200, body: `{"id":501,"full_name":${value}}` });
  await using gateway = testGateway({ [change.urlVariable]: vendor.url });
  const result = await change.make(gateway, {
    ...credentials,
    'kaiten-authorization': 'Bearer kaiten/token',
  });
  expect(result).toMatchObject({ outcome: 'APPLIED', user: { fullName: '[credential]' } });
});

test('classifies a response the same if it happens to contain a credential', async () => {
  const chat = allChanges[4];
  if (chat === undefined) throw new Error('no such change');
  const answer = json(400, { success: false, error: 'x', errorType: 'error-room-not-found' });
  await using vendor = await startVendor(answer);
  await using gateway = testGateway({ [chat.urlVariable]: vendor.url });
  const headers = { ...credentials, 'rocketchat-auth-token': 'room' };
  expect(await chat.make(gateway, headers)).toMatchObject({
    __typename: 'NotFoundError',
    vendorCode: 'error-[credential]-not-found',
  });
});

const headerNames = [
  'retry-after',
  'x-ratelimit-reset',
  'x-ratelimit-retry-after',
  'date',
  'x-request-id',
  'content-type',
];
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .record(
      {
        success: fc.constantFrom(true, false, 'true'),
        id: fc.constantFrom(501, 9, '501'),
        stream_id: fc.constantFrom(7, 8),
        leader_id: fc.constantFrom(42, 1),
        deleted_at: fc.constantFrom(null, '2026-04-24T10:03:54Z', 'x'),
        key: fc.anything(),
        message: fc.string(),
        type: fc.constantFrom('urn:aerospike:errors:resource:not-found', 'x', 3),
        title: fc.string(),
        errorType: fc.constantFrom('error-room-not-found', 'error-not-allowed', 'x'),
        failures: fc.array(
          fc.oneof(
            fc.anything(),
            fc.record({
              field: fc.oneof(
                fc.string(),
                fc.constantFrom('constructor', '__proto__', 'stream_id'),
              ),
              message: fc.string(),
            }),
          ),
        ),
      },
      { requiredKeys: [] },
    )
    .map((value) =>
      Buffer.from(
        JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)) ?? '',
      ),
    ),
);
const answers: fc.Arbitrary<StubAnswer> = fc.record({
  status: fc.oneof(
    fc.integer({ min: 200, max: 999 }),
    fc.constantFrom(200, 201, 204, 400, 401, 403, 404, 412, 429, 500),
  ),
  headers: fc.dictionary(
    fc.constantFrom(...headerNames),
    fc.oneof(fc.stringMatching(/^[\x20-\x7e]{0,30}$/), fc.integer().map(String)),
    { maxKeys: 4 },
  ),
  body: bytes,
});

test.each(allChanges)(
  'returns a typed result with a true outcome of $name, whatever status and bytes arrive',
  async (change) => {
    await using vendor = await startVendor();
    await using gateway = testGateway({ [change.urlVariable]: vendor.url, ...once });
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        vendor.answer = answer;
        // Throws where there is an entry in errors.
        const result = await change.make(gateway);
        expect(result.__typename).toMatch(/(Success|Error)$/);
        const { status } = answer;
        if (result.__typename.endsWith('Success')) {
          expect(result.outcome).toBe('APPLIED');
          expect([200, 201, 204]).toContain(status);
        } else {
          expect(['NOT_APPLIED', 'UNKNOWN']).toContain(result.outcome);
          if (result.outcome === 'NOT_APPLIED') {
            const isRefusal =
              (status >= 400 && status < 500) ||
              [301, 307, 308].includes(status) ||
              (change.vendor === 'ROCKETCHAT' && status === 200);
            expect(isRefusal).toBe(true);
          }
        }
      }),
      { numRuns: runs, seed },
    );
    expect(gateway.logged()).not.toContain('unexpected fault');
  },
  timeoutMs,
);
