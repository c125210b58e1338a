/** The changes of the schema, in their order. A database has run as many as its `user_version` says. */
export const fileMigrations: readonly string[] = [
  `create table secret (value blob not null) strict;
  create table change (
    scope text not null,
    key text not null,
    fingerprint text not null,
    state text not null check (state in ('claimed', 'sending', 'ended')),
    fence integer not null,
    owner text not null,
    claimed_at integer not null,
    sent_at integer,
    ended_at integer,
    outcome text,
    confirmed_by text,
    result text,
    primary key (scope, key)
  ) strict, without rowid;
  create index change_ended_at on change (ended_at) where ended_at is not null;
  create index change_claimed_at on change (claimed_at) where state = 'claimed';`,
  `create table audit_event (
    id integer primary key autoincrement,
    time integer not null,
    body text not null
  ) strict;
  create index audit_event_time on audit_event (time);`,
  `create index change_sent_at on change (sent_at) where state = 'sending';`,
];

/** @throws {Error} if a database has a newer schema than this gateway */
export function assertKnownVersion(version: number): void {
  if (version <= fileMigrations.length) return;
  throw new Error(`it has version ${version}, and this gateway knows ${fileMigrations.length}`);
}
