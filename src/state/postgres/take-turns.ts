/** The function that books, takes and frees turns: the heart of the vendors' rate limits. It follows `rateLimitSchema`. */
export const takeTurns = `
  -- Books turns for the changes and reads of a replica, takes those that are due, and frees those that it gives back.
  -- Booked turns stay where they are, or become later: for a change before a read, a hold, or a call that has filled a gap.
  -- moment replaces the clock in tests.
  create function membership_gateway.take_turns(
    the_bucket text, calls integer, is_explicit boolean, window_ms bigint, late_ms bigint, near_ms bigint,
    lead_ms bigint, most_ms bigint, changes integer, reads integer, due bigint[], given_back bigint[],
    moment bigint default null
  ) returns jsonb language plpgsql as $$
  declare
    here membership_gateway.rate_limit;
    now_ms bigint;
    most integer;
    last_taken bigint;
    freed integer;
    -- The booked turns after the last taken one, in their order.
    booked membership_gateway.rate_limit_turn[];
    one membership_gateway.rate_limit_turn;
    next_booked integer := 1;
    -- The turns that new ones depend on: the (most - i)th latest is at i + 1.
    former bigint[];
    steps integer;
    skipped integer;
    -- The turns after those, in their order.
    placed bigint[] := '{}';
    made integer := 0;
    left_now integer;
    after_ms bigint;
    t bigint;
    new_id bigint;
    new_state text;
    turns jsonb := '[]';
  begin
    here := membership_gateway.lock_rate_limit(the_bucket);
    now_ms := membership_gateway.read_clock(moment);
    most := membership_gateway.effective_calls(calls, here.learned, is_explicit);
    if cardinality(given_back) > 0 then
      with gone as (
        delete from membership_gateway.rate_limit_turn
        where bucket = the_bucket and id = any(given_back) returning at, state
      ) select count(*) filter (where state = 'taken' and at > here.reported_at and at < here.left_until)
        into freed from gone;
      here.left_count := here.left_count + freed;
    end if;
    delete from membership_gateway.rate_limit_turn where bucket = the_bucket and at <= now_ms - window_ms;
    -- Nobody uses a booked turn any more whose time has passed: its replica is slow or has died.
    delete from membership_gateway.rate_limit_turn
      where bucket = the_bucket and state <> 'taken' and at < now_ms - late_ms;

    select at into last_taken from membership_gateway.rate_limit_turn
      where bucket = the_bucket and state = 'taken' order by at desc limit 1;
    last_taken := coalesce(last_taken, 0);
    -- A due turn that is not the last keeps its place: new ones follow the last taken one.
    for one in
      select * from membership_gateway.rate_limit_turn
      where bucket = the_bucket and id = any(due) and state <> 'taken' and at <= last_taken
        and at <= now_ms + near_ms and at >= here.held_until order by at, id
    loop
      select at into t from membership_gateway.rate_limit_turn
        where bucket = the_bucket and (at, id) < (one.at, one.id) order by at desc, id desc
        offset most - 1 limit 1;
      continue when t + window_ms > one.at or (one.at < here.left_until and here.left_count <= 0);
      update membership_gateway.rate_limit_turn set state = 'taken' where bucket = the_bucket and id = one.id;
      turns := turns || jsonb_build_array(jsonb_build_array(one.id, one.at, 'taken'));
      if one.at < here.left_until then here.left_count := here.left_count - 1; end if;
    end loop;
    booked := array(
      select turn from membership_gateway.rate_limit_turn as turn
      where bucket = the_bucket and state <> 'taken' and (at > last_taken or id = any(due)) order by at, id
    );
    steps := cardinality(booked) + changes + reads + 1;
    skipped := greatest(0, most - steps);
    former := array(
      select at from membership_gateway.rate_limit_turn as turn
      where bucket = the_bucket and (state = 'taken' or (at <= last_taken and id <> all(due)))
      order by at desc offset skipped limit least(most, steps)
    );
    left_now := here.left_count;
    for step in 0 .. steps - 1 loop
      after_ms := here.held_until;
      if step >= most then
        after_ms := greatest(after_ms, placed[step - most + 1] + window_ms);
      else
        after_ms := greatest(after_ms, coalesce(former[most - step - skipped] + window_ms, 0));
      end if;
      if step > 0 then after_ms := greatest(after_ms, placed[step]); end if;
      one := booked[next_booked];
      t := greatest(after_ms, now_ms + lead_ms, last_taken);
      if t < here.left_until and left_now <= 0 then t := here.left_until; end if;
      if one.id is null or (made < changes and one.state = 'read') or t + late_ms < one.at then
        -- The last one only finds the time of the next turn.
        exit when made = changes + reads or t - now_ms > most_ms;
        made := made + 1;
        new_state := case when t <= now_ms + near_ms then 'taken' when made <= changes then 'change' else 'read' end;
        insert into membership_gateway.rate_limit_turn (bucket, at, state)
          values (the_bucket, t, new_state) returning id into new_id;
        turns := turns || jsonb_build_array(jsonb_build_array(new_id, t, new_state));
      else
        next_booked := next_booked + 1;
        t := greatest(one.at, after_ms);
        if t < here.left_until and left_now <= 0 then t := here.left_until; end if;
        new_state := case when one.id = any(due) and t <= now_ms + near_ms then 'taken' else one.state end;
        if t <> one.at or new_state <> one.state then
          update membership_gateway.rate_limit_turn set at = t, state = new_state
            where bucket = the_bucket and id = one.id;
        end if;
        if one.id = any(due) then
          turns := turns || jsonb_build_array(jsonb_build_array(one.id, t, new_state));
        end if;
      end if;
      if t < here.left_until then
        left_now := left_now - 1;
        if new_state = 'taken' then here.left_count := here.left_count - 1; end if;
      end if;
      placed := placed || t;
    end loop;
    update membership_gateway.rate_limit
      set visited_at = now_ms, left_count = here.left_count,
        kept_until = greatest(kept_until, now_ms + window_ms, t + window_ms)
      where bucket = the_bucket;
    return jsonb_build_object(
      'now', now_ms, 'calls', most, 'nextAt', t, 'turns', turns,
      'replicas', (
        select count(*) from membership_gateway.replica where seen_at > now() - interval '1 minute'
      )
    );
  end $$;
`;
