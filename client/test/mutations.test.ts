import { describe, expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { changes } from '../../test/support/changes.ts';
import { testGateway } from '../../test/support/gateway.ts';
import { startVendor } from '../../test/support/vendor.ts';
import * as client from '../src/index.ts';
import { calls } from './calls.ts';
import { createGateway } from './support.ts';

const headersOf = {
  WETHOD: ['wethod-authorization', 'wethod-company'],
  KAITEN: ['kaiten-authorization'],
  AEROSPIKE: ['aerospike-authorization'],
  ROCKETCHAT: ['rocketchat-auth-token', 'rocketchat-user-id'],
};

test('every mutation and every query of the schema has a function of its name', () => {
  const fields = [schema.getMutationType(), schema.getQueryType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  expect(fields.length).toBeGreaterThan(18);
  const functions = new Map<string, unknown>(Object.entries(client));
  for (const field of fields) expect(functions.get(field), field).toBeTypeOf('function');
});

describe.each(Object.values(changes))('$name', ({ name, vendor, urlVariable, ...change }) => {
  const call = calls[name as keyof typeof calls];

  test('makes the change once, and sends only the credentials of its own vendor', async () => {
    await using stub = await startVendor(change.success);
    await using gateway = testGateway({ [urlVariable]: stub.url });
    const called = createGateway(gateway, { idempotencyKeys: false });
    const result = await call(called);
    expect(result).toMatchObject({
      __typename: `${name.charAt(0).toUpperCase()}${name.slice(1)}Success`,
      outcome: 'APPLIED',
      confirmedBy: 'VENDOR_RESPONSE',
    });
    expect(client.isSuccess(result)).toBe(true);
    expect(stub.calls.map(({ method, url }) => [method, url])).toEqual([
      [change.method, change.path],
    ]);
    const [sent] = called.sent;
    const credentialsSent = [...(sent?.keys() ?? [])].filter((header) =>
      Object.values(headersOf).flat().includes(header),
    );
    expect(credentialsSent.sort()).toEqual([...headersOf[vendor]].sort());
    expect(called.sent).toHaveLength(1);
  });

  test('returns an error of the vendor with all its fields', async () => {
    await using stub = await startVendor({
      status: 429,
      headers: { 'retry-after': '3600', 'x-request-id': 'v-1' },
      body: '{"success":false,"error":"Slow down","errorType":"error-too-many-requests","key":"K","message":"Slow down"}',
    });
    await using gateway = testGateway({ [urlVariable]: stub.url });
    const result = await call(createGateway(gateway, { requestId: 'r-1' }));
    expect(client.isSuccess(result)).toBe(false);
    expect(result).toMatchObject({
      __typename: 'RateLimitedError',
      vendor,
      outcome: 'NOT_APPLIED',
      retryable: true,
      retryAfterSeconds: 3_600,
      vendorStatus: 429,
      vendorRequestId: 'v-1',
      requestId: 'r-1',
      message: expect.any(String),
    });
    expect(result).toHaveProperty('vendorMessage');
    expect(result).toHaveProperty('vendorCode');
  });
});

test('returns the specific fields of each error', async () => {
  await using stub = await startVendor({
    status: 403,
    body: '{"key":"forbidden","message":"No."}',
  });
  await using gateway = testGateway({ WETHOD_URL: stub.url, KAITEN_URL: stub.url });
  const called = createGateway(gateway);
  expect(await calls.detachStreamLeader(called)).toMatchObject({
    __typename: 'PermissionDeniedError',
    requiredPermission: 'settings.company',
  });
  expect(await client.detachStreamLeader(called, { streamId: 'x', leaderId: 1 })).toMatchObject({
    __typename: 'InvalidInputError',
    issues: [{ path: ['input', 'streamId'], message: expect.stringContaining('received') }],
  });
  expect(await calls.removeGroupUser({ ...called, credentials: {} })).toMatchObject({
    __typename: 'AuthenticationError',
    problem: 'MISSING',
  });
  expect(await calls.removeOrgMember(called)).toMatchObject({
    __typename: 'VendorUnavailableError',
    reason: 'NOT_CONFIGURED',
    retryAfterSeconds: null,
  });
});

test('sends Authorization and x-request-id to the gateway, and the first to no vendor', async () => {
  await using stub = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: stub.url });
  const called = createGateway(gateway, { authorization: 'Bearer who-calls', requestId: 'r-2' });
  await calls.removeOrgMember(called);
  expect(called.sent[0]?.get('authorization')).toBe('Bearer who-calls');
  expect(called.sent[0]?.get('x-request-id')).toBe('r-2');
  expect(JSON.stringify(stub.calls)).not.toContain('who-calls');
  expect(stub.calls[0]?.headers.authorization).toBe('Bearer aerospike-token-1');
});
