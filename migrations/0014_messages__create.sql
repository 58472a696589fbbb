-- Messages to the people of visits, and how a booking is confirmed. New, empty tables: nothing is
-- locked. The index of pending visits is built on a state nothing was in before.

create table message (
  id bigint generated always as identity primary key,
  outbox_id bigint not null,
  at timestamptz not null,
  kind text not null,
  visit_id bigint,
  language text not null,
  email text,
  phone text,
  content jsonb,
  state text not null,
  tries smallint not null default 0,
  due_at timestamptz not null,
  handed_at timestamptz,
  erase_on date not null,
  constraint message_outbox_once unique (outbox_id),
  constraint message_state check (state in ('queued', 'sent', 'failed', 'dropped'))
);
create index message_due on message (due_at) where state = 'queued';
create index message_erase_on on message (erase_on) where email is not null or phone is not null or content is not null;
comment on table message is 'What was said to a person: one row for each row of the outbox that somebody composes, written in the transaction that takes it from there.';
comment on column message.id is 'order of writing';
comment on column message.outbox_id is 'the row of the outbox it was made of: never two of one';
comment on column message.at is 'the office''s time of the change it tells of';
comment on column message.kind is 'name of the job; not personal';
comment on column message.visit_id is 'the visit it is about; no key: its lock would make the reader wait for whoever changes the visit, and visits are never deleted';
comment on column message.language is 'pl, en or uk; not personal';
comment on column message.email is 'recipient; personal; erase 14 days after visit';
comment on column message.phone is 'recipient; personal; erase 14 days after visit; digits with country code';
comment on column message.content is 'subject, lines and links as they were said; codes and links are named, not written, and derived when it is handed over; personal; erase 14 days after visit';
comment on column message.state is 'queued, sent, failed, or dropped when there was nothing to say any more; not personal';
comment on column message.tries is 'how often it was handed over in vain';
comment on column message.due_at is 'not handed over before this time of the office';
comment on column message.handed_at is 'when it was handed over, or given up';
comment on column message.erase_on is 'the day on which what is personal is erased';

create table confirmation (
  visit_id bigint primary key references visit (id),
  round smallint not null,
  tries smallint not null,
  constraint confirmation_round check (round between 1 and 3),
  constraint confirmation_tries check (tries between 0 and 5)
);
comment on table confirmation is 'Codes sent for a pending visit and wrong ones typed; no row: the first code, not tried yet. The codes themselves are derived, never stored.';
comment on column confirmation.visit_id is 'the visit';
comment on column confirmation.round is 'which code is valid: the first, second or third that was sent';
comment on column confirmation.tries is 'codes typed since it was sent';

create index visit_pending on visit (confirm_until) where state = 'pending';
comment on column visit.confirm_until is 'a pending booking lapses then; stays, to tell a booking that was confirmed or lapsed from others';
comment on column server_key.purpose is 'what is derived from it: visit, pass, contact, cookie, confirm; not personal';
