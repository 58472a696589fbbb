-- Days that are other than the week says, and breaks within a shift.

create table special_day (
  version bigint generated always as identity primary key,
  id text not null constraint special_day_id check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  kind text not null constraint special_day_kind check (kind in ('closure', 'day-off', 'working-day', 'opening', 'hours')),
  from_day date not null,
  until_day date not null,
  facts jsonb not null,
  entered_at timestamptz not null,
  removed_at timestamptz,
  constraint special_day_in_order check (from_day <= until_day),
  constraint special_day_open_on_one_day check (kind not in ('working-day', 'opening') or from_day = until_day),
  constraint special_day_removed_later check (removed_at is null or entered_at <= removed_at)
);
create unique index special_day_one_version on special_day (id) where removed_at is null;
comment on table special_day is 'A day, or days, on which the office, a building or units are open otherwise than the week says. Only added to: a change ends one version and begins another, so that what was known at any moment can be asked for ever.';
comment on column special_day.version is 'order';
comment on column special_day.id is 'the same for every version; not personal';
comment on column special_day.kind is 'closure, day off in lieu, working day, opening on a day off, or other hours; not personal';
comment on column special_day.from_day is 'first day';
comment on column special_day.until_day is 'last day';
comment on column special_day.facts is 'buildings, units, minutes, the reason that is told to everybody, and the number of the act it rests on; not personal';
comment on column special_day.entered_at is 'office time from which it was known';
comment on column special_day.removed_at is 'office time at which another version took its place, or it was taken back';

alter table shift add breaks jsonb not null default '[]' constraint shift_breaks_is_list check (jsonb_typeof(breaks) = 'array');
comment on column shift.breaks is 'minutes of the office''s day within the shift when nobody sits there: from and to; not personal';
-- Kept by an earlier step where that has run.
alter table shift add column if not exists assumed boolean not null default false;
comment on column shift.assumed is 'no source gives it: assumed so that the program can run';
