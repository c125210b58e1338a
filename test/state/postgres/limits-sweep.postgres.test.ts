import { expect, test } from 'vitest';
import { PostgresLimits } from '../../../src/state/postgres/limits.ts';
import { migrate } from '../../../src/state/postgres/migrate.ts';
import { runStatement } from '../../support/postgres.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';

test('any number of old limits is deleted, a thousand in a statement at most', async () => {
  const url = await createTestDatabase();
  await migrate(url);
  await runStatement(
    url,
    `create function refuse_many() returns trigger language plpgsql as $$ begin
      if (select count(*) from gone) > 1000 then raise exception 'too many for a statement'; end if;
      return null;
    end $$`,
  );
  const tables = { caller_window: 'key, ends_at', rate_limit: 'bucket, kept_until' };
  for (const [table, columns] of Object.entries(tables)) {
    await runStatement(
      url,
      `insert into membership_gateway.${table} (${columns}) select n::text, 1 from generate_series(1, 2500) n`,
    );
    await runStatement(
      url,
      `create trigger refuse_many after delete on membership_gateway.${table}
        referencing old table as gone for each statement execute function refuse_many()`,
    );
  }
  const limits = new PostgresLimits(url, new Uint8Array(32), () => 1);
  try {
    await limits.sweep();
  } finally {
    await limits.close();
  }
  for (const table of Object.keys(tables)) {
    const text = `select count(*)::integer as left from membership_gateway.${table}`;
    expect(await runStatement(url, text)).toEqual([{ left: 0 }]);
  }
});
