-- A board is a journal: lines with versions 1, 2, 3 … that are drawn under the lock of the board. Nothing in the way of a commit is ever
-- updated, so nothing there has to be vacuumed. {schema} is the quoted name of the schema, {class} the first key of its advisory locks.
create table {schema}.board(
  id      int generated always as identity primary key,
  name    text   not null unique,
  epoch   bigint not null default 1, -- raised where the database is not the one any more that it was: see fence
  place   text   not null,           -- which database that was: see place
  moved   text,                      -- where the board has gone; null while it lives here
  created timestamptz not null default clock_timestamp());

create table {schema}.journal(
  board   int      not null,         -- no foreign key: that would lock the board's row with each commit
  version bigint   not null,         -- drawn under the lock of the board, never by a sequence
  cid     uuid     not null,         -- made by the writer: who sends a commit again is told what became of it
  keys    bigint[] not null,         -- what the line changes, as numbers
  line    text     not null,         -- as in a journal of a folder, without version and checksum
  at      timestamptz not null default clock_timestamp(),
  primary key (board, version));
create unique index journal_cid on {schema}.journal(board, cid);
alter table {schema}.journal set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);

-- The board at a version, as a Todo2 document: where readers begin.
create table {schema}.snapshot(
  board   int    not null,
  version bigint not null,
  body    bytea  not null,
  at      timestamptz not null default clock_timestamp(),
  primary key (board, version));

-- Tasks that somebody holds while he works: leases that the holder renews.
create table {schema}.hold(
  board   int  not null,
  task    text not null,
  session text not null,
  holder  text not null,             -- JSON, for people and for who can judge the process
  expires timestamptz not null,
  primary key (board, task)) with (fillfactor = 50);
alter table {schema}.hold set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 100);

-- Which database this is: another one after a dump was put back, or after a standby has taken over.
create function {schema}.place() returns text language sql stable as $$
  select s.system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/' || '{schema}.journal'::regclass::oid
  from pg_control_system() s
$$;

-- After a restart of the server nobody could renew for a while: then everybody has his whole time again.
create function {schema}.lives(expires timestamptz) returns boolean language sql stable as $$
  select greatest(expires, pg_postmaster_start_time() + interval '30 seconds') > clock_timestamp()
$$;

-- Everything up to here lasts when the transaction that called this is over. The message has a transaction id and bytes of its own, so that
-- the commit is flushed, and waits for the standbys that it is configured to wait for; and with it all that was written before.
create function {schema}.make_sure() returns void language plpgsql as $$
begin
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
  perform pg_logical_emit_message(true, 'tasklocking', '');
end $$;

-- Commits lines. Each was decided on the state at version p_expected, whose line was p_expected_cid, and is written at the end if no line
-- since then wrote a key that it read (p_reads; null: any line voids it) and nobody else holds a task that it changes. In one call there are
-- two transactions: the first appends under the lock of the board and flushes nothing, so that the lock is free again at once; the second
-- makes that last, together with what others commit. A refused line writes nothing, and costs no flush.
create procedure {schema}.commit_lines(
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
  end if;
end $$;

-- The database is not the one that it was, or has lost lines that somebody has seen: versions that may have been given out there are not
-- given out again, and whoever goes by the former epoch reads everything anew. Whoever notices calls it; the first one counts.
create procedure {schema}.fence(p_board int, p_epoch bigint, p_seen bigint) language plpgsql as $$
declare head bigint;
begin
  perform pg_advisory_xact_lock({class}, p_board);
  update {schema}.board set epoch = epoch + 1, place = {schema}.place() where id = p_board and epoch = p_epoch;
  if not found then
    return;
  end if;
  select coalesce(max(j.version), 0) into head from {schema}.journal j where j.board = p_board;
  if head = 0 and p_seen = 0 then
    return;
  end if;
  head := greatest(greatest(head, p_seen) + 1000, (extract(epoch from clock_timestamp() - '2020-01-01Z'::timestamptz) * 64000)::bigint);
  insert into {schema}.journal(board, version, cid, keys, line) values (p_board, head, gen_random_uuid(), '{}',
    '{"t":"' || to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","by":"tasklock","op":[]}');
end $$;

-- Holds tasks, all or none, for 30 seconds; gives one that somebody else holds, if there is any.
create function {schema}.take_holds(p_board int, p_tasks text[], p_session text, p_holder text)
returns table(task text, session text, holder text) language plpgsql as $$
begin
  perform pg_advisory_xact_lock({class}, p_board); -- a commit that saw the tasks free has been written
  return query select h.task, h.session, h.holder from {schema}.hold h
    where h.board = p_board and h.task = any(p_tasks) and {schema}.lives(h.expires)
      and not (h.session = p_session and h.holder = p_holder) -- the same request once more, whose answer was lost
    order by h.task collate "C" limit 1;
  if not found then
    insert into {schema}.hold select p_board, unnest(p_tasks), p_session, p_holder, clock_timestamp() + interval '30 seconds'
      on conflict on constraint hold_pkey do update
        set session = excluded.session, holder = excluded.holder, expires = excluded.expires;
  end if;
end $$;
