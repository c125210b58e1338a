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
  {
    oldestCompatible: 1,
    sql: `create index change_sent_at on membership_gateway.change (sent_at) where state = 'sending'`,
  },
  {
    oldestCompatible: 1,
    sql: `
      create table membership_gateway.audit_epoch (
        number integer primary key,
        begun_at timestamptz not null default clock_timestamp()
      );
      insert into membership_gateway.audit_epoch (number) values (1);
      create table membership_gateway.audit_event (
        epoch integer not null,
        transaction xid8 not null default pg_current_xact_id(),
        id bigint generated always as identity,
        time timestamptz not null default clock_timestamp(),
        event text not null,
        replica text not null,
        request_id text,
        caller text,
        vendor text,
        mutation text,
        ids jsonb,
        outcome text,
        confirmed_by text,
        error text,
        vendor_status integer,
        vendor_request_id text,
        duration_ms integer,
        primary key (epoch, transaction, id)
      );
      create index audit_event_time on membership_gateway.audit_event (time);
      -- Default privileges may have given the role that serves more than it needs.
      do $$
        declare role text;
        begin
          for role in
            select distinct pg_get_userbyid(grantee) from pg_class, aclexplode(relacl)
            where oid = 'membership_gateway.audit_event'::regclass and grantee not in (0, relowner)
          loop
            execute format(
              'revoke update, delete, truncate on membership_gateway.audit_event from %I', role
            );
          end loop;
        end $$;
      create function membership_gateway.delete_audit_events(days integer) returns integer
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        declare deleted integer;
        begin
          delete from membership_gateway.audit_event
          where (epoch, transaction, id) in (
            select epoch, transaction, id from membership_gateway.audit_event
            where time < clock_timestamp() - greatest(days, 30) * interval '1 day'
            limit 1000 for update skip locked
          );
          get diagnostics deleted = row_count;
          return deleted;
        end $$;
      revoke all on function membership_gateway.delete_audit_events(integer) from public;
    `,
  },
  { oldestCompatible: 1, sql: rateLimitSchema + takeTurns + rateLimitReports + callerLimitSchema },
];
