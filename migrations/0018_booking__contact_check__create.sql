-- Phones and e-mails shown to be somebody's own before a time is kept without proof of work. A new, empty table.

create table contact_check (
  id bigint generated always as identity primary key,
  reference text not null constraint contact_check_reference_once unique,
  contact bytea not null,
  email text,
  phone text,
  language text not null,
  tries smallint not null default 0 constraint contact_check_tries check (tries between 0 and 5),
  created_at timestamptz not null,
  erase_on date not null
);
create index contact_check_contact on contact_check (contact, created_at);
comment on table contact_check is 'A phone or e-mail a person shows to be reached at, before a time is kept without proof of work.';
comment on column contact_check.id is 'row';
comment on column contact_check.reference is 'the code is derived from it; not personal';
comment on column contact_check.contact is 'keyed hash, to count messages per contact; personal; erased with its row''s day';
comment on column contact_check.email is 'personal; erase 14 days after visit';
comment on column contact_check.phone is 'personal; erase 14 days after visit; digits with country code';
comment on column contact_check.language is 'of the message: pl, en, uk; not personal';
comment on column contact_check.tries is 'codes typed';
comment on column contact_check.created_at is 'when the code was sent; it holds half an hour';
comment on column contact_check.erase_on is 'the day on which what is personal is erased';
