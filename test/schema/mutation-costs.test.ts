import { expect, test } from 'vitest';
import type { DeclaredCost } from '../../src/graphql/selection-costs.ts';
import { schema } from '../../src/schema/index.ts';
import { allChanges, type Change } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { listCalls } from '../support/list-vendor.ts';
import { type SeenCall, type StubAnswer, startVendor } from '../support/vendor.ts';

/** Returns the number of calls that a mutation declares. */
function declared(name: string): number {
  const field = schema.getMutationType()?.getFields()[name];
  return (field?.extensions['vendorCalls'] as DeclaredCost | undefined)?.calls ?? 0;
}

const json = (value: unknown, status = 200): StubAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** The responses to each vendor's reads with which a read-back makes the most calls. */
function readBack({ url }: SeenCall): StubAnswer {
  const { pathname } = new URL(url, 'http://vendor');
  switch (pathname) {
    case '/api/v1/subscriptions.getOne':
      return json({ subscription: null, success: true });
    case '/api/v1/rooms.isMember': {
      const errorType = 'error-room-archived';
      return json({ success: false, error: `Archived [${errorType}]`, errorType }, 400);
    }
    case '/api/v1/rooms.membersOrderedByRole':
      return json({ members: [], total: 0, success: true });
    case '/api/v1/users.info':
      return json({ success: false, error: 'User not found.' }, 400);
    case '/organization/members':
      return json({ members: [], meta: { total: 0 } });
    default:
      return json([]);
  }
}

/** Refuses all attempts temporarily except the last one, whose result stays unknown. */
function failing(attempt: number): StubAnswer {
  return attempt < 3
    ? { ...json({}, 429), headers: { 'content-type': 'application/json', 'retry-after': '0' } }
    : json({}, 503);
}

async function makeLongest(change: Change): Promise<string[]> {
  let attempts = 0;
  await using vendor = await startVendor((response, call) => {
    if (call.method !== 'GET') attempts += 1;
    const { status, headers, body } = call.method === 'GET' ? readBack(call) : failing(attempts);
    response.writeHead(status, headers).end(body);
  });
  await using gateway = testGateway({ [change.urlVariable]: vendor.url });
  await change.make(gateway);
  return listCalls(vendor);
}

test.each(allChanges)('$name declares the calls of its longest path', async (change) => {
  const calls = await makeLongest(change);
  expect(calls.filter((call) => call.startsWith(change.method))).toHaveLength(3);
  expect(calls).toHaveLength(declared(change.name));
});
