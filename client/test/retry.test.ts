import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestGateway, testGateway, testGatewayWithState } from '../../test/support/gateway.ts';
import { createDatabaseFolder, type DatabaseFolder } from '../../test/support/keyed.ts';
import {
  type Fault,
  json,
  lost,
  made,
  over,
  own,
  startWorld,
  faults as vendorFaults,
  type World,
  type WriteFault,
} from '../../test/support/world.ts';
import type { Gateway, GatewayError } from '../src/index.ts';
import { calls, type MakeChange } from './calls.ts';
import { type FaultyLink, type LinkFault, startFaultyLink } from './faulty-link.ts';
import { catchRejection, credentials } from './support.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const { reset } = vendorFaults;

let folder: DatabaseFolder;
let open: AsyncDisposable[] = [];
beforeEach(async () => {
  folder = await createDatabaseFolder();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const one of open.toReversed()) await one[Symbol.asyncDispose]();
  open = [];
  await folder[Symbol.asyncDispose]();
});

function keep<T extends AsyncDisposable>(one: T): T {
  open.push(one);
  return one;
}

interface Started {
  readonly world: World;
  readonly link: FaultyLink;
  /** The client's options. */
  readonly gateway: Gateway;
}

/** Starts the vendors, a gateway with a database over them, and a link to it. */
async function start(
  env: Record<string, string> = {},
  isMember = true,
  writeFaults: readonly WriteFault[] = [],
  readFaults: readonly Fault[] = [],
): Promise<Started> {
  const world = keep(await startWorld(isMember, writeFaults, readFaults));
  const tested = keep(await startGateway(over(world, env), env['DATABASE_URL'] ?? folder.url));
  const link = keep(await startFaultyLink(tested));
  return { world, link, gateway: { endpoint: link.endpoint, credentials } };
}

async function startGateway(env: Record<string, string>, url: string): Promise<TestGateway> {
  return url === 'off' ? testGateway(env) : testGatewayWithState({ ...env, DATABASE_URL: url });
}

const keysOf = ({ requests }: FaultyLink) => requests.map(({ input }) => input['idempotencyKey']);
const remove: MakeChange = calls.removeOrgMember;
const leave: MakeChange = calls.leaveGroup;

describe.each(Object.entries(calls))('%s', (name, make: MakeChange) => {
  const wasMember = name !== 'attachStreamLeader';

  test('sends a new key, and after a lost response the same key again: one change, a replay', async () => {
    const { world, link, gateway } = await start({}, wasMember);
    link.faults = ['responseLost'];
    const result = await make(gateway);
    expect(result).toMatchObject({ outcome: 'APPLIED', isReplay: true });
    const [first, second, ...rest] = keysOf(link);
    expect(first).toMatch(uuid);
    expect([second, ...rest]).toEqual([first]);
    expect(result.idempotencyKey).toBe(first);
    expect(world.writes()).toHaveLength(1);
  });

  test('sends the key of its input instead, and each call without one has a key of its own', async () => {
    const { link, gateway } = await start({}, wasMember);
    const options = { ...gateway, retry: false } as const;
    for (const idempotencyKey of ['ours', null, undefined]) await make(options, { idempotencyKey });
    const [ours, second, third] = keysOf(link);
    expect(ours).toBe('ours');
    expect(second).toMatch(uuid);
    expect(third).toMatch(uuid);
    expect(second).not.toBe(third);
  });
});

describe('a change is sent again with its key', () => {
  test.each<[name: string, faults: FaultyLink['faults']]>([
    ['if the request is lost', ['requestLost']],
    ['if a proxy answers with 502', [{ status: 502 }]],
    ['if a proxy answers with 429', [{ status: 429 }]],
    ['if several fail one after the other', ['requestLost', 'responseLost', { status: 503 }]],
  ])('%s', async (_name, faults) => {
    const { world, link, gateway } = await start();
    link.faults = [...faults];
    expect(await leave(gateway)).toMatchObject({ outcome: 'APPLIED' });
    expect(link.requests).toHaveLength(faults.length + 1);
    expect(new Set(keysOf(link)).size).toBe(1);
    expect(world.writes()).toHaveLength(1);
  });

  test('if no response comes in time', async () => {
    const { world, link, gateway } = await start();
    link.faults = ['silence'];
    const options = { ...gateway, retry: { attemptTimeoutMs: 2_000 } };
    expect(await leave(options)).toMatchObject({ outcome: 'APPLIED', isReplay: true });
    expect(world.writes()).toHaveLength(1);
  });

  test('if its outcome is unknown, until it is settled by the vendor’s list', async () => {
    const { world, link, gateway } = await start({}, true, [made(reset)], [reset, reset, reset]);
    expect(await leave(gateway)).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'READ_BACK' });
    expect(link.requests.length).toBeGreaterThan(1);
    expect(world.writes()).toHaveLength(1);
  });

  test('if it was not made and a retry may help', async () => {
    const { world, link, gateway } = await start({}, true, [lost(own(500))]);
    expect(await leave(gateway)).toMatchObject({ outcome: 'APPLIED', isReplay: false });
    expect(link.requests).toHaveLength(2);
    expect(world.writes()).toHaveLength(2);
  });

  test('if the caller’s limit is reached, after the time that Retry-After names', async () => {
    const { world, link, gateway } = await start({ CALLER_CHANGES: '1/2' });
    expect(await leave(gateway)).toMatchObject({ outcome: 'APPLIED' });
    world.isMember = true;
    expect(await leave(gateway)).toMatchObject({ outcome: 'APPLIED', isReplay: false });
    expect(link.requests).toHaveLength(3);
    expect(world.writes()).toHaveLength(2);
  });

  test('if another request with the key is in progress, until that one has ended', async () => {
    const answered = Promise.withResolvers<void>();
    const { world, link, gateway } = await start({}, true, [
      made((response) => void answered.promise.then(() => json(response, 200, { success: true }))),
    ]);
    const first = leave(gateway, { idempotencyKey: 'k1' });
    await expect.poll(() => world.writes().length).toBe(1);
    const second = leave(gateway, { idempotencyKey: 'k1' });
    await expect.poll(() => link.requests.length, { timeout: 10_000 }).toBe(3);
    answered.resolve();
    expect(await second).toMatchObject({ outcome: 'APPLIED', isReplay: true });
    expect(await first).toMatchObject({ outcome: 'APPLIED', isReplay: false });
    expect(world.writes()).toHaveLength(1);
  });
});

describe('a change is not sent again', () => {
  test('if it was rejected and a retry does not help', async () => {
    const { world, link, gateway } = await start({}, true, [lost(own(403))]);
    expect(await leave(gateway)).toMatchObject({ outcome: 'NOT_APPLIED', retryable: false });
    expect(link.requests).toHaveLength(1);
    expect(world.writes()).toHaveLength(1);
  });

  test.each([
    ['after a lost response', ['responseLost'] as const, 'UNKNOWN'],
    ['after a rejection that a retry may help with', [{ status: 429 }] as const, 'NOT_APPLIED'],
  ])('with retry: false, %s', async (_name, faults, outcome) => {
    const { link, gateway } = await start();
    link.faults = [...faults];
    const error = await catchRejection(leave({ ...gateway, retry: false }));
    expect(error).toMatchObject({ outcome, idempotencyKey: expect.stringMatching(uuid) });
    expect(link.requests).toHaveLength(1);
  });

  test('without a key, if its outcome is unknown', async () => {
    const { world, link, gateway } = await start();
    link.faults = ['responseLost'];
    const error = await catchRejection(leave({ ...gateway, idempotencyKeys: false }));
    expect(error).toMatchObject({ code: 'NETWORK', outcome: 'UNKNOWN', idempotencyKey: null });
    expect(keysOf(link)).toEqual([undefined]);
    expect(world.writes()).toHaveLength(1);
  });

  test('if the wait that the response names exceeds the time of the call', async () => {
    const { link, gateway } = await start();
    link.faults = [{ status: 429, headers: { 'retry-after': '60' } }];
    const error = await catchRejection(leave(gateway));
    expect(error).toMatchObject({ outcome: 'NOT_APPLIED', retryAfterSeconds: 60 });
    expect(link.requests).toHaveLength(1);
  });

  test('more often than the limit', async () => {
    const { link, gateway } = await start();
    link.faults = Array(5).fill('requestLost');
    const error = await catchRejection(leave({ ...gateway, retry: { limit: 1 } }));
    expect(error).toMatchObject({ code: 'NETWORK', outcome: 'UNKNOWN' });
    expect(link.requests).toHaveLength(2);
  });
});

describe('the outcome covers all attempts', () => {
  test('a rejection after a lost response is UNKNOWN, since the first attempt may have made the change', async () => {
    const { world, link, gateway } = await start();
    const errors = [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }];
    link.faults = ['responseLost', { status: 401, body: JSON.stringify({ errors }) }];
    const error = (await catchRejection(leave(gateway))) as GatewayError;
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', outcome: 'UNKNOWN', retryable: false });
    expect(error.message).toContain('An earlier attempt may have made the change');
    expect(world.isMember).toBe(false);
  });

  test('so is an error of the vendor; only a key of the caller makes the same call safe', async () => {
    for (const idempotencyKey of [undefined, 'ours']) {
      const { link, gateway } = await start({}, true, [lost(own(403))]);
      link.faults = ['requestLost'];
      expect(await leave(gateway, { idempotencyKey })).toMatchObject({
        __typename: 'PermissionDeniedError',
        outcome: 'UNKNOWN',
        retryable: idempotencyKey !== undefined,
        message: expect.stringContaining('An earlier attempt may have made the change'),
      });
      for (const one of open.splice(0).toReversed()) await one[Symbol.asyncDispose]();
    }
  });

  test.each<[name: string, fault: LinkFault, outcome: string]>([
    ['may have arrived', 'responseLost', 'UNKNOWN'],
    ['was rejected', { status: 429, headers: { 'retry-after': '50' } }, 'NOT_APPLIED'],
  ])(
    'an abort during a wait ends the call, and an attempt that %s decides',
    async (_name, fault, outcome) => {
      const { link, gateway } = await start();
      link.faults = [fault];
      const controller = new AbortController();
      const call = leave({
        ...gateway,
        signal: controller.signal,
        fetch: async (url, init) => {
          try {
            const response = await fetch(url, init);
            return new Response(await response.text(), response);
          } finally {
            // By then, the client waits.
            setImmediate(() => controller.abort(new Error('no patience')));
          }
        },
      });
      expect(await catchRejection(call)).toMatchObject({
        code: 'ABORTED',
        outcome,
        cause: { message: 'no patience' },
      });
      expect(link.requests).toHaveLength(1);
    },
  );
});

describe('a gateway without a database', () => {
  const off = { DATABASE_URL: 'off' };

  test('gets the change once without a key, and so it gets the next ones for five minutes', async () => {
    const { world, link, gateway } = await start(off);
    expect(await leave(gateway)).toMatchObject({ outcome: 'APPLIED', idempotencyKey: null });
    expect(keysOf(link)).toEqual([expect.stringMatching(uuid), undefined]);
    world.isMember = true;
    expect(await remove(gateway)).toMatchObject({ outcome: 'APPLIED', idempotencyKey: null });
    expect(keysOf(link)).toHaveLength(3);
    const now = performance.now();
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now + 300_001);
    world.isMember = true;
    const again = leave({ ...gateway, retry: false });
    await expect.poll(() => keysOf(link).length).toBeGreaterThan(3);
    clock.mockRestore();
    await again;
    expect(keysOf(link)[3]).toMatch(uuid);
  });

  test('is sent no change again whose outcome is unknown', async () => {
    const { world, link, gateway } = await start(off, true, [made(reset)], [reset, reset, reset]);
    expect(await leave(gateway)).toMatchObject({ outcome: 'UNKNOWN', idempotencyKey: null });
    expect(link.requests).toHaveLength(2);
    expect(world.writes()).toHaveLength(1);
  });

  test('is sent no change without a key after one with a key that may have arrived', async () => {
    const { world, link, gateway } = await start(off);
    link.faults = ['responseLost'];
    expect(await leave(gateway)).toMatchObject({
      __typename: 'IdempotencyError',
      outcome: 'UNKNOWN',
      retryable: false,
    });
    expect(link.requests).toHaveLength(2);
    expect(world.writes()).toHaveLength(0);
  });

  test('rejects a key of the caller, and is not asked again', async () => {
    const { world, link, gateway } = await start(off);
    expect(await leave(gateway, { idempotencyKey: 'ours' })).toMatchObject({
      __typename: 'IdempotencyError',
      idempotencyProblem: 'NOT_AVAILABLE',
      outcome: 'NOT_APPLIED',
      idempotencyKey: 'ours',
    });
    expect(link.requests).toHaveLength(1);
    expect(world.writes()).toHaveLength(0);
  });
});

test('a page without randomUUID, which plain HTTP has not, gets keys as random', async () => {
  const { link, gateway } = await start();
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  await leave(gateway);
  await leave(gateway);
  const [first, second] = keysOf(link);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).not.toBe(first);
});
