-- The people who work in the office, how they sign in, and tokens for programs.

create table account (
  id integer generated always as identity primary key,
  login text not null constraint account_login_once unique,
  name text not null,
  password text,
  roles text[] not null,
  unit_id text references unit,
  desk_id integer references desk,
  building_id text references building,
  closed_at timestamptz,
  created_at timestamptz not null
);
create index account_unit_id on account (unit_id);
create index account_desk_id on account (desk_id);
create index account_building_id on account (building_id);
comment on table account is 'A person of the staff.';
comment on column account.id is 'the only trace of the person in events';
comment on column account.login is 'personal; erase one year after the account is closed';
comment on column account.name is 'personal; erase one year after the account is closed';
comment on column account.password is 'argon2id hash in PHC form; personal; erase when the account is closed';
comment on column account.roles is 'of service-office, guard, desk, head, secretary, administrator; not personal';
comment on column account.unit_id is 'the unit of a head or clerk; not personal';
comment on column account.desk_id is 'the desk a clerk usually sits at';
comment on column account.building_id is 'the building a guard watches; not personal';
comment on column account.closed_at is 'when the account was closed';
comment on column account.created_at is 'when it was made';

create table session (
  token_hash bytea primary key,
  account_id integer not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_account_id on session (account_id);
create index session_expires_at on session (expires_at);
comment on table session is 'A signed-in browser. The cookie holds the token, the row its hash.';
comment on column session.token_hash is 'SHA-256 of the token';
comment on column session.account_id is 'who is signed in';
comment on column session.created_at is 'when the person signed in';
comment on column session.expires_at is 'after which it is worth nothing and is erased';

create table api_token (
  token_hash bytea primary key,
  name text not null,
  account_id integer not null references account,
  created_at timestamptz not null,
  expires_at timestamptz
);
create index api_token_account_id on api_token (account_id);
comment on table api_token is 'A bearer token an administrator made for a program; it acts as an account.';
comment on column api_token.token_hash is 'SHA-256 of the token';
comment on column api_token.name is 'what it is for; not personal';
comment on column api_token.account_id is 'whose rights it has';
comment on column api_token.created_at is 'when it was made';
comment on column api_token.expires_at is 'when it ends; null: until withdrawn';

create table sign_in_link (
  token_hash bytea primary key,
  account_id integer not null references account,
  expires_at timestamptz not null
);
create index sign_in_link_account_id on sign_in_link (account_id);
comment on table sign_in_link is 'A one-time link to set a password: the first administrator''s, or a new colleague''s.';
comment on column sign_in_link.token_hash is 'SHA-256 of the token in the link';
comment on column sign_in_link.account_id is 'whose password it sets';
comment on column sign_in_link.expires_at is 'when it ends';

create table sign_in_failure (
  id bigint generated always as identity primary key,
  login_hash bytea not null,
  at timestamptz not null
);
create index sign_in_failure_login_hash_at on sign_in_failure (login_hash, at);
create index sign_in_failure_at on sign_in_failure (at);
comment on table sign_in_failure is 'Failed sign-ins, to slow guessing down; erased after a day.';
comment on column sign_in_failure.id is 'row';
comment on column sign_in_failure.login_hash is 'keyed hash of what was typed as the login';
comment on column sign_in_failure.at is 'when';
