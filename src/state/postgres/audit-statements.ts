import type { Statement } from './database.ts';

/** The columns of a change, by the member of the event, with their types. */
const changeColumns = {
  requestId: ['request_id', 'text'],
  caller: ['caller', 'text'],
  vendor: ['vendor', 'text'],
  mutation: ['mutation', 'text'],
  ids: ['ids', 'jsonb'],
} as const;

/** The columns of its end. */
const endColumns = {
  outcome: ['outcome', 'text'],
  confirmedBy: ['confirmed_by', 'text'],
  error: ['error', 'text'],
  vendorStatus: ['vendor_status', 'integer'],
  vendorRequestId: ['vendor_request_id', 'text'],
  durationMs: ['duration_ms', 'integer'],
} as const;

const changeMembers = Object.keys(changeColumns);
const allMembers = [...changeMembers, ...Object.keys(endColumns)];

/** Returns the members that an event has in addition to its time, name and replica. */
export function listMembers(event: string): readonly string[] {
  if (event === 'started') return changeMembers;
  return event === 'finished' ? allMembers : [];
}

const columns = Object.entries({
  event: ['event', 'text'],
  replica: ['replica', 'text'],
  ...changeColumns,
  ...endColumns,
} as const);
const names = columns.map(([, [name]]) => name).join(', ');

/** Returns a statement that inserts the events of a parameter, which is an array as JSON. */
export function createInsert(parameter: string, condition = 'true'): string {
  const members = columns.map(([member]) => `"${member}"`).join(', ');
  const types = columns.map(([member, [, type]]) => `"${member}" ${type}`).join(', ');
  return `insert into membership_gateway.audit_event (epoch, ${names})
    select (select max(number) from membership_gateway.audit_epoch), ${members}
    from jsonb_to_recordset(${parameter}::jsonb) as added (${types}) where ${condition}`;
}

/** Appends events. */
export const appendEvents: Statement = { name: 'audit_append', text: createInsert('$1') };

/**
 * Begins an epoch if the database has events of transactions that are still to come: then it is a copy in another server, which
 * counts transactions anew.
 */
export const beginEpoch: Statement = {
  name: 'audit_begin_epoch',
  text: `insert into membership_gateway.audit_epoch (number)
    select last.number + 1 from (select max(number) as number from membership_gateway.audit_epoch) as last
    where exists (
      select from membership_gateway.audit_event
      where epoch = last.number and transaction >= pg_snapshot_xmax(pg_current_snapshot())
    )
    on conflict do nothing`,
};

/** Reads the events after a position, up to the oldest transaction in progress. */
export const readEvents: Statement = {
  name: 'audit_read',
  text: `select time, epoch || '-' || transaction || '-' || id as cursor,
      ${columns.map(([member, [name]]) => `${name} as "${member}"`).join(', ')}
    from membership_gateway.audit_event
    where (epoch, transaction, id) > ($1::integer, $2::xid8, $3::bigint)
      and (transaction < pg_snapshot_xmin(pg_current_snapshot())
        or epoch < (select max(number) from membership_gateway.audit_epoch))
    order by epoch, transaction, id limit $4`,
};

/** Deletes one batch of old events. Returns how many. */
export const deleteEvents: Statement = {
  name: 'audit_delete',
  text: 'select membership_gateway.delete_audit_events($1) as deleted',
};
