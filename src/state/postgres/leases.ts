import type { WindowLimit } from '../../upstream/resilience/fixed-window.ts';
import type { CallLease, LeaseStore } from '../../upstream/resilience/lease-store.ts';
import { batch, deleteInBatches, type PostgresDatabase, type Statement } from './database.ts';

const lease: Statement = {
  name: 'lease_calls',
  text: 'select membership_gateway.lease_calls($1, $2, $3, $4, $5) as lease',
};
const sweep: Statement = {
  name: 'sweep_caller_windows',
  text: `delete from membership_gateway.caller_window where key in (
    select key from membership_gateway.caller_window
    where ends_at < membership_gateway.read_clock(null) limit ${batch} for update skip locked
  ) returning 1`,
};

/** The windows of callers in PostgreSQL. */
export class PostgresLeases implements LeaseStore {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async lease(
    key: string,
    { calls, seconds }: WindowLimit,
    wanted: number,
    block: number,
  ): Promise<CallLease> {
    const values = [key, calls, seconds * 1_000, wanted, block];
    const [row] = await this.#database.query<{ readonly lease: CallLease }>(lease, values);
    if (row === undefined) throw new Error('expected one row from lease_calls');
    return row.lease;
  }

  /** Deletes the windows that are over. */
  async sweep(): Promise<void> {
    await deleteInBatches(this.#database, sweep);
  }
}
