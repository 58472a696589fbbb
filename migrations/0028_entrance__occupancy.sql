-- How many are inside: persons of an entry, whether the limits count them, who came with whom, and what
-- a guard who counted heads put right. And papers that are left: for which unit, and how long that is kept.

alter table entry add column persons smallint not null default 1 constraint entry_persons check (persons between 1 and 9);
alter table entry add column counted boolean not null default true;
alter table entry add column with_entry_id bigint references entry;
alter table entry add column at_desk boolean not null default false;
alter table entry add constraint entry_companion_of_somebody
  check (with_entry_id is null or (purpose in ('companion', 'interpreter') and visit_id is null));
alter table entry add constraint entry_at_desk_is_counted check (not at_desk or (counted and with_entry_id is not null));
update entry set persons = visit.persons from visit where visit.id = entry.visit_id and visit.persons > 1;
update entry set counted = false where purpose in ('staff', 'delivery', 'emergency', 'official');
create index entry_with_entry_id on entry (with_entry_id) where with_entry_id is not null;
comment on column entry.persons is 'persons who came in by it';
comment on column entry.counted is 'false where no limit counts them: no clients, or an act in force says so; not personal, whom and why is not kept';
comment on column entry.with_entry_id is 'the entry of the client a companion came with';
comment on column entry.at_desk is 'a counted companion who goes to the desk too, so that the visit takes one desk more';

create table occupancy (
  building_id text primary key references building,
  day date not null,
  correction integer not null default 0
);
comment on table occupancy is 'One row for a building, locked by whoever lets in where a limit is in force, so that two never give the last place; and what a guard who counted put right that day.';
comment on column occupancy.building_id is 'which building; not personal';
comment on column occupancy.day is 'the day of the correction: a new day begins at none';
comment on column occupancy.correction is 'counted persons to be added to the entries'' sum';

create table drop_off (
  visit_id bigint primary key references visit,
  unit_id text not null,
  filed_at timestamptz not null,
  day date not null,
  person_name text,
  account_id integer not null references account,
  kept_until date not null
);
create index drop_off_day on drop_off (day, unit_id);
create index drop_off_kept_until on drop_off (kept_until);
create index drop_off_account_id on drop_off (account_id);
comment on table drop_off is 'A sealed envelope left at the door: for which unit and when. That minute is the date of filing, whatever the quarantine. Kept as long as the office''s file plan says, then deleted.';
comment on column drop_off.visit_id is 'the visit with the receipt number';
comment on column drop_off.unit_id is 'the unit it is for; not personal';
comment on column drop_off.filed_at is 'when it was left';
comment on column drop_off.day is 'the same as a day of the office';
comment on column drop_off.person_name is 'personal; only where it was given; deleted with the row on the day after kept_until';
comment on column drop_off.account_id is 'the guard';
comment on column drop_off.kept_until is 'the last day of the years of the setting drop-off-kept-years, counted from the next year';

-- Offices of before get what a new one begins with.
update office set facts = jsonb_set(facts, '{settings}', '{"drop-off-kept-years": 5}'::jsonb || (facts -> 'settings'))
  where facts ? 'settings';
