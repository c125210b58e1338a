import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { testGateway } from '../../test/support/gateway.ts';
import { createRefusedUrl, startVendor } from '../../test/support/vendor.ts';
import {
  type Gateway,
  GatewayError,
  person,
  removeGroupUser,
  removeOrgMember,
} from '../src/index.ts';
import { catchRejection, createGateway, credentials, respondWith } from './support.ts';

const userId = '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';
/** What one attempt rejects with; `retry.test.ts` is about more than one. */
const remove = (gateway: Gateway) =>
  catchRejection(removeOrgMember({ ...gateway, retry: false }, { userId }));
const json = (status: number, body: unknown, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers });

async function listen(answer: (response: ServerResponse) => void) {
  const seen = { calls: 0 };
  const server = createServer((request, response) => {
    seen.calls += 1;
    request.resume().once('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a change without a response is UNKNOWN', () => {
  test('if no connection can be made', async () => {
    const error = await remove({ endpoint: `${await createRefusedUrl()}/graphql`, credentials });
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toMatchObject({ code: 'NETWORK', outcome: 'UNKNOWN', retryable: false });
  });

  test('if the connection is cut before the head', async () => {
    await using server = await listen((response) => response.destroy());
    const error = await remove({ endpoint: server.endpoint, credentials });
    expect(error).toMatchObject({ code: 'NETWORK', outcome: 'UNKNOWN', status: null });
    expect(server.seen.calls).toBe(1);
  });

  test('if the connection is cut within the body', async () => {
    await using server = await listen((response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"data":{"removeOrgMember":{"__typename":"RemoveOrgMemberSucc');
      setImmediate(() => response.destroy());
    });
    const error = await remove({ endpoint: server.endpoint, credentials });
    expect(error).toMatchObject({ code: 'NETWORK', outcome: 'UNKNOWN' });
    expect(server.seen.calls).toBe(1);
  });

  test('if it is aborted after it was sent, although the change is made', async () => {
    const controller = new AbortController();
    await using vendor = await startVendor((response) => {
      controller.abort(new Error('no patience'));
      response.writeHead(204).end();
    });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
    const error = await remove(createGateway(gateway, { signal: controller.signal }));
    expect(error).toMatchObject({ code: 'ABORTED', outcome: 'UNKNOWN', retryable: false });
    expect(vendor.calls).toHaveLength(1);
  });

  test('if it is redirected: credentials do not follow a redirect', async () => {
    await using other = await listen((response) => response.end('{}'));
    await using server = await listen((response) =>
      response.writeHead(307, { location: other.endpoint }).end(),
    );
    const error = await remove({ endpoint: server.endpoint, credentials });
    expect(error).toMatchObject({ code: 'UNEXPECTED_ANSWER', outcome: 'UNKNOWN' });
    expect(other.seen.calls).toBe(0);
  });
});

describe('a change that the gateway rejected before it ran is NOT_APPLIED', () => {
  test('401: the caller is not identified', async () => {
    await using vendor = await startVendor({ status: 204 });
    await using gateway = testGateway({
      AEROSPIKE_URL: vendor.url,
      JWKS_URL: 'https://keys.invalid/jwks',
      JWT_ISSUER: 'https://issuer.invalid',
      JWT_AUDIENCE: 'gateway',
    });
    const error = await remove(createGateway(gateway, { authorization: 'Bearer nobody' }));
    expect(error).toMatchObject({
      code: 'UNAUTHENTICATED',
      outcome: 'NOT_APPLIED',
      status: 401,
      retryable: false,
      requestId: expect.any(String),
    });
    expect(vendor.calls).toHaveLength(0);
  });

  test.each(['CALLER_REQUESTS', 'CALLER_CHANGES'])('429: %s are used up', async (limit) => {
    await using vendor = await startVendor({ status: 204 });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, [limit]: '1/60' });
    const called = createGateway(gateway);
    expect(await removeOrgMember(called, { userId })).toMatchObject({ outcome: 'APPLIED' });
    const error = await remove(called);
    expect(error).toMatchObject({
      code: 'CALLER_LIMIT',
      outcome: 'NOT_APPLIED',
      status: 429,
      retryable: true,
    });
    const { retryAfterSeconds } = error as GatewayError;
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(vendor.calls).toHaveLength(1);
  });

  test('503: the caller’s token cannot be checked at the moment', async () => {
    const errors = [{ message: 'Later.', extensions: { code: 'TRY_LATER' } }];
    const { gateway } = respondWith(() => json(503, { errors }, { 'retry-after': '5' }));
    expect(await remove(gateway)).toMatchObject({
      code: 'REFUSED',
      outcome: 'NOT_APPLIED',
      retryable: true,
      retryAfterSeconds: 5,
    });
  });

  test('503: the gateway is stopping', async () => {
    await using vendor = await startVendor({ status: 204 });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
    await gateway.gateway.lifecycle.stop();
    const error = await remove(createGateway(gateway));
    expect(error).toMatchObject({ code: 'STOPPING', outcome: 'NOT_APPLIED', retryable: true });
    expect(vendor.calls).toHaveLength(0);
  });

  test('400: a document that is too large', async () => {
    await using vendor = await startVendor({ status: 204 });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, MAX_TOKENS: '10' });
    expect(await remove(createGateway(gateway))).toMatchObject({
      code: 'REFUSED',
      outcome: 'NOT_APPLIED',
      status: 400,
      retryable: false,
    });
    expect(vendor.calls).toHaveLength(0);
  });

  test('variables that do not match their types', async () => {
    await using vendor = await startVendor({ status: 204 });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
    const wrong = { userId, other: 1 } as { readonly userId: string };
    const error = await catchRejection(removeOrgMember(createGateway(gateway), wrong));
    expect(error).toMatchObject({
      code: 'REFUSED',
      outcome: 'NOT_APPLIED',
      message: expect.stringContaining('"other" is not defined'),
    });
    expect(vendor.calls).toHaveLength(0);
  });

  test.each([
    [200, 'GRAPHQL_PARSE_FAILED'],
    [200, 'GRAPHQL_VALIDATION_FAILED'],
    [200, 'OPERATION_RESOLUTION_FAILURE'],
    [200, 'BAD_USER_INPUT'],
    [200, 'DOCUMENT_TOO_LARGE'],
    [200, 'PERSISTED_QUERY_NOT_SUPPORTED'],
    [405, 'METHOD_NOT_ALLOWED'],
    [406, 'NOT_ACCEPTABLE'],
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
    [503, 'TRY_LATER'],
  ])('%i: what was refused with the code %s was not applied', async (status, code) => {
    const errors = [{ message: 'No.', extensions: { code, requestId: 'one' } }];
    const { gateway } = respondWith(() => json(status, { errors }));
    expect(await remove(gateway)).toMatchObject({
      code: 'REFUSED',
      outcome: 'NOT_APPLIED',
      requestId: 'one',
    });
  });

  test('413: a body that is too long', async () => {
    await using gateway = testGateway({
      AEROSPIKE_URL: 'https://a.invalid',
      MAX_BODY_BYTES: '100',
    });
    expect(await remove(createGateway(gateway))).toMatchObject({
      code: 'REFUSED',
      outcome: 'NOT_APPLIED',
      status: 413,
    });
  });
});

describe('a change that was never sent is NOT_APPLIED', () => {
  const sent = () => {
    const { gateway, seen } = respondWith(() => json(200, {}));
    return { gateway, seen };
  };

  test.each<[name: string, options: Partial<Gateway>, says: RegExp]>([
    [
      'an endpoint that is none',
      { endpoint: 'nowhere' },
      /endpoint: expected an http or https URL, got "nowhere"/,
    ],
    ['an endpoint of another scheme', { endpoint: 'ftp://gateway/graphql' }, /endpoint: expected/],
    ['an endpoint with a user', { endpoint: 'https://u:secret@gateway/graphql' }, /with a user/],
    [
      'a signal that was already aborted',
      { signal: AbortSignal.abort() },
      /the signal was already aborted/,
    ],
    [
      'a credential that no header can bear',
      { credentials: { aerospike: { token: 'secret\nx' } } },
      /the header aerospike-authorization accepts/,
    ],
    [
      'a credential of which a part is not there',
      { credentials: { aerospike: {} as { token: string } } },
      /credentials\.aerospike\.token: expected a non-empty string, got undefined/,
    ],
    ['an authorization that no header can bear', { authorization: 'secret\n1' }, /authorization/],
  ])('%s', async (_name, options, says) => {
    const { gateway, seen } = sent();
    const error = (await remove({ ...gateway, ...options })) as GatewayError;
    expect(error).toMatchObject({ code: 'NOT_SENT', outcome: 'NOT_APPLIED', status: null });
    expect(error.message).toMatch(says);
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain(
      'secret',
    );
    expect(seen.calls).toBe(0);
  });

  test('variables that cannot be converted to JSON', async () => {
    const { gateway, seen } = sent();
    const error = await catchRejection(
      removeOrgMember(gateway, { userId: 1n as unknown as number }),
    );
    expect(error).toMatchObject({ code: 'NOT_SENT', outcome: 'NOT_APPLIED' });
    expect(seen.calls).toBe(0);
  });
});

describe('an internal error of the gateway', () => {
  const faulty =
    (isSent: boolean) =>
    ({ vendors }: Context) => {
      const change = vendors.change.bind(vendors);
      vendors.change = async (...args) => {
        if (isSent) await change(...args).catch(() => {});
        throw new TypeError('boom');
      };
    };

  test.each([
    [false, 'NOT_APPLIED'],
    [true, 'UNKNOWN'],
  ])('tells the outcome that it knows (sent: %s): %s', async (isSent, outcome) => {
    await using vendor = await startVendor({ status: 500 });
    await using gateway = testGateway({ KAITEN_URL: vendor.url }, faulty(isSent));
    const call = removeGroupUser(createGateway(gateway), { groupUid: 'g', userId: 1 });
    expect(await catchRejection(call)).toMatchObject({ code: 'INTERNAL', outcome });
  });

  test.each([
    [{ code: 'INTERNAL', outcome: 'APPLIED' }, 'APPLIED'],
    [{ code: 'INTERNAL', outcome: 'LATER_VALUE' }, 'UNKNOWN'],
    [{ code: 'INTERNAL' }, 'UNKNOWN'],
  ])('%j is %s', async (extensions, outcome) => {
    const errors = [{ message: 'm', path: ['removeOrgMember'], extensions }];
    const { gateway } = respondWith(() => json(200, { data: { removeOrgMember: null }, errors }));
    expect(await remove(gateway)).toMatchObject({ code: 'INTERNAL', outcome });
  });
});

describe('a response of a proxy', () => {
  const page = (status: number) => new Response('<html>', { status });
  const errors = [{ message: 'Timed out', extensions: { code: 'GATEWAY_TIMEOUT' } }];

  test.each<[name: string, answer: () => Response, outcome: string]>([
    ['a proxy’s 401', () => page(401), 'NOT_APPLIED'],
    ['a proxy’s 413', () => page(413), 'NOT_APPLIED'],
    ['a proxy’s 429', () => page(429), 'NOT_APPLIED'],
    ['a firewall’s 403', () => page(403), 'UNKNOWN'],
    ['a proxy’s 408', () => page(408), 'UNKNOWN'],
    ['a proxy’s 499', () => page(499), 'UNKNOWN'],
    ['a proxy’s 502', () => page(502), 'UNKNOWN'],
    ['a proxy’s 503', () => page(503), 'UNKNOWN'],
    ['a portal’s 200', () => page(200), 'UNKNOWN'],
    ['a router that waited in vain', () => json(504, { errors }), 'UNKNOWN'],
    ['a router that waited in vain, and says 408', () => json(408, { errors }), 'UNKNOWN'],
    ['a router of another kind', () => json(200, { errors }), 'UNKNOWN'],
    ['a router without an answer', () => json(200, { data: null, errors }), 'UNKNOWN'],
    ['a result that is null without a reason', () => json(200, { data: {} }), 'UNKNOWN'],
    ['a result without a type', () => json(200, { data: { removeOrgMember: {} } }), 'UNKNOWN'],
    ['JSON of another form', () => json(500, { errors: [{ title: 'Oh' }] }), 'UNKNOWN'],
    ['an array', () => json(200, []), 'UNKNOWN'],
    ['nothing', () => new Response(null, { status: 204 }), 'UNKNOWN'],
  ])('%s', async (_name, answer, outcome) => {
    const { gateway, seen } = respondWith(answer);
    expect(await remove(gateway)).toMatchObject({ code: 'UNEXPECTED_ANSWER', outcome });
    expect(seen.calls).toBe(1);
  });

  test('any response: one request, and NOT_APPLIED only if a rejection proves it', async () => {
    const own = ['UNAUTHENTICATED', 'CALLER_LIMIT', 'STOPPING', 'CSRF', 'INTERNAL'];
    const entry = fc.record({
      message: fc.string(),
      extensions: fc.oneof(
        fc.record({ code: fc.oneof(fc.constantFrom(...own), fc.string()) }),
        fc.constant({}),
      ),
    });
    const body = fc.oneof(
      fc.json(),
      fc
        .record(
          { data: fc.constantFrom(null, {}, { removeOrgMember: null }), errors: fc.array(entry) },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
    );
    // GraphQL specification, section 7.1: without `data` nothing was executed. Routers tell their codes in the same form.
    const isUncoded = (status: number, text: string) => {
      const { data, errors } = (JSON.parse(text) ?? {}) as {
        data?: unknown;
        errors?: { extensions: { code?: string } }[];
      };
      return (
        status === 200 &&
        data === undefined &&
        errors?.every(({ extensions }) => extensions.code === undefined) === true
      );
    };
    const statuses = fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 }));
    await fc.assert(
      fc.asyncProperty(statuses, body, async (status, text) => {
        const isBodiless = [204, 205, 304].includes(status);
        const { gateway, seen } = respondWith(
          () => new Response(isBodiless ? null : text, { status }),
        );
        const error = await remove(gateway);
        expect(error).toBeInstanceOf(GatewayError);
        expect(seen.calls).toBe(1);
        const { outcome } = error as GatewayError;
        if (outcome === 'UNKNOWN') return;
        expect(outcome).toBe('NOT_APPLIED');
        expect(
          (status >= 400 && status < 500) ||
            own.some((code) => text.includes(code)) ||
            isUncoded(status, text),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a read has no outcome, and is retryable if the connection was lost', async () => {
    const { gateway } = respondWith(() => Promise.reject(new TypeError('fetch failed')));
    const error = await catchRejection(person(gateway, { id: 1 }));
    expect(error).toMatchObject({ code: 'NETWORK', outcome: null, retryable: true });
  });
});
