-- When somebody of a unit last said that its phone, e-mail and room are still right.

create table unit_confirmation (
  id bigint generated always as identity primary key,
  unit_id text not null references unit,
  at timestamptz not null,
  account_id integer not null references account
);
create index unit_confirmation_unit_id on unit_confirmation (unit_id, at);
create index unit_confirmation_account_id on unit_confirmation (account_id);
comment on table unit_confirmation is 'The contacts of a unit were looked at and are right. Only added to.';
comment on column unit_confirmation.id is 'order';
comment on column unit_confirmation.unit_id is 'the unit; not personal';
comment on column unit_confirmation.at is 'office time';
comment on column unit_confirmation.account_id is 'who looked';
