import { expect, test } from 'vitest';
import { PostgresLimits } from '../../../src/state/postgres/limits.ts';
import { migrate } from '../../../src/state/postgres/migrate.ts';
import { runStatement } from '../../support/postgres.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';

test('any number of old limits is deleted, in statements that are shorter than their time limit', async () => {
  const url = await createTestDatabase();
  await migrate(url);
  const count = 200_000;
  await runStatement(
    url,
    `insert into membership_gateway.caller_window (key, ends_at) select n::text, 1 from generate_series(1, ${count}) n`,
  );
  await runStatement(
    url,
    `insert into membership_gateway.rate_limit (bucket, kept_until) select n::text, 1 from generate_series(1, ${count}) n`,
  );
  const short = new URL(url);
  short.searchParams.set('statement_timeout', '500');
  const limits = new PostgresLimits(short.href, new Uint8Array(32));
  try {
    await limits.sweep();
  } finally {
    await limits.close();
  }
  for (const table of ['caller_window', 'rate_limit']) {
    const rows = await runStatement(
      url,
      `select count(*)::integer as left from membership_gateway.${table}`,
    );
    expect(rows).toEqual([{ left: 0 }]);
  }
});
