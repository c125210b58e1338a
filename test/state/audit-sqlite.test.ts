import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { SqliteLedger } from '../../src/state/sqlite/ledger.ts';
import { describeAuditEvents, readAll } from './audit-conformance.ts';

async function openFile() {
  const folder = await mkdtemp(join(tmpdir(), 'audit-db-'));
  const path = join(folder, 'gateway.db');
  return {
    path,
    open: () => SqliteLedger.open(path),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

describeAuditEvents('the embedded database', async () => {
  const file = await openFile();
  let ledger = await file.open();
  return {
    ledger,
    replace: async () => {
      await ledger.close();
      ledger = await file.open();
      return ledger;
    },
    [Symbol.asyncDispose]: async () => {
      await ledger.close();
      await file[Symbol.asyncDispose]();
    },
  };
});

test('deletes all events that are older than the given days, and no other', async () => {
  await using file = await openFile();
  const first = await file.open();
  await first.audit.open();
  await first.close();
  const database = new DatabaseSync(file.path);
  const insert = database.prepare('insert into audit_event (time, body) values (?, ?)');
  for (let count = 0; count < 1_200; count += 1) {
    insert.run(Date.now() - 31 * 86_400_000, '{"event":"opened","replica":"old"}');
  }
  database.close();
  const second = await file.open();
  await second.audit.deleteOld(30);
  await second.audit.append({ event: 'recovered' });
  const events = await readAll(second.audit);
  expect(events.map(({ event }) => event)).toEqual(['opened', 'recovered']);
  // A deleted event's cursor is not used again.
  expect(Number(events[1]?.cursor)).toBe(1_202);
  await second.close();
});
