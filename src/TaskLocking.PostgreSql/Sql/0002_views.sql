-- For people and reports, and only to read: what the journal comes to. Each reads it whole; programs that read often keep a copy.

-- jsonb knows no NUL, which a text of a task may have.
create function {schema}.json_of(line text) returns jsonb language sql immutable as $$
  select regexp_replace(line, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\ufffd', 'g')::jsonb
$$;

-- What other tools wrote into a todo need not be a time, or a list.
create function {schema}.time_of(told text) returns timestamptz language plpgsql stable as $$
begin
  return told::timestamptz;
exception when data_exception then
  return null;
end $$;

create function {schema}.list_of(value jsonb) returns jsonb language sql immutable as $$
  select case when jsonb_typeof(value) = 'array' then value else '[]' end
$$;

create view {schema}.operations as
  select b.name as board, j.version, j.at, l.line ->> 'by' as by, o.place, o.op
  from {schema}.journal j join {schema}.board b on b.id = j.board
    cross join lateral (select {schema}.json_of(j.line) as line) l
    cross join lateral jsonb_array_elements(l.line -> 'op') with ordinality o(op, place)
  union all -- a board that was brought here begins with a document
  select b.name, s.version, s.at, null, o.place, jsonb_build_object('id', o.todo ->> 'id', 'new', o.todo)
  from {schema}.snapshot s join {schema}.board b on b.id = s.board
    cross join lateral (select {schema}.json_of(convert_from(s.body, 'UTF8')) as document) d
    cross join lateral jsonb_array_elements({schema}.list_of(d.document -> 'todos')) with ordinality o(todo, place)
  where not exists (select 1 from {schema}.journal j where j.board = s.board and j.version < s.version)
  union all
  select b.name, s.version, s.at, null, o.place,
    jsonb_build_object('record', 'file', 'key', (o.lease ->> 'agent') || E'\n' || (o.lease ->> 'path'), 'value', o.lease)
  from {schema}.snapshot s join {schema}.board b on b.id = s.board
    cross join lateral (select {schema}.json_of(convert_from(s.body, 'UTF8')) as document) d
    cross join lateral jsonb_array_elements({schema}.list_of(d.document -> 'taskLocking' -> 'files')) with ordinality o(lease, place)
  where not exists (select 1 from {schema}.journal j where j.board = s.board and j.version < s.version);

create function {schema}.fold(todo jsonb, op jsonb) returns jsonb language sql immutable as $$
  select case
    when op ? 'new' then op -> 'new'
    when op ? 'gone' then null
    else (coalesce(todo, '{}') || coalesce(op -> 'set', '{}')) || jsonb_build_object('taskLocking',
      coalesce(todo -> 'taskLocking', '{}') || coalesce(op -> 'own', '{}')) end
$$;

create aggregate {schema}.folded(jsonb) (sfunc = {schema}.fold, stype = jsonb);

create view {schema}.tasks as
  select t.board, t.id, t.todo ->> 'name' as name, t.todo ->> 'status' as status, t.todo ->> 'priority' as priority,
    t.todo -> 'assignee' ->> 'type' as assignee_type, t.todo -> 'assignee' ->> 'name' as assignee,
    t.todo -> 'dependencies' as dependencies, t.todo -> 'tags' as tags, {schema}.time_of(t.todo ->> 'created') as created,
    {schema}.time_of(t.todo ->> 'lastModified') as modified, t.version, t.todo
  from (select board, op ->> 'id' as id, max(version) as version, {schema}.folded(op order by version, place) as todo
    from {schema}.operations where op ? 'id' group by board, op ->> 'id') t
  where t.todo is not null;

create view {schema}.claims as
  select t.board, t.id as task, (c.claim ->> 'token')::bigint as token, c.claim ->> 'agent' as agent, c.claim ->> 'host' as host,
    (c.claim ->> 'pid')::int as pid, {schema}.time_of(c.claim ->> 'claimed') as claimed, {schema}.time_of(c.claim ->> 'expires') as expires
  from {schema}.tasks t cross join lateral (select t.todo -> 'taskLocking' -> 'claim' as claim) c
  where jsonb_typeof(c.claim) = 'object';

create view {schema}.history as
  select o.board, o.op ->> 'id' as task, o.version, {schema}.time_of(c.change ->> 'timestamp') as at, c.change ->> 'by' as by,
    c.change ->> 'field' as field, c.change ->> 'oldValue' as old_value, c.change ->> 'newValue' as new_value
  from {schema}.operations o
    cross join lateral jsonb_array_elements({schema}.list_of(coalesce(o.op -> 'log', o.op -> 'new' -> 'changes'))) c(change)
  where o.op ? 'id';

create view {schema}.file_leases as
  select r.board, r.value ->> 'path' as path, r.value ->> 'agent' as agent, coalesce((r.value ->> 'shared')::boolean, false) as shared,
    r.value ->> 'task' as task, {schema}.time_of(r.value ->> 'since') as since, {schema}.time_of(r.value ->> 'expires') as expires
  from (select distinct on (board, op ->> 'key') board, op -> 'value' as value from {schema}.operations
    where op ->> 'record' = 'file' order by board, op ->> 'key', version desc, place desc) r
  where jsonb_typeof(r.value) = 'object' and {schema}.time_of(r.value ->> 'expires') > clock_timestamp();
