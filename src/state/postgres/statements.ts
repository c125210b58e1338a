import { createInsert } from './audit-statements.ts';
import { batch, type Statement } from './database.ts';
import { lockClass } from './migrate.ts';
import { leaseMs } from './session.ts';

/** Claims a key that is new. */
export const begin: Statement = {
  name: 'ledger_begin',
  text: `insert into membership_gateway.change (scope, key, fingerprint, fence, owner, state, claimed_at)
    values ($1, $2, $3, $4, $5, 'claimed', clock_timestamp()) on conflict do nothing returning 1`,
};

/**
 * Reads what is stored for a key. The lock of a replica is held by its session: if the statement gets it, which shares it
 * with other statements and lasts until its end, the session has ended.
 */
export const find: Statement = {
  name: 'ledger_find',
  text: `select fingerprint, state, fence::float8 as fence, outcome, confirmed_by, result,
      extract(epoch from clock_timestamp() - sent_at)::float8 * 1000 as age_ms,
      case when state = 'ended' then false else exists (
        select from membership_gateway.replica
        where id = owner and seen_at > clock_timestamp() - interval '${leaseMs} ms'
          and not pg_try_advisory_xact_lock_shared(${lockClass}, id)
      ) end as is_owner_alive
    from membership_gateway.change where scope = $1 and key = $2`,
};

/** Takes a change over, if it is as it was read. A fence has each state once, in one order. */
export const take: Statement = {
  name: 'ledger_take',
  text: `update membership_gateway.change set fingerprint = $3, fence = $4, owner = $5, state = $6,
      claimed_at = clock_timestamp(), sent_at = case when $6 = 'claimed' then null else sent_at end,
      ended_at = null, outcome = null, confirmed_by = null, result = null
    where scope = $1 and key = $2 and fence = $7 and state = $8 returning 1`,
};

/** Records an intent, unless the owner has a new id since. */
export const recordIntent: Statement = {
  name: 'ledger_intent',
  text: `update membership_gateway.change
    set state = 'sending', sent_at = coalesce(sent_at, clock_timestamp())
    where scope = $1 and key = $2 and fence = $3 and owner = $4 and state <> 'ended' returning 1`,
};

/** Records an intent with its event in the audit log. */
export const recordAuditedIntent: Statement = {
  name: 'ledger_audited_intent',
  text: `with intended as (${recordIntent.text}),
    event as (${createInsert('$5', 'exists (select from intended)')})
    select from intended`,
};

/** Records an end, also for a former id: nothing is known better. */
export const recordEnd: Statement = {
  name: 'ledger_end',
  text: `update membership_gateway.change
    set state = 'ended', ended_at = clock_timestamp(), outcome = $4, confirmed_by = $5, result = $6
    where scope = $1 and key = $2 and fence = $3 and state <> 'ended' returning 1`,
};

/** Records an end with its event in the audit log, which is written unless this fence has an end already. */
export const recordAuditedEnd: Statement = {
  name: 'ledger_audited_end',
  text: `with ended as (${recordEnd.text}),
    event as (${createInsert(
      '$7',
      `exists (select from ended) or not exists (
        select from membership_gateway.change where scope = $1 and key = $2 and fence = $3
      )`,
    )})
    select from ended`,
};

/** Reads for how long the oldest change has been sending. */
export const findOldestIntent: Statement = {
  name: 'ledger_oldest_intent',
  text: `select extract(epoch from clock_timestamp() - min(sent_at))::float8 * 1000 as age_ms
    from membership_gateway.change where state = 'sending'`,
};

/** Stores a secret unless there is one. */
export const putSecret: Statement = {
  name: 'ledger_put_secret',
  text: 'insert into membership_gateway.secret (value) values ($1) on conflict do nothing',
};

/** Reads the secret. */
export const findSecret: Statement = {
  name: 'ledger_find_secret',
  text: 'select value from membership_gateway.secret',
};

/** Deletes what ended longer ago than `$1`, in ms: one batch. */
export const deleteEnded: Statement = {
  name: 'ledger_delete_ended',
  text: createBatch(`state = 'ended' and ended_at < clock_timestamp() - $1 * interval '1 ms'`),
};

/** Deletes what dead replicas claimed longer ago than `$1`, in ms, and did not send: one batch. */
export const deleteAbandoned: Statement = {
  name: 'ledger_delete_abandoned',
  text: createBatch(
    `state = 'claimed' and claimed_at < clock_timestamp() - $1 * interval '1 ms'
      and not exists (select from membership_gateway.replica r where r.id = owner)`,
  ),
};

/** Deletes replicas that have been dead for an hour. One without a row is dead as well. */
export const deleteReplicas: Statement = {
  name: 'ledger_delete_replicas',
  text: `delete from membership_gateway.replica where seen_at < clock_timestamp() - interval '1 h'`,
};

/** Returns a statement that deletes one batch. A row that another statement works on is left for the next sweep. */
function createBatch(condition: string): string {
  return `delete from membership_gateway.change where (scope, key) in (
      select scope, key from membership_gateway.change where ${condition}
      limit ${batch} for update skip locked
    ) returning 1`;
}
