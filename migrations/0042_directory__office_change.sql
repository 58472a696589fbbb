-- Every change of the office as its people make it: what it was and what it became, so that it can be read and taken back.

create table office_change (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  account_id integer references account,
  part text not null constraint office_change_part check (part ~ '^[a-z]+(-[a-z]+)*$'),
  subject text not null,
  before jsonb,
  after jsonb,
  undoes bigint references office_change constraint office_change_undone_once unique,
  constraint office_change_something check (before is distinct from after)
);
create index office_change_subject on office_change (part, subject, id);
create index office_change_account_id on office_change (account_id);
comment on table office_change is 'The history of the office: one row for each building, room, desk, shift … that was added, changed or taken away. Only added to.';
comment on column office_change.id is 'order';
comment on column office_change.at is 'office time';
comment on column office_change.account_id is 'who changed it; null: a file loaded at the command line';
comment on column office_change.part is 'what kind of thing: building, room, unit, desk, service, shift …; not personal';
comment on column office_change.subject is 'which one, by its id there; not personal';
comment on column office_change.before is 'what it was, as the office file has it; null: it was not there';
comment on column office_change.after is 'what it became; null: it was taken away';
comment on column office_change.undoes is 'the change this one takes back';
