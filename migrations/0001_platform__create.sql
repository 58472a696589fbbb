-- What every city service needs of its database and no visit explains: the office's clock, server
-- keys, idempotency keys, the outbox and duties. New tables only; no lock on anything that exists.

create table office_clock (
  one boolean primary key default true constraint office_clock_one_row check (one),
  office_at timestamptz not null,
  machine_at timestamptz not null,
  seen_at timestamptz not null
);
comment on table office_clock is 'The office''s time in a demonstration: it was office_at when the machine''s clock said machine_at, and runs on from there. Shared by all processes; moves forward only.';
comment on column office_clock.one is 'always true: one row';
comment on column office_clock.office_at is 'the office''s time at machine_at';
comment on column office_clock.machine_at is 'the machine''s time at which the office''s clock stood at office_at';
comment on column office_clock.seen_at is 'the last office time a running process wrote down; after a stop the clock goes on from here';

create table server_key (
  purpose text primary key,
  key bytea not null
);
comment on table server_key is 'Random keys shared by all processes: secrets of visits, passes and sessions are derived from them.';
comment on column server_key.purpose is 'what is derived from it: visit, pass, contact, cookie; not personal';
comment on column server_key.key is '32 random bytes';

create table idempotency_key (
  key uuid primary key,
  body_hash bytea not null,
  status smallint not null,
  answer jsonb not null,
  at timestamptz not null
);
comment on table idempotency_key is 'The first answer to a command that changed something: the same key and body give it again, another body is refused. Refusals are not kept. Holds references only, never a secret or a name.';
comment on column idempotency_key.key is 'chosen by the caller';
comment on column idempotency_key.body_hash is 'SHA-256 of the command and its body';
comment on column idempotency_key.status is 'HTTP status of the first answer';
comment on column idempotency_key.answer is 'what is needed to give the first answer again; references only';
comment on column idempotency_key.at is 'erased two days later';
create index idempotency_key_at on idempotency_key (at);

create table outbox (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  payload jsonb not null
);
comment on table outbox is 'Work written in the same statement as the change that causes it, moved to the job queue in batches.';
comment on column outbox.id is 'order of writing';
comment on column outbox.at is 'the office''s time of the change';
comment on column outbox.kind is 'name of the job; not personal';
comment on column outbox.payload is 'ids only';

create table duty (
  name text primary key,
  ran_at timestamptz not null
);
comment on table duty is 'Periodic work and when, by the office''s clock, it last ran; claimed with for update skip locked.';
comment on column duty.name is 'name of the duty; not personal';
comment on column duty.ran_at is 'office time of the last run';
