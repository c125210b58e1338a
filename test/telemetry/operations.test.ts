import { expect, test } from 'vitest';
import { allChanges, changes } from '../support/changes.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { json } from '../support/table.ts';
import { startVendor } from '../support/vendor.ts';
import { faults, over, startWorld } from '../support/world.ts';

test.each(allChanges)(
  'logs one line for an operation with $name: caller, operation, duration and result',
  async (change) => {
    await using vendor = await startVendor(change.success);
    await using gateway = testGateway({ [change.urlVariable]: vendor.url });
    const headers = { ...credentials, 'x-request-id': 'request-1' };
    const { __typename: result } = await change.make(gateway, headers);
    expect(gateway.lines('operation')).toEqual([
      {
        level: 30,
        time: expect.any(String),
        msg: 'operation',
        operation: `${change.name[0]?.toUpperCase()}${change.name.slice(1)}`,
        type: 'mutation',
        result: 'success',
        caller: null,
        requestId: 'request-1',
        durationMs: expect.any(Number),
        fields: [
          {
            key: change.name,
            field: change.name,
            result,
            outcome: 'APPLIED',
            durationMs: expect.any(Number),
          },
        ],
      },
    ]);
    expect(result).toMatch(/Success$/);
  },
);

test('logs each change of a document by its response key', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  await gateway.sendText(`mutation {
    a: removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename }
    b: removeOrgMember(input: {userId: "nobody"}) { __typename }
    leaveGroup(input: {groupId: "r"}) { __typename }
  }`);
  expect(gateway.lines('operation')).toMatchObject([
    {
      operation: null,
      fields: [
        {
          key: 'a',
          field: 'removeOrgMember',
          result: 'RemoveOrgMemberSuccess',
          outcome: 'APPLIED',
        },
        { key: 'b', field: 'removeOrgMember', result: 'InvalidInputError', outcome: 'NOT_APPLIED' },
        {
          key: 'leaveGroup',
          field: 'leaveGroup',
          result: 'VendorUnavailableError',
          outcome: 'NOT_APPLIED',
        },
      ],
    },
  ]);
});

test('logs UNKNOWN for a change without a known outcome', async () => {
  await using world = await startWorld(true, [{ isMade: true, fault: faults.page }], [faults.page]);
  await using gateway = testGateway(over(world));
  await changes.leaveGroup.make(gateway);
  expect(gateway.lines('operation')).toMatchObject([
    { fields: [{ result: 'VendorContractError', outcome: 'UNKNOWN' }] },
  ]);
});

test('logs each root field of a query with data, null, or the code of its error', async () => {
  await using vendor = await startVendor(json(404, { key: 'not_found', message: 'No.' }));
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  await gateway.sendText(
    `query Look { vendors { title } ...F } fragment F on Query { gone: stream(id: 7) { name } organization { name } }`,
  );
  expect(gateway.lines('operation')).toMatchObject([
    {
      operation: 'Look',
      type: 'query',
      result: 'partial',
      fields: [
        { key: 'vendors', field: 'vendors', result: 'data' },
        { key: 'gone', field: 'stream', result: 'null' },
        { key: 'organization', field: 'organization', result: 'VENDOR_UNAVAILABLE_ERROR' },
      ],
    },
  ]);
});

test('logs the same line for a query before and after it is compiled', async () => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  for (let count = 0; count < 5; count += 1)
    await gateway.sendText('query Q { v: vendors { title } }');
  const lines = gateway.lines('operation').map(({ operation, fields }) => ({ operation, fields }));
  expect(lines).toEqual(
    Array.from({ length: 5 }, () => ({
      operation: 'Q',
      fields: [{ key: 'v', field: 'vendors', result: 'data' }],
    })),
  );
});

test('logs INTERNAL for an unexpected error', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url }, (context) => {
    context.vendors.change = () => Promise.reject(new Error('boom'));
  });
  await gateway.sendText(
    'mutation { removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename } }',
  );
  expect(gateway.lines('operation')).toMatchObject([
    { result: 'partial', fields: [{ result: 'INTERNAL', outcome: 'NOT_APPLIED' }] },
  ]);
});

test('logs a document that costs too much as an operation without data, with the code', async () => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9', MAX_VENDOR_CALLS: '1' });
  await gateway.sendText(
    'query Big { streams(first: 100) { edges { node { leaders { leader { name } } } } } }',
  );
  expect(gateway.lines('operation')).toMatchObject([
    { operation: 'Big', result: 'error', code: 'DOCUMENT_TOO_LARGE', fields: [] },
  ]);
});

test.each([
  ['no document', '{ nope', null, 200],
  ['a field that is not there', '{ nope }', 'GRAPHQL_VALIDATION_FAILED', 200],
  [
    'a document that is too deep',
    `{ ${'vendors { '.repeat(20)} title ${'}'.repeat(20)} }`,
    'DOCUMENT_TOO_LARGE',
    200,
  ],
])('logs a rejected request: %s', async (_what, query, code, status) => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  await gateway.sendText(query, { 'x-request-id': 'request-2' });
  expect(gateway.lines('operation')).toEqual([]);
  expect(gateway.lines('request refused')).toMatchObject([
    {
      requestId: 'request-2',
      caller: null,
      method: 'POST',
      status,
      code: code ?? expect.anything(),
    },
  ]);
});

test('logs no rejection for a successful request', async () => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  await gateway.sendText('{ vendors { title } organization { name } }');
  await gateway.gateway.fetch('http://gateway/graphql', { headers: { accept: 'text/html' } });
  expect(gateway.lines('request refused')).toEqual([]);
});

test('does not log a client’s text in a response as a code', async () => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  await gateway.sendText('{ vendors(a: "\\"code\\":\\"CANARY\\"") { title } }');
  expect(gateway.logged()).not.toContain('CANARY');
});

test('truncates long names and response keys', async () => {
  await using gateway = testGateway({ WETHOD_URL: 'http://127.0.0.1:9' });
  const long = 'x'.repeat(10_000);
  await gateway.sendText(`query ${long} { ${long}: vendors { title } }`);
  expect(gateway.logged().length).toBeLessThan(1_000);
});

test('logs each call to a vendor at debug: endpoint, attempt, status, problem', async () => {
  await using world = await startWorld(true, [{ isMade: true, fault: faults.reset }]);
  await using gateway = testGateway(over(world));
  await changes.removeOrgMember.make(gateway, { ...credentials, 'x-request-id': 'request-3' });
  const common = { level: 20, requestId: 'request-3', vendor: 'AEROSPIKE' };
  const endpoint = 'DELETE /organization/members/{userId}';
  expect(gateway.lines('vendor call')).toMatchObject([
    { ...common, endpoint, attempt: 1, kind: 'lost', status: null, problem: 'connection' },
    { ...common, endpoint, attempt: 2, kind: 'answered', status: 404, problem: null },
    { ...common, endpoint: 'GET /organization/members', attempt: 1, status: 200 },
  ]);
});

test.each(allChanges)('logs no credential for $name, at any level', async (change) => {
  await using world = await startWorld(true, [{ isMade: false, fault: faults.reset }]);
  await using gateway = testGateway(over(world));
  await change.make(gateway);
  expect(gateway.lines('vendor call').length).toBeGreaterThan(0);
  for (const value of Object.values(credentials)) {
    if (value !== 'acme') expect(gateway.logged()).not.toContain(value);
  }
});
