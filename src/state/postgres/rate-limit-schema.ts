/**
 * The tables and functions of the vendors' rate limits. Times are in ms of the server's clock since 1970. Every function locks
 * its bucket's row first and reads the clock after that, so that the times of a bucket follow each other.
 *
 * `rate_limit_turn` is a sliding log of past and future calls. In the order of their times, each turn is at least one window
 * later than the turn that is `calls` places before it, so no window holds more than `calls`. A turn is `change` or `read`
 * while it is booked, and `taken` from just before its time on. Only a taken turn may be used: until then it can become
 * later. A new turn is put before booked ones if a turn that was given back has left a gap there.
 *
 * `left_count` calls are allowed until `left_until`, according to the vendor's answer to the turn at `reported_at`.
 */
export const rateLimitSchema = `
  create table membership_gateway.rate_limit (
    bucket text primary key,
    learned integer,
    held_until bigint not null default 0,
    left_count integer not null default 0,
    left_until bigint not null default 0,
    reported_at bigint not null default 0,
    visited_at bigint not null default 0,
    kept_until bigint not null default 0
  ) with (fillfactor = 50);
  create table membership_gateway.rate_limit_turn (
    bucket text not null references membership_gateway.rate_limit on delete cascade,
    id bigint generated always as identity,
    at bigint not null,
    state text not null check (state in ('change', 'read', 'taken')),
    primary key (bucket, id)
  );
  create index rate_limit_turn_at on membership_gateway.rate_limit_turn (bucket, at);
  create index rate_limit_turn_booked on membership_gateway.rate_limit_turn (bucket, at)
    where state <> 'taken';

  create function membership_gateway.lock_rate_limit(the_bucket text)
  returns membership_gateway.rate_limit language plpgsql as $$
  declare
    found_row membership_gateway.rate_limit;
  begin
    loop
      select * into found_row from membership_gateway.rate_limit where bucket = the_bucket for update;
      if found then return found_row; end if;
      -- Another replica may delete an idle bucket in between.
      insert into membership_gateway.rate_limit (bucket) values (the_bucket) on conflict do nothing;
    end loop;
  end $$;

  create function membership_gateway.read_clock(moment bigint) returns bigint language sql as $$
    select coalesce(moment, floor(extract(epoch from clock_timestamp()) * 1000)::bigint)
  $$;

  create function membership_gateway.effective_calls(calls integer, learned integer, is_explicit boolean)
  returns integer language sql immutable as $$
    select case when learned is null then calls when is_explicit then least(calls, learned) else learned end
  $$;
`;

/** The functions that note what a vendor reports, and what was done without the database. */
export const rateLimitReports = `
  -- Delays all turns that are not taken, as the vendor asked. A limit above the configured one was learned wrongly.
  create function membership_gateway.hold_turns(
    the_bucket text, calls integer, wait_ms bigint, moment bigint default null
  ) returns void language plpgsql as $$
  declare
    here membership_gateway.rate_limit;
    until_ms bigint;
  begin
    here := membership_gateway.lock_rate_limit(the_bucket);
    until_ms := membership_gateway.read_clock(moment) + wait_ms;
    update membership_gateway.rate_limit
      set held_until = greatest(held_until, until_ms), kept_until = greatest(kept_until, until_ms),
        learned = case when learned > calls then null else learned end
      where bucket = the_bucket;
  end $$;

  -- Learns the limit and what is left of it from the vendor's answer to the turn at sent_ms: other clients may use it, too.
  create function membership_gateway.report_limit(
    the_bucket text, calls integer, is_explicit boolean, window_ms bigint, sent_ms bigint,
    reported integer, remaining integer, reset_ms bigint, moment bigint default null
  ) returns void language plpgsql as $$
  declare
    here membership_gateway.rate_limit;
    now_ms bigint;
    most integer;
  begin
    here := membership_gateway.lock_rate_limit(the_bucket);
    now_ms := membership_gateway.read_clock(moment);
    most := membership_gateway.effective_calls(calls, here.learned, is_explicit);
    if reported > 0 then
      here.learned := reported;
    elsif remaining >= most then
      -- The vendor has counted this call, so its limit is larger than what is left.
      here.learned := remaining + 1;
    end if;
    if remaining is not null and reset_ms > 0 and sent_ms >= here.reported_at and sent_ms + window_ms > now_ms then
      here.reported_at := sent_ms;
      here.left_until := now_ms + reset_ms;
      -- The vendor had not counted the later calls yet.
      select remaining - count(*) into here.left_count from membership_gateway.rate_limit_turn
        where bucket = the_bucket and state = 'taken' and at > sent_ms and at < here.left_until;
    end if;
    update membership_gateway.rate_limit
      set learned = here.learned, reported_at = here.reported_at, left_until = here.left_until,
        left_count = here.left_count,
        kept_until = greatest(kept_until, here.left_until, now_ms + greatest(window_ms, 3600000))
      where bucket = the_bucket;
  end $$;

  -- Adds the calls that a replica made while it did not reach the database, ages_ms ago. If no replica did for a whole
  -- window, the others may have made calls as well: new turns wait until those are added, too.
  create function membership_gateway.recover_turns(
    the_bucket text, window_ms bigint, grace_ms bigint, ages_ms bigint[], moment bigint default null
  ) returns void language plpgsql as $$
  declare
    here membership_gateway.rate_limit;
    now_ms bigint;
  begin
    here := membership_gateway.lock_rate_limit(the_bucket);
    now_ms := membership_gateway.read_clock(moment);
    insert into membership_gateway.rate_limit_turn (bucket, at, state)
      select the_bucket, now_ms - age, 'taken' from unnest(ages_ms) as age where age < window_ms;
    update membership_gateway.rate_limit
      set visited_at = now_ms, kept_until = greatest(kept_until, now_ms + window_ms),
        held_until = case when visited_at < now_ms - window_ms then greatest(held_until, now_ms + grace_ms)
          else held_until end
      where bucket = the_bucket;
  end $$;
`;
