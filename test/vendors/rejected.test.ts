import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nameCallers } from '../support/callers.ts';
import { testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';
import { type Fault, faults, json, over, own, proxy } from '../support/world.ts';

const uuid = (index: number) => `1f7e2d5c-6a80-4f32-9d4a-${String(index).padStart(12, '0')}`;

/** Changes by their mutations, each with ids of its own. */
const inputs: Readonly<Record<string, (index: number) => string>> = {
  attachStreamLeader: (index) => `{streamId: ${index}, leaderId: 42}`,
  detachStreamLeader: (index) => `{streamId: ${index}, leaderId: 42}`,
  removeGroupUser: (index) => `{groupUid: "g", userId: ${index}}`,
  removeOrgMember: (index) => `{userId: "${uuid(index)}"}`,
  leaveGroup: (index) => `{groupId: "room-${index}"}`,
  removeChatGroupMember: (index) => `{groupId: "room-${index}", userId: "user"}`,
};

const reads: Readonly<Record<string, (index: number) => string>> = {
  stream: (index) => `stream(id: ${index}) { name }`,
  group: (index) => `group(uid: "g-${index}") { name }`,
  chatGroup: (index) => `chatGroup(id: "room-${index}") { name }`,
};

function repeat(count: number, field: (index: number) => string): string {
  return Array.from({ length: count }, (_, at) => `f${at + 1}: ${field(at + 1)}`).join(' ');
}

function mutations(name: string, count = 20): string {
  const field = (index: number) =>
    `${name}(input: ${inputs[name]?.(index)}) { __typename ... on MembershipError { outcome vendorStatus vendorMessage } ... on AuthenticationError { problem } }`;
  return `mutation { ${repeat(count, field)} }`;
}

const rejected = { __typename: 'AuthenticationError', problem: 'REJECTED', outcome: 'NOT_APPLIED' };
const names = Object.keys(inputs);

describe('a credential that the vendor rejected', () => {
  test.each(names)(
    'is not sent for the other 19 fields of %s, which return the same error',
    async (name) => {
      await using vendor = await startVendor((response) => own(401)(response));
      await using gateway = testGateway(over(vendor));
      const { data } = await gateway.sendText(mutations(name));
      const [first, ...others] = Object.values(data);
      expect(first).toMatchObject({ ...rejected, vendorStatus: 401 });
      expect(others).toEqual(Array.from({ length: 19 }, () => first));
      expect(vendor.calls).toHaveLength(1);
    },
  );

  test.each(['stream', 'group', 'chatGroup'])(
    'is not sent for those of 50 reads of %s that wait while it is rejected',
    async (name) => {
      const answer: (() => void)[] = [];
      await using vendor = await startVendor((response) => {
        answer.push(() => own(401)(response));
        // All that go out at the same time.
        if (answer.length === 8) for (const one of answer) one();
      });
      await using gateway = testGateway(over(vendor));
      const { data, errors } = await gateway.sendText(`{ ${repeat(50, reads[name] as never)} }`);
      expect(Object.values(data).every((value) => value === null)).toBe(true);
      expect(errors).toHaveLength(50);
      for (const { extensions } of errors) {
        expect(extensions).toMatchObject({
          code: 'AUTHENTICATION_ERROR',
          problem: 'REJECTED',
          vendorStatus: 401,
        });
      }
      expect(vendor.calls).toHaveLength(8);
    },
  );

  test('is not sent by reads that wait for a place', async () => {
    await using vendor = await startVendor((response) => own(401)(response));
    await using gateway = testGateway(over(vendor, { VENDOR_CONCURRENCY: '1' }));
    const { errors } = await gateway.sendText(`{ ${repeat(50, reads['stream'] as never)} }`);
    expect(errors).toHaveLength(50);
    expect(vendor.calls).toHaveLength(1);
  });

  test('is not sent by reads that wait for the rate limit', async () => {
    await using vendor = await startVendor((response) => own(401)(response));
    await using gateway = testGateway(over(vendor, { KAITEN_RATE_LIMIT: '1/1' }));
    const { errors } = await gateway.sendText(`{ ${repeat(8, reads['group'] as never)} }`);
    expect(errors).toHaveLength(8);
    expect(vendor.calls).toHaveLength(1);
  });

  test('does not leave other fields waiting for the rate limit', async () => {
    await using vendor = await startVendor((response) => own(401)(response));
    await using gateway = testGateway(over(vendor, { KAITEN_RATE_LIMIT: '1/60' }));
    const { data } = await gateway.sendText(mutations('removeGroupUser', 3));
    expect(data).toMatchObject({ f1: rejected, f2: rejected, f3: rejected });
    expect(vendor.calls).toHaveLength(1);
  });

  test('is not sent by another mutation at the same vendor', async () => {
    await using vendor = await startVendor((response) => own(401)(response));
    await using gateway = testGateway(over(vendor));
    const { data } = await gateway.sendText(
      `mutation { a: attachStreamLeader(input: {streamId: 1, leaderId: 2}) { __typename } b: detachStreamLeader(input: {streamId: 1, leaderId: 2}) { __typename } }`,
    );
    expect(data).toMatchObject({
      a: { __typename: 'AuthenticationError' },
      b: { __typename: 'AuthenticationError' },
    });
    expect(vendor.calls).toHaveLength(1);
  });

  test('is sent again by the next document, and does not affect other vendors', async () => {
    await using vendor = await startVendor((response, { url }) => {
      if (url.startsWith('/organization')) response.writeHead(204).end();
      else own(401)(response);
    });
    await using gateway = testGateway(over(vendor));
    for (let document = 1; document <= 2; document += 1) {
      const { data } = await gateway.sendText(
        `mutation {
          a: detachStreamLeader(input: {streamId: 1, leaderId: 2}) { __typename }
          b: removeOrgMember(input: {userId: "${uuid(1)}"}) { __typename }
          c: detachStreamLeader(input: {streamId: 1, leaderId: 3}) { __typename }
        }`,
      );
      expect(data).toMatchObject({ b: { __typename: 'RemoveOrgMemberSuccess' } });
      expect(vendor.calls).toHaveLength(2 * document);
    }
  });

  test('after an attempt that may have arrived makes that field UNKNOWN, and the others NOT_APPLIED', async () => {
    const answers: Fault[] = [faults.reset];
    await using vendor = await startVendor((response) => (answers.shift() ?? own(401))(response));
    await using gateway = testGateway(over(vendor));
    const { data } = await gateway.sendText(mutations('detachStreamLeader', 3));
    expect(data).toMatchObject({
      f1: { ...rejected, outcome: 'UNKNOWN' },
      f2: rejected,
      f3: rejected,
    });
    const writes = vendor.calls.filter(({ method }) => method === 'DELETE');
    expect(writes.map(({ url }) => url)).toEqual(
      Array.from({ length: 2 }, () => '/api/streams/1/leaders/42'),
    );
  });
});

const totp = { success: false, error: 'TOTP Required [totp-required]', errorType: 'totp-required' };

const others: readonly [what: string, answer: Fault][] = [
  ['a refusal for want of a permission', own(403)],
  ['a proxy’s page with 401', proxy(401)],
  ['another’s JSON with 401', (response) => json(response, 401, { foreign: true })],
  ['a missing one-time password', (response) => json(response, 400, totp)],
];

test.each(others)('does not stop other fields after %s', async (_what, answer) => {
  await using vendor = await startVendor((response, { method }) => {
    // What is read back fails, too.
    (method === 'GET' ? proxy(503) : answer)(response);
  });
  await using gateway = testGateway(over(vendor, { FIELD_TIMEOUT_MS: '10000' }));
  await gateway.sendText(mutations('leaveGroup', 5));
  expect(vendor.calls.filter(({ method }) => method === 'POST')).toHaveLength(5);
});

describe('a stored credential that the vendor rejected', () => {
  const startStored = async () => {
    const stack = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'stored-'));
    stack.defer(() => rm(folder, { recursive: true }));
    const secret = join(folder, 'secret');
    await writeFile(secret, 'Bearer stored-1');
    const vendor = stack.use(
      await startVendor((response, { headers }) => {
        if (headers.authorization === 'Bearer stored-3') response.writeHead(204).end();
        else own(401)(response);
      }),
    );
    const callers = stack.use(
      await nameCallers({ name: 'job', credentials: { 'aerospike-authorization': secret } }),
    );
    const gateway = stack.use(testGateway({ AEROSPIKE_URL: vendor.url, ...callers.env }));
    const { authorization = '' } = callers.as('job');
    return {
      vendor,
      write: (value: string) => writeFile(secret, value),
      send: (count: number) =>
        gateway.sendText(mutations('removeOrgMember', count), { authorization }),
      tokens: () => vendor.calls.map(({ headers }) => headers.authorization),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  };

  test('is not sent again while its file contains no other', async () => {
    await using world = await startStored();
    await world.send(20);
    expect(world.tokens()).toEqual(['Bearer stored-1']);
  });

  test('is refreshed, and the new one is sent once', async () => {
    await using world = await startStored();
    world.vendor.answer = async (response) => {
      // Another one after each rejection.
      await world.write(`Bearer stored-${world.tokens().length + 1}`);
      own(401)(response);
    };
    const { data } = await world.send(20);
    expect(Object.values(data)).toEqual(
      Array.from({ length: 20 }, () => expect.objectContaining(rejected)),
    );
    expect(world.tokens()).toEqual(['Bearer stored-1', 'Bearer stored-2']);
  });

  test('is refreshed, and the other fields are sent with the accepted one', async () => {
    await using world = await startStored();
    world.vendor.answer = async (response, { headers }) => {
      if (headers.authorization === 'Bearer stored-3') return void response.writeHead(204).end();
      await world.write('Bearer stored-3');
      own(401)(response);
    };
    const { data } = await world.send(3);
    expect(data).toMatchObject({
      f1: rejected,
      f2: { __typename: 'RemoveOrgMemberSuccess' },
      f3: { __typename: 'RemoveOrgMemberSuccess' },
    });
    expect(world.tokens()).toEqual(['Bearer stored-1', 'Bearer stored-3', 'Bearer stored-3']);
  });
});
