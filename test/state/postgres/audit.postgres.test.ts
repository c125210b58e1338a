import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuditEvent, StoredAuditEvent } from '../../../src/state/audit-events.ts';
import { migrate } from '../../../src/state/postgres/migrate.ts';
import { openPostgresLedger } from '../../../src/state/postgres/open.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { runStatement } from '../../support/postgres.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';
import { describeAuditEvents, getRequestId, readAll } from '../audit-conformance.ts';

const log = createLog({ write: () => {} });

describeAuditEvents('the shared database', async () => {
  const url = await createTestDatabase();
  let ledger = await openPostgresLedger(url, log);
  return {
    ledger,
    replace: async () => {
      await ledger.close();
      ledger = await openPostgresLedger(url, log);
      return ledger;
    },
    [Symbol.asyncDispose]: () => ledger.close(),
  };
});

let url: string;
let open: Awaited<ReturnType<typeof openPostgresLedger>>[] = [];
beforeEach(async () => {
  url = await createTestDatabase();
});
afterEach(async () => {
  for (const ledger of open) await ledger.close();
  open = [];
});

async function start(at = url) {
  const ledger = await openPostgresLedger(at, log);
  open.push(ledger);
  return ledger;
}

const createStarted = (requestId: string): AuditEvent => ({
  event: 'started',
  requestId,
  caller: 'hr',
  vendor: 'KAITEN',
  mutation: 'removeGroupUser',
  ids: { groupUid: 'g', userId: '501' },
});

const insert = (requestId: string) =>
  `insert into membership_gateway.audit_event (epoch, event, replica, request_id)
  values (1, 'started', 'other', '${requestId}')`;

test('an event that is committed late is read late, and never skipped', async () => {
  const { audit } = await start();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`begin; ${insert('late')}`);
  await audit.append(createStarted('early'));
  expect(await audit.read(null, 10)).toEqual([]);
  await client.query('commit');
  await client.end();
  expect((await readAll(audit)).map(getRequestId)).toEqual(['late', 'early']);
});

test('a reader gets each event of transactions that commit out of order exactly once', async () => {
  const { audit } = await start();
  const clients = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const perClient = 25;
  let writing = clients.length;
  // Each takes its ids, waits for a random time that the server chooses, and commits or rolls back.
  const writers = clients.map(async (client, number) => {
    for (let turn = 0; turn < perClient; turn += 1) {
      await client.query(`begin; ${insert(`${number}-${turn}`)}; select pg_sleep(random() / 50)`);
      await client.query('commit');
      await client.query(`begin; ${insert('rolled-back')}; rollback`);
    }
    writing -= 1;
    await client.end();
  });
  const events: StoredAuditEvent[] = [];
  const isComplete = () => writing === 0 && events.length >= clients.length * perClient;
  while (!isComplete()) {
    const page = await audit.read(events.at(-1)?.cursor ?? null, 3);
    events.push(...page);
  }
  await Promise.all(writers);
  events.push(...(await audit.read(events.at(-1)?.cursor ?? null, 100)));
  const expected = clients.flatMap((_, number) =>
    Array.from({ length: perClient }, (_turn, turn) => `${number}-${turn}`),
  );
  expect(events.map(getRequestId).toSorted()).toEqual(expected.toSorted());
});

test('a copy in another server, which counts transactions anew, goes on after the last event', async () => {
  const first = await start();
  await first.audit.append(createStarted('old'));
  await runStatement(url, `update membership_gateway.audit_event set transaction = '99999999999'`);
  const second = await start();
  await second.audit.open();
  await second.audit.append(createStarted('new'));
  const events = await readAll(second.audit);
  expect(events.map(getRequestId)).toEqual(['old', '', 'new']);
  await second.audit.open();
  const epochs = await runStatement(url, 'select number from membership_gateway.audit_epoch');
  expect(epochs).toHaveLength(2);
});

test('events that arrive during a write are written with one statement', async () => {
  const ledger = await start();
  const { PostgresDatabase } = await import('../../../src/state/postgres/database.ts');
  const query = vi.spyOn(PostgresDatabase.prototype, 'query');
  const ids = Array.from({ length: 100 }, (_, index) => String(index));
  await Promise.all(ids.map((id) => ledger.audit.append(createStarted(id))));
  expect(query.mock.calls.length).toBeLessThanOrEqual(2);
  query.mockRestore();
  expect((await readAll(ledger.audit)).map(getRequestId)).toEqual(ids);
});

/** Creates the role that serves, as the documentation describes. */
async function createServingRole(): Promise<string> {
  const role = `serving${new URL(url).pathname.slice(1)}`;
  await runStatement(
    url,
    `create role ${role} login;
    create schema membership_gateway;
    grant usage on schema membership_gateway to ${role};
    alter default privileges in schema membership_gateway
      grant select, insert, update, delete on tables to ${role}`,
  );
  await migrate(url);
  await runStatement(
    url,
    `grant execute on function membership_gateway.delete_audit_events to ${role}`,
  );
  const serving = new URL(url);
  serving.username = role;
  return serving.href;
}

test('the role that serves does all its work, and cannot change or delete an event', async () => {
  const serving = await createServingRole();
  const ledger = await start(serving);
  await ledger.audit.open();
  await ledger.audit.append(createStarted('1'));
  const claim = await ledger.claim({ scope: 's', key: 'k', fingerprint: 'f' }, null);
  if (claim.kind !== 'begin') throw new Error(claim.kind);
  expect(await ledger.recordIntent(claim.claimed, createStarted('2'))).toBe(true);
  const end = { outcome: 'NOT_APPLIED', confirmedBy: null, result: null } as const;
  expect(await ledger.recordEnd(claim.claimed, end, createStarted('3'))).toBe(true);
  await ledger.deleteEnded(-60_000);
  await ledger.audit.deleteOld(30);
  expect((await readAll(ledger.audit)).map(getRequestId)).toEqual(['', '1', '2', '3']);
  for (const statement of [
    `update membership_gateway.audit_event set caller = 'x'`,
    'delete from membership_gateway.audit_event',
    'truncate membership_gateway.audit_event',
    'drop table membership_gateway.audit_event',
    'drop function membership_gateway.delete_audit_events',
  ]) {
    await expect(runStatement(serving, statement), statement).rejects.toThrow(
      /permission denied|must be owner/,
    );
  }
});

test('deletes all events that are older than the given days, and none that is younger than 30 days', async () => {
  const ledger = await start(await createServingRole());
  await ledger.audit.append(createStarted('now'));
  await runStatement(
    url,
    `insert into membership_gateway.audit_event (epoch, event, replica, request_id, time)
    select 1, 'started', 'old', days || ' days', now() - days * interval '1 day'
    from generate_series(29, 61) days, generate_series(1, 80)`,
  );
  const readOldest = () =>
    runStatement(
      url,
      `select (now()::date - min(time)::date) as days from membership_gateway.audit_event`,
    );
  await ledger.audit.deleteOld(45);
  expect(await readOldest()).toEqual([{ days: 44 }]);
  await ledger.audit.deleteOld(1);
  expect(await readOldest()).toEqual([{ days: 29 }]);
});
