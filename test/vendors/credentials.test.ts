import { describe, expect, test } from 'vitest';
import { allChanges, type Change } from '../support/changes.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { json } from '../support/table.ts';
import { type StubVendor, startVendor } from '../support/vendor.ts';

/** What each vendor must get, and nothing else of the caller's. */
const outgoing = {
  WETHOD: { authorization: 'Bearer wethod-token-1', 'wethod-company': 'acme' },
  KAITEN: { authorization: 'Bearer kaiten-token-1' },
  AEROSPIKE: { authorization: 'Bearer aerospike-token-1' },
  ROCKETCHAT: { 'x-auth-token': 'rocketchat-token-1', 'x-user-id': 'rbAXPnMktTFbNpwtJ' },
} as const;

const extra = {
  authorization: 'Bearer gateway-caller-token',
  cookie: 'session=cookie-secret',
  'proxy-authorization': 'Basic proxy-secret',
  'x-forwarded-for': '203.0.113.9',
};

async function fourVendors() {
  const stack = new AsyncDisposableStack();
  const start = async () => stack.use(await startVendor(json(405, { key: 'x', success: false })));
  const vendors: Record<Change['vendor'], StubVendor> = {
    WETHOD: await start(),
    KAITEN: await start(),
    AEROSPIKE: await start(),
    ROCKETCHAT: await start(),
  };
  const gateway = testGateway({
    WETHOD_URL: vendors.WETHOD.url,
    KAITEN_URL: vendors.KAITEN.url,
    AEROSPIKE_URL: vendors.AEROSPIKE.url,
    ROCKETCHAT_URL: vendors.ROCKETCHAT.url,
  });
  stack.use(gateway);
  return { vendors, gateway, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe.each(allChanges)('the credentials of $name', (change) => {
  test('are sent to its vendor under the vendor’s own names, and no other vendor is called', async () => {
    await using all = await fourVendors();
    await change.make(all.gateway, { ...credentials, ...extra });
    for (const [name, vendor] of Object.entries(all.vendors)) {
      expect(vendor.calls).toHaveLength(name === change.vendor ? 1 : 0);
    }
    const [call] = all.vendors[change.vendor].calls;
    expect(call?.headers).toMatchObject(outgoing[change.vendor]);
    const seen = JSON.stringify(call);
    const own: readonly string[] = Object.values(outgoing[change.vendor]);
    const foreign = Object.values(outgoing)
      .flatMap((headers): string[] => Object.values(headers))
      .filter((value) => !own.includes(value));
    for (const value of [
      ...foreign,
      ...Object.values(extra),
      'gateway-caller-token',
      'cookie-secret',
    ]) {
      expect(seen).not.toContain(value);
    }
  });

  test('do not appear in the response or the log', async () => {
    await using all = await fourVendors();
    const result = await change.make(all.gateway, { ...credentials, ...extra });
    const shown = JSON.stringify(result) + all.gateway.logged();
    for (const value of Object.values({ ...credentials, ...extra }))
      expect(shown).not.toContain(value);
  });

  const own = Object.keys(credentials).filter((name) =>
    name.startsWith(`${change.vendor.toLowerCase()}-`),
  );

  test.each(own)('%s is MISSING if it is absent, and no vendor is called', async (name) => {
    await using all = await fourVendors();
    const { [name]: _absent, ...rest } = credentials;
    expect(await change.make(all.gateway, rest)).toMatchObject({
      __typename: 'AuthenticationError',
      problem: 'MISSING',
      outcome: 'NOT_APPLIED',
      retryable: false,
      vendorStatus: null,
      message: expect.stringContaining(name),
    });
    expect(all.vendors[change.vendor].calls).toHaveLength(0);
  });

  test('an Authorization header does not stand in for a missing one', async () => {
    await using all = await fourVendors();
    expect(await change.make(all.gateway, extra)).toMatchObject({ problem: 'MISSING' });
    expect(all.vendors[change.vendor].calls).toHaveLength(0);
  });

  test.each(own.flatMap((name) => malformed(name).map((value) => ({ name, value }))))(
    '$name: "$value" is MALFORMED, is not repeated, and no vendor is called',
    async ({ name, value }) => {
      await using all = await fourVendors();
      const result = await change.make(all.gateway, { ...credentials, [name]: value });
      expect(result).toMatchObject({
        __typename: 'AuthenticationError',
        problem: 'MALFORMED',
        outcome: 'NOT_APPLIED',
        message: expect.stringContaining(name),
      });
      expect(JSON.stringify(result)).not.toContain('s3cr');
      expect(all.vendors[change.vendor].calls).toHaveLength(0);
    },
  );

  test.each(own)('%s sent twice is MALFORMED', async (name) => {
    await using all = await fourVendors();
    const headers = new Headers(credentials);
    headers.append(name, credentials[name] ?? '');
    expect(await change.make(all.gateway, headers)).toMatchObject({ problem: 'MALFORMED' });
    expect(all.vendors[change.vendor].calls).toHaveLength(0);
  });
});

function malformed(name: string): string[] {
  if (name.endsWith('-authorization')) {
    return [
      '',
      's3cret',
      'Basic s3cret',
      'Bearer',
      'Bearer s3cret b',
      'Bearer s3cret,b',
      'Bearer s3cr{et',
      'Bearer ==',
    ];
  }
  if (name.endsWith('-company')) return ['', 'Acme', 'a.b', 'a_b', 'a/b', 'x'.repeat(64)];
  return ['', 'a b', 'caf\u00e9'];
}

test('accepts the scheme’s name in any letter case', async () => {
  await using all = await fourVendors();
  const [attach] = allChanges;
  await attach?.make(all.gateway, {
    ...credentials,
    'wethod-authorization': 'bearer  wethod-token-1',
  });
  expect(all.vendors.WETHOD.calls[0]?.headers.authorization).toBe('Bearer wethod-token-1');
});

test('sends each vendor only its own credentials, for all vendors in one document', async () => {
  await using all = await fourVendors();
  await all.gateway.sendText(`mutation {
    attachStreamLeader(input: {streamId: 1, leaderId: 2}) { __typename }
    removeGroupUser(input: {groupUid: "g", userId: 3}) { __typename }
    removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename }
    leaveGroup(input: {groupId: "r"}) { __typename }
  }`);
  for (const [name, vendor] of Object.entries(all.vendors)) {
    expect(vendor.calls).toHaveLength(1);
    expect(vendor.calls[0]?.headers).toMatchObject(outgoing[name as Change['vendor']]);
  }
});

test('never swaps the credentials of concurrent requests', async () => {
  await using all = await fourVendors();
  const callers = Array.from({ length: 40 }, (_, index) => `caller-${index}`);
  await Promise.all(
    callers.map((caller, index) => {
      const headers = {
        ...credentials,
        'kaiten-authorization': `Bearer ${caller}`,
        'wethod-authorization': `Bearer ${caller}`,
        'wethod-company': caller,
      };
      const streamId = index + 1;
      return all.gateway.sendText(
        `mutation {
          detachStreamLeader(input: {streamId: ${streamId}, leaderId: 2}) { __typename }
          removeGroupUser(input: {groupUid: "g", userId: ${streamId}}) { __typename }
        }`,
        headers,
      );
    }),
  );
  for (const [index, caller] of callers.entries()) {
    const wethod = all.vendors.WETHOD.calls.find(
      ({ url }) => url === `/api/streams/${index + 1}/leaders/2`,
    );
    const kaiten = all.vendors.KAITEN.calls.find(
      ({ url }) => url === `/groups/g/users/${index + 1}`,
    );
    expect(wethod?.headers).toMatchObject({
      authorization: `Bearer ${caller}`,
      'wethod-company': caller,
    });
    expect(kaiten?.headers.authorization).toBe(`Bearer ${caller}`);
  }
});

test('sends every vendor the headers that its documentation asks for, and requests no content encoding', async () => {
  await using all = await fourVendors();
  for (const change of allChanges) await change.make(all.gateway);
  const [wethod, kaiten, rocketchat] = [
    all.vendors.WETHOD,
    all.vendors.KAITEN,
    all.vendors.ROCKETCHAT,
  ];
  expect(wethod.calls[0]?.headers).toMatchObject({
    'wethod-version': '2024-06-15',
    accept: 'application/json',
  });
  expect(kaiten.calls[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
  expect(rocketchat.calls[0]).toMatchObject({ body: '{"roomId":"ByehQjC44FwMeiLbX"}' });
  for (const vendor of Object.values(all.vendors)) {
    expect(vendor.calls[0]?.headers['accept-encoding']).toBe('identity');
  }
});

test.each([
  { change: allChanges[0], absent: 'wethod-company', malformed: 'wethod-authorization' },
  { change: allChanges[0], absent: 'wethod-authorization', malformed: 'wethod-company' },
  { change: allChanges[4], absent: 'rocketchat-user-id', malformed: 'rocketchat-auth-token' },
  { change: allChanges[4], absent: 'rocketchat-auth-token', malformed: 'rocketchat-user-id' },
])(
  'reports MISSING if $absent is absent and $malformed is malformed',
  async ({ change, absent, malformed: bad }) => {
    await using all = await fourVendors();
    const { [absent]: _absent, ...rest } = credentials;
    expect(await change?.make(all.gateway, { ...rest, [bad]: 'b a d' })).toMatchObject({
      problem: 'MISSING',
      message: expect.stringContaining(absent),
    });
  },
);
