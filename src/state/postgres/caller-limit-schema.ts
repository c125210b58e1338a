/**
 * The table and the function of callers' limits. A window begins with its key's first call, at any replica, and replicas take
 * blocks of its calls. The last calls of a window are given in smaller blocks, so that few are left unused at a replica
 * that the caller does not use any more. Times are in ms of the server's clock since 1970.
 */
export const callerLimitSchema = `
  create table membership_gateway.caller_window (
    key text primary key,
    used integer not null default 0,
    ends_at bigint not null default 0
  ) with (fillfactor = 50);

  -- Takes a block of calls, at least wanted of them or none.
  create function membership_gateway.lease_calls(
    the_key text, calls integer, window_ms bigint, wanted integer, block integer
  ) returns jsonb language plpgsql as $$
  declare
    here membership_gateway.caller_window;
    now_ms bigint;
    available integer;
    granted integer := 0;
  begin
    -- A crash of the server may forget the last calls: these limits protect the gateway, and keep no contract.
    perform set_config('synchronous_commit', 'off', true);
    loop
      select * into here from membership_gateway.caller_window where key = the_key for update;
      exit when found;
      insert into membership_gateway.caller_window (key) values (the_key) on conflict do nothing;
    end loop;
    now_ms := membership_gateway.read_clock(null);
    if here.ends_at <= now_ms then
      here.used := 0;
      here.ends_at := now_ms + window_ms;
    end if;
    available := greatest(0, calls - here.used);
    if available >= wanted then
      granted := least(available, greatest(wanted, least(block, (available + 7) / 8)));
    end if;
    update membership_gateway.caller_window
      set used = here.used + granted, ends_at = here.ends_at where key = the_key;
    return jsonb_build_object(
      'granted', granted, 'left', available - granted, 'endsAt', here.ends_at,
      'endsInMs', here.ends_at - now_ms,
      'replicas', (
        select count(*) from membership_gateway.replica where seen_at > now() - interval '1 minute'
      )
    );
  end $$;
`;
