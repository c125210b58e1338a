import type { ReportedLimit } from '../../upstream/resilience/rate-limiter.ts';
import { longestHoldMs } from '../../upstream/resilience/sliding-window.ts';
import type {
  SharedBucket,
  TurnAnswer,
  TurnRequest,
  TurnStore,
} from '../../upstream/resilience/turn-store.ts';
import { batch, deleteInBatches, type PostgresDatabase, type Statement } from './database.ts';

const take: Statement = {
  name: 'take_turns',
  text: 'select membership_gateway.take_turns($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as answer',
};
const hold: Statement = {
  name: 'hold_turns',
  text: 'select membership_gateway.hold_turns($1, $2, $3, $4)',
};
const report: Statement = {
  name: 'report_limit',
  text: 'select membership_gateway.report_limit($1, $2, $3, $4, $5, $6, $7, $8, $9)',
};
const recover: Statement = {
  name: 'recover_turns',
  text: 'select membership_gateway.recover_turns($1, $2, $3, $4, $5)',
};
const forget: Statement = {
  name: 'forget_rate_limits',
  text: 'delete from membership_gateway.rate_limit where bucket = any($1)',
};
const probe: Statement = { name: 'probe', text: 'select 1' };
const sweep: Statement = {
  name: 'sweep_rate_limits',
  text: `delete from membership_gateway.rate_limit where bucket in (
    select bucket from membership_gateway.rate_limit
    where kept_until < membership_gateway.read_clock(null) limit ${batch} for update skip locked
  ) returning 1`,
};

/** The answer of `take_turns`; each turn with its id, its time and its state. */
interface Answer extends Omit<TurnAnswer, 'turns'> {
  readonly turns: readonly [number, number, 'change' | 'read' | 'taken'][];
}

/** The turns of rate limits in PostgreSQL. */
export class PostgresTurns implements TurnStore {
  readonly #database: PostgresDatabase;
  readonly #readMoment: () => number | null;

  /** @param readMoment returns the time in place of the server's clock, in whole ms; null for the server's clock */
  constructor(database: PostgresDatabase, readMoment: () => number | null = () => null) {
    this.#database = database;
    this.#readMoment = readMoment;
  }

  async take({ key, limit, windowMs }: SharedBucket, request: TurnRequest): Promise<TurnAnswer> {
    const { changes, reads, due, givenBack, mostMs, nearMs, lateMs, leadMs } = request;
    const rule = [limit.calls, limit.isExplicit, windowMs];
    const demand = [lateMs, nearMs, leadMs, mostMs, changes, reads, due, givenBack];
    const rows = await this.#database.query<{ readonly answer: Answer }>(take, [
      key,
      ...rule,
      ...demand,
      this.#readMoment(),
    ]);
    const [row] = rows;
    if (row === undefined) throw new Error('expected one row from take_turns');
    const turns = row.answer.turns.map(([id, at, state]) => ({
      id,
      at,
      isTaken: state === 'taken',
      isChange: state === 'change',
    }));
    return { ...row.answer, turns };
  }

  async hold({ key, limit }: SharedBucket, waitMs: number): Promise<void> {
    await this.#database.query(hold, [key, limit.calls, waitMs, this.#readMoment()]);
  }

  async report(
    { key, limit, windowMs }: SharedBucket,
    at: number,
    { limit: reported, remaining, resetMs }: ReportedLimit,
  ): Promise<void> {
    const rule = [limit.calls, limit.isExplicit, windowMs];
    const reset = resetMs === null || resetMs > longestHoldMs ? null : Math.round(resetMs);
    const told = [at, reported, remaining, reset];
    await this.#database.query(report, [key, ...rule, ...told, this.#readMoment()]);
  }

  async recover(
    { key, windowMs }: SharedBucket,
    agesMs: readonly number[],
    graceMs: number,
  ): Promise<void> {
    await this.#database.query(recover, [key, windowMs, graceMs, agesMs, this.#readMoment()]);
  }

  async forget(keys: readonly string[]): Promise<void> {
    await this.#database.query(forget, [keys]);
  }

  async probe(): Promise<void> {
    await this.#database.query(probe);
  }

  /** Deletes the buckets that hold nothing any more. */
  async sweep(): Promise<void> {
    await deleteInBatches(this.#database, sweep);
  }
}
