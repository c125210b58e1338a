import { describe, expect, test } from 'vitest';
import { nameCallers } from '../../support/callers.ts';
import { changes, ids } from '../../support/changes.ts';
import { credentials, testGateway } from '../../support/gateway.ts';
import { countWorstWindow, startStrictVendor } from '../../support/strict-vendor.ts';
import { createRefusedUrl, startVendor } from '../../support/vendor.ts';
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

describe('the rate limit of Kaiten, which counts each credential', () => {
  test('rejects a call beyond the limit with the wait, and does not limit another credential', async () => {
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

  test('sends a call after its wait if the wait fits into its time', async () => {
    await using vendor = await startVendor({ status: 404 });
    await using gateway = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '2/1' });
    const results = await Promise.all([1, 2, 3, 4].map(() => kaiten.make(gateway)));
    for (const result of results) expect(result).toMatchObject({ __typename: 'NotFoundError' });
    expect(vendor.calls).toHaveLength(4);
  });

  test('allows at most the limit in every trailing window, even for a burst at the end of one', async () => {
    await using vendor = await startStrictVendor(404);
    await using gateway = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '5/4' });
    await kaiten.make(gateway);
    // The time is the input here: the rush comes when a fixed window would be nearly over.
    await new Promise((resolve) => setTimeout(resolve, 3_800));
    await Promise.all(Array.from({ length: 8 }, () => kaiten.make(gateway)));
    const arrivals = await vendor.arrivals();
    expect(countWorstWindow(arrivals, 4_000)).toBe(5);
    expect(arrivals).toHaveLength(9);
  });

  test('sends waiting changes before waiting reads', async () => {
    await using world = await startWorld(true);
    await using gateway = testGateway({ KAITEN_URL: world.url, KAITEN_RATE_LIMIT: '1/1' });
    await kaiten.make(gateway);
    const read = gateway.sendText(`{ group(uid: "${ids.groupUid}") { name } }`);
    const change = kaiten.make(gateway);
    await Promise.all([read, change]);
    expect(world.vendor.calls.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'GET']);
  });

  test('counts a call from when its head is written, not from when it was queued', async () => {
    // The only place is busy while the second call has its slot already.
    await using vendor = await startStrictVendor(404, 700);
    await using gateway = testGateway({
      KAITEN_URL: vendor.url,
      KAITEN_RATE_LIMIT: '2/2',
      VENDOR_CONCURRENCY: '1',
    });
    await Promise.all(Array.from({ length: 4 }, () => kaiten.make(gateway)));
    expect(countWorstWindow(await vendor.arrivals(), 2_000)).toBe(2);
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

  test('counts repeats and read-backs', async () => {
    await using world = await startWorld(true, [{ isMade: true, fault: faults.reset }]);
    await using gateway = testGateway({ KAITEN_URL: world.url, KAITEN_RATE_LIMIT: '3/60' });
    expect(await kaiten.make(gateway)).toMatchObject({ confirmedBy: 'REPEAT' });
    expect(world.vendor.calls).toHaveLength(3);
    expect(await kaiten.make(gateway)).toMatchObject(heldBack);
  });

  test('is NOT_APPLIED if the limit prevents a repeat after the vendor’s own 503, and the member is still listed', async () => {
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

  test('counts no call that was not sent', async () => {
    await using gateway = testGateway({
      KAITEN_URL: await createRefusedUrl(),
      KAITEN_RATE_LIMIT: '1/60',
    });
    for (let call = 0; call < 3; call += 1) {
      expect(await kaiten.make(gateway)).toMatchObject({ reason: 'CONNECTION' });
    }
  });

  test('delays later calls after a 429 to a read-back, too', async () => {
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

  test('a call that waits for the limit holds no place of the bulkhead', async () => {
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

  test('is UNKNOWN if the limit prevents the read-back', async () => {
    await using world = await startWorld(true, [{ isMade: true, fault: faults.page }]);
    await using gateway = testGateway({ KAITEN_URL: world.url, KAITEN_RATE_LIMIT: '1/60' });
    expect(await kaiten.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
    expect(world.vendor.calls).toHaveLength(1);
  });

  test('is UNKNOWN if the limit prevents the repeat of an attempt whose response was lost', async () => {
    await using world = await startWorld(true, [{ isMade: true, fault: faults.reset }]);
    await using gateway = testGateway({ KAITEN_URL: world.url, KAITEN_RATE_LIMIT: '1/60' });
    expect(await kaiten.make(gateway)).toMatchObject({
      __typename: 'RateLimitedError',
      outcome: 'UNKNOWN',
    });
    expect(world.vendor.calls).toHaveLength(1);
  });

  test('replaces its own count with the vendor’s, by the vendor’s clock', async () => {
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

  test('applies the wait of a 429 to later calls of the same credential, unless the limit is off', async () => {
    await using vendor = await startVendor((response) =>
      own(429, { 'retry-after': '60' })(response),
    );
    await using gateway = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '5/1' });
    expect(await kaiten.make(gateway, asKaiten('a'))).toMatchObject({ vendorStatus: 429 });
    expect(await kaiten.make(gateway, asKaiten('a'))).toMatchObject(heldBack);
    expect(await kaiten.make(gateway, asKaiten('b'))).toMatchObject({ vendorStatus: 429 });
    await using unlimited = testGateway({ KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: 'off' });
    expect(await kaiten.make(unlimited, asKaiten('a'))).toMatchObject({ vendorStatus: 429 });
    expect(await kaiten.make(unlimited, asKaiten('a'))).toMatchObject({ vendorStatus: 429 });
  });
});

describe('the rate limit of Rocket.Chat, which counts all callers of a route from one address', () => {
  const notFound = {
    status: 400,
    body: '{"success":false,"error":"x","errorType":"error-room-not-found"}',
  };

  test('lets a single credential use all of the limit', async () => {
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

  test('serves waiting callers in turn, however many calls one of them has', async () => {
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

  test('exempts a credential after three successes in a row without limit headers, and does not count it for others', async () => {
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

  test('ends the exemption of a credential with a 429, and exempts none from a configured limit', async () => {
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

  test('does not exempt a credential for a page without limit headers', async () => {
    await using vendor = await startVendor((response) => faults.page(response));
    await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url, ...unset });
    for (let call = 0; call < 10; call += 1) {
      expect(await chat.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
    }
    expect(await chat.make(gateway)).toMatchObject(heldBack);
  });

  test('replaces the default with the limit that the vendor reports', async () => {
    const headers = { 'x-ratelimit-limit': '600', 'x-ratelimit-remaining': '599' };
    await using vendor = await startVendor({ status: 200, body: '{"success":true}', headers });
    await using gateway = testGateway({ ROCKETCHAT_URL: vendor.url, ...unset });
    for (let call = 0; call < 30; call += 1) {
      expect(await chat.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
    }
  });

  test('does not count a 401, since the vendor counts after authentication', async () => {
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

  test('leaves slots to other callers while made-up credentials await their 401s', async () => {
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

  test('reads the vendor’s reset in milliseconds, and applies it to all callers of the route', async () => {
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
