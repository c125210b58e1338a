import { expect, test, vi } from 'vitest';
import { PostgresDatabase } from '../../src/state/postgres/database.ts';
import { testGatewayWithState } from '../support/gateway.ts';
import { createKeyedRequest, keyedMutations } from '../support/keyed.ts';
import { runStatement } from '../support/postgres.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';
import { over, startWorld } from '../support/world.ts';
import { describeAuditedDatabase } from './audited-database.ts';

describeAuditedDatabase('the audit log in the shared database', async () => {
  const url = await createTestDatabase();
  return {
    url,
    isShared: true,
    // Not by the export, which returns an event only when all older transactions of the server have ended.
    list: async () =>
      (await runStatement(
        url,
        `select event, replica, request_id as "requestId", caller, vendor, mutation, ids, outcome,
          confirmed_by as "confirmedBy", error, vendor_status as "vendorStatus",
          vendor_request_id as "vendorRequestId", duration_ms as "durationMs"
        from membership_gateway.audit_event order by id`,
      )) as never,
    [Symbol.asyncDispose]: async () => {},
  };
});

test('the audit log costs a change with a key no statement, and one without a key two', async () => {
  const statements: Record<string, string[]> = {};
  for (const AUDIT_LOG of ['', 'database']) {
    await using world = await startWorld(true);
    await using gateway = await testGatewayWithState({
      ...over(world),
      DATABASE_URL: await createTestDatabase(),
      AUDIT_LOG,
    });
    const query = vi.spyOn(PostgresDatabase.prototype, 'query');
    const [mutation] = keyedMutations;
    if (mutation === undefined) throw new Error('expected a mutation');
    const sent: string[] = [];
    for (const key of ['k1', null]) {
      query.mockClear();
      const { query: document, variables } = createKeyedRequest(mutation, key);
      const { data } = await gateway.sendText(document, undefined, { variables });
      expect(data[mutation.name]).toMatchObject({ outcome: 'APPLIED' });
      const names = query.mock.calls.map(([{ name }]) => name);
      sent.push(...names.filter((name) => !name.includes('delete')));
    }
    query.mockRestore();
    statements[AUDIT_LOG] = sent;
  }
  expect(statements).toEqual({
    '': ['ledger_begin', 'ledger_intent', 'ledger_end'],
    database: [
      ...['ledger_begin', 'ledger_audited_intent', 'ledger_audited_end'],
      ...['audit_append', 'audit_append'],
    ],
  });
});
