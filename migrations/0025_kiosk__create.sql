-- Kiosks: who came in by one, what was printed for whom, and tries to be found without a code. The
-- new column of entry is null for what stands; its check is taken over unread and read afterwards, so
-- that the door waits for neither.

alter table entry alter column account_id drop not null;
alter table entry add column device_id integer references device;
alter table entry add constraint entry_by_one check (num_nonnulls(account_id, device_id) = 1) not valid;
alter table entry validate constraint entry_by_one;
create index entry_device_id on entry (device_id) where device_id is not null;
comment on column entry.account_id is 'the guard; null where the person came in by a kiosk';
comment on column entry.device_id is 'the kiosk; null where a guard let the person in';

create table print_job (
  id bigint generated always as identity primary key,
  device_id integer not null references device,
  visit_id bigint not null references visit,
  copy smallint not null,
  language text not null,
  state text not null constraint print_job_state check (state in ('waiting', 'printing', 'printed', 'failed', 'unsure', 'browser')),
  trouble text,
  account_id integer references account,
  created_at timestamptz not null,
  claimed_at timestamptz,
  done_at timestamptz,
  constraint print_job_copy_once unique (visit_id, copy),
  constraint print_job_copy_asked_by check ((copy = 1) = (account_id is null))
);
create unique index print_job_one_open_per_visit on print_job (visit_id) where state in ('waiting', 'printing');
create unique index print_job_one_per_printer on print_job (device_id) where state = 'printing';
create index print_job_device_id on print_job (device_id, id);
create index print_job_account_id on print_job (account_id) where account_id is not null;
comment on table print_job is 'A ticket on paper: claimed once, so that it is never printed twice by itself. A copy is asked for by a person of the staff.';
comment on column print_job.id is 'row';
comment on column print_job.device_id is 'the kiosk whose printer prints it';
comment on column print_job.visit_id is 'whose ticket it is';
comment on column print_job.copy is '1 is the first; each further one was asked for';
comment on column print_job.language is 'pl, en, uk; not personal';
comment on column print_job.state is 'waiting, printing, printed, failed, unsure (the connection broke while it was being sent), browser (given to the kiosk''s browser); not personal';
comment on column print_job.trouble is 'why it failed: a code from a list; not personal';
comment on column print_job.account_id is 'who asked for the copy';
comment on column print_job.created_at is 'when the ticket was taken or the copy asked for, by the office''s clock';
comment on column print_job.claimed_at is 'when it was taken up, by the machine''s clock';
comment on column print_job.done_at is 'when it was known what became of it, by the machine''s clock';

create table kiosk_try (
  id bigint generated always as identity primary key,
  device_id integer not null references device,
  at timestamptz not null
);
create index kiosk_try_device_id_at on kiosk_try (device_id, at);
create index kiosk_try_at on kiosk_try (at);
comment on table kiosk_try is 'Tries to be found by hour and the last digits of a phone, to slow guessing down; erased after a day.';
comment on column kiosk_try.id is 'row';
comment on column kiosk_try.device_id is 'at which kiosk';
comment on column kiosk_try.at is 'when, by the machine''s clock';
