-- The todos of closed tasks that left the board, in parts; the board says which of them count, and a part that it does not name is nothing.
-- Nothing here is ever changed.
create table {schema}.archive(
  board   int    not null,
  segment text   not null,
  place   int    not null,           -- in the part
  number  bigint not null,           -- of the id, as in the index of a folder
  line    text   not null,           -- as in the archive of a folder
  primary key (board, segment, place));
create index archive_number on {schema}.archive(board, number);

-- Whoever may write the board already may archive, too.
do $$
declare agent text;
begin
  for agent in select distinct a.grantee::regrole::text from pg_class c, aclexplode(c.relacl) a
    where c.oid = '{schema}.journal'::regclass and a.privilege_type = 'INSERT' and a.grantee not in (0, c.relowner) loop
    execute 'grant select, insert on {schema}.archive to ' || agent;
  end loop;
end $$;
