-- Reminders and other messages the program causes by itself, once each; what people say of their visit,
-- as sums; sentences of messages as the office puts them; messages about visits that did not arrive and
-- were looked after. New, empty tables: nothing is locked. Settings are added where there are none yet.

create table reminder (
  visit_id bigint not null,
  kind text not null constraint reminder_kind check (kind in ('day', 'hours', 'next')),
  starts_at timestamptz not null,
  at timestamptz not null,
  constraint reminder_once primary key (visit_id, kind, starts_at)
);
comment on table reminder is 'What a person was reminded of: once for each visit, kind and start, so that a visit that is moved is reminded of anew. Written in the statement that writes the outbox.';
comment on column reminder.visit_id is 'the visit; no key, as in message';
comment on column reminder.kind is 'day: the day before; hours: shortly before; next: whoever waits is next; not personal';
comment on column reminder.starts_at is 'the start it reminds of; of next the minute the person came in';
comment on column reminder.at is 'office time';

create table feedback_invitation (
  reference text primary key,
  visit_id bigint not null constraint feedback_invitation_once unique,
  service_id text not null,
  unit_id text not null,
  day date not null,
  answered boolean not null default false
);
create index feedback_invitation_day on feedback_invitation (day);
comment on table feedback_invitation is 'Who was asked how a visit was: once for each visit. Rows are of no use after 14 days and are deleted then.';
comment on column feedback_invitation.reference is 'what the link names; another than the visit''s, so that it leads nowhere else; not personal';
comment on column feedback_invitation.visit_id is 'the visit; no key, as in message';
comment on column feedback_invitation.service_id is 'its matter';
comment on column feedback_invitation.unit_id is 'the unit that settles it';
comment on column feedback_invitation.day is 'the day of the visit';
comment on column feedback_invitation.answered is 'an answer was given; which one is not known, nor when';

create table feedback_sum (
  day date not null,
  service_id text not null,
  unit_id text not null,
  settled text not null constraint feedback_settled check (settled in ('yes', 'partly', 'no')),
  wait text not null constraint feedback_wait check (wait in ('short', 'bearable', 'long')),
  grade smallint not null constraint feedback_grade check (grade between 1 and 5),
  answers integer not null constraint feedback_answers check (answers > 0),
  constraint feedback_sum_pkey primary key (day, unit_id, service_id, settled, wait, grade)
);
comment on table feedback_sum is 'What people said of their visits: so many answers of a day, a matter and a unit that were the same. No visit, no person, no minute.';
comment on column feedback_sum.day is 'the day of the visits; not personal';
comment on column feedback_sum.service_id is 'the matter; not personal';
comment on column feedback_sum.unit_id is 'the unit; not personal';
comment on column feedback_sum.settled is 'was the matter settled: yes, partly, no';
comment on column feedback_sum.wait is 'how the wait felt: short, bearable, long';
comment on column feedback_sum.grade is '1 to 5, the best';
comment on column feedback_sum.answers is 'how many said so';

create table message_text (
  id bigint generated always as identity primary key,
  key text not null,
  language text not null constraint message_text_language check (language in ('pl', 'en', 'uk')),
  revision integer not null,
  text text,
  at timestamptz not null,
  account_id integer not null references account,
  constraint message_text_in_order unique (key, language, revision)
);
create index message_text_account_id on message_text (account_id);
comment on table message_text is 'Sentences of messages as the office puts them, with their history: the highest revision of a key and language counts. Only added to.';
comment on column message_text.id is 'order';
comment on column message_text.key is 'of words/, without the language; not personal';
comment on column message_text.language is 'pl, en or uk; not personal';
comment on column message_text.revision is '1, 2, …: two people who change the same sentence at once cannot both have the next';
comment on column message_text.text is 'an ICU message; null: back to the program''s own; not personal';
comment on column message_text.at is 'office time';
comment on column message_text.account_id is 'who changed it';

create table message_followed (
  message_id bigint not null constraint message_followed_once primary key,
  at timestamptz not null,
  account_id integer not null references account
);
create index message_followed_account_id on message_followed (account_id);
comment on table message_followed is 'A message about a visit to come did not arrive, and somebody looked after it: rang the person or put the contact right.';
comment on column message_followed.message_id is 'the message; no key, as messages name no visit';
comment on column message_followed.at is 'office time';
comment on column message_followed.account_id is 'who looked after it';

update office set facts = jsonb_set(facts, '{settings}',
  '{"remind-hour": 17, "remind-minutes": 120, "next-minutes": 10, "feedback-minutes": 60, "sms-diacritics": 0, "sms-parts-max": 3}'::jsonb || (facts -> 'settings'))
where facts ? 'settings';
