-- A shift may say of which other groups its desk takes whoever has waited too long.
alter table shift add column overflow jsonb not null default '[]' constraint shift_overflow_is_list check (jsonb_typeof(overflow) = 'array');
comment on column shift.overflow is 'groups whose people the desk takes after a wait: letter and afterMinutes; not personal';
