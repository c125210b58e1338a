import { describe, expect, test } from 'vitest';
import { allChanges, changes, pickRows } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { startRouted } from '../support/list-vendor.ts';
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
  wasMember,
} from '../support/world.ts';

const removals = allChanges.filter(({ isPost }) => !isPost);
const posts = allChanges.filter(({ isPost }) => isPost);

/** Cloudflare, which is in front of the vendor, answers in its place. */
function cloudflare(status: number, headers = {}): Fault {
  return (response) => {
    response.writeHead(status, {
      'content-type': 'text/html; charset=UTF-8',
      'cf-ray': '8f2b3c4d5e6f7a81-SJC',
      ...headers,
    });
    response.end('<!DOCTYPE html><title>Cloudflare</title>');
  };
}

describe.each(allChanges)('$name, rejected by an intermediary', (change) => {
  test.each(pickRows(change, [404, 400, 401, 403, 410, 412]))(
    'with %i is read back: READ_BACK if the list shows it, NOT_APPLIED if not, UNKNOWN if it cannot be read',
    async (status) => {
      await using applied = await startWorld(wasMember(change), [made(proxy(status))]);
      await using first = testGateway(over(applied));
      expect(await change.make(first)).toMatchObject({
        outcome: 'APPLIED',
        confirmedBy: 'READ_BACK',
      });
      expect(applied.writes()).toHaveLength(1);

      await using refused = await startWorld(wasMember(change), [lost(proxy(status))]);
      await using second = testGateway(over(refused));
      expect(await change.make(second)).toMatchObject({
        __typename: 'VendorContractError',
        outcome: 'NOT_APPLIED',
        retryable: false,
        vendorStatus: status,
        message: expect.stringContaining(`status ${status} with content type text/html.`),
      });
      expect(refused.writes()).toHaveLength(1);

      await using blind = await startWorld(wasMember(change), [made(proxy(status))], [own(403)]);
      await using third = testGateway(over(blind));
      expect(await change.make(third)).toMatchObject({
        __typename: 'VendorContractError',
        outcome: 'UNKNOWN',
        vendorStatus: status,
      });
      expect(blind.writes()).toHaveLength(1);
    },
  );

  test.each(pickRows(change, [405, 413, 451]))(
    'with %i is a VendorContractError and NOT_APPLIED without a read-back',
    async (status) => {
      await using world = await startWorld(wasMember(change), [lost(proxy(status))]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        __typename: 'VendorContractError',
        outcome: 'NOT_APPLIED',
        message: expect.stringContaining('with content type text/html.'),
      });
      expect(world.vendor.calls).toHaveLength(1);
    },
  );

  test('with 403 after a 429 is NOT_APPLIED if the list does not show it', async () => {
    await using world = await startWorld(wasMember(change), [
      lost(own(429, { 'retry-after': '0' })),
      lost(proxy(403)),
    ]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorContractError',
      outcome: 'NOT_APPLIED',
    });
    expect(world.writes()).toHaveLength(2);
  });

  test('reports a bot challenge, and logs Cloudflare’s request id', async () => {
    const challenge = cloudflare(403, { 'cf-mitigated': 'challenge' });
    await using world = await startWorld(wasMember(change), [lost(challenge)]);
    await using gateway = testGateway(over(world));
    const { message } = await change.make(gateway);
    expect(message).toMatch(/ received status 403 with content type text\/html\. .*bot challenge/);
    expect(gateway.lines('attempt failed')).toMatchObject([
      {
        attempt: 'doubtful',
        error: 'VendorContractError',
        status: 403,
        contentType: 'text/html; charset=UTF-8',
        cfRay: '8f2b3c4d5e6f7a81-SJC',
      },
    ]);
  });

  test('shows no credential in its headers in the message or the log', async () => {
    const token = `${change.vendor.toLowerCase()}-token-1`;
    for (const status of [403, 307]) {
      const headers = {
        'content-type': `text/${token}`,
        'cf-ray': token,
        location: `https://${token}.example/`,
      };
      await using world = await startWorld(wasMember(change), [
        lost((response) => response.writeHead(status, headers).end('No.')),
      ]);
      await using gateway = testGateway(over(world));
      const { message } = await change.make(gateway);
      expect(`${message} ${gateway.logged()}`).not.toContain(token);
    }
  });

  test('is not classified by a truncated page either', async () => {
    const cut: Fault = (response) => {
      response.writeHead(404, { 'content-type': 'text/html', 'content-length': '999' });
      response.write('<html>', () => response.socket?.resetAndDestroy());
    };
    await using world = await startWorld(wasMember(change), [lost(cut)]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorContractError',
      outcome: 'NOT_APPLIED',
    });
  });

  test.each(pickRows(change, [301, 307, 308]))(
    'with the redirect %i is NOT_APPLIED, and the target’s origin is logged',
    async (status) => {
      const headers = { location: 'https://user:secret@login.example:8443/path?to=x' };
      await using world = await startWorld(wasMember(change), [lost(own(status, headers))]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        __typename: 'VendorContractError',
        outcome: 'NOT_APPLIED',
        retryable: false,
        message: expect.stringContaining(`a redirect (status ${status})`),
      });
      expect(world.vendor.calls).toHaveLength(1);
      expect(gateway.lines('attempt failed')).toMatchObject([
        { attempt: 'refused', status, redirectOrigin: 'https://login.example:8443' },
      ]);
      expect(gateway.logged()).not.toContain('secret');
    },
  );

  test.each(pickRows(change, [300, 302, 303, 304]))(
    'with the redirect %i is read back, and sent once',
    async (status) => {
      for (const isMade of [true, false]) {
        await using world = await startWorld(wasMember(change), [{ isMade, fault: own(status) }]);
        await using gateway = testGateway(over(world));
        expect(await change.make(gateway)).toMatchObject(
          isMade
            ? { outcome: 'APPLIED', confirmedBy: 'READ_BACK' }
            : { __typename: 'VendorContractError', outcome: 'UNKNOWN' },
        );
        expect(world.writes()).toHaveLength(1);
      }
    },
  );

  test('is not sent again after a 429 without a readable wait, or with one of more than a day', async () => {
    for (const headers of [{}, { 'retry-after': 'soon' }, { 'retry-after': '86401' }]) {
      await using world = await startWorld(wasMember(change), [lost(own(429, headers))]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        __typename: 'RateLimitedError',
        outcome: 'NOT_APPLIED',
        retryAfterSeconds: null,
      });
      expect(world.vendor.calls).toHaveLength(1);
    }
  });

  test.each(pickRows(change, [521, 530]))('with %i without cf-ray is UNKNOWN', async (status) => {
    await using world = await startWorld(wasMember(change), Array(3).fill(lost(proxy(status))));
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      outcome: 'UNKNOWN',
    });
  });
});

describe.each(posts)('$name, a POST', (change) => {
  test('is not repeated after a 521 of Cloudflare, though the vendor was not reached', async () => {
    await using world = await startWorld(wasMember(change), [lost(cloudflare(521))]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      reason: 'SERVER_ERROR',
      outcome: 'NOT_APPLIED',
      retryable: true,
    });
    expect(world.vendor.calls).toHaveLength(1);
  });
});

describe.each(removals)('$name, a DELETE', (change) => {
  test('is repeated after a 521 of Cloudflare', async () => {
    await using world = await startWorld(true, [lost(cloudflare(521))]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({ confirmedBy: 'VENDOR_RESPONSE' });
    expect(world.writes()).toHaveLength(2);
  });

  test('is NOT_APPLIED after the vendor’s own 503 and then 521s of Cloudflare, if the member is still listed', async () => {
    const unreached = lost(cloudflare(521));
    await using world = await startWorld(true, [lost(own(503)), unreached, unreached]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorUnavailableError',
      outcome: 'NOT_APPLIED',
    });
    expect(world.writes()).toHaveLength(3);
  });

  test.each(
    pickRows(change, [
      { name: 'a page with 403', fault: proxy(403) },
      { name: 'a redirect', fault: own(307, { location: '/' }) },
      { name: 'a 521 of Cloudflare', fault: cloudflare(521) },
    ]),
  )('is UNKNOWN if the first response was lost and the repeat got $name', async ({ fault }) => {
    const second = lost(fault);
    await using world = await startWorld(true, [lost(faults.reset), second, second]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({ outcome: 'UNKNOWN' });
    expect(world.reads().length).toBeGreaterThan(0);
  });

  test('is UNKNOWN after the vendor’s own 503 and then a page with 403, even if the member is still listed', async () => {
    await using world = await startWorld(true, [lost(own(503)), lost(proxy(403))]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      __typename: 'VendorContractError',
      outcome: 'UNKNOWN',
    });
  });

  test('is read back if a repeat gets a page with 404', async () => {
    await using world = await startWorld(true, [made(faults.reset), lost(proxy(404))]);
    await using gateway = testGateway(over(world));
    expect(await change.make(gateway)).toMatchObject({
      outcome: 'APPLIED',
      confirmedBy: 'READ_BACK',
    });
  });
});

describe.each([changes.leaveGroup, changes.removeChatGroupMember])(
  '$name and an unknown 400',
  (change) => {
    const odd: Fault = (response) => json(response, 400, { success: false, error: 'Hook failed' });

    test('is READ_BACK if the member is gone', async () => {
      await using world = await startWorld(true, [made(odd)]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({ confirmedBy: 'READ_BACK' });
      expect(world.writes()).toHaveLength(1);
    });

    test('is NOT_APPLIED if the member is still listed, since the server has ended its work', async () => {
      await using world = await startWorld(true, [lost(odd)]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        __typename: 'VendorContractError',
        outcome: 'NOT_APPLIED',
        vendorMessage: 'Hook failed',
      });
      expect(world.writes()).toHaveLength(1);
    });

    test('is UNKNOWN if the list cannot be read', async () => {
      await using world = await startWorld(true, [lost(odd)], [proxy(502)]);
      await using gateway = testGateway(over(world));
      expect(await change.make(gateway)).toMatchObject({
        __typename: 'VendorContractError',
        outcome: 'UNKNOWN',
      });
    });
  },
);

test('reports an error, not an absent user, for a proxy’s "not found"', async () => {
  const group = { _id: 'r', name: 'room', u: { _id: 'u', username: 'olga' } };
  await using world = await startRouted([
    [/^GET \/api\/v1\/groups\.info$/, () => ({ json: { group, success: true } })],
    [/users\.info$/, () => ({ status: 400, json: { error: 'User not found.' } })],
  ]);
  const { data, errors } = await world.gateway.sendText(
    '{ chatGroup(id: "r") { owner { name } } }',
  );
  expect(data).toEqual({ chatGroup: { owner: { name: null } } });
  expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_CONTRACT_ERROR' } }]);
});
