import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { credentials, type TestGateway, testGatewayWithState } from '../support/gateway.ts';
import {
  createDatabaseFolder,
  createKeyedRequest,
  type DatabaseFolder,
  type KeyedMutation,
  keyedMutations,
} from '../support/keyed.ts';
import { startProcess } from '../support/process.ts';
import { type Fault, over, startWorld, type World } from '../support/world.ts';

type Result = Readonly<Record<string, unknown>>;

/** Ends the connection without an answer. */
const drop: Fault = (response) => response.destroy();
const refuse: Fault = (response) => {
  response.writeHead(403, { 'content-type': 'application/json' });
  response.end('{"message":"No."}');
};

const leave = keyedMutations.find(({ name }) => name === 'leaveGroup') as KeyedMutation;

let folder: DatabaseFolder;
let open: AsyncDisposable[] = [];
beforeEach(async () => {
  folder = await createDatabaseFolder();
});
afterEach(async () => {
  for (const one of open.toReversed()) await one[Symbol.asyncDispose]();
  open = [];
  await folder[Symbol.asyncDispose]();
});

async function start(world: World, env: Record<string, string> = {}): Promise<TestGateway> {
  const gateway = await testGatewayWithState({ DATABASE_URL: folder.url, ...over(world, env) });
  open.push(gateway);
  return gateway;
}

async function startOver(...parameters: Parameters<typeof startWorld>) {
  const world = await startWorld(...parameters);
  open.push(world);
  return { world, gateway: await start(world) };
}

async function send(
  gateway: TestGateway,
  mutation: KeyedMutation,
  key: string | null,
  headers: Readonly<Record<string, string>> = credentials,
): Promise<Result> {
  const { query, variables } = createKeyedRequest(mutation, key);
  const answer = await gateway.sendText(query, headers, { variables });
  expect(answer.errors).toEqual([]);
  return answer.data[mutation.name] as Result;
}

describe.each(keyedMutations)('$name', (mutation) => {
  const wasMember = mutation.name !== 'attachStreamLeader';

  test('a success is made once, and returned to each further request with its key', async () => {
    const { world, gateway } = await startOver(wasMember);
    const first = await send(gateway, mutation, 'k1');
    expect(first).toMatchObject({ outcome: 'APPLIED', isReplay: false });
    expect(await send(gateway, mutation, 'k1')).toEqual({ ...first, isReplay: true });
    expect(world.writes()).toHaveLength(1);
  });

  test('an unknown outcome is settled again with the key, and no POST is sent twice', async () => {
    // The change is made, but the response is lost, and so are the first reads.
    const faults = Array.from({ length: mutation.isPost ? 1 : 3 }, () => ({
      isMade: false,
      fault: drop,
    }));
    const reads = Array(mutation.isPost ? 2 : 3).fill(drop);
    const { world, gateway } = await startOver(wasMember, faults, reads);
    const first = await send(gateway, mutation, 'k1');
    expect(first).toMatchObject({ outcome: 'UNKNOWN', isReplay: false, retryable: true });
    const sent = world.writes().length;
    const second = await send(gateway, mutation, 'k1');
    if (mutation.isPost) {
      expect(second).toMatchObject({ outcome: 'UNKNOWN', retryable: true });
      expect(world.writes()).toHaveLength(sent);
      world.isMember = !wasMember;
      expect(await send(gateway, mutation, 'k1')).toMatchObject({
        outcome: 'APPLIED',
        confirmedBy: 'READ_BACK',
      });
      expect(world.writes()).toHaveLength(sent);
    } else {
      expect(second).toMatchObject({ outcome: 'APPLIED', isReplay: false });
      expect(world.writes()).toHaveLength(sent + 1);
    }
    expect(await send(gateway, mutation, 'k1')).toMatchObject({
      outcome: 'APPLIED',
      isReplay: true,
    });
  });
});

test('a refused change is made anew with the same key', async () => {
  const { world, gateway } = await startOver(true, [{ isMade: false, fault: refuse }]);
  expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'NOT_APPLIED' });
  expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'APPLIED', isReplay: false });
  expect(world.writes()).toHaveLength(2);
});

test.each([
  ['success', null, { outcome: 'APPLIED' }],
  ['refusal', refuse, { outcome: 'NOT_APPLIED', vendorStatus: 403 }],
] as const)(
  'requests at the same time get one %s, and the vendor one call',
  async (_name, fault, end) => {
    const faults = fault === null ? [] : [{ isMade: false, fault }];
    const { world, gateway } = await startOver(true, faults);
    const results = await Promise.all(Array.from({ length: 20 }, () => send(gateway, leave, 'k1')));
    for (const result of results) expect(result).toMatchObject(end);
    expect(results.filter(({ isReplay }) => isReplay === false)).toHaveLength(1);
    expect(world.writes()).toHaveLength(1);
  },
);

test('a request whose key is in progress for longer than two seconds says so', async () => {
  const answered = Promise.withResolvers<void>();
  const { world, gateway } = await startOver(true, [
    { isMade: true, fault: (response) => void answered.promise.then(() => response.destroy()) },
  ]);
  const first = send(gateway, leave, 'k1');
  expect(await send(gateway, leave, 'k1')).toMatchObject({
    __typename: 'IdempotencyError',
    problem: 'IN_PROGRESS',
    outcome: 'UNKNOWN',
    retryable: true,
    retryAfterSeconds: expect.any(Number),
  });
  answered.resolve();
  expect(await first).toMatchObject({ outcome: 'APPLIED', isReplay: false });
  expect(world.writes()).toHaveLength(1);
});

test('a key that was used for another change sends nothing', async () => {
  const { world, gateway } = await startOver(true);
  await send(gateway, leave, 'k1');
  const other = { ...leave, input: { groupId: 'AnotherRoom' } };
  expect(await send(gateway, other, 'k1')).toMatchObject({
    __typename: 'IdempotencyError',
    problem: 'OTHER_INPUT',
    outcome: 'NOT_APPLIED',
    retryable: false,
  });
  expect(world.writes()).toHaveLength(1);
});

test('the membership of another owner of credentials is another change', async () => {
  const { world, gateway } = await startOver(true);
  await send(gateway, leave, 'k1');
  const other = { ...credentials, 'rocketchat-user-id': 'anotherUser' };
  world.isMember = true;
  expect(await send(gateway, leave, 'k1', other)).toMatchObject({ isReplay: false });
  expect(world.writes()).toHaveLength(2);
});

test.each(['', 'x'.repeat(256), 'two words', 'ключ'])(
  'a malformed key sends nothing: %j',
  async (key) => {
    const { world, gateway } = await startOver(true);
    expect(await send(gateway, leave, key)).toMatchObject({
      __typename: 'IdempotencyError',
      problem: 'MALFORMED',
      outcome: 'NOT_APPLIED',
    });
    expect(world.vendor.calls).toEqual([]);
  },
);

test('without a database a key sends nothing, and a change without a key is made', async () => {
  const world = await startWorld(true);
  open.push(world);
  const gateway = await start(world, { DATABASE_URL: 'off' });
  expect(await send(gateway, leave, 'k1')).toMatchObject({
    __typename: 'IdempotencyError',
    problem: 'NOT_AVAILABLE',
    outcome: 'NOT_APPLIED',
  });
  expect(world.vendor.calls).toEqual([]);
  expect(await send(gateway, leave, null)).toMatchObject({ outcome: 'APPLIED', isReplay: false });
});

test('a change without a key is made each time', async () => {
  const { world, gateway } = await startOver(true);
  await send(gateway, leave, null);
  world.isMember = true;
  expect(await send(gateway, leave, null)).toMatchObject({ outcome: 'APPLIED', isReplay: false });
  expect(world.writes()).toHaveLength(2);
});

test('a success survives the process', async () => {
  const { world, gateway } = await startOver(true);
  await send(gateway, leave, 'k1');
  await gateway[Symbol.asyncDispose]();
  open = open.filter((one) => one !== gateway);
  const next = await start(world);
  expect(await send(next, leave, 'k1')).toMatchObject({ outcome: 'APPLIED', isReplay: true });
  expect(world.writes()).toHaveLength(1);
});

test.each(keyedMutations)(
  'a process that is killed while $name is in flight leaves what the next one settles',
  async (mutation) => {
    const arrived = Promise.withResolvers<void>();
    const world = await startWorld(mutation.name !== 'attachStreamLeader', [
      { isMade: true, fault: () => arrived.resolve() },
    ]);
    open.push(world);
    const run = async () => {
      const gateway = startProcess('main.ts', {
        ...over(world),
        PORT: '0',
        DATABASE_URL: folder.url,
      });
      open.push(gateway);
      const [, url = ''] = await gateway.printed(/"url":"(http:[^"]+)"/);
      const answer = fetch(url, {
        method: 'POST',
        headers: { ...credentials, 'content-type': 'application/json' },
        body: JSON.stringify(createKeyedRequest(mutation, 'k1')),
      }).then((response) => response.json() as Promise<{ data: Record<string, Result> }>);
      return { gateway, answer };
    };
    const first = await run();
    const failed = first.answer.catch(() => 'no answer');
    await arrived.promise;
    first.gateway.child.kill('SIGKILL');
    expect(await failed).toBe('no answer');
    const second = await run();
    const { data } = await second.answer;
    expect(data[mutation.name]).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'READ_BACK' });
    expect(world.writes()).toHaveLength(1);
  },
);
