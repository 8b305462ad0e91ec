-- Resources that somebody holds: nothing but names, with how many may hold one at once. Leases like those of tasks.
create table {schema}.resource_hold(
  board   int  not null,
  name    text not null,
  fold    text not null,             -- what all names have in common that look like this one
  session text not null,
  places  int  not null,             -- with how many he shares it at most, himself among them
  holder  text not null,             -- JSON, as of tasks
  expires timestamptz not null,
  primary key (board, name, session)) with (fillfactor = 50);
alter table {schema}.resource_hold set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 100);

-- Whoever may hold tasks already may hold resources, too.
do $$
declare agent text;
begin
  for agent in select distinct a.grantee::regrole::text from pg_class c, aclexplode(c.relacl) a
    where c.oid = '{schema}.hold'::regclass and a.privilege_type = 'INSERT' and a.grantee not in (0, c.relowner) loop
    execute 'grant select, insert, update, delete on {schema}.resource_hold to ' || agent;
  end loop;
end $$;

-- Holds resources, and tasks with them, all or none, for 30 seconds; gives one that stands in the way, if there is any: a task that somebody
-- else holds, a resource that has no place left or that one of p_family holds, or one in use whose name looks like one of these.
create function {schema}.take_resources(
  p_board int, p_tasks text[],
  p_names text[], p_folds text[], p_places int[],
  p_family text[],                   -- the session, and those that it was started under
  p_session text, p_holder text)
returns table(kind text, name text, session text, holder text) language plpgsql as $$
declare users int; least_places int; is_family boolean;
begin
  perform pg_advisory_xact_lock({class}, p_board); -- a commit that saw the tasks free has been written
  return query select 'task', h.task, h.session, h.holder from {schema}.hold h
    where h.board = p_board and h.task = any(p_tasks) and {schema}.lives(h.expires)
      and not (h.session = p_session and h.holder = p_holder) -- the same request once more, whose answer was lost
    order by h.task collate "C" limit 1;
  if found then
    return;
  end if;
  return query select 'like', r.name, r.session, r.holder from {schema}.resource_hold r
    join unnest(p_names, p_folds) w(name, fold) on w.fold = r.fold and w.name <> r.name
    where r.board = p_board and {schema}.lives(r.expires) limit 1;
  if found then
    return;
  end if;
  for i in 1..cardinality(p_names) loop
    select count(*), least(min(r.places), p_places[i]), coalesce(bool_or(r.session = any(p_family)), false)
      into users, least_places, is_family from {schema}.resource_hold r
      where r.board = p_board and r.name = p_names[i] and {schema}.lives(r.expires)
        and not (r.session = p_session and r.holder = p_holder);
    if is_family or users >= least_places then
      return query select 'resource', r.name, r.session, r.holder from {schema}.resource_hold r
        where r.board = p_board and r.name = p_names[i] and {schema}.lives(r.expires)
          and not (r.session = p_session and r.holder = p_holder)
        order by r.session = any(p_family) desc, r.expires limit 1;
      return;
    end if;
  end loop;
  insert into {schema}.hold select p_board, unnest(p_tasks), p_session, p_holder, clock_timestamp() + interval '30 seconds'
    on conflict on constraint hold_pkey do update
      set session = excluded.session, holder = excluded.holder, expires = excluded.expires;
  insert into {schema}.resource_hold
    select p_board, w.name, w.fold, p_session, w.places, p_holder, clock_timestamp() + interval '30 seconds'
      from unnest(p_names, p_folds, p_places) w(name, fold, places)
    on conflict on constraint resource_hold_pkey do update
      set places = excluded.places, holder = excluded.holder, expires = excluded.expires;
end $$;
