-- Requests of citizens to units whose free times are not on the web: they stand in the unit's list
-- until a clerk books, settles or closes them.

create table request (
  id bigint generated always as identity primary key,
  reference text not null constraint request_reference_once unique,
  service_id text not null references service,
  unit_id text not null references unit,
  state text not null constraint request_state check (state in ('open', 'booked', 'settled', 'closed')),
  days jsonb not null,
  person_name text,
  person_email text,
  person_phone text,
  language text not null default 'pl',
  urgent boolean not null default false,
  created_at timestamptz not null,
  ended_at timestamptz,
  ended_by integer references account,
  reason text,
  visit_id bigint references visit,
  erase_on date not null
);
create index request_service_id on request (service_id);
create index request_unit_open on request (unit_id, created_at) where state = 'open';
create index request_ended_by on request (ended_by) where ended_by is not null;
create index request_visit_id on request (visit_id) where visit_id is not null;
create index request_erase_on on request (erase_on) where person_name is not null or person_email is not null or person_phone is not null;
comment on table request is 'A request for a time, from the form on a unit''s page.';
comment on column request.id is 'internal';
comment on column request.reference is 'eight characters a person can read out; not personal';
comment on column request.service_id is 'the matter; not personal';
comment on column request.unit_id is 'in whose list it stands; not personal';
comment on column request.state is 'open, booked, settled or closed; not personal';
comment on column request.days is 'days and parts of day that suit; not personal';
comment on column request.person_name is 'personal; erase 14 days after visit';
comment on column request.person_email is 'personal; erase 14 days after visit';
comment on column request.person_phone is 'personal; erase 14 days after visit';
comment on column request.language is 'pl, en or uk; not personal';
comment on column request.urgent is 'the person said it is urgent or cannot be settled otherwise';
comment on column request.created_at is 'when it came';
comment on column request.ended_at is 'when it was booked, settled or closed';
comment on column request.ended_by is 'by whom, as an account';
comment on column request.reason is 'a code from a list; not personal';
comment on column request.visit_id is 'the visit booked from it';
comment on column request.erase_on is 'the day on which what is personal is erased';
