import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Claimed, KeyedChange, Ledger, StoredEnd } from '../../../src/state/ledger.ts';
import { PostgresDatabase } from '../../../src/state/postgres/database.ts';
import { openPostgresLedger } from '../../../src/state/postgres/open.ts';
import { DatabaseUnavailableError } from '../../../src/state/unavailable.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { runStatement } from '../../support/postgres.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';
import { describeLedger } from '../conformance.ts';

const log = createLog({ write: () => {} });
const change: KeyedChange = { scope: 'leaveGroup service:hr', key: 'k1', fingerprint: 'f1' };
const applied: StoredEnd = { outcome: 'APPLIED', confirmedBy: 'READ_BACK', result: '{"id":"7"}' };

describeLedger('the shared database, open in two replicas', async () => {
  const url = await createTestDatabase();
  const ledgers = [await openPostgresLedger(url, log), await openPostgresLedger(url, log)];
  return {
    ledgers,
    replace: async (position = 0) => {
      await ledgers[position]?.close();
      const ledger = await openPostgresLedger(url, log);
      ledgers[position] = ledger;
      return ledger;
    },
    [Symbol.asyncDispose]: async () => {
      for (const ledger of ledgers) await ledger.close();
    },
  };
});

let url: string;
let open: Ledger[] = [];
let first: Ledger;
let second: Ledger;
beforeEach(async () => {
  url = await createTestDatabase();
  first = await start();
  second = await start();
});
afterEach(async () => {
  for (const ledger of open) await ledger.close();
  open = [];
});

async function start(): Promise<Ledger> {
  const ledger = await openPostgresLedger(url, log);
  open.push(ledger);
  return ledger;
}

async function begin(ledger: Ledger, isSent: boolean): Promise<Claimed> {
  const claim = await ledger.claim(change, null);
  if (claim.kind !== 'begin') throw new Error(claim.kind);
  if (isSent) expect(await ledger.recordIntent(claim.claimed)).toBe(true);
  return claim.claimed;
}

const readIds = () =>
  runStatement(url, 'select id from membership_gateway.replica') as Promise<
    readonly { readonly id: number }[]
  >;

/** Ends the sessions that show that the replicas are alive, and waits until both have a new one. */
async function replaceSessions(): Promise<void> {
  const last = Math.max(...(await readIds()).map(({ id }) => id));
  await endSessions();
  await vi.waitUntil(
    async () => {
      const ids = await readIds();
      return ids.length === 2 && ids.every(({ id }) => id > last);
    },
    { timeout: 10_000 },
  );
}

const endSessions = () =>
  runStatement(
    url,
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
    and database = (select oid from pg_database where datname = current_database())`,
  );

/** Makes the last report of all replicas that old. */
const age = (seconds: number) =>
  runStatement(
    url,
    `update membership_gateway.replica set seen_at = seen_at - interval '${seconds} s'`,
  );

test.each([
  ['claimed', false],
  ['sent', true],
])('what a living replica has %s is in progress for the other one', async (_what, isSent) => {
  await begin(first, isSent);
  await age(20);
  expect(await second.claim(change, null)).toMatchObject({ kind: 'inProgress' });
});

test.each([
  ['claimed', false, 'begin'],
  ['sent', true, 'settleAgain'],
])(
  'what a replica has %s that reported last 30 seconds ago is taken over, and it may not send it',
  async (_what, isSent, kind) => {
    const claimed = await begin(first, isSent);
    await age(31);
    expect(await second.claim(change, null)).toMatchObject({ kind });
    expect(await first.recordIntent(claimed)).toBe(false);
    expect(await first.recordEnd(claimed, applied)).toBe(false);
  },
);

describe('a replica whose session ended', () => {
  test('may not send what it had claimed before', async () => {
    const claimed = await begin(first, false);
    await replaceSessions();
    expect(await first.recordIntent(claimed)).toBe(false);
    expect(await second.claim(change, null)).toMatchObject({ kind: 'begin' });
  });

  test('begins nothing and sends nothing until it has a new one', async () => {
    const claimed = await begin(first, false);
    await endSessions();
    await vi.waitUntil(() =>
      first.claim({ ...change, key: 'k2' }, null).then(
        () => false,
        (error) => error instanceof DatabaseUnavailableError,
      ),
    );
    await expect(first.recordIntent(claimed)).rejects.toThrow(DatabaseUnavailableError);
  });

  test('may still record the end of what was in flight', async () => {
    const claimed = await begin(first, true);
    await replaceSessions();
    expect(await first.recordEnd(claimed, applied)).toBe(true);
    expect(await second.claim(change, null)).toEqual({ kind: 'ended', end: applied });
  });

  test('settles what was in flight again, like every other replica', async () => {
    await begin(first, true);
    await replaceSessions();
    expect(await first.claim(change, null)).toMatchObject({ kind: 'settleAgain' });
  });
});

test('a replica that was frozen for longer than 30 seconds while its intent was written does not send', async () => {
  const claimed = await begin(first, false);
  const now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockReturnValue(now + 30_000);
  expect(await first.recordIntent(claimed)).toBe(false);
  clock.mockRestore();
});

test('a claim whose answer was lost does not keep its key in progress', async () => {
  const claimed = await begin(first, false);
  const lost = { ...change, key: 'lost' };
  await runStatement(
    url,
    `insert into membership_gateway.change (scope, key, fingerprint, fence, owner, state, claimed_at)
    select scope, 'lost', fingerprint, fence + 1, owner, state, claimed_at - interval '1 min'
    from membership_gateway.change`,
  );
  await runStatement(
    url,
    `update membership_gateway.change set claimed_at = claimed_at - interval '1 min'`,
  );
  expect(await second.claim(lost, null)).toMatchObject({ kind: 'inProgress' });
  await vi.waitUntil(async () => (await second.claim(lost, null)).kind === 'begin', {
    timeout: 10_000,
    interval: 100,
  });
  expect(await first.recordIntent(claimed)).toBe(true);
});

test('a change with a new key costs three statements', async () => {
  const query = vi.spyOn(PostgresDatabase.prototype, 'query');
  const claimed = await begin(first, true);
  await first.recordEnd(claimed, applied);
  expect(query).toHaveBeenCalledTimes(3);
  query.mockRestore();
});

test('replicas that start at the same time get one secret', async () => {
  const ledgers = await Promise.all(Array.from({ length: 6 }, start));
  const secrets = await Promise.all(ledgers.map((ledger) => ledger.readSecret()));
  expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
});

test('deletes any number of old changes, and only what no living replica works on', async () => {
  await begin(first, false);
  await runStatement(
    url,
    `insert into membership_gateway.change
      (scope, key, fingerprint, fence, owner, state, claimed_at, ended_at, outcome)
    select 's', 'ended' || n, 'f', n, 0, 'ended', now(), now() - interval '2 h', 'APPLIED'
      from generate_series(1, 2500) n
    union all select 's', 'recent', 'f', 1, 0, 'ended', now(), now(), 'APPLIED'
    union all select 's', 'abandoned', 'f', 1, 0, 'claimed', now() - interval '2 h', null, null
    union all select 's', 'sent', 'f', 1, 0, 'sending', now() - interval '2 h', null, null;
    update membership_gateway.change set claimed_at = now() - interval '2 h' where key = 'k1';
    insert into membership_gateway.replica (seen_at) values (now() - interval '2 h')`,
  );
  await Promise.all([first.deleteEnded(3_600_000), second.deleteEnded(3_600_000)]);
  const left = await runStatement(url, 'select key from membership_gateway.change order by key');
  expect(left.map(({ key }) => key)).toEqual(['k1', 'recent', 'sent']);
  const replicas = await runStatement(url, 'select id from membership_gateway.replica');
  expect(replicas).toHaveLength(2);
});

test('a replica knows how many use the database, also those that came later', async () => {
  const [one, other] = [await openPostgresLedger(url, log), await openPostgresLedger(url, log)];
  open.push(one, other);
  expect([one.replicas, other.replicas]).toEqual([3, 4]);
  await expect.poll(() => one.replicas, { timeout: 10_000 }).toBe(4);
});
