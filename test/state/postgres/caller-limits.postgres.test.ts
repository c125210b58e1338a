import { beforeEach, expect, test } from 'vitest';
import { nameCallers } from '../../support/callers.ts';
import { type TestGateway, testGatewayWithState } from '../../support/gateway.ts';
import { runStatement } from '../../support/postgres.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';

const limit = 200;
const off = { KAITEN_URL: 'https://kaiten.invalid' };

let url: string;
beforeEach(async () => {
  url = await createTestDatabase();
});

async function startReplicas(
  stack: AsyncDisposableStack,
  env: Readonly<Record<string, string>>,
): Promise<readonly TestGateway[]> {
  const start = () => testGatewayWithState({ ...env, DATABASE_URL: url });
  const gateways = await Promise.all([start(), start(), start()]);
  for (const gateway of gateways) stack.use(gateway);
  return gateways;
}

/** Sends requests until three in a row were rejected at each of the gateways. Returns how many were let through. */
async function countPassed(
  gateways: readonly TestGateway[],
  headers: Record<string, string>,
): Promise<number> {
  let [passed, refused] = [0, 0];
  for (let sent = 0; refused < 3 * gateways.length; sent += 1) {
    const { status } = await (gateways[sent % gateways.length] as TestGateway).sendText(
      '{ __typename }',
      headers,
    );
    if (status === 200) passed += 1;
    refused = status === 429 ? refused + 1 : 0;
  }
  return passed;
}

test('a caller gets its limit within 5 percent, whether its requests go to three replicas or to one', async () => {
  await using callers = await nameCallers('spread', 'pinned');
  await using stack = new AsyncDisposableStack();
  const env = { ...off, CALLER_REQUESTS: `${limit}/600`, ...callers.env };
  const gateways = await startReplicas(stack, env);
  const [spread, pinned] = await Promise.all([
    countPassed(gateways, callers.as('spread')),
    countPassed(gateways.slice(0, 1), callers.as('pinned')),
  ]);
  for (const passed of [spread, pinned]) {
    expect(passed).toBeGreaterThanOrEqual(0.95 * limit);
    expect(passed).toBeLessThanOrEqual(limit);
  }
});

test('a caller that moves to one replica after the others still gets its limit within 5 percent', async () => {
  await using callers = await nameCallers('moving');
  await using stack = new AsyncDisposableStack();
  const env = { ...off, CALLER_REQUESTS: '1000/600', ...callers.env };
  const gateways = await startReplicas(stack, env);
  let passed = 0;
  for (let sent = 0; sent < 30; sent += 1) {
    const { status } = await (gateways[sent % 3] as TestGateway).sendText(
      '{ __typename }',
      callers.as('moving'),
    );
    passed += Number(status === 200);
  }
  passed += await countPassed(gateways.slice(0, 1), callers.as('moving'));
  expect(passed).toBeGreaterThanOrEqual(900);
  expect(passed).toBeLessThanOrEqual(1_000);
});

test('nearly every request is counted without a round trip, and the headers report what is left for all replicas', async () => {
  await using callers = await nameCallers('one');
  await using stack = new AsyncDisposableStack();
  const [gateway] = await startReplicas(stack, {
    ...off,
    CALLER_REQUESTS: '400/600',
    ...callers.env,
  });
  if (gateway === undefined) throw new Error('expected a gateway');
  const before = await readWrites(url);
  for (let sent = 1; sent <= 100; sent += 1) {
    const { headers } = await gateway.sendText('{ __typename }', callers.as('one'));
    expect(headers.get('ratelimit-policy')).toBe('"requests";q=400;w=600');
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^"requests";r=${400 - sent};t=\\d+$`));
  }
  expect((await readWrites(url)) - before).toBeLessThanOrEqual(10);
});

test('changes of a document are counted all or none over all replicas', async () => {
  await using callers = await nameCallers('changer');
  await using stack = new AsyncDisposableStack();
  const env = { ...off, CALLER_CHANGES: '5/600', ...callers.env };
  const [first, second] = await startReplicas(stack, env);
  const input = 'input: {groupUid: "a", userId: "1"}';
  const mutate = (gateway: TestGateway | undefined, count: number) => {
    const fields = Array.from(
      { length: count },
      (_, index) => `m${index}: removeGroupUser(${input}) { __typename }`,
    );
    return gateway?.sendText(`mutation { ${fields.join(' ')} }`, callers.as('changer'));
  };
  expect((await mutate(first, 3))?.status).toBe(200);
  expect((await mutate(second, 3))?.status).toBe(429);
  expect((await mutate(second, 2))?.status).toBe(200);
  expect((await mutate(first, 1))?.status).toBe(429);
});

test('the database holds no name and no address of a caller', async () => {
  await using callers = await nameCallers('secret-name');
  await using stack = new AsyncDisposableStack();
  const [gateway] = await startReplicas(stack, {
    ...off,
    CALLER_REQUESTS: '400/600',
    ...callers.env,
    ALLOW_ANONYMOUS: '1',
  });
  await gateway?.sendText('{ __typename }', callers.as('secret-name'));
  await gateway?.sendText('{ __typename }', {});
  const rows = await runStatement(url, 'select key from membership_gateway.caller_window');
  expect(rows).toHaveLength(2);
  for (const { key } of rows) expect(key).toMatch(/^requests [\w-]{43}$/);
});

async function readWrites(database: string): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  const [row] = await runStatement(database, `select used from membership_gateway.caller_window`);
  return Number(row?.['used'] ?? 0) / 20;
}
