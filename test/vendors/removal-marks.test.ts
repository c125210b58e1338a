import { describe, expect, test } from 'vitest';
import { type Change, changes } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { createRange, type RouteReply, startRouted } from '../support/list-vendor.ts';
import { startVendor } from '../support/vendor.ts';

const day = 24 * 60 * 60 * 1000;

/** Some days from now as PHP's `Y-m-d H:i:s` prints them. */
const php = (days: number) =>
  new Date(Date.now() + days * day).toISOString().slice(0, 19).replace('T', ' ');

const passed: readonly unknown[] = [
  '2026-01-02T00:00:00+0000',
  '2026-01-02 00:00:00',
  '2026-01-02T00:00:00Z',
  '2026-01-02T00:00:00.123456+02:00',
  '2026-01-02T00:00:00.123456789Z',
  '2026-01-02 00:00:00.123456',
  '2026-01-02 00:00:00+00',
  '2026-01-02T00:00:00',
  '2026-01-02',
  '2026-01-02 00:00:00 +0000 UTC',
  { date: '2026-01-02 00:00:00.000000', timezone_type: 3, timezone: 'UTC' },
  1_767_312_000,
  1_767_312_000_000,
  php(-1),
];

const none: readonly unknown[] = [null, undefined, '2999-01-01 00:00:00', php(1)];

const unreadable: readonly unknown[] = [
  '',
  '0000-00-00 00:00:00',
  '-0001-11-30T00:00:00+00:00',
  'yesterday',
  '2026-02-30',
  { date: '2026-01-02 00:00:00.000000', timezone_type: 3, timezone: 'Europe/Rome' },
  true,
  false,
  0,
  1,
];

const link = (deleted_at: unknown) => ({ id: 9, stream_id: 7, leader_id: 42, deleted_at });

/** Wethod, in which person 42 has one link to stream 7. */
const start = (deleted_at: unknown) =>
  startRouted([
    [/^GET \/api\/streams\/7\/leaders$/, () => ({ json: [link(deleted_at)] })],
    [/^GET \/api\/streams$/, () => ({ json: [{ id: 7, stream_leaders: [link(deleted_at)] }] })],
    [/^GET \/api\/persons$/, () => ({ json: [{ id: 42, email: 'ada@example.com' }] })],
  ]);

const places = [
  { query: '{ stream(id: 7) { leaders { leaderId } } }', at: ['stream', 'leaders'] },
  {
    query: '{ streams { nodes { leaders { leaderId } } } }',
    at: ['streams', 'nodes', 0, 'leaders'],
  },
  {
    query: '{ memberships(email: "ada@example.com") { streamsLed { leadership { leaderId } } } }',
    at: ['memberships', 'streamsLed'],
  },
] as const;

function read(data: unknown, at: readonly (string | number)[]): unknown {
  return at.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data);
}

describe.each(places)('$query', ({ query, at }) => {
  test.each(passed.map((mark) => [mark]))('hides a leader removed at %j', async (mark) => {
    await using world = await start(mark);
    const { data, errors } = await world.gateway.sendText(query);
    expect({ found: read(data, at), errors }).toEqual({ found: [], errors: [] });
  });

  test.each(none.map((mark) => [mark]))('shows a leader with deleted_at %j', async (mark) => {
    await using world = await start(mark);
    const { data, errors } = await world.gateway.sendText(query);
    expect(errors).toEqual([]);
    expect(read(data, at)).toHaveLength(1);
  });

  test.each(unreadable.map((mark) => [mark]))(
    'is an error if deleted_at cannot be read: %j',
    async (mark) => {
      await using world = await start(mark);
      const { data, errors } = await world.gateway.sendText(query);
      expect(read(data, at) ?? null).toBe(null);
      expect(errors).toMatchObject([
        { extensions: { code: 'VENDOR_CONTRACT_ERROR', vendor: 'WETHOD' } },
      ]);
    },
  );
});

test('returns null for an invalid date, unless it marks a removal', async () => {
  await using world = await startRouted([
    [
      /^GET \/api\/streams\/7$/,
      () => ({ json: { id: 7, name: 'A', archived_at: 'x', created_at: '2026-01-02 03:04:05' } }),
    ],
  ]);
  const { data, errors } = await world.gateway.sendText(
    '{ stream(id: 7) { name archivedAt createdAt } }',
  );
  expect({ data, errors }).toEqual({
    data: { stream: { name: 'A', archivedAt: null, createdAt: '2026-01-02T03:04:05.000Z' } },
    errors: [],
  });
  expect(world.gateway.logged()).toContain('archived_at');
});

/** Makes a change whose answer is a proxy's page, and lets it be read back from these links. */
async function readBack(change: Change, links: readonly object[], reply?: RouteReply) {
  await using vendor = await startVendor((response, { method }) => {
    if (method === 'GET') return response.writeHead(200).end(JSON.stringify(links));
    if (reply !== undefined && 'json' in reply) {
      return response.writeHead(200).end(JSON.stringify(reply.json));
    }
    return response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const result = await change.make(gateway);
  return { result, reads: vendor.calls.length - 1 };
}

const { attachStreamLeader: attach, detachStreamLeader: detach } = changes;

describe.each([attach, detach])('$name is read back', (change) => {
  test.each(unreadable.map((mark) => [mark]))(
    'and stays UNKNOWN if the removal mark of a link is %j',
    async (mark) => {
      const { result } = await readBack(change, [link(mark)]);
      expect(result).toMatchObject({ __typename: 'VendorContractError', outcome: 'UNKNOWN' });
    },
  );
});

test.each(passed.map((mark) => [mark]))(
  'reads a detach back as made from a link removed at %j',
  async (mark) => {
    const { result } = await readBack(detach, [link(mark)]);
    expect(result).toMatchObject({ outcome: 'APPLIED', confirmedBy: 'READ_BACK' });
  },
);

test.each([...passed, ...unreadable].map((mark) => [mark]))(
  'reads an attach back if its response is a link removed at %j',
  async (mark) => {
    const { result, reads } = await readBack(attach, [], { json: link(mark) });
    expect(result).toMatchObject({ __typename: 'VendorContractError', outcome: 'UNKNOWN' });
    expect(reads).toBeGreaterThan(0);
  },
);

test('counts removed links in the offsets of their list', async () => {
  const links = createRange(1, 130).map((id) => ({ ...link(php(-1)), id, leader_id: 1_000 + id }));
  const { result, reads } = await readBack(detach, [...links, { ...link(null), id: 999 }]);
  expect(result).toMatchObject({ outcome: 'UNKNOWN' });
  expect(reads).toBe(1);
});
