import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { moveClocks } from '../support/clocks.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

const off = { KAITEN_URL: 'https://kaiten.invalid' };

test('limits requests per window, reports the rest in headers, and answers 429 beyond the limit', async () => {
  await using gateway = testGateway({ ...off, CALLER_REQUESTS: '2/60' });
  const ask = () => gateway.sendText('{ __typename }', {});
  const first = await ask();
  expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=2;w=60');
  expect(first.headers.get('ratelimit')).toBe('"requests";r=1;t=60');
  expect((await ask()).status).toBe(200);
  const third = await ask();
  expect(third.status).toBe(429);
  expect(third.headers.get('retry-after')).toMatch(/^(60|59)$/);
  expect(third.headers.get('ratelimit')).toMatch(/^"requests";r=0;t=\d+$/);
  expect(third.errors).toMatchObject([{ extensions: { code: 'CALLER_LIMIT' } }]);
});

test('a rate limit window is not prolonged if the wall clock is set back', async () => {
  using clocks = moveClocks();
  await using gateway = testGateway({ ...off, CALLER_REQUESTS: '1/60' });
  const ask = () => gateway.sendText('{ __typename }', {});
  await ask();
  clocks.stepWall(-24 * 60 * 60_000);
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toMatch(/^(60|59)$/);
  clocks.pass(60_000);
  expect((await ask()).status).toBe(200);
});

const change = (alias: string) =>
  `${alias}: removeOrgMember(input: {userId: "0b5c7a52-6f1e-4c39-9a57-5d2f4e8b1c30"}) { __typename }`;

test('counts all changes of a document, aliases included, before anything runs', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, CALLER_CHANGES: '3/60' });
  const send = (document: string) => gateway.sendText(document);
  const tooMany = await send(`mutation { ${['a', 'b', 'c', 'd'].map(change).join(' ')} }`);
  expect(tooMany.status).toBe(429);
  expect(tooMany.errors).toMatchObject([
    { extensions: { code: 'CALLER_LIMIT', limit: 'changes' } },
  ]);
  expect(tooMany.data).toBeUndefined();
  expect(vendor.calls).toHaveLength(0);
  // What was refused was not made, and uses nothing up.
  const two = await send(
    `mutation { ...F } fragment F on Mutation { ${change('a')} ${change('b')} }`,
  );
  expect(two.data).toMatchObject({ a: { __typename: 'RemoveOrgMemberSuccess' } });
  expect(two.headers.get('ratelimit')).toBe('"changes";r=1;t=60');
  expect((await send(`mutation { ${change('a')} ${change('b')} }`)).status).toBe(429);
  expect((await send(`mutation { ${change('a')} }`)).status).toBe(200);
  expect(vendor.calls).toHaveLength(3);
  expect((await send('{ __typename }')).status).toBe(200);
});

test('counts only the operation that runs', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, CALLER_CHANGES: '1/60' });
  const response = await gateway.gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { ...credentials, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation A { ${change('a')} } mutation B { ${change('a')} ${change('b')} }`,
      operationName: 'A',
    }),
  });
  expect(response.status).toBe(200);
  expect(vendor.calls).toHaveLength(1);
});

test('does not count health checks', async () => {
  await using gateway = testGateway({ ...off, CALLER_REQUESTS: '1/60' });
  for (let call = 0; call < 5; call += 1) {
    expect((await gateway.gateway.fetch('http://gateway/health')).status).toBe(200);
  }
  expect((await gateway.sendText('{ __typename }', {})).status).toBe(200);
});

/** Asks through a proxy on this machine that is trusted, for callers with these addresses. */
async function askFor(addresses: readonly string[], env: Record<string, string>) {
  await using gateway = testGateway({ ...off, ...env });
  const server = createServer(gateway.gateway.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const statuses: number[] = [];
  for (const address of addresses) {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
    const body = JSON.stringify({ query: '{ __typename }' });
    const init = { method: 'POST', headers, body };
    statuses.push((await fetch(`http://127.0.0.1:${port}/graphql`, init)).status);
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return statuses;
}

test.each([
  ['one network of IPv6 is one caller', ['2001:db8:1:2::1', '2001:db8:1:2:ffff::'], [200, 429]],
  [
    'another network is another',
    ['2001:db8:1:2::1', '2001:db8:1:3::1', '2001:db8:2::1'],
    [200, 200, 200],
  ],
  ['zeros may be left out', ['2001:db8::1', '2001:db8:0:0:5::', '2001:db8:0:1::'], [200, 429, 200]],
  ['IPv4 within IPv6 counts whole', ['::ffff:203.0.113.1', '::ffff:203.0.113.2'], [200, 200]],
  [
    'a port is no part of an address',
    ['9.9.9.9:1001', '9.9.9.9:1002', '9.9.9.9', '9.9.9.8:1001'],
    [200, 429, 429, 200],
  ],
  [
    'a port is no part of an IPv6 address',
    ['[2001:db8::1]:443', '[2001:db8::2]', '2001:db8::3'],
    [200, 429, 429],
  ],
  [
    'IPv4 within IPv6 is the same address',
    [
      '::ffff:9.9.9.4',
      '9.9.9.4',
      '::FFFF:0909:0904',
      '[::ffff:9.9.9.4]:80',
      '0:0:0:0:0:ffff:909:904',
    ],
    [200, 429, 429, 429, 429],
  ],
  [
    'capitals and leading zeros make no other address',
    ['2001:DB8:1::1', '2001:db8:0001::2', '2001:0db8:1:0:ffff::'],
    [200, 429, 429],
  ],
  [
    'a zone is no part of an address',
    ['fe80::1%eth0', 'fe80::1%eth1', '[fe80::1%2]:80'],
    [200, 429, 429],
  ],
  [
    'what is no address counts as the proxy itself',
    [
      '127.0.0.1',
      'unknown',
      '_hidden',
      '9.9.9',
      '9.9.9.9:a',
      '9.9.9.09',
      '[9.9.9.9]',
      '1::2::3',
      '',
      '"',
    ],
    [200, 429, 429, 429, 429, 429, 429, 429, 429, 429],
  ],
])('%s', async (_rule, addresses, expected) => {
  const env = { CALLER_REQUESTS: '1/60', TRUST_PROXY: 'loopback' };
  expect(await askFor(addresses, env)).toEqual(expected);
});

test.each([
  { trusted: '', expected: [200, 429, 429] },
  { trusted: 'loopback', expected: [200, 200, 429] },
  { trusted: '10.0.0.0/8', expected: [200, 429, 429] },
])(
  'anonymous callers are identified by their address; through the proxies $trusted: $expected',
  async (row) => {
    const env = { CALLER_REQUESTS: '1/60', TRUST_PROXY: row.trusted };
    // What a caller writes before the proxy's own entry does not count.
    const addresses = ['203.0.113.1', '203.0.113.2', '198.51.100.9, 203.0.113.1'];
    const statuses = await askFor(addresses, env);
    expect(statuses).toEqual(row.expected);
  },
);

test('trusts a proxy behind another proxy even with a port', async () => {
  const env = { CALLER_REQUESTS: '1/60', TRUST_PROXY: 'loopback,10.0.0.0/8' };
  const addresses = ['9.9.9.9:1, 10.0.0.1:2', '9.9.9.8:1, 10.0.0.1:3', '9.9.9.9:4, 10.0.0.2:5'];
  expect(await askFor(addresses, env)).toEqual([200, 200, 429]);
});
