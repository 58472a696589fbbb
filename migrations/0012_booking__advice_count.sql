-- How many people said they would settle a matter without a visit, by day, matter and way: sums, and
-- nothing of whom or when in the day. A new, empty table: nothing is locked.

create table advice_count (
  day date not null,
  service_id text not null references service,
  way text not null constraint advice_count_way check (way in ('e-delivery', 'epuap', 'email', 'post', 'drop-off')),
  count integer not null constraint advice_count_some check (count > 0),
  primary key (day, service_id, way)
);
create index advice_count_service_id on advice_count (service_id);
comment on table advice_count is 'Visits spared: how often "I will settle it without a visit" was pressed, by day, matter and way.';
comment on column advice_count.day is 'the day of the office';
comment on column advice_count.service_id is 'the matter; not personal';
comment on column advice_count.way is 'how it will be settled: a remote channel; not personal';
comment on column advice_count.count is 'presses on that day';
