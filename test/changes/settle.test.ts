import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { allChanges, type Change, changePerMethod, ids, pickRows } from '../support/changes.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { createRefusedUrl, startVendor } from '../support/vendor.ts';
import {
  type Fault,
  faults,
  json,
  lost,
  made,
  over,
  own,
  proxy,
  startWorld,
  type WriteFault,
  wasMember,
} from '../support/world.ts';

/** A wait as the vendor tells it: seconds, epoch seconds, the standard header, epoch milliseconds. */
function ownWaitHeaders({ vendor }: Change, seconds: number): Record<string, string> {
  const until = Date.now() + seconds * 1000;
  const headers = {
    WETHOD: { 'x-ratelimit-retry-after': String(seconds) },
    KAITEN: { 'x-ratelimit-reset': String(Math.ceil(until / 1000)) },
    AEROSPIKE: { 'retry-after': String(seconds) },
    ROCKETCHAT: { 'x-ratelimit-reset': String(until) },
  };
  return headers[vendor];
}

const quick = { VENDOR_TIMEOUT_MS: '150' };
const posts = allChanges.filter(({ isPost }) => isPost);
const removals = allChanges.filter(({ isPost }) => !isPost);

const losses = ['reset', 'resetInHeaders', 'resetInBody', 'hang', 'hangInBody'] as const;

describe.each(posts)('$name, a POST', (change) => {
  test.each(pickRows(change, losses))(
    'is read back and not sent again after %s, if it was made',
    async (name) => {
      await using world = await startWorld(wasMember(change), [made(faults[name])]);
      await using gateway = testGateway(over(world, quick));
      expect(await change.make(gateway)).toMatchObject({
        outcome: 'APPLIED',
        confirmedBy: 'READ_BACK',
      });
      expect(world.writes()).toHaveLength(1);
    },
  );

  test.each(pickRows(change, losses))(
    'is not sent again after %s, if it was not made: UNKNOWN',
    async (name) => {
      await using world = await startWorld(wasMember(change), [lost(faults[name])]);
      await using gateway = testGateway(over(world, quick));
      expect(await change.make(gateway)).toMatchObject({
        __typename: 'VendorUnavailableError',
        outcome: 'UNKNOWN',
        retryable: false,
      });
      expect(world.writes()).toHaveLength(1);
      expect(world.reads().length).toBeGreaterThan(0);
    },
  );

  test.each(pickRows(change, [503, 500, 501]))(
    'is NOT_APPLIED and retryable after the vendor’s own %i, if the list does not show it',
    async (status) => {
      await using world = await startWorld(wasMember(change), [lost(own(status))]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        __typename: 'VendorUnavailableError',
        reason: 'SERVER_ERROR',
        vendorStatus: status,
        outcome: 'NOT_APPLIED',
        retryable: true,
      });
      expect(world.writes()).toHaveLength(1);
    },
  );

  test.each(
    pickRows(change, [
      { name: '503 with a proxy’s page', fault: proxy(503) },
      { name: '500 with a proxy’s page', fault: proxy(500) },
      { name: '502', fault: own(502) },
      { name: '504', fault: own(504) },
    ]),
  )(
    'is UNKNOWN after $name, even if the list does not show it: the vendor may still be working on it',
    async ({ fault }) => {
      await using world = await startWorld(wasMember(change), [lost(fault)]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        reason: 'SERVER_ERROR',
        outcome: 'UNKNOWN',
        retryable: false,
      });
      expect(world.writes()).toHaveLength(1);
    },
  );

  test.each(pickRows(change, [500, 502, 503, 504]))(
    'is APPLIED after a %i if the list shows it',
    async (status) => {
      await using world = await startWorld(wasMember(change), [made(own(status))]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        outcome: 'APPLIED',
        confirmedBy: 'READ_BACK',
      });
      expect(world.writes()).toHaveLength(1);
    },
  );
});

describe.each(removals)('$name, a DELETE', (change) => {
  test.each(pickRows(change, losses))(
    'is sent again after %s, if it was not made',
    async (name) => {
      await using world = await startWorld(true, [lost(faults[name])]);
      await using gateway = testGateway(over(world, quick));
      expect(await change.make(gateway)).toMatchObject({
        outcome: 'APPLIED',
        confirmedBy: 'VENDOR_RESPONSE',
      });
      expect(world.writes()).toHaveLength(2);
      expect(world.reads()).toHaveLength(0);
    },
  );

  test.each(pickRows(change, losses))(
    'is REPEAT if it was made before %s, and then is not found and not listed',
    async (name) => {
      await using world = await startWorld(true, [made(faults[name])]);
      await using gateway = testGateway(over(world, quick));
      expect(await change.make(gateway)).toMatchObject({
        outcome: 'APPLIED',
        confirmedBy: 'REPEAT',
      });
      expect(world.writes()).toHaveLength(2);
    },
  );

  test.each(pickRows(change, [500, 502, 503, 504]))('is sent again after a %i', async (status) => {
    await using world = await startWorld(true, [lost(own(status))]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'VENDOR_RESPONSE',
    });
    expect(world.writes()).toHaveLength(2);
  });

  test('is sent at most three times, and is NOT_APPLIED after three of the vendor’s own 503s if the member is still listed', async () => {
    await using world = await startWorld(true, [own(503), own(500), own(503)].map(lost));
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      outcome: 'NOT_APPLIED',
      retryable: true,
    });
    expect(world.writes()).toHaveLength(3);
  });

  test.each(pickRows(change, [401, 403]))(
    'is UNKNOWN after the vendor’s own 503 and then a %i, even if the member is still listed',
    async (status) => {
      await using world = await startWorld(true, [lost(own(503)), lost(own(status))]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        outcome: 'UNKNOWN',
        vendorStatus: status,
      });
      expect(world.writes()).toHaveLength(2);
    },
  );

  test('is NOT_APPLIED after the vendor’s own 503 and then a 429 with a long wait, if the member is still listed', async () => {
    await using world = await startWorld(true, [
      lost(own(503)),
      lost(own(429, { 'retry-after': '60' })),
    ]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      outcome: 'NOT_APPLIED',
    });
  });

  test('is UNKNOWN if one of its attempts got a 504, even if the member is still listed', async () => {
    await using world = await startWorld(true, [own(503), own(504), own(503)].map(lost));
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({ outcome: 'UNKNOWN', retryable: true });
  });

  test('is UNKNOWN if a repeat finds nothing and the list cannot be read', async () => {
    await using world = await startWorld(true, [made(faults.reset)], [own(403)]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'NotFoundError',
      outcome: 'UNKNOWN',
    });
    expect(world.reads()).toHaveLength(1);
  });

  test('is a VendorContractError and UNKNOWN if a repeat finds nothing and the member is still listed', async () => {
    await using world = await startWorld(true, [
      lost(faults.reset),
      lost((response) => json(response, 404, { key: 'not_found', message: 'No.' })),
    ]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorContractError',
      outcome: 'UNKNOWN',
    });
  });

  test('is a NotFoundError and NOT_APPLIED without a read-back if its first attempt finds nothing', async () => {
    await using world = await startWorld(false);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'NotFoundError',
      outcome: 'NOT_APPLIED',
    });
    expect(world.vendor.calls).toHaveLength(1);
  });

  test.each(pickRows(change, [401, 403, 429]))(
    'is UNKNOWN if the first response was lost, the repeat got a %i, and the member is still listed',
    async (status) => {
      await using world = await startWorld(true, [
        lost(faults.reset),
        ...Array.from({ length: 2 }, () => lost(own(status, { 'retry-after': '60' }))),
      ]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        outcome: 'UNKNOWN',
        vendorStatus: status,
      });
    },
  );

  test.each(pickRows(change, [401, 403, 429]))(
    'is READ_BACK if the first response was lost, the repeat got a %i, and the member is no longer listed',
    async (status) => {
      await using world = await startWorld(true, [
        made(faults.reset),
        lost(own(status, { 'retry-after': '60' })),
      ]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        outcome: 'APPLIED',
        confirmedBy: 'READ_BACK',
      });
    },
  );

  test('is read back after attempts without a response, with the default ratio of timeouts', async () => {
    await using world = await startWorld(true, [
      made(faults.hang),
      made(faults.hang),
      made(faults.hang),
    ]);
    await using gateway = testGateway(
      over(world, { VENDOR_TIMEOUT_MS: '500', FIELD_TIMEOUT_MS: '2000' }),
    );
    expect(await change.make(gateway)).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'READ_BACK',
    });
    expect(world.writes()).toHaveLength(2);
  });
});

describe.each(allChanges)('$name', (change) => {
  test.each(
    pickRows(change, [
      { name: 'a success that cannot be read', fault: faults.page },
      { name: 'a redirect', fault: own(302, { location: '/' }) },
      { name: '408', fault: own(408) },
      { name: '425', fault: own(425) },
      { name: '202', fault: own(202) },
    ]),
  )('is read back and not sent again after $name', async ({ fault }) => {
    for (const isMade of [true, false]) {
      await using world = await startWorld(wasMember(change), [{ isMade, fault }]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject(
        isMade ? { outcome: 'APPLIED', confirmedBy: 'READ_BACK' } : { outcome: 'UNKNOWN' },
      );
      expect(world.writes()).toHaveLength(1);
    }
  });

  test('accepts a success with Retry-After', async () => {
    await using world = await startWorld(wasMember(change));
    const { answer } = world.vendor;
    world.vendor.answer = (response, call) => {
      response.setHeader('retry-after', '30');
      if (typeof answer === 'function') answer(response, call);
    };
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'VENDOR_RESPONSE',
    });
    expect(world.vendor.calls).toHaveLength(1);
  });

  test('is sent again after a 429 whose wait fits into its time', async () => {
    await using world = await startWorld(wasMember(change), [
      lost(own(429, { 'retry-after': '0' })),
    ]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'VENDOR_RESPONSE',
    });
    expect(world.writes()).toHaveLength(2);
  });

  test('is a RateLimitedError with the wait if the wait of a 429 does not fit into its time', async () => {
    await using world = await startWorld(wasMember(change), [
      lost(own(429, { 'retry-after': '60' })),
    ]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'RateLimitedError',
      outcome: 'NOT_APPLIED',
      retryable: true,
      retryAfterSeconds: 60,
    });
    expect(world.vendor.calls).toHaveLength(1);
  });

  test('reads the wait of a 429 from the vendor’s own header', async () => {
    const tell = (seconds: number): WriteFault => ({
      isMade: false,
      fault: (response) => own(429, ownWaitHeaders(change, seconds))(response),
    });
    await using patient = await startWorld(wasMember(change), [tell(1)]);
    await using waiting = testGateway(over(patient));
    expect(await change.make(waiting)).toMatchObject({ confirmedBy: 'VENDOR_RESPONSE' });
    expect(patient.writes()).toHaveLength(2);
    await using strict = await startWorld(wasMember(change), [tell(60)]);
    await using refusing = testGateway(over(strict));
    expect(await change.make(refusing)).toMatchObject({
      __typename: 'RateLimitedError',
      vendorStatus: 429,
      retryAfterSeconds: expect.closeTo(60, -0.5),
    });
    expect(strict.writes()).toHaveLength(1);
  });

  test('is UNKNOWN if the response cannot be read, and the list neither', async () => {
    await using world = await startWorld(wasMember(change), [made(faults.page)], [own(500)]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
  });

  test('is read back with the caller’s credentials for this vendor only', async () => {
    await using world = await startWorld(wasMember(change), [made(faults.page)]);
    await using gateway = testGateway(over(world));
    await change.make(gateway, { ...credentials, authorization: 'Bearer gateway-token' });
    const [write, read] = world.vendor.calls;
    const { authorization, 'x-auth-token': token, 'x-user-id': user } = write?.headers ?? {};
    expect(read?.headers).toMatchObject(
      Object.fromEntries(
        Object.entries({ authorization, 'x-auth-token': token, 'x-user-id': user }).filter(
          ([, value]) => value,
        ),
      ),
    );
    expect(JSON.stringify(read)).not.toContain('gateway-token');
  });

  test('is NOT_APPLIED and retryable if every connection is refused', async () => {
    await using gateway = testGateway({ [change.urlVariable]: await createRefusedUrl() });
    expect(await change.make(gateway)).toMatchObject({
      reason: 'CONNECTION',
      outcome: 'NOT_APPLIED',
      retryable: true,
    });
  });
});

test('reads a leave back after an unknown 400', async () => {
  const [, leave] = posts;
  if (leave === undefined) throw new Error('no such change');
  const odd: Fault = (response) => json(response, 400, { success: false, error: 'Hook failed' });
  for (const isMade of [true, false]) {
    await using world = await startWorld(true, [{ isMade, fault: odd }]);
    await using gateway = testGateway(over(world));
    expect(await leave.make(gateway)).toMatchObject(
      isMade
        ? { outcome: 'APPLIED', confirmedBy: 'READ_BACK' }
        : { __typename: 'VendorContractError', outcome: 'NOT_APPLIED' },
    );
    expect(world.writes()).toHaveLength(1);
  }
});

test('settles Aerospike’s 400 on a repeat like "not found"', async () => {
  const removal = removals.find(({ vendor }) => vendor === 'AEROSPIKE');
  if (removal === undefined) throw new Error('no such change');
  await using world = await startWorld(true, [made(faults.reset), lost(own(400))]);
  await using gateway = testGateway(over(world));
  expect(await removal.make(gateway)).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'REPEAT' });
  await using blind = await startWorld(true, [made(faults.reset), lost(own(400))], [own(403)]);
  await using other = testGateway(over(blind));
  expect(await removal.make(other)).toMatchObject({
    __typename: 'InvalidInputError',
    outcome: 'UNKNOWN',
  });
});

test('accepts a 503 without a body as Kaiten’s own', async () => {
  const removal = removals.find(({ vendor }) => vendor === 'KAITEN');
  if (removal === undefined) throw new Error('no such change');
  const empty = lost((response) => json(response, 503));
  await using world = await startWorld(true, [empty, empty, empty]);
  await using gateway = testGateway(over(world));
  expect(await removal.make(gateway)).toMatchObject({
    __typename: 'VendorUnavailableError',
    outcome: 'NOT_APPLIED',
  });
});

test('logs a failed attempt with its vendor, kind and cause, and without credentials', async () => {
  const [attach] = posts;
  if (attach === undefined) throw new Error('no such change');
  await using gateway = testGateway({ [attach.urlVariable]: await createRefusedUrl() });
  await attach.make(gateway);
  expect(gateway.logged()).toMatch(
    /"vendor":"WETHOD","method":"POST","path":"\/api\/streams\/7\/leaders\/42","attempt":"unsent".*"code":"ECONNREFUSED"/,
  );
  for (const value of Object.values(credentials)) expect(gateway.logged()).not.toContain(value);
});

describe('a read-back of a list of several pages', () => {
  const removal = removals.find(({ vendor }) => vendor === 'KAITEN');
  const everybody = Array.from({ length: 250 }, (_, index) => ({ id: 1_000 + index }));

  async function readBack(isMember: boolean) {
    if (removal === undefined) throw new Error('no such change');
    const users = isMember ? [...everybody, { id: Number(ids.kaitenUserId) }] : everybody;
    await using vendor = await startVendor((response, { method, url }) => {
      if (method !== 'GET') return faults.page(response);
      const query = new URL(url, 'http://vendor').searchParams;
      const offset = Number(query.get('offset'));
      json(response, 200, users.slice(offset, offset + Number(query.get('limit'))));
    });
    await using gateway = testGateway({ KAITEN_URL: vendor.url });
    const result = await removal.make(gateway);
    return { result, offsets: vendor.calls.slice(1).map(({ url }) => url.split('offset=')[1]) };
  }

  test('reads page after page until it finds the member', async () => {
    const { result, offsets } = await readBack(true);
    expect(result).toMatchObject({ __typename: 'VendorContractError', outcome: 'UNKNOWN' });
    expect(offsets).toEqual(['0', '100', '200']);
  });

  test('without a total, counts absence only after two walks that saw the same items', async () => {
    const { result, offsets } = await readBack(false);
    expect(result).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'READ_BACK' });
    expect(offsets).toEqual(['0', '100', '200', '0', '100', '200']);
  });
});

describe('a read-back of a list that has no paging', () => {
  const paging = {
    none: (users: readonly object[]) => users,
    limit: (users: readonly object[], query: URLSearchParams) =>
      users.slice(0, Number(query.get('limit'))),
  };
  const user = (id: number) => ({ id });

  test.each([
    { all: 20, takes: 'none', reads: ['0'], outcome: 'APPLIED' },
    { all: 130, takes: 'none', reads: ['0', '130'], outcome: 'APPLIED' },
    { all: 1_000, takes: 'none', reads: ['0', '1000'], outcome: 'APPLIED' },
    // The third tells the whole list from the first page of a longer one.
    { all: 100, takes: 'none', reads: ['0', '100', '0'], outcome: 'APPLIED' },
    { all: 99, takes: 'limit', reads: ['0'], outcome: 'APPLIED' },
    { all: 130, takes: 'limit', reads: ['0', '100', '0'], outcome: 'UNKNOWN' },
  ] as const)(
    'of $all users that respects $takes of the parameters is $outcome after the offsets $reads',
    async ({ all, takes, reads, outcome }) => {
      const users = Array.from({ length: all }, (_, index) => user(1_000 + index));
      await using vendor = await startVendor((response, { method, url }) => {
        if (method !== 'GET') return faults.page(response);
        json(response, 200, paging[takes](users, new URL(url, 'http://vendor').searchParams));
      });
      await using gateway = testGateway({ KAITEN_URL: vendor.url });
      const removal = removals.find((one) => one.vendor === 'KAITEN');
      expect(await removal?.make(gateway)).toMatchObject({ outcome });
      const offsets = vendor.calls.slice(1).map(({ url }) => url.split('offset=')[1]);
      expect(offsets).toEqual(reads);
    },
  );

  test.each([
    { meta: null, reads: 1 },
    { meta: { total: 20 }, reads: 1 },
    { meta: { total: '20' }, reads: 1 },
    { meta: { total: 0 }, reads: 1 },
    { meta: { total: 'many' }, reads: 1 },
    { meta: 'x', reads: 1 },
  ])('with meta $meta is read once', async ({ meta, reads }) => {
    const members = Array.from({ length: 20 }, (_, index) => ({ id: `other-${index}` }));
    await using vendor = await startVendor((response, { method }) => {
      if (method !== 'GET') return faults.page(response);
      json(response, 200, { count: 20, meta, members });
    });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
    const removal = removals.find((one) => one.vendor === 'AEROSPIKE');
    expect(await removal?.make(gateway)).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'READ_BACK',
    });
    expect(vendor.calls).toHaveLength(1 + reads);
  });
});

test.each(changePerMethod)(
  'reports no success for $name if the connection is reset before the request is read',
  async (change) => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.resetAndDestroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await using gateway = testGateway({ [change.urlVariable]: `http://127.0.0.1:${port}` });
    const result = await change.make(gateway);
    // Whether the head was being written when the reset came is up to the machine.
    expect(result.reason).toBe('CONNECTION');
    expect(['NOT_APPLIED', 'UNKNOWN']).toContain(result.outcome);
    if (change.isPost && result.outcome === 'UNKNOWN') expect(connections).toBeLessThanOrEqual(4);
    await new Promise((resolve) => server.close(resolve));
  },
);

describe('a read-back of a list with shorter pages than requested', () => {
  const removal = removals.find(({ vendor }) => vendor === 'AEROSPIKE');

  test.each([
    { where: 'on the third page', at: 25, expected: { outcome: 'UNKNOWN' } },
    { where: 'nowhere', at: -1, expected: { outcome: 'APPLIED', confirmedBy: 'READ_BACK' } },
  ])('reads on up to the total: the member is $where', async ({ at, expected }) => {
    const members = Array.from({ length: 30 }, (_, index) => ({
      id: index === at ? ids.memberId : `other-${index}`,
    }));
    await using vendor = await startVendor((response, { method, url }) => {
      if (method !== 'GET') return faults.page(response);
      const offset = Number(new URL(url, 'http://vendor').searchParams.get('offset'));
      const rows = members.slice(offset, offset + 10);
      json(response, 200, { count: rows.length, meta: { total: members.length }, members: rows });
    });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
    expect(await removal?.make(gateway)).toMatchObject(expected);
    expect(vendor.calls).toHaveLength(4);
  });

  test('leaves the outcome UNKNOWN if the total is never reached', async () => {
    await using vendor = await startVendor((response, { method }) => {
      if (method !== 'GET') return faults.page(response);
      json(response, 200, { count: 1, meta: { total: 9 }, members: [{ id: 'other' }] });
    });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
    expect(await removal?.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
  });
});

test('leaves the outcome UNKNOWN if the read-back returns another stream’s list', async () => {
  const removal = removals.find(({ vendor }) => vendor === 'WETHOD');
  await using vendor = await startVendor((response, { method }) => {
    if (method !== 'GET') return faults.page(response);
    json(response, 200, [{ id: 5, stream_id: 99, leader_id: 2 }]);
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  expect(await removal?.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
});
