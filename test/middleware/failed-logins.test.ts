import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { nameCallers } from '../support/callers.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

const off = { KAITEN_URL: 'https://kaiten.invalid' };
const limit = { CALLER_REQUESTS: '3/60', TRUST_PROXY: 'loopback' };

/** A gateway that knows two callers, behind a proxy that is trusted. */
async function startBehindProxy(env: Record<string, string> = limit) {
  const stack = new AsyncDisposableStack();
  const callers = stack.use(await nameCallers('ada', 'ben'));
  const gateway: TestGateway = stack.use(testGateway({ ...off, ...callers.env, ...env }));
  const server = createServer(gateway.gateway.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const send = (authorization: string | null, address = '203.0.113.1') =>
    fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': address,
        ...(authorization !== null && { authorization }),
      },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
  return {
    send,
    status: async (...asked: Parameters<typeof send>) => (await send(...asked)).status,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

afterEach(() => void vi.useRealTimers());

const ada = 'Bearer key-of-ada';
const ben = 'Bearer key-of-ben';

test('limits failed logins per address: 401 up to the limit, then 429 with Retry-After', async () => {
  await using gateway = await startBehindProxy();
  const wrong = ['Bearer wrong-1', 'Basic wrong-2', 'Bearer wrong-3'];
  for (const one of wrong) expect(await gateway.status(one)).toBe(401);
  const refused = await gateway.send('Bearer wrong-4');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toMatch(/^(60|59)$/);
  expect(await refused.json()).toMatchObject({
    errors: [
      { message: expect.stringMatching(/^This address/), extensions: { code: 'CALLER_LIMIT' } },
    ],
  });
  expect(await gateway.status('Bearer wrong-5', '203.0.113.2')).toBe(401);
});

test.each([
  ['IPv4', ['9.9.9.4:1001', '::FFFF:9.9.9.4', '9.9.9.4', '[::ffff:0909:0904]:80']],
  ['a network of IPv6', ['2001:DB8::1', '[2001:db8::2]:443', '2001:db8:0:0:3::', '2001:db8::4']],
])(
  'counts failed logins of %s together, however its address is written',
  async (_what, addresses) => {
    await using gateway = await startBehindProxy();
    const statuses: number[] = [];
    for (const address of addresses) statuses.push(await gateway.status('Bearer wrong', address));
    expect(statuses).toEqual([401, 401, 401, 429]);
  },
);

test('beyond the limit, accepts a token that was good before, and does not check an unknown one', async () => {
  await using gateway = await startBehindProxy();
  expect(await gateway.status(ada)).toBe(200);
  for (let call = 0; call < 4; call += 1) await gateway.status(`Bearer wrong-${call}`);
  expect(await gateway.status(ada)).toBe(200);
  expect(await gateway.status(ben)).toBe(429);
  // From elsewhere it is checked, and is known from then on.
  expect(await gateway.status(ben, '203.0.113.2')).toBe(200);
  expect(await gateway.status(ben)).toBe(200);
});

test('does not count a request without a token, or with a good one, as a failed login', async () => {
  await using gateway = await startBehindProxy();
  for (let call = 0; call < 5; call += 1) expect(await gateway.status(null)).toBe(401);
  expect(await gateway.status(ada)).toBe(200);
  for (let call = 0; call < 3; call += 1) expect(await gateway.status('Bearer wrong')).toBe(401);
  expect(await gateway.status(null)).toBe(401);
});

test('forgets a token that is no longer good, and counts it as a failed login', async () => {
  await using callers = await nameCallers('ada');
  vi.useFakeTimers({ toFake: ['performance'] });
  await using gateway = testGateway({ ...off, ...callers.env, CALLER_REQUESTS: '1/60' });
  const status = async () =>
    (await gateway.sendText('{ __typename }', { authorization: ada })).status;
  expect(await status()).toBe(200);
  await callers.remove('ada');
  vi.advanceTimersByTime(1_001);
  expect(await status()).toBe(401);
  expect(await status()).toBe(429);
});

test('CALLER_REQUESTS=off does not limit failed logins', async () => {
  await using gateway = await startBehindProxy({ ...limit, CALLER_REQUESTS: 'off' });
  for (let call = 0; call < 5; call += 1) expect(await gateway.status('Bearer wrong')).toBe(401);
});

test('does not count a token as a failed login if the key server is down', async () => {
  await using server = await startVendor({ status: 503 });
  const env = { JWKS_URL: server.url, JWT_ISSUER: 'x', JWT_AUDIENCE: 'y', CALLER_REQUESTS: '1/60' };
  await using gateway = testGateway({ ...off, ...env });
  const head = Buffer.from('{"alg":"ES256","kid":"k"}').toString('base64url');
  for (let call = 0; call < 3; call += 1) {
    const authorization = `Bearer ${head}.e30.c2ln`;
    expect((await gateway.sendText('{ __typename }', { authorization })).status).toBe(503);
  }
});
