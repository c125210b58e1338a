import { readFile, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ledger } from '../../src/state/ledger.ts';
import { CallSequence } from '../../src/vendors/core/call-sequence.ts';
import { nameCallers } from '../support/callers.ts';
import { ids } from '../support/changes.ts';
import {
  credentials,
  openTestState,
  type TestGateway,
  testGateway,
  testGatewayWithState,
} from '../support/gateway.ts';
import {
  createDatabaseFolder,
  createKeyedRequest,
  type DatabaseFolder,
  type KeyedMutation,
  keyedMutations,
} from '../support/keyed.ts';
import { sendKeyed, startReplica } from '../support/replicas.ts';
import { type Fault, over, startWorld, type World } from '../support/world.ts';

/** Ends the connection without an answer. */
const drop: Fault = (response) => response.destroy();
const refuse: Fault = (response) => {
  response.writeHead(403, { 'content-type': 'application/json' });
  response.end('{"message":"No."}');
};

const leave = keyedMutations.find(({ name }) => name === 'leaveGroup') as KeyedMutation;
const removal = keyedMutations.find(({ name }) => name === 'removeOrgMember') as KeyedMutation;

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

const send = sendKeyed;

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
    expect(first['message']).toMatch(/send it again with the same idempotency key to find out\.$/);
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

describe('callers with names', () => {
  async function startWithCallers(...names: readonly string[]) {
    const callers = await nameCallers(...names);
    const world = await startWorld(true);
    open.push(callers, world);
    return { callers, world, gateway: await start(world, callers.env) };
  }

  test('a key belongs to its caller, whatever token it sends', async () => {
    const { callers, world, gateway } = await startWithCallers('hr', 'it');
    const sendAs = (name: string, token: string) =>
      send(gateway, leave, 'k1', callers.as(name, token));
    expect(await sendAs('hr', 't1')).toMatchObject({ isReplay: false });
    expect(await sendAs('hr', 't2')).toMatchObject({ isReplay: true });
    world.isMember = true;
    expect(await sendAs('it', 't1')).toMatchObject({ isReplay: false });
    expect(world.writes()).toHaveLength(2);
  });

  test.each([
    ['owner of the credentials, who leaves', 'leaveGroup', { 'rocketchat-user-id': 'other' }],
    ['company', 'detachStreamLeader', { 'wethod-company': 'other' }],
    ['organization', 'removeOrgMember', { 'aerospike-authorization': createToken('o2') }],
    [
      'token, if tokens name no organization',
      'removeOrgMember',
      { 'aerospike-authorization': 'Bearer other' },
    ],
  ])('another %s makes it another change', async (what, name, headers) => {
    const { callers, world, gateway } = await startWithCallers('hr');
    const mutation = keyedMutations.find((one) => one.name === name) as KeyedMutation;
    const token = what.startsWith('token') ? 'Bearer one' : createToken('o1');
    const first = { ...callers.as('hr'), 'aerospike-authorization': token };
    expect(await send(gateway, mutation, 'k1', first)).toMatchObject({ outcome: 'APPLIED' });
    const second = { ...first, ...headers };
    expect(await send(gateway, mutation, 'k1', second)).toMatchObject({ problem: 'OTHER_INPUT' });
    expect(world.writes()).toHaveLength(1);
  });

  test('a new token of the same organization is the same change', async () => {
    const { callers, gateway } = await startWithCallers('hr');
    const mutation = keyedMutations.find(({ name }) => name === 'removeOrgMember') as KeyedMutation;
    const sendWith = (token: string) =>
      send(gateway, mutation, 'k1', { ...callers.as('hr'), 'aerospike-authorization': token });
    expect(await sendWith(createToken('o1', 1))).toMatchObject({ isReplay: false });
    expect(await sendWith(createToken('o1', 2))).toMatchObject({ isReplay: true });
  });
});

/** Returns an access token of an organization; no stub checks its signature. */
function createToken(organization: string, issuedAt = 0): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `Bearer ${encode({ alg: 'none' })}.${encode({ org_id: organization, iat: issuedAt })}.x`;
}

test('the membership of another anonymous caller is another change', async () => {
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
      const replica = await startReplica({ ...over(world), DATABASE_URL: folder.url });
      open.push(replica);
      return { replica, answer: replica.send(mutation, 'k1') };
    };
    const first = await run();
    const failed = first.answer.catch(() => 'no answer');
    await arrived.promise;
    first.replica.process.child.kill('SIGKILL');
    expect(await failed).toBe('no answer');
    const second = await run();
    expect(await second.answer).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'READ_BACK' });
    expect(world.writes()).toHaveLength(1);
  },
);

describe('a database that fails', () => {
  let real: Ledger;

  /** Starts a gateway whose ledger fails as told. */
  async function startFailing(world: World, faults: Partial<Ledger>): Promise<TestGateway> {
    const config = { DATABASE_URL: folder.url, ...over(world, timeouts) };
    const state = await openTestState(config);
    real = state.ledger;
    const ledger = new Proxy(state.ledger, {
      get(target, name: keyof Ledger) {
        return faults[name] ?? target[name].bind(target);
      },
    });
    const gateway = testGateway(config, undefined, undefined, { ...state, ledger });
    open.push(gateway);
    return gateway;
  }

  const timeouts = { VENDOR_TIMEOUT_MS: '700', FIELD_TIMEOUT_MS: '1600' };
  const failing = () => Promise.reject(new Error('disk I/O error'));
  const stalled = () => new Promise<never>(() => {});

  test.each([
    ['a claim fails', { claim: failing }],
    ['a claim stalls', { claim: stalled }],
    ['an intent fails', { recordIntent: failing }],
    ['an intent stalls', { recordIntent: stalled }],
    ['another process has claimed the change', { recordIntent: () => Promise.resolve(false) }],
  ] as const)('nothing is sent if %s', async (_name, faults) => {
    const world = await startWorld(true);
    open.push(world);
    const gateway = await startFailing(world, faults);
    expect(await send(gateway, leave, 'k1')).toMatchObject({
      __typename: 'VendorUnavailableError',
      outcome: 'NOT_APPLIED',
      retryable: true,
    });
    expect(world.vendor.calls).toEqual([]);
    expect(await send(gateway, leave, null)).toMatchObject({ outcome: 'APPLIED' });
  });

  test('a change that another process has taken over is in progress, since that one may have made it', async () => {
    const world = await startWorld(true);
    open.push(world);
    const isTaken = () => Promise.resolve(false);
    const gateway = await startFailing(world, { recordIntent: isTaken, recordEnd: isTaken });
    expect(await send(gateway, leave, 'k1')).toMatchObject({
      problem: 'IN_PROGRESS',
      outcome: 'UNKNOWN',
    });
    expect(world.vendor.calls).toEqual([]);
  });

  test('a change whose end cannot be stored is answered, and its key is in progress until it is', async () => {
    const world = await startWorld(true);
    open.push(world);
    let isBroken = true;
    const stored = Promise.withResolvers<void>();
    const gateway = await startFailing(world, {
      recordEnd: async (claimed, end) => {
        if (isBroken) return failing();
        const result = await real.recordEnd(claimed, end);
        stored.resolve();
        return result;
      },
    });
    expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'APPLIED', isReplay: false });
    expect(await send(gateway, leave, 'k1')).toMatchObject({ problem: 'IN_PROGRESS' });
    isBroken = false;
    await stored.promise;
    expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'APPLIED', isReplay: true });
    expect(world.writes()).toHaveLength(1);
  });
});

test('a replay reads nested fields again, and has no name of the person', async () => {
  const { world, gateway } = await startOver(true);
  const query = `mutation {
    removeGroupUser(input: {groupUid: "${ids.groupUid}", userId: "${ids.kaitenUserId}", idempotencyKey: "k1"}) {
      ... on ChangeResult { isReplay }
      ... on RemoveGroupUserSuccess { user { userId } group { users { nodes { userId } } } }
    }
  }`;
  const ask = async () => (await gateway.sendText(query)).data['removeGroupUser'];
  expect(await ask()).toMatchObject({ isReplay: false, user: { userId: ids.kaitenUserId } });
  const reads = world.reads().length;
  expect(await ask()).toMatchObject({
    isReplay: true,
    user: null,
    group: { users: { nodes: [{ userId: expect.any(String) }] } },
  });
  expect(world.reads().length).toBe(2 * reads);
  expect(world.writes()).toHaveLength(1);
});

test('the database holds no credential, and no name or address of a person', async () => {
  const person = { id: Number(ids.kaitenUserId), full_name: 'Ada Byron', email: 'ada@acme.org' };
  const name: Fault = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(person));
  };
  const { gateway } = await startOver(true, [{ isMade: true, fault: name }]);
  const first = keyedMutations.filter(({ name }) => name === 'removeGroupUser');
  for (const mutation of [...first, ...keyedMutations]) await send(gateway, mutation, 'k1');
  const path = folder.url.slice('file:'.length);
  const files = await Promise.all([path, `${path}-wal`].map((file) => readFile(file, 'latin1')));
  const text = files.join('');
  expect(text.includes(ids.kaitenUserId)).toBe(true);
  const secrets = Object.values(credentials).filter((value) => value !== 'acme');
  for (const secret of secrets) expect(text.includes(secret.replace('Bearer ', ''))).toBe(false);
  for (const word of ['Byron', 'acme.org']) expect(text.includes(word)).toBe(false);
});

describe('a change that may have been sent', () => {
  /** Starts a gateway whose ledger fails as told. */
  async function startWith(
    world: World,
    createFaults: (real: Ledger) => Partial<Ledger> = () => ({}),
    env: Record<string, string> = {},
  ): Promise<TestGateway> {
    open.push(world);
    const config = { DATABASE_URL: folder.url, ...over(world, env) };
    const state = await openTestState(config);
    const faults = createFaults(state.ledger);
    const ledger = new Proxy(state.ledger, {
      get: (target, name: keyof Ledger) => faults[name] ?? target[name].bind(target),
    });
    const gateway = testGateway(config, undefined, undefined, { ...state, ledger });
    open.push(gateway);
    return gateway;
  }

  const failing = () => Promise.reject(new Error('disk I/O error'));
  const lostOnce = [{ isMade: false, fault: drop }];

  test('asking again for an unknown change does not open the circuit of a vendor that answers', async () => {
    const gateway = await startWith(await startWorld(true, lostOnce, [drop]));
    for (let request = 1; request <= 13; request += 1) {
      expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'UNKNOWN' });
    }
    expect(await send(gateway, leave, null)).toMatchObject({ outcome: 'APPLIED' });
  });

  test('a change that the database prevents does not close the circuit', async () => {
    const faults = Array(40).fill(lostOnce[0]);
    let isBroken = false;
    const gateway = await startWith(
      await startWorld(true, faults, Array(200).fill(drop)),
      (real) => ({
        recordIntent: (claimed) => (isBroken ? failing() : real.recordIntent(claimed)),
      }),
    );
    const getCircuit = async () =>
      (await gateway.gateway.probes.readiness()).vendors['rocketchat']?.circuit;
    for (let request = 1; request <= 11; request += 1) await send(gateway, leave, null);
    expect(await getCircuit()).not.toBe('closed');
    isBroken = true;
    // The circuit admits a probe as soon as its time is over; until then it rejects the change by itself.
    await vi.waitUntil(
      async () => String((await send(gateway, leave, 'k2'))['message']).includes('database'),
      { timeout: 15_000, interval: 200 },
    );
    expect(await getCircuit()).not.toBe('closed');
  }, 20_000);

  test('a change in progress is not reported as not made if the database fails meanwhile', async () => {
    const answered = Promise.withResolvers<void>();
    const world = await startWorld(true, [
      { isMade: true, fault: (response) => void answered.promise.then(() => response.destroy()) },
    ]);
    let claims = 0;
    const gateway = await startWith(world, (real) => ({
      claim: (change, awaited) => {
        claims += 1;
        return claims > 2 ? failing() : real.claim(change, awaited);
      },
    }));
    const first = send(gateway, leave, 'k1');
    await vi.waitUntil(() => world.writes().length === 1);
    expect(await send(gateway, leave, 'k1')).toMatchObject({
      problem: 'IN_PROGRESS',
      outcome: 'UNKNOWN',
    });
    answered.resolve();
    expect(await first).toMatchObject({ outcome: 'APPLIED' });
  });

  test('a fault while a change is settled again does not say that it was not made', async () => {
    const gateway = await startWith(await startWorld(true, lostOnce, [drop]));
    expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'UNKNOWN' });
    const look = vi.spyOn(CallSequence.prototype, 'readBack').mockRejectedValue(new TypeError());
    const { query, variables } = createKeyedRequest(leave, 'k1');
    const answer = await gateway.sendText(query, credentials, { variables });
    look.mockRestore();
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'INTERNAL', outcome: 'UNKNOWN' });
  });

  test.each([
    ['while its intent is written', leave, []],
    ['while the list is read again', removal, lostOnce],
  ] as const)('nothing is sent for a client that leaves %s', async (_when, mutation, faults) => {
    const abort = new AbortController();
    const isAgain = faults.length > 0;
    const world = await startWorld(true, isAgain ? Array(3).fill(lostOnce[0]) : [], [
      ...(isAgain ? [drop] : []),
    ]);
    const recorded = Promise.withResolvers<void>();
    const gateway = await startWith(world, (real) => ({
      recordIntent: async (claimed) => {
        if (!isAgain) abort.abort();
        const result = await real.recordIntent(claimed);
        recorded.resolve();
        return result;
      },
    }));
    if (isAgain) await send(gateway, mutation, 'k1');
    const sent = world.writes().length;
    if (isAgain) {
      const reply = world.vendor.answer;
      world.vendor.answer = (response, call) => {
        abort.abort();
        if (typeof reply === 'function') reply(response, call);
      };
    }
    const { query, variables } = createKeyedRequest(mutation, 'k1');
    await gateway
      .sendText(query, credentials, { variables, signal: abort.signal })
      .catch(() => null);
    await recorded.promise;
    await vi.waitUntil(() => gateway.gateway.lifecycle.inFlight === 0);
    expect(world.writes()).toHaveLength(sent);
  });

  test.each([
    ['sent again within the hour', 3_500_000, { outcome: 'APPLIED' }, 1],
    ['only looked up after an hour', 3_601_000, { outcome: 'UNKNOWN', retryable: true }, 0],
  ])('a removal whose outcome is unknown is %s', async (_what, ageMs, expected, more) => {
    const faults = Array(3).fill(lostOnce[0]);
    const gateway = await startWith(await startWorld(true, faults, [drop]), (real) => ({
      claim: async (change, awaited) => {
        const claim = await real.claim(change, awaited);
        return claim.kind === 'settleAgain' ? { ...claim, ageMs } : claim;
      },
    }));
    const world = open.at(-2) as World;
    expect(await send(gateway, removal, 'k1')).toMatchObject({ outcome: 'UNKNOWN' });
    const sent = world.writes().length;
    expect(await send(gateway, removal, 'k1')).toMatchObject(expected);
    expect(world.writes()).toHaveLength(sent + more);
  });

  test('a database that does not answer is in the log', async () => {
    const gateway = await startWith(
      await startWorld(true),
      () => ({ claim: () => new Promise<never>(() => {}) }),
      { VENDOR_TIMEOUT_MS: '100', FIELD_TIMEOUT_MS: '300' },
    );
    expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'NOT_APPLIED' });
    const lines = gateway.lines('database cannot be reached; changes with a key are rejected');
    expect(lines).toHaveLength(1);
  });

  test('an end that could not be stored at once is stored before the process stops', async () => {
    let failures = 1;
    const world = await startWorld(true);
    const gateway = await startWith(
      world,
      (real) => ({
        recordEnd: (claimed, end) => {
          failures -= 1;
          return failures >= 0 ? failing() : real.recordEnd(claimed, end);
        },
      }),
      { VENDOR_TIMEOUT_MS: '400', FIELD_TIMEOUT_MS: '800' },
    );
    expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'APPLIED' });
    await gateway[Symbol.asyncDispose]();
    open = open.filter((one) => one !== gateway);
    const next = await start(world);
    expect(await send(next, leave, 'k1')).toMatchObject({ outcome: 'APPLIED', isReplay: true });
  });

  test('a database file is readable for its owner only', async () => {
    await startWith(await startWorld(true));
    const { mode } = await stat(folder.url.slice('file:'.length));
    expect(mode & 0o777).toBe(0o600);
  });

  test('a refusal is stored without the vendor’s own text', async () => {
    const name: Fault = (response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"success":false,"error":"Ada Byron does not allow it"}');
    };
    const gateway = await startWith(await startWorld(true, [{ isMade: false, fault: name }]));
    expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'NOT_APPLIED' });
    const path = folder.url.slice('file:'.length);
    const files = await Promise.all([path, `${path}-wal`].map((file) => readFile(file, 'latin1')));
    expect(files.join('').includes('Byron')).toBe(false);
  });
});
