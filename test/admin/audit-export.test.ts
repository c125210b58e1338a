import { afterEach, beforeEach, expect, test } from 'vitest';
import { listenAdmin } from '../../src/admin/server.ts';
import { parseConfig } from '../../src/config/index.ts';
import type { AuditEvents, StoredAuditEvent } from '../../src/state/audit-events.ts';
import { openState, type State } from '../../src/state/open.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { changes, ids } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { createDatabaseFolder } from '../support/keyed.ts';
import { startVendor } from '../support/vendor.ts';

let open: AsyncDisposable[] = [];
let origin: string;
let state: State;
let lines: string[];

beforeEach(() => {
  lines = [];
});
afterEach(async () => {
  for (const one of open.toReversed()) await one[Symbol.asyncDispose]();
  open = [];
});

/** Starts a gateway with its admin port. */
async function start(auditLog = 'database', faults: Partial<AuditEvents> = {}) {
  const folder = await createDatabaseFolder();
  const vendor = await startVendor({ status: 200, body: '{"id":501}' });
  const env = { AUDIT_LOG: auditLog, DATABASE_URL: folder.url, KAITEN_URL: vendor.url };
  const log = createLog({ write: (line) => lines.push(line) });
  state = (await openState(parseConfig(env), log)) as State;
  const gateway = testGateway(env, undefined, undefined, state);
  const { probes } = gateway.gateway;
  const auditEvents = probes.auditEvents && Object.assign(probes.auditEvents, faults);
  const here = { adminHost: '127.0.0.1', adminPort: 0 };
  const admin = await listenAdmin({ ...probes, auditEvents }, here, log);
  origin = admin?.origin ?? '';
  open = [
    folder,
    vendor,
    gateway,
    {
      [Symbol.asyncDispose]: async () => {
        admin?.server.closeAllConnections();
        admin?.server.close();
      },
    },
  ];
  return gateway;
}

async function read(query = ''): Promise<StoredAuditEvent[]> {
  const response = await fetch(`${origin}/audit${query}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  const text = await response.text();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

test('/audit returns each event as a line of JSON with its cursor', async () => {
  const gateway = await start();
  await changes.removeGroupUser.make(gateway);
  const events = await read();
  expect(events.map(({ event }) => event)).toEqual(['opened', 'started', 'finished']);
  expect(Object.keys(events[2] ?? {})).toEqual([
    ...['time', 'event', 'replica', 'requestId', 'caller', 'vendor', 'mutation', 'ids', 'outcome'],
    ...['confirmedBy', 'error', 'vendorStatus', 'vendorRequestId', 'durationMs', 'cursor'],
  ]);
  expect(events[2]).toMatchObject({
    vendor: 'KAITEN',
    ids: { groupUid: ids.groupUid, userId: ids.kaitenUserId },
    outcome: 'APPLIED',
  });
});

test('/audit continues after the cursor of any line, and returns as many lines as asked for', async () => {
  await start();
  for (let count = 0; count < 20; count += 1) await state.audit.append({ event: 'recovered' });
  const all = await read();
  expect(all).toHaveLength(21);
  for (const [index, { cursor }] of all.entries()) {
    expect(await read(`?after=${cursor}`)).toEqual(all.slice(index + 1));
    expect(await read(`?after=${cursor}&limit=3`)).toEqual(all.slice(index + 1, index + 4));
  }
  expect(await read('?after=')).toEqual(all);
});

test('/audit reads the database page by page, and returns 10,000 lines unless the request sets a limit', async () => {
  let reads = 0;
  let most = 0;
  const page = (after: string | null, limit: number) => {
    reads += 1;
    most = Math.max(most, limit);
    const from = Number(after ?? 0);
    const event = { event: 'recovered', time: '', replica: '' } as const;
    return Array.from({ length: limit }, (_, index) => ({
      ...event,
      cursor: String(from + index + 1),
    }));
  };
  await start('database', { read: async (after, limit) => page(after, limit) });
  const events = await read();
  expect(events).toHaveLength(10_000);
  expect(events.at(-1)?.cursor).toBe('10000');
  expect([reads, most]).toEqual([20, 500]);
  expect(await read('?limit=12345')).toHaveLength(12_345);
});

test.each([
  ['?after=x', 'after: expected a cursor of this audit log'],
  ['?limit=0', 'limit: expected a whole number of at least 1'],
  ['?limit=1e9', 'limit: expected a whole number of at least 1'],
])('/audit%s is 400, and says why', async (query, problem) => {
  await start();
  const response = await fetch(`${origin}/audit${query}`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(problem);
});

test('/audit is 404 if the audit log is not in the database', async () => {
  await start('/dev/null');
  expect((await fetch(`${origin}/audit`)).status).toBe(404);
});

test('/audit by HEAD has no body, and by POST is 405', async () => {
  await start();
  expect((await fetch(`${origin}/audit`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${origin}/audit`, { method: 'POST' })).status).toBe(405);
});

test('/audit is 503 while the database cannot be read', async () => {
  await start('database', { read: () => Promise.reject(new Error('disk I/O error')) });
  expect((await fetch(`${origin}/audit`)).status).toBe(503);
  expect(lines.join('')).toContain('"msg":"admin request failed"');
});

test('/audit is cut if the database fails in the middle, so that the reader notices', async () => {
  await start('database', {
    read: async (after, limit) => {
      if (after !== null) throw new Error('disk I/O error');
      return Array.from({ length: limit }, (_, index) => ({
        event: 'recovered',
        time: '',
        replica: '',
        cursor: String(index + 1),
      }));
    },
  });
  const response = await fetch(`${origin}/audit`);
  await expect(response.text()).rejects.toThrow();
});
