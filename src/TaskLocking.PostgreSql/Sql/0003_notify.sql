-- Whoever waits for changes of a board may listen instead of looking again and again. What is told is a hint: nothing rests on it, and who
-- hears nothing looks all the same. Listeners are leases, so that where nobody listens nothing is told.
create table {schema}.listener(
  board   int  not null,
  id      uuid not null,
  expires timestamptz not null,
  primary key (board, id)) with (fillfactor = 50);
alter table {schema}.listener set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 100);

-- Whoever may hold tasks already may listen, too.
do $$
declare agent text;
begin
  for agent in select distinct a.grantee::regrole::text from pg_class c, aclexplode(c.relacl) a
    where c.oid = '{schema}.hold'::regclass and a.privilege_type = 'INSERT' and a.grantee not in (0, c.relowner) loop
    execute 'grant select, insert, update, delete on {schema}.listener to ' || agent;
  end loop;
end $$;

create function {schema}.is_heard(p_board int) returns boolean language sql stable as $$
  select exists (select 1 from {schema}.listener l where l.board = p_board and l.expires > clock_timestamp())
$$;

-- In a transaction of its own, which nobody waits for: telling takes a lock of the whole server until its transaction is over, and with the
-- flush of a commit in it all boards would flush one after the other.
create function {schema}.tell(p_board int, p_version bigint) returns void language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  perform pg_notify('{schema}', p_board || ' ' || p_version);
end $$;

-- Takes or renews the lease of a listener, and takes away those that have run out.
create function {schema}.listen_for(p_board int, p_id uuid) returns void language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  delete from {schema}.listener l where l.board = p_board and l.expires < clock_timestamp() - interval '1 minute';
  insert into {schema}.listener values (p_board, p_id, clock_timestamp() + interval '30 seconds')
    on conflict on constraint listener_pkey do update set expires = excluded.expires;
end $$;

-- The same as before, and it tells who listens.
-- Commits lines. Each was decided on the state at version p_expected, whose line was p_expected_cid, and is written at the end if no line
-- since then wrote a key that it read (p_reads; null: any line voids it) and nobody else holds a task that it changes. In one call there
-- are two transactions, and a third where somebody listens: the first appends under the lock of the board and flushes nothing, so that the
-- lock is free again at once; the second makes that last, together with what others commit. A refused line writes nothing, and costs no
-- flush.
create or replace procedure {schema}.commit_lines(
  p_board int, p_epoch bigint, p_expected bigint, p_expected_cid uuid,
  p_ids uuid[], p_lines text[],
  p_reads text[], p_writes text[],   -- of each line '{1,2,…}'
  p_tasks text[],                    -- of each line the changed tasks, '{"a","b",…}'
  p_sessions text[],                 -- whose holds do not stand in the way
  p_above bigint,                    -- versions up to this one are not given out any more
  p_wait int,                        -- for the lock, in ms
  inout status text,                 -- ok, epoch, diverged, or moved
  inout vers bigint[],               -- of each line its version; null: decide again
  inout base bigint,                 -- the newest version before
  inout at timestamptz,
  inout tail_versions bigint[], inout tail_cids uuid[], inout tail_lines text[])  -- what came since p_expected
language plpgsql as $$
declare
  n int := cardinality(p_ids); e bigint; gone text; head_cid uuid; v bigint; newer boolean; far boolean := false; void boolean := false;
  touched bigint[] := '{}'; known uuid[]; known_versions bigint[]; k int; kept int := 0; held boolean;
begin
  perform set_config('synchronous_commit', 'off', true), set_config('lock_timeout', p_wait::text, true);
  perform pg_advisory_xact_lock({class}, p_board); -- a statement of its own: the next one sees what was committed during the wait
  select b.epoch, b.moved, coalesce(h.version, 0), h.cid into e, gone, base, head_cid from {schema}.board b left join lateral
    (select j.version, j.cid from {schema}.journal j where j.board = b.id order by j.version desc limit 1) h on true where b.id = p_board;
  at := clock_timestamp();
  newer := base > p_expected;
  status := case
    when e is distinct from p_epoch then 'epoch'
    when gone is not null then 'moved'
    when p_expected > base or (p_expected = base and base > 0 and head_cid is distinct from p_expected_cid) then 'diverged'
    when newer and p_expected > 0 and not exists (select 1 from {schema}.journal j
      where j.board = p_board and j.version = p_expected and j.cid = p_expected_cid) then 'diverged'
    else 'ok' end;
  vers := array_fill(null::bigint, array[n]);
  if newer or status <> 'ok' then    -- an earlier try may have come through, even where all is different since
    select array_agg(j.cid), array_agg(j.version) into known, known_versions
      from {schema}.journal j where j.board = p_board and j.cid = any(p_ids);
  end if;
  if status <> 'ok' then
    for i in 1..n loop
      vers[i] := known_versions[array_position(known, p_ids[i])];
    end loop;
    commit;
    if known is not null then
      perform {schema}.make_sure();
    end if;
    return;
  end if;
  if newer then
    select array_agg(t.version), array_agg(t.cid), array_agg(t.line) into tail_versions, tail_cids, tail_lines
      from (select j.version, j.cid, j.line from {schema}.journal j
        where j.board = p_board and j.version > p_expected and j.version <= base order by j.version limit 1000) t;
    far := tail_versions[cardinality(tail_versions)] < base;
    select coalesce(array_agg(x.k), '{}') into touched from (select unnest(j.keys) k from {schema}.journal j
      where j.board = p_board and j.version > p_expected and j.version <= base order by j.version limit 100000) x;
  end if;
  v := greatest(base, p_above);
  for i in 1..n loop
    k := array_position(known, p_ids[i]);
    if k is not null then            -- an earlier try has come through
      vers[i] := known_versions[k];
      kept := kept + 1;
      continue;
    end if;
    select exists (select 1 from {schema}.hold h where h.board = p_board and h.task = any(p_tasks[i]::text[])
      and h.session <> all(p_sessions) and {schema}.lives(h.expires)) into held;
    if far or held or (p_reads[i] is null and (newer or void)) or p_reads[i]::bigint[] && touched then
      void := true;                  -- what was decided on top of it falls, too
      touched := touched || p_writes[i]::bigint[];
    else
      v := v + 1;
      vers[i] := v;
      kept := kept + 1;
      insert into {schema}.journal(board, version, cid, keys, line) values (p_board, v, p_ids[i], p_writes[i]::bigint[], p_lines[i]);
    end if;
  end loop;
  commit;
  if kept > 0 then
    perform {schema}.make_sure();
    if {schema}.is_heard(p_board) then
      commit;
      perform {schema}.tell(p_board, v);
    end if;
  end if;
end $$;
