-- What the guard sends to somebody at the door who leaves an e-mail: the way to settle the matter from
-- afar, or the receipt of papers. A new, empty table.

create table door_letter (
  id bigint generated always as identity primary key,
  kind text not null constraint door_letter_kind check (kind in ('remote-way', 'receipt')),
  service_id text not null,
  visit_id bigint references visit,
  email text,
  account_id integer not null references account,
  created_at timestamptz not null,
  erase_on date not null,
  constraint door_letter_receipt_has_visit check (kind <> 'receipt' or visit_id is not null)
);
create index door_letter_visit_id on door_letter (visit_id) where visit_id is not null;
create index door_letter_account_id on door_letter (account_id);
create index door_letter_erase_on on door_letter (erase_on) where email is not null;
comment on table door_letter is 'A letter asked for at the door by somebody who leaves an e-mail; composed from the outbox.';
comment on column door_letter.id is 'row';
comment on column door_letter.kind is 'remote-way or receipt; not personal';
comment on column door_letter.service_id is 'the matter; not personal';
comment on column door_letter.visit_id is 'the papers left, for a receipt';
comment on column door_letter.email is 'personal; erase 14 days after visit';
comment on column door_letter.account_id is 'the guard';
comment on column door_letter.created_at is 'office time';
comment on column door_letter.erase_on is 'the day on which what is personal is erased';
