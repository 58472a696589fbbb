-- Who waits without a visit may wish for several matters, several persons, more time or another building,
-- as who books. A visit in line says so itself. Rows of before are entries of one matter of one person.

alter table waiting add column more_service_ids text[] not null default '{}';
alter table waiting add column persons smallint not null default 1 constraint waiting_persons check (persons > 0);
alter table waiting add column more_time boolean;
alter table waiting add column building_id text references building;
create index waiting_building_id on waiting (building_id) where building_id is not null;
comment on column waiting.more_service_ids is 'further matters of the visit that is waited for, in their order; not personal';
comment on column waiting.persons is 'how many persons have these matters, one after another; not personal';
comment on column waiting.more_time is 'personal; erase 14 days after visit; the person needs more time';
comment on column waiting.building_id is 'another building than the matter''s own; not personal';

-- The daily erasure finds rows by it.
drop index waiting_erase_on;
create index waiting_erase_on on waiting (erase_on)
  where person_name is not null or person_email is not null or person_phone is not null or more_time is not null;
