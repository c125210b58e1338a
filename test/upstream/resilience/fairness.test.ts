import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { nameCallers } from '../../support/callers.ts';
import { changes } from '../../support/changes.ts';
import { countWaiting, testGateway } from '../../support/gateway.ts';
import { type StubVendor, startVendor } from '../../support/vendor.ts';
import { own } from '../../support/world.ts';

const { removeOrgMember: change } = changes;
/** So long that no call that hangs ends by itself, however busy the machine is. */
const patient = {
  VENDOR_TIMEOUT_MS: '60000',
  FIELD_TIMEOUT_MS: '600000',
  REQUEST_TIMEOUT_MS: '600000',
  SHUTDOWN_GRACE_MS: '600001',
};
/** How long a state may take to come about, in ms. */
const timeout = 10_000;
const overloaded = { reason: 'OVERLOADED', outcome: 'NOT_APPLIED', retryable: true };
const applied = { outcome: 'APPLIED' };

/** A vendor whose calls hang until they are released, and a gateway before it with two callers. */
async function startHanging(env: Record<string, string>) {
  const stack = new AsyncDisposableStack();
  const release: (() => void)[] = [];
  const vendor = stack.use(
    await startVendor((response) => {
      release.push(() => response.writeHead(204).end());
    }),
  );
  const callers = stack.use(await nameCallers('hungry', 'modest', 'third'));
  const gateway = stack.use(
    testGateway({ AEROSPIKE_URL: vendor.url, ...patient, ...env, ...callers.env }),
  );
  let tokens = 0;
  return {
    vendor,
    gateway,
    callers,
    release,
    make: (name: string) => {
      tokens += 1;
      return change.make(gateway, callers.as(name, `${name}-${tokens}`));
    },
    inFlight: (count: number) => expect.poll(() => release.length, { timeout }).toBe(count),
    waiting: (count: number) =>
      expect.poll(() => countWaiting(gateway, 'aerospike'), { timeout }).toBe(count),
    /** Answers all that hangs, and whatever comes after it. */
    free: () => {
      vendor.answer = { status: 204 };
      for (const answer of release.splice(0)) answer();
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The callers of the calls that a vendor saw, in order. */
function callersOf(vendor: StubVendor): (string | undefined)[] {
  return vendor.calls.map(({ headers }) => /^Bearer (\w+)-/.exec(headers.authorization ?? '')?.[1]);
}

describe('the places of a vendor', { timeout: 60_000 }, () => {
  test('the only caller takes all places', async () => {
    await using world = await startHanging({ VENDOR_CONCURRENCY: '27' });
    const made = Array.from({ length: 30 }, () => world.make('hungry'));
    await world.inFlight(27);
    await world.waiting(3);
    world.free();
    for (const result of await Promise.all(made)) expect(result).toMatchObject(applied);
  });

  test('while others are present a caller leaves every ninth place free, which a new caller gets immediately', async () => {
    await using world = await startHanging({ VENDOR_CONCURRENCY: '27' });
    world.vendor.answer = { status: 204 };
    await world.make('modest');
    world.vendor.answer = (response) => {
      world.release.push(() => response.writeHead(204).end());
    };
    const hungry = Array.from({ length: 40 }, () => world.make('hungry'));
    await world.waiting(16);
    await world.inFlight(24);
    // Nothing of what hangs has ended.
    const modest = world.make('modest');
    await world.inFlight(25);
    expect(callersOf(world.vendor).at(-1)).toBe('modest');
    world.free();
    for (const result of await Promise.all([modest, ...hungry]))
      expect(result).toMatchObject(applied);
  });

  test('a place that becomes free goes to a caller below its share, a read of it before changes of others', async () => {
    await using world = await startHanging({ VENDOR_CONCURRENCY: '4' });
    const hungry = Array.from({ length: 8 }, () => world.make('hungry'));
    await world.inFlight(4);
    await world.waiting(4);
    const read = world.gateway.sendText(
      '{ organization { name } }',
      world.callers.as('modest', 'modest-0'),
    );
    await world.waiting(5);
    world.release.shift()?.();
    await expect.poll(() => world.vendor.calls.length, { timeout }).toBe(5);
    expect(callersOf(world.vendor).at(-1)).toBe('modest');
    world.free();
    await Promise.all([...hungry, read]);
  });
});

describe('the queue of a vendor', { timeout: 60_000 }, () => {
  test('the only caller takes all seats, and is rejected beyond them', async () => {
    await using world = await startHanging({ VENDOR_CONCURRENCY: '1', VENDOR_QUEUE: '4' });
    const made = Array.from({ length: 5 }, () => world.make('hungry'));
    await world.waiting(4);
    expect(await world.make('hungry')).toMatchObject(overloaded);
    world.free();
    for (const result of await Promise.all(made)) expect(result).toMatchObject(applied);
    expect(world.vendor.calls).toHaveLength(5);
  });

  test('when it is full, a caller with fewer calls takes the seat of the last call of the caller with the most', async () => {
    await using world = await startHanging({ VENDOR_CONCURRENCY: '1', VENDOR_QUEUE: '4' });
    const hungry: Promise<object>[] = [world.make('hungry')];
    await world.inFlight(1);
    for (let index = 1; index <= 4; index += 1) {
      hungry.push(world.make('hungry'));
      await world.waiting(index);
    }
    // Up to as many as the other has.
    const modest = [world.make('modest')];
    expect(await hungry[4]).toMatchObject(overloaded);
    modest.push(world.make('modest'));
    expect(await hungry[3]).toMatchObject(overloaded);
    expect(await world.make('modest')).toMatchObject(overloaded);
    // It has a seat less than either; with that it would have as many.
    expect(await world.make('hungry')).toMatchObject(overloaded);
    await world.waiting(4);
    world.free();
    const ended = await Promise.all([...hungry.slice(0, 3), ...modest]);
    for (const result of ended) expect(result).toMatchObject(applied);
    // What lost its seat was never sent.
    expect(callersOf(world.vendor)).toEqual(['hungry', 'hungry', 'modest', 'hungry', 'modest']);
  });

  test('when it is full, a change takes the seat of a read of its own caller', async () => {
    await using world = await startHanging({ VENDOR_CONCURRENCY: '1', VENDOR_QUEUE: '2' });
    const first = world.make('hungry');
    await world.inFlight(1);
    const headers = world.callers.as('hungry', 'hungry-0');
    const reads = [1, 2].map(() => world.gateway.sendText('{ organization { name } }', headers));
    await world.waiting(2);
    const second = world.make('hungry');
    const refused = await Promise.race(reads);
    expect(refused.errors).toMatchObject([{ extensions: { reason: 'OVERLOADED' } }]);
    world.free();
    expect(await Promise.all([first, second])).toMatchObject([applied, applied]);
    await Promise.all(reads);
    expect(world.vendor.calls.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'GET']);
  });

  test('eight documents of 64 reads at a time with made-up credentials keep no change of another caller out', async () => {
    await using vendor = await startVendor((response, { headers }) => {
      setImmediate(() => {
        if (headers.authorization?.includes('evil')) own(401)(response);
        else response.writeHead(204).end();
      });
    });
    await using callers = await nameCallers('evil', 'good');
    await using gateway = testGateway({
      WETHOD_URL: vendor.url,
      VENDOR_CONCURRENCY: '16',
      VENDOR_QUEUE: '32',
      ...patient,
      ...callers.env,
    });
    const fields = Array.from({ length: 64 }, (_, at) => `s${at}: stream(id: ${at + 1}) { name }`);
    let isOver = false;
    const attack = Array.from({ length: 8 }, async (_, worker) => {
      for (let round = 0; !isOver; round += 1) {
        const headers = callers.as('evil', `evil-${worker}-${round}`);
        await gateway.sendText(`{ ${fields.join(' ')} }`, headers);
        // A document that is refused as a whole waits for nothing, and would leave the vendor no turn.
        await nextTurn();
      }
    });
    const victim = callers.as('good');
    const results: object[] = [];
    for (let call = 0; call < 5; call += 1) {
      results.push(await changes.detachStreamLeader.make(gateway, victim));
    }
    isOver = true;
    await Promise.all(attack);
    for (const result of results) expect(result).toMatchObject(applied);
  });
});
