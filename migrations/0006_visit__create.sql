-- The heart: visits, the places they take at desks, the limits per person, and their history.
-- place_one_per_desk is the guard of § 1 ust. 4 as planned; live_one_per_desk as it happens.
--
-- What a booking writes names its service, building, room and desk without a foreign key: each key
-- locks the row it names, sixteen bookings of one service lock the same row, and the rate fell by a
-- third (measured). Those rows are never deleted, only closed, so that nothing can dangle.

create extension if not exists btree_gist;

create table visit (
  id bigint generated always as identity primary key,
  reference text not null constraint visit_reference_once unique,
  state text not null constraint visit_state check (state in (
    'held', 'pending', 'booked', 'arrived', 'called', 'serving', 'parked',
    'served', 'expired', 'cancelled', 'missed', 'left', 'redirected')),
  kind text not null constraint visit_kind check (kind in ('booked', 'walk-in', 'drop-off')),
  service_id text not null,
  building_id text not null,
  room_id text,
  channel text not null constraint visit_channel check (channel in ('web', 'phone', 'email', 'request', 'counter', 'door', 'kiosk')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  day date not null,
  persons smallint not null constraint visit_persons check (persons between 1 and 9),
  counted smallint not null constraint visit_counted check (counted between 0 and 9),
  person_name text,
  person_email text,
  person_phone text,
  language text not null default 'pl',
  urgent boolean not null default false,
  held_until timestamptz,
  held_first_at timestamptz,
  confirm_until timestamptz,
  booked_by integer references account,
  created_at timestamptz not null,
  arrived_at timestamptz,
  called_at timestamptz,
  called_count smallint not null default 0,
  serving_at timestamptz,
  ended_at timestamptz,
  desk_id integer references desk,
  ticket text,
  receipt text,
  erase_on date not null,
  version integer not null default 0,
  constraint visit_time_in_order check (starts_at <= ends_at),
  constraint visit_ticket_when_inside check (state not in ('arrived', 'called', 'serving', 'parked', 'served') or ticket is not null)
);
create unique index visit_ticket_one_per_day on visit (day, ticket) where ticket is not null;
create unique index visit_receipt_once on visit (receipt) where receipt is not null;
create index visit_booked_by on visit (booked_by) where booked_by is not null;
create index visit_desk_id on visit (desk_id, day) where desk_id is not null;
create index visit_day_building on visit (day, building_id);
create index visit_waiting on visit (building_id, day) where state in ('arrived', 'called', 'serving', 'parked');
create index visit_held on visit (held_until) where state = 'held';
create index visit_open_day on visit (day) where state in ('held', 'pending', 'booked', 'arrived', 'called', 'serving', 'parked');
create index visit_person_phone on visit (person_phone) where person_phone is not null;
create index visit_person_name on visit (day, lower(person_name)) where person_name is not null;
create index visit_erase_on on visit (erase_on) where person_name is not null or person_email is not null or person_phone is not null;
comment on table visit is 'One visit: a booking, a walk-in or a document drop-off, from the hold to the end.';
comment on column visit.id is 'internal; never leaves the program';
comment on column visit.reference is 'eight characters a person can read out; not personal';
comment on column visit.state is 'one of the states of a visit; not personal';
comment on column visit.kind is 'booked, walk-in or drop-off; not personal';
comment on column visit.service_id is 'what the person comes for; not personal';
comment on column visit.building_id is 'where; not personal';
comment on column visit.room_id is 'the room of the planned desk; not personal';
comment on column visit.channel is 'how it was booked; not personal';
comment on column visit.starts_at is 'planned start; for a walk-in or drop-off the arrival';
comment on column visit.ends_at is 'planned end';
comment on column visit.day is 'the day in the office''s zone';
comment on column visit.persons is 'persons who come';
comment on column visit.counted is 'persons the acts in force count: as many places are taken';
comment on column visit.person_name is 'personal; erase 14 days after visit';
comment on column visit.person_email is 'personal; erase 14 days after visit';
comment on column visit.person_phone is 'personal; erase 14 days after visit; digits with country code';
comment on column visit.language is 'of the pages and messages: pl, en, uk; not personal';
comment on column visit.urgent is 'the person said it is urgent or cannot be settled otherwise; counted, never judged';
comment on column visit.held_until is 'a hold after this minute is worth nothing';
comment on column visit.held_first_at is 'when the hold began: it is renewed up to a limit from here';
comment on column visit.confirm_until is 'a pending booking lapses then';
comment on column visit.booked_by is 'the clerk who booked, by account';
comment on column visit.created_at is 'when the row was made';
comment on column visit.arrived_at is 'when the person came in';
comment on column visit.called_at is 'when last called';
comment on column visit.called_count is 'how many times called';
comment on column visit.serving_at is 'when service began';
comment on column visit.ended_at is 'when it ended, whatever way';
comment on column visit.desk_id is 'the desk that calls or serves; the planned desk is in place';
comment on column visit.ticket is 'letter and three digits, once a day; not personal';
comment on column visit.receipt is 'receipt number of a document drop-off; not personal';
comment on column visit.erase_on is 'the day on which what is personal is erased';
comment on column visit.version is 'grows with each change: a command can say which state it saw';

create table place (
  visit_id bigint not null references visit,
  desk_id integer not null,
  during tstzrange not null,
  active boolean not null default true,
  constraint place_one_per_desk exclude using gist (desk_id with =, during with &&) where (active)
);
create index place_visit_id on place (visit_id);
create index place_active_start on place (lower(during)) where active;
comment on table place is 'A desk planned for a counted person of a visit. Two active places never share a desk at a time, so the persons counted in a room never exceed its desks (§ 1 ust. 4).';
comment on column place.visit_id is 'the visit';
comment on column place.desk_id is 'the desk planned';
comment on column place.during is 'from start to end';
comment on column place.active is 'false once the visit is over or gave its time back';

create table live_place (
  desk_id integer not null references desk,
  visit_id bigint not null references visit,
  caller boolean not null,
  constraint live_one_per_desk primary key (desk_id)
);
create index live_place_visit_id on live_place (visit_id);
create unique index live_one_caller on live_place (visit_id) where caller;
comment on table live_place is 'Who is at a desk now, called or served. One per desk; a visit of two counted persons takes two desks of its room.';
comment on column live_place.desk_id is 'the desk';
comment on column live_place.visit_id is 'the visit';
comment on column live_place.caller is 'true at the desk that called; false at a desk of the room its second person takes up';

create table visit_limit (
  visit_id bigint not null references visit,
  contact bytea not null,
  ordinal smallint not null,
  service_id text not null,
  day date not null,
  active boolean not null default true,
  excepted boolean not null default false
);
create unique index limit_open_per_contact on visit_limit (contact, ordinal) where active;
create unique index limit_service_per_day on visit_limit (contact, service_id, day) where active and not excepted;
create index visit_limit_visit_id on visit_limit (visit_id);
comment on table visit_limit is 'Open bookings per contact: an ordinal up to the office''s limit is taken by each, so that a race cannot pass it.';
comment on column visit_limit.visit_id is 'the visit';
comment on column visit_limit.contact is 'keyed hash of a phone or e-mail; personal; erase 14 days after visit';
comment on column visit_limit.ordinal is '1 up to the limit; a clerk''s exception takes a higher one';
comment on column visit_limit.service_id is 'one booking per service and day; not personal';
comment on column visit_limit.day is 'the day of the visit';
comment on column visit_limit.active is 'false once the visit is over';
comment on column visit_limit.excepted is 'a clerk let it pass with a reason';

create table event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  visit_id bigint references visit,
  kind text not null,
  actor text not null constraint event_actor check (actor ~ '^(citizen|system|account:[0-9]+)$'),
  channel text,
  reason text,
  building_id text references building,
  desk_id integer references desk,
  details jsonb
);
create index event_visit_id on event (visit_id);
create index event_at on event (at);
create index event_building_id on event (building_id) where building_id is not null;
create index event_desk_id on event (desk_id) where desk_id is not null;
comment on table event is 'The append-only history: every change with time, actor, channel and a reason from a list. Ids only, so that erasing a person leaves it whole.';
comment on column event.id is 'order';
comment on column event.at is 'office time';
comment on column event.visit_id is 'the visit';
comment on column event.kind is 'held, booked, moved, cancelled, entered, called …; not personal';
comment on column event.actor is 'citizen, system, or an account by number; not personal';
comment on column event.channel is 'how it came; not personal';
comment on column event.reason is 'a code from a list, never free text; not personal';
comment on column event.building_id is 'where, at the door; not personal';
comment on column event.desk_id is 'the desk';
comment on column event.details is 'ids, codes and times only';
