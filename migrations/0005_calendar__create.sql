-- When desks are staffed. A desk without a shift on a day is not staffed and offers nothing.

create table shift (
  id integer generated always as identity primary key,
  desk_id integer not null references desk,
  weekdays smallint[] not null,
  from_day date not null,
  until_day date,
  starts_minute smallint,
  ends_minute smallint,
  constraint shift_minutes_in_order check (starts_minute is null or ends_minute is null or starts_minute < ends_minute)
);
create index shift_desk_id on shift (desk_id);
comment on table shift is 'A desk is staffed on these weekdays between these days; without minutes as long as its unit is open.';
comment on column shift.id is 'row';
comment on column shift.desk_id is 'the desk';
comment on column shift.weekdays is 'ISO: 1 is Monday, 7 Sunday';
comment on column shift.from_day is 'first day';
comment on column shift.until_day is 'last day; null: until changed';
comment on column shift.starts_minute is 'minute of the office''s day; null: when the unit opens';
comment on column shift.ends_minute is 'minute of the office''s day; null: when the unit closes';

create table absence (
  id integer generated always as identity primary key,
  desk_id integer not null references desk,
  during tstzrange not null,
  reason text not null constraint absence_reason check (reason in ('leave', 'training', 'break', 'closed'))
);
create index absence_desk_id on absence (desk_id);
comment on table absence is 'A time at which a desk that would be staffed is not.';
comment on column absence.id is 'row';
comment on column absence.desk_id is 'the desk';
comment on column absence.during is 'from and until';
comment on column absence.reason is 'from a list; not personal';
