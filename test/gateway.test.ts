import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { auditServer } from 'graphql-http';
import { expect, test } from 'vitest';
import type { Context } from '../src/context.ts';
import { encodeGlobalId, toNodeId } from '../src/schema/global-id.ts';
import { changes } from './support/changes.ts';
import { credentials, testGateway } from './support/gateway.ts';
import * as operations from './support/operations.ts';
import { json } from './support/table.ts';
import { startVendor } from './support/vendor.ts';

const off = { KAITEN_URL: 'https://kaiten.invalid' };

test('passes all audits of graphql-http, except for plain GETs, which any page could send', async () => {
  await using gateway = testGateway(off);
  await using server = await listen(gateway.gateway.listener);
  const results = await auditServer({ url: `${server.origin}/graphql` });
  expect(results.length).toBeGreaterThan(50);
  const others = results.filter(({ status }) => status !== 'ok');
  expect(others.map(({ id, status }) => [id, status])).toEqual(
    ['5A70', 'D6D5', '6A70'].map((id) => [id, 'notice']),
  );
  for (const { name } of others) expect(name).toMatch(/^MAY .*GET/);
});

test('vendors reports the configured vendors and their headers, without a call', async () => {
  await using gateway = testGateway(off);
  const { data } = await gateway.send(operations.vendors, {}, {});
  expect(data.vendors).toEqual([
    expect.objectContaining({
      vendor: 'WETHOD',
      configured: false,
      credentialHeaders: ['wethod-authorization', 'wethod-company'],
    }),
    expect.objectContaining({
      vendor: 'KAITEN',
      configured: true,
      credentialHeaders: ['kaiten-authorization'],
    }),
    expect.objectContaining({ vendor: 'AEROSPIKE', configured: false }),
    expect.objectContaining({
      vendor: 'ROCKETCHAT',
      configured: false,
      credentialHeaders: ['rocketchat-auth-token', 'rocketchat-user-id'],
    }),
  ]);
});

/** Makes a change of Kaiten throw an unexpected error, before or after the vendor was called. */
function faulty(isSent: boolean) {
  return ({ vendors }: Context) => {
    const change = vendors.change.bind(vendors);
    vendors.change = async (...args) => {
      const [{ key }] = args;
      if (key !== 'kaiten') return change(...args);
      if (isSent) await change(...args).catch(() => {});
      throw new TypeError('boom at https://internal.example', {
        cause: new Error('the root cause'),
      });
    };
  };
}

const beside = `mutation {
  removeGroupUser(input: {groupUid: "g", userId: 1}) { __typename }
  removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { ...on ChangeResult { outcome } }
}`;

test.each([
  { isSent: false, outcome: 'NOT_APPLIED' },
  { isSent: true, outcome: 'UNKNOWN' },
])(
  'an unexpected error nulls only its own field, is masked as INTERNAL with $outcome, and is logged with its cause',
  async ({ isSent, outcome }) => {
    await using vendor = await startVendor({ status: 204 });
    await using gateway = testGateway(
      { KAITEN_URL: vendor.url, AEROSPIKE_URL: vendor.url },
      faulty(isSent),
    );
    const answer = await gateway.sendText(beside, { ...credentials, 'x-request-id': 'abc-1' });
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({ removeGroupUser: null, removeOrgMember: { outcome: 'APPLIED' } });
    expect(answer.errors).toEqual([
      {
        message: expect.stringContaining('unexpectedly'),
        path: ['removeGroupUser'],
        locations: expect.anything(),
        extensions: { code: 'INTERNAL', outcome, requestId: 'abc-1' },
      },
    ]);
    expect(answer.text).not.toMatch(/boom|internal\.example|TypeError|\bat \//);
    const logged = gateway.logged();
    expect(logged).toContain('boom at https://internal.example');
    expect(logged).toContain('the root cause');
    expect(logged).toContain('"requestId":"abc-1"');
  },
);

test('masks an unexpected error outside every field as 500', async () => {
  await using gateway = testGateway(off, () => {
    throw new Error('boom');
  });
  const answer = await gateway.sendText('{ vendors { title } }');
  expect(answer.status).toBe(500);
  expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
  expect(answer.text).not.toContain('boom');
  expect(gateway.logged()).toContain('boom');
});

test('does not mask GraphQL’s own errors', async () => {
  await using gateway = testGateway(off);
  const { errors } = await gateway.sendText('{ vendor { title } }');
  expect(errors).toMatchObject([{ message: expect.stringContaining('Did you mean "vendors"') }]);
  expect(gateway.logged()).toMatch(/^.*"msg":"request refused"\}\n$/);
});

test.each(['abc', 'A.b_c-9', 'x'.repeat(128)])(
  'returns x-request-id %j in the header and in errors',
  async (id) => {
    await using gateway = testGateway(off);
    const headers = { 'x-request-id': id };
    const answer = await gateway.send(operations.leaveGroup, { input: { groupId: 'r' } }, headers);
    expect(answer.headers.get('x-request-id')).toBe(id);
    expect(answer.data.leaveGroup).toMatchObject({ requestId: id });
  },
);

test.each(['', 'a b', 'a/b', 'x'.repeat(129), '{"a":1}'])(
  'replaces the malformed x-request-id %j by a new one',
  async (id) => {
    await using gateway = testGateway(off);
    const answer = await gateway.send(
      operations.leaveGroup,
      { input: { groupId: 'r' } },
      { 'x-request-id': id },
    );
    const made = answer.headers.get('x-request-id');
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.data.leaveGroup).toMatchObject({ requestId: made });
  },
);

test.each([
  ['GET', '/health', 200],
  ['HEAD', '/ready', 200],
  ['GET', '/ready', 200],
  ['POST', '/ready', 405],
  ['GET', '/graphql/health', 404],
  ['GET', '/', 404],
])('%s %s is %i without a body', async (method, path, status) => {
  await using gateway = testGateway(off);
  const response = await gateway.gateway.fetch(`http://gateway${path}`, { method });
  expect(response.status).toBe(status);
  expect(await response.text()).toBe('');
});

test('runs root fields one after the other, each with its own result', async () => {
  const order: string[] = [];
  let open = 0;
  await using vendor = await startVendor((response, { url }) => {
    order.push(url);
    expect(++open).toBe(1);
    setImmediate(() => {
      open -= 1;
      if (url.endsWith('/2')) response.writeHead(404).end('{"key":"not_found","message":"No."}');
      else response.writeHead(200).end();
    });
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const field = (n: number) =>
    `d${n}: detachStreamLeader(input: {streamId: 1, leaderId: ${n}}) { ...on ChangeResult { outcome } }`;
  const { data } = await gateway.sendText(`mutation { ${[3, 1, 2].map(field).join(' ')} }`);
  expect(data).toEqual({
    d3: { outcome: 'APPLIED' },
    d1: { outcome: 'APPLIED' },
    d2: { outcome: 'NOT_APPLIED' },
  });
  expect(order.map((url) => url.at(-1))).toEqual(['3', '1', '2']);
});

test('does not send fields that have not begun when REQUEST_TIMEOUT_MS is over: NOT_STARTED', async () => {
  await using vendor = await startVendor(() => {});
  await using gateway = testGateway({
    WETHOD_URL: vendor.url,
    VENDOR_TIMEOUT_MS: '100',
    FIELD_TIMEOUT_MS: '200',
    REQUEST_TIMEOUT_MS: '200',
  });
  const field = (n: number) =>
    `d${n}: detachStreamLeader(input: {streamId: 1, leaderId: ${n}}) { ...on VendorUnavailableError { reason outcome retryable } }`;
  const { data } = await gateway.sendText(`mutation { ${[1, 2, 3, 4, 5].map(field).join(' ')} }`);
  expect(data['d1']).toEqual({ reason: 'TIMEOUT', outcome: 'UNKNOWN', retryable: true });
  expect(data['d5']).toEqual({ reason: 'NOT_STARTED', outcome: 'NOT_APPLIED', retryable: true });
  const sent = Object.values(data).filter((one) => one?.['reason'] === 'TIMEOUT');
  const writes = vendor.calls.filter(({ method }) => method === 'DELETE');
  expect(writes).toHaveLength(sent.length);
});

test('does not send fields that have not begun when the client disconnects, and follows the one in flight', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  const { promise: answered, resolve: setAnswered } = Promise.withResolvers<void>();
  await using vendor = await startVendor((response) => {
    response.on('finish', setAnswered);
    arrive(() => response.writeHead(200).end());
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const client = new AbortController();
  const fields = [1, 2, 3].map(
    (n) => `d${n}: detachStreamLeader(input: {streamId: 1, leaderId: ${n}}) { __typename }`,
  );
  const request = gateway.sendText(`mutation { ${fields.join(' ')} }`, credentials, {
    signal: client.signal,
  });
  const answer = await arrived;
  client.abort();
  await expect(request).rejects.toThrow(/abort/i);
  answer();
  await answered;
  await expect.poll(() => gateway.gateway.lifecycle.inFlight).toBe(0);
  expect(vendor.calls).toHaveLength(1);
  expect(gateway.logged()).toContain('change completed after client disconnected');
});

test('notices a disconnected client over real sockets, too', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  await using vendor = await startVendor((response) => {
    arrive(() => response.writeHead(200).end());
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  await using server = await listen(gateway.gateway.listener);
  const client = new AbortController();
  const fields = [1, 2, 3].map(
    (n) => `d${n}: detachStreamLeader(input: {streamId: 1, leaderId: ${n}}) { __typename }`,
  );
  const request = fetch(`${server.origin}/graphql`, {
    method: 'POST',
    headers: { ...credentials, 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { ${fields.join(' ')} }` }),
    signal: client.signal,
  });
  const answer = await arrived;
  client.abort();
  await expect(request).rejects.toThrow(/abort/i);
  await server.disconnected;
  answer();
  await expect.poll(() => gateway.logged()).toContain('change completed after client disconnected');
  await expect.poll(() => gateway.gateway.lifecycle.inFlight).toBe(0);
  expect(vendor.calls).toHaveLength(1);
});

test('logs one line above debug for a successful change', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  expect(await changes.removeOrgMember.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  const levels = gateway.logged().match(/"level":\d+/g);
  expect(levels).toEqual(['"level":20', '"level":30']);
});

test('the global ID of an entity is opaque, and differs by type, tenant and key', async () => {
  await using vendor = await startVendor(json(200, { id: 9, stream_id: 7, leader_id: 42 }));
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const idFor = async (company: string) => {
    const result = await changes.attachStreamLeader.make(gateway, {
      ...credentials,
      'wethod-company': company,
    });
    return (result['leadership'] as { id: string }).id;
  };
  const [acme, again, other] = [await idFor('acme'), await idFor('acme'), await idFor('other')];
  expect(again).toBe(acme);
  expect(other).not.toBe(acme);
  expect(Buffer.from(acme, 'base64url').toString()).not.toContain('acme');
  expect(encodeGlobalId('GroupUser', toNodeId('acme', '9'))).not.toBe(acme);
});

test('logs invalid optional values of a vendor by name, without their content', async () => {
  await using vendor = await startVendor(json(200, { id: 501, created: 'secret-looking' }));
  await using gateway = testGateway({ KAITEN_URL: vendor.url });
  await changes.removeGroupUser.make(gateway);
  expect(gateway.logged()).toContain('"fields":["created"]');
  expect(gateway.logged()).not.toContain('secret-looking');
});

test('does not run a mutation by GET', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  const query = encodeURIComponent(
    'mutation { removeOrgMember(input: {userId: "x"}) { __typename } }',
  );
  const response = await gateway.gateway.fetch(`http://gateway/graphql?query=${query}`, {
    headers: credentials,
  });
  expect(response.status).toBe(405);
  expect(vendor.calls).toHaveLength(0);
});

async function listen(handler: Parameters<typeof createServer>[1]) {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { promise: disconnected, resolve: disconnect } = Promise.withResolvers<void>();
  server.on('connection', (socket) => socket.once('close', () => disconnect()));
  return {
    /** Resolves once the server has seen a client go. */
    disconnected,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
