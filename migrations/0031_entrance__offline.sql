-- What a guard did while the network was away, as the device kept it, and what of it does not fit what
-- happened meanwhile.

create table offline_act (
  key uuid primary key,
  building_id text not null references building,
  account_id integer not null references account,
  sent_by integer not null references account,
  kind text not null constraint offline_act_kind check (kind in ('entered', 'refused', 'admitted', 'left', 'undone', 'counted')),
  at timestamptz not null,
  device_at timestamptz not null,
  received_at timestamptz not null,
  told text,
  visit_id bigint references visit,
  entry_id bigint references entry
);
create index offline_act_building_id on offline_act (building_id);
create index offline_act_account_id on offline_act (account_id);
create index offline_act_sent_by on offline_act (sent_by);
create index offline_act_visit_id on offline_act (visit_id) where visit_id is not null;
create index offline_act_entry_id on offline_act (entry_id) where entry_id is not null;
comment on table offline_act is 'One act of a guard while the network was away. Its key makes it happen once, however often the device sends it.';
comment on column offline_act.key is 'chosen by the device; not personal';
comment on column offline_act.building_id is 'which door; not personal';
comment on column offline_act.account_id is 'the guard who did it';
comment on column offline_act.sent_by is 'who was signed in when the device sent it';
comment on column offline_act.kind is 'what was done; not personal';
comment on column offline_act.at is 'office time, as the device worked it out from its clock and the last list';
comment on column offline_act.device_at is 'what the clock of the device showed';
comment on column offline_act.received_at is 'office time at which it came here';
comment on column offline_act.told is 'the code of the answer the guard saw; not personal';
comment on column offline_act.visit_id is 'the visit it is about, where there is one';
comment on column offline_act.entry_id is 'the entry it made or is about';

create table offline_conflict (
  id bigint generated always as identity primary key,
  act_key uuid not null references offline_act,
  building_id text not null references building,
  code text not null constraint offline_conflict_code check (code in ('cancelled', 'over', 'moved', 'another-building', 'entered-twice',
    'over-limit', 'unknown-visit', 'unknown-entry', 'another-day', 'answer-differs', 'clock-wrong', 'clock-jumped')),
  details jsonb not null default '{}',
  seen_at timestamptz,
  seen_by integer references account,
  constraint offline_conflict_once unique (act_key, code),
  constraint offline_conflict_seen check ((seen_at is null) = (seen_by is null))
);
create index offline_conflict_open on offline_conflict (building_id) where seen_at is null;
create index offline_conflict_building_id on offline_conflict (building_id);
create index offline_conflict_seen_by on offline_conflict (seen_by) where seen_by is not null;
comment on table offline_conflict is 'What of an act without the network does not fit what happened meanwhile. Shown at the door until somebody says it was seen.';
comment on column offline_conflict.id is 'row';
comment on column offline_conflict.act_key is 'the act; not personal';
comment on column offline_conflict.building_id is 'which door; not personal';
comment on column offline_conflict.code is 'what does not fit; not personal';
comment on column offline_conflict.details is 'times, codes and counts only';
comment on column offline_conflict.seen_at is 'when somebody said that it was seen';
comment on column offline_conflict.seen_by is 'who said so';
