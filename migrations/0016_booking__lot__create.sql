-- Draws of times that are released by lot. New, empty tables: nothing is locked.

create table lot_draw (
  id integer generated always as identity primary key,
  provision_id text not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  seed bytea not null constraint lot_draw_seed check (length(seed) = 32),
  seed_hash bytea not null,
  ordered_at timestamptz,
  settled_at timestamptz,
  constraint lot_draw_once unique (provision_id, opens_at),
  constraint lot_draw_times check (opens_at < closes_at),
  constraint lot_draw_steps check (ordered_at >= closes_at and settled_at >= ordered_at)
);
create index lot_draw_unsettled on lot_draw (closes_at) where settled_at is null;
comment on table lot_draw is 'A draw of the times one release gives: the order of its entries follows from a seed that was committed to before.';
comment on column lot_draw.id is 'its number; public';
comment on column lot_draw.provision_id is 'the provision that releases';
comment on column lot_draw.opens_at is 'from when entries are taken: the moment of the release';
comment on column lot_draw.closes_at is 'until when entries are taken';
comment on column lot_draw.seed is 'random; shown only once the order is written';
comment on column lot_draw.seed_hash is 'SHA-256 of the seed; shown while entries are taken';
comment on column lot_draw.ordered_at is 'when the order was written: no entry is taken any more';
comment on column lot_draw.settled_at is 'when every entry had its answer: what is left goes to who comes first';

create table lot_entry (
  id bigint generated always as identity primary key,
  draw_id integer not null references lot_draw,
  reference text not null constraint lot_entry_reference_once unique,
  service_id text not null,
  wishes jsonb not null,
  state text not null constraint lot_entry_state check (state in ('waiting', 'won', 'lost', 'withdrawn')),
  rank integer,
  visit_id bigint references visit,
  reason text,
  person_name text,
  person_email text,
  person_phone text,
  language text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  erase_on date not null,
  constraint lot_entry_rank_once unique (draw_id, rank),
  constraint lot_entry_visit_once unique (visit_id),
  constraint lot_entry_won check ((state = 'won') = (visit_id is not null)),
  constraint lot_entry_ended check ((state = 'waiting') = (ended_at is null))
);
create index lot_entry_waiting on lot_entry (draw_id, rank) where state = 'waiting';
create index lot_entry_erase_on on lot_entry (erase_on) where person_name is not null or person_email is not null or person_phone is not null;
comment on table lot_entry is 'What one person wishes of a draw. Each entry ends once: won with a visit, lost, or withdrawn.';
comment on column lot_entry.id is 'row';
comment on column lot_entry.draw_id is 'the draw';
comment on column lot_entry.reference is 'eight characters; the order of the draw is made of them; not personal';
comment on column lot_entry.service_id is 'the matter; not personal';
comment on column lot_entry.wishes is 'up to three, in order: a time, any time of a day, any time; not personal';
comment on column lot_entry.state is 'waiting, won, lost or withdrawn; not personal';
comment on column lot_entry.rank is 'its place in the order, from 1; null until drawn';
comment on column lot_entry.visit_id is 'the visit it won';
comment on column lot_entry.reason is 'why it lost: a code from a list; not personal';
comment on column lot_entry.person_name is 'personal; erase 14 days after visit';
comment on column lot_entry.person_email is 'personal; erase 14 days after visit';
comment on column lot_entry.person_phone is 'personal; erase 14 days after visit; digits with country code';
comment on column lot_entry.language is 'of the pages and messages: pl, en, uk; not personal';
comment on column lot_entry.created_at is 'when it was made';
comment on column lot_entry.ended_at is 'when it was answered or withdrawn';
comment on column lot_entry.erase_on is 'the day on which what is personal is erased';

create table lot_contact (
  draw_id integer not null references lot_draw,
  contact bytea not null,
  entry_id bigint not null constraint lot_contact_entry_id_fkey references lot_entry,
  constraint lot_contact_once primary key (draw_id, contact)
);
create index lot_contact_entry_id on lot_contact (entry_id);
comment on table lot_contact is 'One entry per contact and draw; deleted once the draw is settled.';
comment on column lot_contact.draw_id is 'the draw';
comment on column lot_contact.contact is 'keyed hash of a phone or e-mail; personal; deleted once the draw is settled';
comment on column lot_contact.entry_id is 'the entry';
