import { callerLimitSchema } from './caller-limit-schema.ts';
import { rateLimitReports, rateLimitSchema } from './rate-limit-schema.ts';
import { takeTurns } from './take-turns.ts';

/** A change of the schema of the shared database. */
export interface Migration {
  /** The statements, which run in one transaction. Every name in them is qualified with `membership_gateway`. */
  readonly sql: string;
  /**
   * The oldest schema version whose gateways still work on the database after this migration. Replicas of two versions run
   * side by side during a rolling update: first expand (new tables and columns, this number stays), and contract a release
   * later (remove what only older gateways use, and raise this number).
   */
  readonly oldestCompatible: number;
}

/** The migrations in their order. The schema version is the number of those that have run: add new ones at the end. */
export const migrations: readonly Migration[] = [
  {
    oldestCompatible: 1,
    sql: `
      create table membership_gateway.secret (
        is_only boolean primary key default true check (is_only),
        value bytea not null
      );
      create table membership_gateway.replica (
        id integer generated always as identity primary key,
        seen_at timestamptz not null
      );
      create table membership_gateway.change (
        scope text not null,
        key text not null,
        fingerprint text not null,
        state text not null check (state in ('claimed', 'sending', 'ended')),
        fence bigint not null,
        owner integer not null,
        claimed_at timestamptz not null,
        sent_at timestamptz,
        ended_at timestamptz,
        outcome text,
        confirmed_by text,
        result text,
        primary key (scope, key)
      );
      create index change_ended_at on membership_gateway.change (ended_at) where state = 'ended';
      create index change_owner on membership_gateway.change (owner) where state <> 'ended';
    `,
  },
  { oldestCompatible: 1, sql: rateLimitSchema + takeTurns + rateLimitReports + callerLimitSchema },
];
