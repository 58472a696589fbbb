-- Booked visits that do not fit the law or the office any more: somebody decides on each, none is cancelled by itself.

alter table visit add column review text constraint visit_review check (review in ('open', 'kept'));
comment on column visit.review is 'open: it does not fit the law or the office any more and somebody has to decide; kept: the office keeps it as an exception; null: neither; not personal';

create table review_item (
  id bigint generated always as identity primary key,
  visit_id bigint not null references visit,
  opened_at timestamptz not null,
  starts_at timestamptz not null,
  code text not null,
  basis jsonb not null,
  details jsonb not null,
  due_at timestamptz not null,
  responsible_id integer references account,
  outcome text constraint review_item_outcome check (outcome in ('kept', 'moved', 'cancelled', 'over', 'fits-again')),
  reason text,
  settled_at timestamptz,
  settled_by integer references account,
  told text constraint review_item_told check (told in ('message', 'call', 'done', 'given-up')),
  constraint review_item_settled check ((outcome is null) = (settled_at is null)),
  constraint review_item_reason check ((reason is not null) = coalesce(outcome = 'kept', false)),
  constraint review_item_told_of_what check (told is null or coalesce(outcome in ('moved', 'cancelled'), false) and settled_by is not null)
);
create unique index review_item_open_once on review_item (visit_id) where outcome is null;
create index review_item_visit_id on review_item (visit_id);
create index review_item_due on review_item (due_at) where outcome is null;
create index review_item_settled_at on review_item (settled_at) where settled_at is not null;
create index review_item_to_call on review_item (settled_at) where told in ('message', 'call');
create index review_item_responsible_id on review_item (responsible_id) where responsible_id is not null;
create index review_item_settled_by on review_item (settled_by) where settled_by is not null;
comment on table review_item is 'The review list: a visit that could not be booked as it stands any more, why, by when somebody has to decide, and what was decided.';
comment on column review_item.id is 'row';
comment on column review_item.visit_id is 'the visit';
comment on column review_item.opened_at is 'office time at which it was found';
comment on column review_item.starts_at is 'when the visit was to begin then';
comment on column review_item.code is 'why it does not fit: outside the hours, its desk not open …; not personal';
comment on column review_item.basis is 'the provisions that rests on';
comment on column review_item.details is 'numbers for its words';
comment on column review_item.due_at is 'by when somebody has to decide';
comment on column review_item.responsible_id is 'who sees to it; null: the head of the unit';
comment on column review_item.outcome is 'kept as an exception, moved, cancelled; over or fits again without a decision; null: open; not personal';
comment on column review_item.reason is 'why it was kept, from a list; not personal';
comment on column review_item.settled_at is 'office time of the outcome';
comment on column review_item.settled_by is 'who decided; null: it settled itself';
comment on column review_item.told is 'how the person learns of it: by a message, by a call that is still to be made, told, or given up; not personal';

create table call_attempt (
  id bigint generated always as identity primary key,
  item_id bigint not null references review_item,
  at timestamptz not null,
  account_id integer not null references account,
  result text not null constraint call_attempt_result check (result in ('told', 'no-answer', 'wrong-number', 'call-later', 'given-up'))
);
create index call_attempt_item_id on call_attempt (item_id);
create index call_attempt_account_id on call_attempt (account_id);
comment on table call_attempt is 'Who rang a person whose visit the office moved or cancelled, when, and what came of it. Only added to.';
comment on column call_attempt.id is 'order';
comment on column call_attempt.item_id is 'what the person is to be told of';
comment on column call_attempt.at is 'office time';
comment on column call_attempt.account_id is 'who rang';
comment on column call_attempt.result is 'from a list; not personal';

create index message_visit_id on message (visit_id) where state in ('failed', 'dropped');
