import { describe, expect, test } from 'vitest';
import { nameCallers } from '../../support/callers.ts';
import { changes, ids } from '../../support/changes.ts';
import { credentials, testGateway } from '../../support/gateway.ts';
import { startStrictVendor, worstWindow } from '../../support/strict-vendor.ts';
import { refusedUrl, startVendor } from '../../support/vendor.ts';
import { faults, json, own, startWorld } from '../../support/world.ts';

const { removeGroupUser: kaiten, leaveGroup: chat } = changes;
const heldBack = {
  __typename: 'RateLimitedError',
  outcome: 'NOT_APPLIED',
  retryable: true,
  vendorStatus: null,
};
/** The default limit, which headers replace in both directions. */
const unset = { ROCKETCHAT_RATE_LIMIT: '' };
const asKaiten = (token: string) => ({ ...credentials, 'kaiten-authorization': `Bearer ${token}` });
const asChat = (token: string) => ({ ...credentials, 'rocketchat-auth-token': token });

describe('Kaiten, which counts each credential by itself', () => {
  test('a call beyond the pace is RateLimitedError with the wait, without a call; another credential is free', async () => {
    await using vendor = await startVendor({ status: 404 });
    await using gateway = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '2/60' });
    await kaiten.make(gateway, asKaiten('a'));
    await kaiten.make(gateway, asKaiten('a'));
    expect(await kaiten.make(gateway, asKaiten('a'))).toMatchObject({
      ...heldBack,
      retryAfterSeconds: expect.closeTo(60, -0.5),
    });
    expect(vendor.calls).toHaveLength(2);
    expect(await kaiten.make(gateway, asKaiten('b'))).toMatchObject({
      __typename: 'NotFoundError',
    });
  });

  test('a call whose wait fits in its time waits, and goes out', async () => {
    await using vendor = await startVendor({ status: 404 });
    await using gateway = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '2/1' });
    const results = await Promise.all([1, 2, 3, 4].map(() => kaiten.make(gateway)));
    for (const result of results) expect(result).toMatchObject({ __typename: 'NotFoundError' });
    expect(vendor.calls).toHaveLength(4);
  });

  test('a rush at the end of a window gets no second window: at most N in every trailing window', async () => {
    await using vendor = await startStrictVendor(404);
    await using gateway = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '5/4' });
    await kaiten.make(gateway);
    // The time is the input here: the rush comes when a fixed window would be nearly over.
    await new Promise((resolve) => setTimeout(resolve, 3_800));
    await Promise.all(Array.from({ length: 8 }, () => kaiten.make(gateway)));
    const arrivals = await vendor.arrivals();
    expect(worstWindow(arrivals, 4_000)).toBe(5);
    expect(arrivals).toHaveLength(9);
  });

  test('changes that wait go before reads that wait', async () => {
    await using world = await startWorld(true);
    await using gateway = testGateway({ KAITEN_URL: world.url, KAITEN_RATE_LIMIT: '1/1' });
    await kaiten.make(gateway);
    const read = gateway.sendText(`{ group(uid: "${ids.groupUid}") { name } }`);
    const change = kaiten.make(gateway);
    await Promise.all([read, change]);
    expect(world.vendor.calls.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'GET']);
  });

  test('a call counts from its head on, and not from before the queue', async () => {
    // The only place is busy while the second call has its slot already.
    await using vendor = await startStrictVendor(404, 700);
    await using gateway = testGateway({
      KAITEN_URL: vendor.url,
      KAITEN_RATE_LIMIT: '2/2',
      VENDOR_CONCURRENCY: '1',
    });
    await Promise.all(Array.from({ length: 4 }, () => kaiten.make(gateway)));
    expect(worstWindow(await vendor.arrivals(), 2_000)).toBe(2);
  });

  test('does not send a call whose client disconnected while it waited for its turn', async () => {
    await using vendor = await startVendor({ status: 404 });
    await using gateway = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '1/1' });
    await kaiten.make(gateway);
    const client = new AbortController();
    const mutation =
      'mutation { removeGroupUser(input: {groupUid: "g", userId: 1}) { __typename } }';
    const waiting = gateway.sendText(mutation, credentials, { signal: client.signal });
    await expect.poll(() => gateway.gateway.lifecycle.listUnfinished()).toHaveLength(1);
    client.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    await expect.poll(() => gateway.gateway.lifecycle.inFlight, { timeout: 5_000 }).toBe(0);
    expect(vendor.calls).toHaveLength(1);
  });

  test('repeats and read-backs count', async () => {
    await using world = await startWorld(true, [{ isMade: true, fault: faults.reset }]);
    await using gateway = testGateway({ KAITEN_URL: world.url, KAITEN_RATE_LIMIT: '3/60' });
    expect(await kaiten.make(gateway)).toMatchObject({ confirmedBy: 'REPEAT' });
    expect(world.vendor.calls).toHaveLength(3);
    expect(await kaiten.make(gateway)).toMatchObject(heldBack);
  });

  test('our pacing on the repeat of an own 503 leaves it settled: not in place is NOT_APPLIED', async () => {
    await using world = await startWorld(true, [{ isMade: false, fault: own(503) }]);
    await using gateway = testGateway({
      KAITEN_URL: world.url,
      KAITEN_RATE_LIMIT: '1/2',
      VENDOR_TIMEOUT_MS: '1000',
      FIELD_TIMEOUT_MS: '3500',
    });
    expect(await kaiten.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      outcome: 'NOT_APPLIED',
    });
    expect(world.writes()).toHaveLength(1);
  });

  test('a call that was never sent uses no slot', async () => {
    await using gateway = testGateway({
      KAITEN_URL: await refusedUrl(),
      KAITEN_RATE_LIMIT: '1/60',
    });
    for (let call = 0; call < 3; call += 1) {
      expect(await kaiten.make(gateway)).toMatchObject({ reason: 'CONNECTION' });
    }
  });

  test('a 429 to a read-back holds back later calls too', async () => {
    await using world = await startWorld(
      true,
      [{ isMade: false, fault: faults.page }],
      [own(429, { 'retry-after': '60' })],
    );
    await using gateway = testGateway({ KAITEN_URL: world.url, KAITEN_RATE_LIMIT: '50/1' });
    expect(await kaiten.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
    expect(await kaiten.make(gateway)).toMatchObject(heldBack);
    expect(world.vendor.calls).toHaveLength(2);
  });

  test('a call that waits for its turn takes no place from others', async () => {
    await using vendor = await startVendor({ status: 404 });
    await using gateway = testGateway({
      KAITEN_URL: vendor.url,
      KAITEN_RATE_LIMIT: '1/2',
      VENDOR_CONCURRENCY: '1',
    });
    await kaiten.make(gateway, asKaiten('a'));
    const waiting = kaiten.make(gateway, asKaiten('a'));
    await expect.poll(() => gateway.gateway.lifecycle.listUnfinished()).toHaveLength(1);
    expect(await kaiten.make(gateway, asKaiten('b'))).toMatchObject({
      __typename: 'NotFoundError',
    });
    expect(gateway.gateway.lifecycle.listUnfinished()).toHaveLength(1);
    await waiting;
  });

  test('a read-back that the pace does not let out leaves the outcome UNKNOWN', async () => {
    await using world = await startWorld(true, [{ isMade: true, fault: faults.page }]);
    await using gateway = testGateway({ KAITEN_URL: world.url, KAITEN_RATE_LIMIT: '1/60' });
    expect(await kaiten.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
    expect(world.vendor.calls).toHaveLength(1);
  });

  test('our pacing on the repeat does not make a lost attempt NOT_APPLIED', async () => {
    await using world = await startWorld(true, [{ isMade: true, fault: faults.reset }]);
    await using gateway = testGateway({ KAITEN_URL: world.url, KAITEN_RATE_LIMIT: '1/60' });
    expect(await kaiten.make(gateway)).toMatchObject({
      __typename: 'RateLimitedError',
      outcome: 'UNKNOWN',
    });
    expect(world.vendor.calls).toHaveLength(1);
  });

  test('the vendor’s own count corrects ours, by its own clock', async () => {
    const headers = {
      date: 'Wed, 01 Jan 2020 00:00:00 GMT',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(1577836800 + 60),
    };
    await using vendor = await startVendor({ status: 404, headers });
    await using gateway = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '5/1' });
    await kaiten.make(gateway);
    expect(await kaiten.make(gateway)).toMatchObject({
      ...heldBack,
      retryAfterSeconds: expect.closeTo(60, -0.5),
    });
    expect(vendor.calls).toHaveLength(1);
  });

  test('a 429’s wait holds back later calls of the same credential, and with "off" it does not', async () => {
    await using vendor = await startVendor((response) =>
      own(429, { 'retry-after': '60' })(response),
    );
    await using gateway = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '5/1' });
    expect(await kaiten.make(gateway, asKaiten('a'))).toMatchObject({ vendorStatus: 429 });
    expect(await kaiten.make(gateway, asKaiten('a'))).toMatchObject(heldBack);
    expect(await kaiten.make(gateway, asKaiten('b'))).toMatchObject({ vendorStatus: 429 });
    await using unpaced = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: 'off' });
    expect(await kaiten.make(unpaced, asKaiten('a'))).toMatchObject({ vendorStatus: 429 });
    expect(await kaiten.make(unpaced, asKaiten('a'))).toMatchObject({ vendorStatus: 429 });
  });
});

describe('Rocket.Chat, which counts all callers of a route from one address', () => {
  const notFound = {
    status: 400,
    body: '{"success":false,"error":"x","errorType":"error-room-not-found"}',
  };

  test('a credential alone may use all of the limit', async () => {
    await using vendor = await startVendor(notFound);
    await using gateway = testGateway({
      ROCKETCHAT_URL: vendor.url,
      ROCKETCHAT_RATE_LIMIT: '4/60',
    });
    for (let call = 0; call < 4; call += 1) {
      expect(await chat.make(gateway, asChat('a'))).toMatchObject({ __typename: 'NotFoundError' });
    }
    expect(await chat.make(gateway, asChat('b'))).toMatchObject(heldBack);
    expect(vendor.calls).toHaveLength(4);
  });

  test('callers that wait are served in turn, however many calls one of them has', async () => {
    await using vendor = await startVendor(notFound);
    await using callers = await nameCallers('hungry', 'modest');
    const env = { ROCKETCHAT_URL: vendor.url, ROCKETCHAT_RATE_LIMIT: '1/1', ...callers.env };
    await using gateway = testGateway(env);
    const make = (name: string) => chat.make(gateway, callers.as(name));
    // The vendor accepts both, and the window is used up.
    await make('hungry');
    await make('modest');
    const hungry = Array.from({ length: 5 }, () => make('hungry'));
    await expect.poll(() => gateway.gateway.lifecycle.listUnfinished()).toHaveLength(5);
    await make('modest');
    const tokens = vendor.calls.map(({ headers }) => headers['x-auth-token']);
    expect(tokens.slice(2, 5).filter((token) => token === 'token-of-modest')).toHaveLength(1);
    await Promise.all(hungry);
  });

  test('a credential with three successes in a row without limit headers is not limited, and does not count for others', async () => {
    await using vendor = await startVendor({ status: 200, body: '{"success":true}' });
    await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url, ...unset });
    for (let call = 0; call < 14; call += 1) {
      expect(await chat.make(gateway, asChat('admin'))).toMatchObject({ outcome: 'APPLIED' });
    }
    vendor.answer = {
      status: 200,
      body: '{"success":true}',
      headers: { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '9' },
    };
    for (let call = 0; call < 7; call += 1) {
      expect(await chat.make(gateway, asChat('user'))).toMatchObject({ outcome: 'APPLIED' });
    }
    expect(await chat.make(gateway, asChat('user'))).toMatchObject(heldBack);
    // The headers have appeared for it, too.
    await chat.make(gateway, asChat('admin'));
    expect(await chat.make(gateway, asChat('admin'))).toMatchObject(heldBack);
  });

  test('a 429 ends the exemption of a credential; a configured limit has none', async () => {
    await using vendor = await startVendor({ status: 200, body: '{"success":true}' });
    await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url, ...unset });
    for (let call = 0; call < 12; call += 1) await chat.make(gateway, asChat('admin'));
    vendor.answer = (response) => own(429, { 'retry-after': '60' })(response);
    expect(await chat.make(gateway, asChat('admin'))).toMatchObject({ vendorStatus: 429 });
    expect(await chat.make(gateway, asChat('admin'))).toMatchObject(heldBack);
    vendor.answer = { status: 200, body: '{"success":true}' };
    await using limited = testGateway({
      ROCKETCHAT_URL: vendor.url,
      ROCKETCHAT_RATE_LIMIT: '4/60',
    });
    for (let call = 0; call < 4; call += 1) await chat.make(limited, asChat('admin'));
    expect(await chat.make(limited, asChat('admin'))).toMatchObject(heldBack);
  });

  test('a page without limit headers shows no exemption', async () => {
    await using vendor = await startVendor((response) => faults.page(response));
    await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url, ...unset });
    for (let call = 0; call < 10; call += 1) {
      expect(await chat.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
    }
    expect(await chat.make(gateway)).toMatchObject(heldBack);
  });

  test('a limit that the vendor reports replaces the default', async () => {
    const headers = { 'x-ratelimit-limit': '600', 'x-ratelimit-remaining': '599' };
    await using vendor = await startVendor({ status: 200, body: '{"success":true}', headers });
    await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url, ...unset });
    for (let call = 0; call < 30; call += 1) {
      expect(await chat.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
    }
  });

  test('a 401 gives its place back, since the vendor counts after the authentication', async () => {
    await using vendor = await startVendor((response) => own(401)(response));
    await using gateway = testGateway({
      ROCKETCHAT_URL: vendor.url,
      ROCKETCHAT_RATE_LIMIT: '4/60',
    });
    for (let call = 0; call < 10; call += 1) {
      expect(await chat.make(gateway, asChat('stranger'))).toMatchObject({ problem: 'REJECTED' });
    }
    vendor.answer = notFound;
    expect(await chat.make(gateway, asChat('a'))).toMatchObject({ __typename: 'NotFoundError' });
  });

  test('made-up credentials do not lock anybody out while their 401s are on the way', async () => {
    await using vendor = await startVendor((response, { headers }) => {
      const isHonest = String(headers['x-auth-token']).startsWith('honest');
      if (isHonest)
        return json(response, 400, { success: false, errorType: 'error-room-not-found' });
      setTimeout(() => own(401)(response), 100);
    });
    await using gateway = testGateway({
      ROCKETCHAT_URL: vendor.url,
      ROCKETCHAT_RATE_LIMIT: '10/60',
    });
    let isOver = false;
    let made = 0;
    const flood = Array.from({ length: 12 }, async () => {
      while (!isOver && made < 2_000) await chat.make(gateway, asChat(`made-up-${made++}`));
    });
    const honest = [1, 2, 3, 4, 5].map((index) => chat.make(gateway, asChat(`honest-${index}`)));
    for (const result of await Promise.all(honest)) {
      expect(result).toMatchObject({ __typename: 'NotFoundError' });
    }
    isOver = true;
    await Promise.all(flood);
  });

  test('the vendor’s count is in milliseconds, and holds for all callers of the route', async () => {
    await using vendor = await startVendor((response) => {
      const headers = {
        date: 'Wed, 01 Jan 2020 00:00:00 GMT',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(1577836800_000 + 30_000),
      };
      json(response, 200, { success: true }, headers);
    });
    await using gateway = testGateway({
      ROCKETCHAT_URL: vendor.url,
      ROCKETCHAT_RATE_LIMIT: '10/60',
    });
    await chat.make(gateway, asChat('a'));
    expect(await chat.make(gateway, asChat('b'))).toMatchObject({
      ...heldBack,
      retryAfterSeconds: expect.closeTo(30, -0.5),
    });
    expect(vendor.calls).toHaveLength(1);
  });
});
