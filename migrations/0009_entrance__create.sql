-- The door: who came in, for what, and what was answered.

create table entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  building_id text not null references building,
  visit_id bigint references visit,
  purpose text not null constraint entry_purpose check (purpose in (
    'visit', 'drop-off', 'staff', 'delivery', 'emergency', 'official', 'companion', 'interpreter')),
  account_id integer not null references account,
  code text not null,
  override_reason text,
  left_at timestamptz,
  undone_at timestamptz
);
create index entry_building_at on entry (building_id, at);
create index entry_inside on entry (building_id) where left_at is null and undone_at is null;
create index entry_visit_id on entry (visit_id) where visit_id is not null;
create index entry_account_id on entry (account_id);
comment on table entry is 'One person or visit let in at a door. Refusals are events without an entry.';
comment on column entry.id is 'row';
comment on column entry.at is 'office time';
comment on column entry.building_id is 'which building; not personal';
comment on column entry.visit_id is 'the visit, for visits and drop-offs';
comment on column entry.purpose is 'why the person comes in; not personal';
comment on column entry.account_id is 'the guard';
comment on column entry.code is 'the code of the decision; not personal';
comment on column entry.override_reason is 'why the guard let in against the answer: a code from a list; not personal';
comment on column entry.left_at is 'when the person went out';
comment on column entry.undone_at is 'when the guard took the entry back';
