-- How long matters take, as learned, and what was said of waiting, to be held against what happened.

create table learned_time (
  service_id text primary key references service,
  spread real[] not null constraint learned_time_spread check (cardinality(spread) = 11),
  seen integer not null constraint learned_time_seen check (seen > 0),
  learned_on date not null
);
comment on table learned_time is 'How long a matter keeps a desk, from the call to the end.';
comment on column learned_time.service_id is 'the matter; not personal';
comment on column learned_time.spread is 'ends and deciles in minutes, rising';
comment on column learned_time.seen is 'from how many services';
comment on column learned_time.learned_on is 'on which day it was worked out';

create table estimate (
  visit_id bigint primary key references visit,
  made_at timestamptz not null,
  low_at timestamptz not null,
  about_at timestamptz not null,
  high_at timestamptz not null,
  constraint estimate_in_order check (low_at <= about_at and about_at <= high_at)
);
create index estimate_made_at on estimate (made_at);
comment on table estimate is 'The first answer to "when will I be called": one of each visit that waited.';
comment on column estimate.visit_id is 'the visit';
comment on column estimate.made_at is 'when it was said';
comment on column estimate.low_at is 'likely not before';
comment on column estimate.about_at is 'about then';
comment on column estimate.high_at is 'likely not after';
