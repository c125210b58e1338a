import { createDatabaseFolder } from '../support/keyed.ts';
import { describeAuditedDatabase } from './audited-database.ts';

describeAuditedDatabase('the audit log in the embedded database', async () => ({
  ...(await createDatabaseFolder()),
  isShared: false,
  list: async ({ audit }) => (await audit.read(null, 1_000)) as never,
}));
