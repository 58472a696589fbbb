-- A guard takes a sealed envelope without the network: one more kind of act, and what of it may not fit.
-- Small tables of one door each: both checks are read again in an instant.

alter table offline_act drop constraint offline_act_kind;
alter table offline_act add constraint offline_act_kind
  check (kind in ('entered', 'refused', 'admitted', 'left', 'undone', 'counted', 'papers'));
alter table offline_conflict drop constraint offline_conflict_code;
alter table offline_conflict add constraint offline_conflict_code check (code in ('cancelled', 'over', 'moved', 'another-building',
  'entered-twice', 'over-limit', 'unknown-visit', 'unknown-entry', 'another-day', 'answer-differs', 'clock-wrong', 'clock-jumped',
  'unknown-unit', 'number-taken'));
comment on column visit.receipt is 'receipt number of a document drop-off: of the day''s series, or made by a device without the network; not personal';
