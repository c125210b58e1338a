import { beforeEach, expect, test } from 'vitest';
import { migrate } from '../../../src/state/postgres/migrate.ts';
import { type Migration, migrations } from '../../../src/state/postgres/migrations.ts';
import { runStatement } from '../../support/postgres.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';

const log: Migration[] = [
  { oldestCompatible: 1, sql: 'create table membership_gateway.step (id integer)' },
  { oldestCompatible: 1, sql: 'insert into membership_gateway.step values (2)' },
  { oldestCompatible: 3, sql: 'insert into membership_gateway.step values (3)' },
];

let url: string;
beforeEach(async () => {
  url = await createTestDatabase();
});

const readSteps = () => runStatement(url, 'select id from membership_gateway.step order by id');

test('replicas that start at the same time run each migration once', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => migrate(url, log)));
  expect(new Set(all.map(({ version }) => version))).toEqual(new Set([3]));
  expect(await readSteps()).toEqual([{ id: 2 }, { id: 3 }]);
});

test('a database gets the migrations that it does not have yet', async () => {
  await migrate(url, log.slice(0, 2));
  expect(await readSteps()).toEqual([{ id: 2 }]);
  expect(await migrate(url, log)).toEqual({ version: 3, oldestCompatible: 3 });
  expect(await readSteps()).toEqual([{ id: 2 }, { id: 3 }]);
});

test('an older gateway starts on a newer database that is compatible with it', async () => {
  await migrate(url, log.slice(0, 2));
  expect(await migrate(url, log.slice(0, 1))).toEqual({ version: 2, oldestCompatible: 1 });
});

test('an older gateway does not start on a newer database that is not compatible with it', async () => {
  await migrate(url, log);
  await expect(migrate(url, log.slice(0, 2))).rejects.toThrow(
    'gateways of schema version 3 or newer, and this gateway has 2',
  );
});

test('a migration that fails changes nothing', async () => {
  const broken = { oldestCompatible: 1, sql: 'create table membership_gateway.x (); select 1/0' };
  await expect(migrate(url, [...log.slice(0, 1), broken])).rejects.toThrow('division by zero');
  expect(await migrate(url, log)).toMatchObject({ version: 3 });
  expect(await runStatement(url, `select to_regclass('membership_gateway.x') as x`)).toEqual([
    { x: null },
  ]);
});

test('everything is in a schema of its own, which a role without the right to create may use', async () => {
  await migrate(url);
  const tables = await runStatement(
    url,
    `select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public'`,
  );
  expect(tables).toEqual([{ count: 0 }]);
  const role = `user_${new URL(url).pathname.slice(1)}`;
  await runStatement(
    url,
    `create role ${role} login; grant usage on schema membership_gateway to ${role};
    grant select, insert, update, delete on all tables in schema membership_gateway to ${role}`,
  );
  const limited = new URL(url);
  limited.username = role;
  expect(await migrate(limited.href)).toMatchObject({ version: migrations.length });
});

test('a role that may not create the schema is rejected', async () => {
  const role = `user_${new URL(url).pathname.slice(1)}`;
  await runStatement(url, `create role ${role} login`);
  const limited = new URL(url);
  limited.username = role;
  await expect(migrate(limited.href)).rejects.toThrow('permission denied for database');
});
