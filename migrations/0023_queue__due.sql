-- Who waits is called in the order of a minute of one's own, kept on the visit: so that a transfer or a
-- priority changes that minute and nothing else, and a desk finds its next person by an index.

alter table visit add column due_at timestamptz;
alter table visit add column due_why text
  constraint visit_due_why check (due_why in ('booked-due', 'came-late', 'by-arrival', 'priority'));
alter table visit add column priority text
  constraint visit_priority check (priority in ('hard-to-wait', 'small-child', 'interpreter-here', 'office-error', 'sent-back'));
alter table visit add column for_desk_id integer references desk;
create index visit_for_desk_id on visit (for_desk_id) where for_desk_id is not null;
comment on column visit.due_at is 'the minute from which the person is due at a desk; not personal';
comment on column visit.due_why is 'what makes it that minute; not personal';
comment on column visit.priority is 'why the person is due earlier, from a list that names no illness; not personal';
comment on column visit.for_desk_id is 'the desk the person was sent to; null: any that handles the matter';

-- Until now the order was worked out anew at each call, from the same facts.
update visit set due_at = case when on_time then starts_at else coalesce(arrived_at, starts_at) end,
    due_why = case when on_time then 'booked-due' when visit.kind = 'booked' then 'came-late' else 'by-arrival' end
  from (select id, kind = 'booked'
      and coalesce(arrived_at, starts_at) <= starts_at + make_interval(mins => (select coalesce((facts -> 'settings' ->> 'late-minutes')::int, 10) from office)) as on_time
    from visit where state in ('arrived', 'called', 'serving', 'parked')) came
  where came.id = visit.id;
alter table visit add constraint visit_due_when_inside
  check ((state not in ('arrived', 'called', 'serving', 'parked') or due_at is not null) and (due_at is null) = (due_why is null));

create index visit_in_line on visit (building_id, due_at, arrived_at, id) where state = 'arrived';

-- Offices of before get what a new one begins with.
update office set facts = jsonb_set(facts, '{settings}', '{"target-wait-minutes": 20, "priority-minutes": 15}'::jsonb || (facts -> 'settings'))
  where facts ? 'settings';
