-- The service office on the phone: each call with its outcome, requests to be rung back with their
-- attempts, and the settings of both. New tables; the indexes of request are small.

create table phone_call (
  id bigint generated always as identity primary key,
  account_id integer not null references account,
  opened_at timestamptz not null,
  acted_at timestamptz,
  ended_at timestamptz,
  outcome text constraint phone_call_outcome check (outcome in ('booked', 'moved', 'cancelled', 'advice', 'directory', 'task', 'nothing')),
  unit_id text references unit,
  service_id text references service,
  constraint phone_call_acted check (acted_at is null or outcome is not null),
  constraint phone_call_has_an_end check (ended_at is null or outcome is not null),
  constraint phone_call_runs_on check (ended_at >= opened_at)
);
create unique index phone_call_open_once on phone_call (account_id) where ended_at is null;
create index phone_call_account_id on phone_call (account_id);
create index phone_call_opened_at on phone_call (opened_at);
create index phone_call_unit_id on phone_call (unit_id) where unit_id is not null;
create index phone_call_service_id on phone_call (service_id) where service_id is not null;
comment on table phone_call is 'A call a clerk took and what became of it. Nothing of who called.';
comment on column phone_call.id is 'order';
comment on column phone_call.account_id is 'the clerk who took it';
comment on column phone_call.opened_at is 'office time at which the clerk began it';
comment on column phone_call.acted_at is 'when its last outcome was reached';
comment on column phone_call.ended_at is 'when it ended; null: it goes on';
comment on column phone_call.outcome is 'booked, moved, cancelled, settled by advice, told from the directory, made a task, or nothing; the last one reached; not personal';
comment on column phone_call.unit_id is 'whose matter it was about; null: unknown; not personal';
comment on column phone_call.service_id is 'the matter; null: none was chosen; not personal';

create table call_back (
  request_id bigint primary key references request,
  wish text not null constraint call_back_wish check (wish in ('call', 'email')),
  ring_at timestamptz not null,
  next_at timestamptz not null,
  constraint call_back_in_order check (next_at >= ring_at)
);
create index call_back_next_at on call_back (next_at);
comment on table call_back is 'What the office owes somebody who called: a call from a minute on, or an e-mail. Who it is stands with the request.';
comment on column call_back.request_id is 'the request';
comment on column call_back.wish is 'to be rung, or written to; not personal';
comment on column call_back.ring_at is 'when the person wanted it from';
comment on column call_back.next_at is 'from when it is tried next';

create table call_back_attempt (
  id bigint generated always as identity primary key,
  request_id bigint not null references call_back,
  at timestamptz not null,
  account_id integer not null references account,
  result text not null constraint call_back_attempt_result check (result in ('reached', 'no-answer', 'wrong-number', 'later'))
);
create index call_back_attempt_request_id on call_back_attempt (request_id);
create index call_back_attempt_account_id on call_back_attempt (account_id);
comment on table call_back_attempt is 'Who rang back, when, and what came of it. Only added to.';
comment on column call_back_attempt.id is 'order';
comment on column call_back_attempt.request_id is 'whom to ring';
comment on column call_back_attempt.at is 'office time';
comment on column call_back_attempt.account_id is 'who rang';
comment on column call_back_attempt.result is 'reached, no answer, wrong number, or asked to ring later; not personal';

-- The head's page reads the last weeks alone.
create index request_created_at on request (created_at);
create index request_ended_at on request (ended_at) where ended_at is not null;

-- Settings an office file of before does not have.
update office set facts = jsonb_set(facts, '{settings}',
  '{"clerk-hold-minutes": 5, "answer-hours": 24, "call-attempts-max": 3}'::jsonb || (facts->'settings'))
where facts ? 'settings';
