-- The law as data: acts, their provisions, and conditions acts hang on.

create table condition (
  id text primary key,
  facts jsonb not null,
  from_day date,
  until_day date
);
comment on table condition is 'A state an act may hang on, such as the state of epidemic, with its own first and last day.';
comment on column condition.id is 'as in state-of-epidemic; not personal';
comment on column condition.facts is 'title and source';
comment on column condition.from_day is 'first day; null when unknown';
comment on column condition.until_day is 'last day; null while it lasts';

create table act (
  id text primary key,
  rank text not null constraint act_rank check (rank in ('statute', 'regulation', 'ordinance', 'setting')),
  signed_on date,
  from_day date,
  until_day date,
  condition_id text references condition,
  entered_at timestamptz not null,
  facts jsonb not null
);
create index act_condition_id on act (condition_id);
comment on table act is 'An ordinance, a statute or regulation where it bears on the office, or the office''s own settings.';
comment on column act.id is 'number of the act, as in K/219/2020; not personal';
comment on column act.rank is 'higher binding rank wins; not personal';
comment on column act.signed_on is 'day of signing; null when unknown';
comment on column act.from_day is 'first day in force; null when unknown, which means before every day asked about';
comment on column act.until_day is 'last day in force; null until revoked';
comment on column act.condition_id is 'in force only while this condition lasts';
comment on column act.entered_at is 'when the program learned of it: what was answered at T used acts entered by T';
comment on column act.facts is 'title, issuer, repeals, upholds, legal basis, publication, executors, whether the text is held, which dates are assumed, source';

create table provision (
  id text primary key,
  act_id text not null references act,
  reference text not null,
  kind text not null,
  binding boolean not null,
  scope jsonb not null,
  parameters jsonb not null,
  from_day date,
  until_day date,
  condition_id text references condition
);
create index provision_act_id on provision (act_id);
create index provision_condition_id on provision (condition_id);
comment on table provision is 'One rule of an act: a paragraph, a kind, a scope and parameters.';
comment on column provision.id is 'act and a word, as in K/219/2020#one-per-desk; not personal';
comment on column provision.act_id is 'the act it stands in; not personal';
comment on column provision.reference is 'the paragraph as people cite it, as in § 1 ust. 4; for a setting its name; not personal';
comment on column provision.kind is 'what it rules and so how it combines; not personal';
comment on column provision.binding is 'false: a default that yields to a lower act naming the day';
comment on column provision.scope is 'building, room, unit, service, weekday, season, dates; empty is everywhere';
comment on column provision.parameters is 'shaped by its kind';
comment on column provision.from_day is 'its own first day where it differs from the act''s';
comment on column provision.until_day is 'its own last day where it differs from the act''s';
comment on column provision.condition_id is 'this rule alone hangs on the condition';
