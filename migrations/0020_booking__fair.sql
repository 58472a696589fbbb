-- A draw takes only entries whose contact somebody has shown to be theirs, by the code or the link of a
-- message; there is a pause for that between the end of entries and the draw. New columns have defaults
-- under which everything is as before; the tables are small.

alter table lot_draw add column confirm_until timestamptz;
alter table lot_draw add constraint lot_draw_confirm_until check (confirm_until > closes_at);
comment on column lot_draw.confirm_until is 'until when it waits for entries to be confirmed; null where no confirmation is asked';

alter table lot_entry add column confirmed_at timestamptz;
alter table lot_entry add column round smallint not null default 1 constraint lot_entry_round check (round between 1 and 3);
alter table lot_entry add column tries smallint not null default 0 constraint lot_entry_tries check (tries between 0 and 5);
alter table lot_entry drop constraint lot_entry_state;
alter table lot_entry add constraint lot_entry_state check (state in ('pending', 'waiting', 'won', 'lost', 'withdrawn'));
alter table lot_entry drop constraint lot_entry_ended;
alter table lot_entry add constraint lot_entry_ended check ((state in ('pending', 'waiting')) = (ended_at is null));
alter table lot_entry add constraint lot_entry_pending check (state <> 'pending' or (rank is null and confirmed_at is null));
create index lot_entry_pending on lot_entry (draw_id) where state = 'pending';
comment on table lot_entry is 'What one person wishes of a draw. Each entry ends once: won with a visit, lost, or withdrawn; one that waits to be confirmed is not drawn.';
comment on column lot_entry.state is 'pending (to be confirmed), waiting, won, lost or withdrawn; not personal';
comment on column lot_entry.confirmed_at is 'when its contact was shown to be the person''s; null where that was not asked';
comment on column lot_entry.round is 'which of the codes sent is valid, from 1';
comment on column lot_entry.tries is 'codes typed since it was sent';

-- The setting an office file of before does not have.
update office set facts = jsonb_set(facts, '{settings}', '{"lot-confirm-minutes": 30}'::jsonb || (facts->'settings')) where facts ? 'settings';

-- One visit per matter and day counts each matter of a visit: further ones have rows of their own, which are no further open booking.
-- The table is read once; bookings wait for it as long as that takes, seconds for a million rows.
alter table visit_limit alter column ordinal drop not null;
comment on column visit_limit.ordinal is '1 up to the limit; a clerk''s exception takes a higher one; null for a further matter of the visit';
insert into visit_limit (visit_id, contact, ordinal, service_id, day, active, excepted)
select l.visit_id, l.contact, null, m.service, l.day, l.active, l.excepted
from visit v join visit_limit l on l.visit_id = v.id cross join unnest(v.more_service_ids) as m(service)
where v.more_service_ids <> '{}' and l.active
on conflict do nothing;
