-- What the office is: buildings, rooms, units, desks, services. Loaded by `npm run import`, read
-- whole into memory; the columns are what other tables and queries need, the rest is in facts.

create table office (
  one boolean primary key default true constraint office_one_row check (one),
  slug text not null,
  facts jsonb not null,
  imported_at timestamptz not null,
  demonstration boolean not null
);
comment on table office is 'The office: one row, one office per database.';
comment on column office.one is 'always true: one row';
comment on column office.slug is 'short name, as in um-leszno; not personal';
comment on column office.facts is 'name, address, contacts, payments, privacy notice, settings: as the office file gives them';
comment on column office.imported_at is 'when the office file was last loaded';
comment on column office.demonstration is 'true for the example office of a demonstration';

create table building (
  id text primary key,
  facts jsonb not null
);
comment on table building is 'A building the office serves people in.';
comment on column building.id is 'as in walowa-5; not personal';
comment on column building.facts is 'address, accessibility, source';

create table room (
  id text primary key,
  building_id text not null references building,
  facts jsonb not null
);
create index room_building_id on room (building_id);
comment on table room is 'A room with service desks: the place whose persons § 1 ust. 4 counts.';
comment on column room.id is 'as in walowa-5/4; not personal';
comment on column room.building_id is 'the building it is in';
comment on column room.facts is 'number on the door, floor, source';

create table unit (
  id text primary key,
  parent_id text references unit,
  building_id text references building,
  room_id text references room,
  facts jsonb not null
);
create index unit_parent_id on unit (parent_id);
create index unit_building_id on unit (building_id);
create index unit_room_id on unit (room_id);
comment on table unit is 'An organisational unit: department, section, office or single-person post.';
comment on column unit.id is 'as in wydzial-komunikacji or wydzial-spraw-obywatelskich/dowody-osobiste; not personal';
comment on column unit.parent_id is 'the department a section belongs to';
comment on column unit.building_id is 'where it is';
comment on column unit.room_id is 'its room, where known';
comment on column unit.facts is 'name, phones, e-mail, source';

create table desk (
  id integer generated always as identity primary key,
  slug text not null constraint desk_slug_once unique,
  room_id text not null references room,
  unit_id text not null references unit,
  facts jsonb not null,
  closed boolean not null default false
);
create index desk_room_id on desk (room_id);
create index desk_unit_id on desk (unit_id);
comment on table desk is 'A service desk (stanowisko): the unit of capacity.';
comment on column desk.id is 'short number for the hot tables; never leaves the program';
comment on column desk.slug is 'as in walowa-5/4/1; not personal';
comment on column desk.room_id is 'the room whose limit it counts towards';
comment on column desk.unit_id is 'the unit whose clerks sit at it';
comment on column desk.facts is 'label, source, assumed';
comment on column desk.closed is 'no longer in the office file; kept because visits name it';

create table service (
  id text primary key,
  unit_id text not null references unit,
  facts jsonb not null,
  closed boolean not null default false
);
create index service_unit_id on service (unit_id);
comment on table service is 'A matter people come for (sprawa).';
comment on column service.id is 'as in rejestracja-pojazdow; not personal';
comment on column service.unit_id is 'the unit that handles it';
comment on column service.facts is 'name, duration, persons, letter, signature, kind of case, presence, documents, fees, source';
comment on column service.closed is 'no longer in the office file; kept because visits name it';

create table desk_service (
  desk_id integer not null references desk,
  service_id text not null references service,
  primary key (desk_id, service_id)
);
create index desk_service_service_id on desk_service (service_id);
comment on table desk_service is 'Which desk offers which service.';
comment on column desk_service.desk_id is 'the desk';
comment on column desk_service.service_id is 'the service it offers; not personal';
