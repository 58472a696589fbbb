-- A party whose companions would take desks of a room that are not staffed is called without them: how
-- many go to the desk besides those the matter needs, and how many were asked to wait outside. Both
-- columns have a constant default, so that no row is rewritten.
alter table visit
  add column accompanied smallint not null default 0,
  add column companions_outside smallint not null default 0 constraint visit_companions_outside check (companions_outside between 0 and 9),
  add constraint visit_accompanied check (accompanied between 0 and counted);
comment on column visit.accompanied is 'counted companions who go to the desk too, among those counted; not personal';
comment on column visit.companions_outside is 'companions asked to wait outside the room; not personal';

-- The few parties of a line are looked for at every call.
create index visit_party_in_line on visit (building_id, due_at, arrived_at, id) where state = 'arrived' and counted > 1;

-- What is over is deleted each night.
create index visit_limit_over on visit_limit (day) where not active;
