-- Parts of the archive that no line is known to name yet: their writer goes on to commit one, or has died before it.
create table {schema}.unnamed_part(
  board   int  not null,
  segment text not null,
  at      timestamptz not null default clock_timestamp(),
  primary key (board, segment));
insert into {schema}.unnamed_part(board, segment) select distinct a.board, a.segment from {schema}.archive a;

-- Takes parts of the archive away that were written a day ago, or earlier, and that no line has ever named; how many. Whoever was about
-- to name one still is refused from then on, however late his line comes: commits find the name held, for good. What a line has named
-- once stays, for the journal tells of it. It runs with the rights of the owner, for others may take nothing away, and so it decides by
-- itself.
create function {schema}.sweep_archive(p_board int) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare head bigint; old text[]; named text[]; gone text[];
begin
  perform set_config('synchronous_commit', 'off', true), set_config('lock_timeout', '5s', true);
  select array_agg(u.segment) into old from {schema}.unnamed_part u
    where u.board = p_board and u.at < clock_timestamp() - interval '1 day';
  if old is null then
    return 0;
  end if;
  select coalesce(max(j.version), 0) into head from {schema}.journal j where j.board = p_board;
  -- A board that was brought here names parts in the document that it began with, and in todos of its archive.
  with told as materialized (
    select j.line from {schema}.journal j
      where j.board = p_board and j.version <= head and (position('archive' in j.line) > 0 or position('history' in j.line) > 0)
    union all
    select a.line from {schema}.archive a where a.board = p_board and a.number <> 0 and position('history' in a.line) > 0
    union all
    select convert_from(s.body, 'UTF8') from {schema}.snapshot s where s.board = p_board
      and not exists (select 1 from {schema}.journal j where j.board = s.board and j.version < s.version))
  select coalesce(array_agg(o.segment), '{}') into named from unnest(old) o(segment)
    where exists (select 1 from told t where position(o.segment in t.line) > 0);
  delete from {schema}.unnamed_part u where u.board = p_board and u.segment = any(named);
  gone := array(select o.segment from unnest(old) o(segment) where o.segment <> all(named));
  if cardinality(gone) = 0 then
    return 0;
  end if;
  perform pg_advisory_xact_lock({class}, p_board); -- from here on nobody commits, and all that was committed is seen
  gone := array(select g.segment from unnest(gone) g(segment) where not exists (select 1 from {schema}.journal j
    where j.board = p_board and j.version > head and position(g.segment in j.line) > 0));
  insert into {schema}.hold(board, task, session, holder, expires)
    select p_board, ' archive ' || g.segment, 'swept', '{"doing":"taken away"}', 'infinity' from unnest(gone) g(segment)
    on conflict on constraint hold_pkey do update
      set session = excluded.session, holder = excluded.holder, expires = excluded.expires;
  delete from {schema}.archive a where a.board = p_board and a.segment = any(gone);
  delete from {schema}.unnamed_part u where u.board = p_board and u.segment = any(gone);
  return cardinality(gone);
end $$;
revoke execute on function {schema}.sweep_archive from public;

-- Whoever may archive already may say so, and have it swept.
do $$
declare agent text;
begin
  for agent in select distinct a.grantee::regrole::text from pg_class c, aclexplode(c.relacl) a
    where c.oid = '{schema}.archive'::regclass and a.privilege_type = 'INSERT' and a.grantee not in (0, c.relowner) loop
    execute 'grant select, insert on {schema}.unnamed_part to ' || agent;
    execute 'grant execute on function {schema}.sweep_archive to ' || agent;
  end loop;
end $$;
