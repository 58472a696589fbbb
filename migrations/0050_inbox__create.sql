-- Mails to the office: where each mailbox was read up to, threads of mails, which are requests, and
-- the times a clerk proposed. `mail_once` makes the same mail, fetched twice, one.

create table mail_box (
  id text primary key,
  name text not null,
  unit_id text references unit,
  otherwise_id text not null references unit,
  address text not null,
  uidvalidity bigint,
  uid bigint not null default 0 constraint mail_box_uid check (uid >= 0),
  taken_at timestamptz
);
create index mail_box_unit_id on mail_box (unit_id) where unit_id is not null;
create index mail_box_otherwise_id on mail_box (otherwise_id);
comment on table mail_box is 'A mailbox the office reads, as its settings name it, and up to where it was read.';
comment on column mail_box.id is 'as the settings name it; not personal';
comment on column mail_box.name is 'what staff call it; not personal';
comment on column mail_box.unit_id is 'the unit whose it is; null: shared';
comment on column mail_box.otherwise_id is 'the unit that has mails nobody could guess';
comment on column mail_box.address is 'answers leave from it; the office''s, not personal';
comment on column mail_box.uidvalidity is 'which numbering of the mail server uid belongs to; null before the first mail';
comment on column mail_box.uid is 'every mail up to this number was taken in';
comment on column mail_box.taken_at is 'when the last mail was taken in';

create table mail_thread (
  id bigint generated always as identity primary key,
  request_id bigint not null references request constraint mail_thread_one_per_request unique,
  mailbox text not null references mail_box,
  subject text,
  guessed_service_id text references service,
  guess_words text[] not null default '{}',
  waits_since timestamptz,
  papers_told boolean not null default false,
  erase_on date not null
);
create index mail_thread_mailbox on mail_thread (mailbox);
create index mail_thread_guessed_service_id on mail_thread (guessed_service_id) where guessed_service_id is not null;
create index mail_thread_waits_since on mail_thread (waits_since) where waits_since is not null;
create index mail_thread_erase_on on mail_thread (erase_on) where subject is not null;
comment on table mail_thread is 'Mails that belong together: a request of channel email.';
comment on column mail_thread.id is 'internal; never leaves the program';
comment on column mail_thread.request_id is 'the request it is';
comment on column mail_thread.mailbox is 'where it came in; the office''s, not personal';
comment on column mail_thread.subject is 'of the first mail; personal; erase 14 days after visit';
comment on column mail_thread.guessed_service_id is 'the matter guessed by words; not personal';
comment on column mail_thread.guess_words is 'words of the office file that made the guess; not personal';
comment on column mail_thread.waits_since is 'when the oldest mail came that nobody has answered; null while the citizen''s answer is waited for';
comment on column mail_thread.papers_told is 'the sender was told how papers are handed in';
comment on column mail_thread.erase_on is 'the day on which what is personal is erased';

create table mail (
  id bigint generated always as identity primary key,
  mailbox text not null references mail_box,
  message_id text not null,
  thread_id bigint references mail_thread,
  direction text not null constraint mail_direction check (direction in ('in', 'out')),
  kind text not null constraint mail_kind check (kind in ('person', 'auto-reply', 'bounce', 'list', 'spam', 'answer', 'automatic')),
  answer text constraint mail_answer check (answer in ('received', 'papers', 'times', 'advice', 'question', 'closed')),
  at timestamptz not null,
  sent_at timestamptz,
  person_name text,
  person_email text,
  subject text,
  body text,
  language text not null default 'pl',
  files jsonb not null default '[]',
  head_only boolean not null default false,
  account_id integer references account,
  erase_on date not null,
  constraint mail_once unique (mailbox, message_id),
  constraint mail_answered check ((direction = 'out') = (answer is not null) and (direction = 'out') = (kind in ('answer', 'automatic'))),
  constraint mail_in_thread check (kind not in ('person', 'answer', 'automatic') or thread_id is not null)
);
create index mail_thread_id on mail (thread_id, id) where thread_id is not null;
create index mail_set_aside on mail (at) where thread_id is null;
create index mail_account_id on mail (account_id) where account_id is not null;
create index mail_erase_on on mail (erase_on) where body is not null or person_email is not null or person_name is not null or subject is not null;
comment on table mail is 'One mail, come in or sent out. One without a thread is set apart.';
comment on column mail.id is 'internal; never leaves the program';
comment on column mail.mailbox is 'where it came in or leaves from; the office''s, not personal';
comment on column mail.message_id is 'Message-ID with its brackets, an opaque name; not personal';
comment on column mail.thread_id is 'the thread; null: set apart';
comment on column mail.direction is 'in or out; not personal';
comment on column mail.kind is 'a person''s, an answer, or what a program made; not personal';
comment on column mail.answer is 'what kind of answer was sent; not personal';
comment on column mail.at is 'when it was taken in or written, by the office''s clock';
comment on column mail.sent_at is 'when its sender says it was sent';
comment on column mail.person_name is 'the sender; personal; erase 14 days after visit';
comment on column mail.person_email is 'the sender, or whom an answer goes to; personal; erase 14 days after visit';
comment on column mail.subject is 'personal; erase 14 days after visit';
comment on column mail.body is 'what the person or the clerk wrote; personal; erase 14 days after visit';
comment on column mail.language is 'of the text: pl, en, uk; not personal';
comment on column mail.files is 'endings and sizes of attachments, which are not kept; not personal';
comment on column mail.head_only is 'too large to be read whole';
comment on column mail.account_id is 'who answered, as an account';
comment on column mail.erase_on is 'the day on which what is personal is erased';

create table mail_time (
  id bigint generated always as identity primary key,
  mail_id bigint not null references mail,
  ordinal smallint not null constraint mail_time_ordinal check (ordinal between 1 and 3),
  visit_id bigint not null references visit constraint mail_time_visit_once unique,
  until timestamptz not null,
  accepted_at timestamptz,
  constraint mail_time_ordinal_once unique (mail_id, ordinal),
  constraint mail_time_accepted_in_time check (accepted_at is null or accepted_at < until)
);
create unique index mail_time_accepted_once on mail_time (mail_id) where accepted_at is not null;
comment on table mail_time is 'A time proposed in an answer and kept for its reader, as a held visit. Of those of one answer one is accepted.';
comment on column mail_time.id is 'internal; never leaves the program';
comment on column mail_time.mail_id is 'the answer';
comment on column mail_time.ordinal is 'first, second or third';
comment on column mail_time.visit_id is 'the visit that keeps the time';
comment on column mail_time.until is 'until when it is kept';
comment on column mail_time.accepted_at is 'when it was accepted; null: it was not';

create table mail_acknowledged (
  contact bytea not null,
  day date not null,
  primary key (contact, day)
);
comment on table mail_acknowledged is 'Who was told today that a mail came in: one sender is told once a day.';
comment on column mail_acknowledged.contact is 'keyed hash of the sender; personal; erased after two days';
comment on column mail_acknowledged.day is 'the office''s day';

update office set facts = jsonb_set(facts, '{settings}', '{"mail-answer-days": 3}'::jsonb || (facts -> 'settings'))
  where facts ? 'settings';
