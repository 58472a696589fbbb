-- Freed times and the list of those who wait for one. A freed time does not return to the public at
-- once: a kept time, a visit of kind `kept` in state `held`, takes its very place, so that
-- place_one_per_desk guards it and the end of a hold releases it. Whoever waits longest and fits is
-- offered it meanwhile.

alter table visit drop constraint visit_kind;
alter table visit add constraint visit_kind check (kind in ('booked', 'walk-in', 'drop-off', 'kept'));
comment on column visit.kind is 'booked, walk-in or drop-off; kept is a freed time that is nobody''s visit; not personal';

create table waiting (
  id bigint generated always as identity primary key,
  reference text not null constraint waiting_reference_once unique,
  service_id text not null references service,
  visit_id bigint references visit,
  from_day date not null,
  to_day date,
  part text not null constraint waiting_part check (part in ('morning', 'afternoon', 'any')),
  joined_at timestamptz not null,
  state text not null constraint waiting_state check (state in ('waiting', 'offered', 'accepted', 'withdrawn', 'ended')),
  passed smallint not null default 0,
  person_name text,
  person_email text,
  person_phone text,
  language text not null default 'pl',
  contact_proved boolean not null default false,
  added_by integer references account,
  ended_at timestamptz,
  erase_on date not null,
  constraint waiting_has_an_end check (visit_id is not null or to_day is not null)
);
create unique index waiting_one_per_visit on waiting (visit_id) where state in ('waiting', 'offered');
create index waiting_in_line on waiting (service_id, passed, joined_at, id) where state in ('waiting', 'offered');
create index waiting_visit_id on waiting (visit_id) where visit_id is not null;
create index waiting_added_by on waiting (added_by) where added_by is not null;
create index waiting_erase_on on waiting (erase_on) where person_name is not null or person_email is not null or person_phone is not null;
comment on table waiting is 'Who waits for an earlier time: for a visit that is booked, or, where nothing was free, for any time up to a day.';
comment on column waiting.id is 'internal; the later number stands behind in line';
comment on column waiting.reference is 'eight characters; opens the entry together with its secret; not personal';
comment on column waiting.service_id is 'the matter; not personal';
comment on column waiting.visit_id is 'the visit that would move, or the one booked from the entry';
comment on column waiting.from_day is 'earliest day that suits';
comment on column waiting.to_day is 'latest day that suits; without one up to the visit''s own time';
comment on column waiting.part is 'part of the day that suits; not personal';
comment on column waiting.joined_at is 'since when: the order of the line';
comment on column waiting.state is 'waiting, offered, accepted, withdrawn or ended; not personal';
comment on column waiting.passed is 'offers nobody answered: each puts the entry behind those with fewer';
comment on column waiting.person_name is 'personal; erase 14 days after visit';
comment on column waiting.person_email is 'personal; erase 14 days after visit';
comment on column waiting.person_phone is 'personal; erase 14 days after visit';
comment on column waiting.language is 'pl, en or uk; not personal';
comment on column waiting.contact_proved is 'the link of a message was opened: the contact is the person''s; not personal';
comment on column waiting.added_by is 'the clerk who added it, by account';
comment on column waiting.ended_at is 'when it was accepted, withdrawn or ended';
comment on column waiting.erase_on is 'the day on which what is personal is erased';

create table waiting_contact (
  contact bytea not null,
  service_id text not null,
  waiting_id bigint not null references waiting,
  constraint waiting_one_per_contact primary key (contact, service_id)
);
create index waiting_contact_waiting_id on waiting_contact (waiting_id);
comment on table waiting_contact is 'One living entry per contact and matter. A row goes with the end of its entry.';
comment on column waiting_contact.contact is 'keyed hash of a phone or e-mail; personal; deleted when the entry ends';
comment on column waiting_contact.service_id is 'the matter; not personal';
comment on column waiting_contact.waiting_id is 'the entry';

create table waiting_offer (
  id bigint generated always as identity primary key,
  waiting_id bigint not null references waiting,
  kept_id bigint not null references visit,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  room_id text not null,
  desks integer[] not null,
  offered_at timestamptz not null,
  until timestamptz not null,
  state text not null constraint offer_state check (state in ('open', 'accepted', 'declined', 'passed', 'gone')),
  ended_at timestamptz,
  constraint offer_before_start check (offered_at < until and until <= starts_at and starts_at < ends_at)
);
create unique index offer_one_per_kept on waiting_offer (kept_id) where state = 'open';
create unique index offer_one_per_entry on waiting_offer (waiting_id) where state = 'open';
create index offer_until on waiting_offer (until) where state = 'open';
create index offer_kept_id on waiting_offer (kept_id);
create index offer_waiting_id on waiting_offer (waiting_id);
comment on table waiting_offer is 'A kept time offered to one who waits. One living offer per time and per entry.';
comment on column waiting_offer.id is 'internal';
comment on column waiting_offer.waiting_id is 'to whom';
comment on column waiting_offer.kept_id is 'the kept time';
comment on column waiting_offer.starts_at is 'start offered';
comment on column waiting_offer.ends_at is 'end offered';
comment on column waiting_offer.room_id is 'the room of the desks; not personal';
comment on column waiting_offer.desks is 'desks of the kept time that the visit would take';
comment on column waiting_offer.offered_at is 'when it was made';
comment on column waiting_offer.until is 'an answer after this minute is worth nothing';
comment on column waiting_offer.state is 'open, accepted, declined, passed (nobody answered) or gone (the person left or no longer needs it); not personal';
comment on column waiting_offer.ended_at is 'when it was answered or passed';

create index visit_kept on visit (held_until) where kind = 'kept' and state = 'held';
