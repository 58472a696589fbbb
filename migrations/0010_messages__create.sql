-- What was written to whom. Delivery by mail and SMS reads from here.

create table message (
  id bigint generated always as identity primary key,
  outbox_id bigint not null constraint message_once_per_outbox unique,
  visit_id bigint references visit,
  request_id bigint references request,
  kind text not null,
  channel text not null constraint message_channel check (channel in ('email', 'sms')),
  recipient text,
  language text not null,
  subject text,
  body text,
  state text not null constraint message_state check (state in ('queued', 'sent', 'delivered', 'failed', 'dropped')),
  created_at timestamptz not null,
  sent_at timestamptz,
  erase_on date not null
);
create index message_visit_id on message (visit_id) where visit_id is not null;
create index message_request_id on message (request_id) where request_id is not null;
create index message_queued on message (id) where state = 'queued';
create index message_erase_on on message (erase_on) where recipient is not null or body is not null;
comment on table message is 'A message to a citizen and what became of it.';
comment on column message.id is 'row';
comment on column message.outbox_id is 'the outbox row it came from: a job that runs twice writes once';
comment on column message.visit_id is 'the visit it is about';
comment on column message.request_id is 'the request it is about';
comment on column message.kind is 'confirmation, changed, cancelled …; not personal';
comment on column message.channel is 'email or sms; not personal';
comment on column message.recipient is 'personal; erase 14 days after visit';
comment on column message.language is 'pl, en or uk; not personal';
comment on column message.subject is 'personal; erase 14 days after visit';
comment on column message.body is 'personal; erase 14 days after visit';
comment on column message.state is 'queued, sent, delivered, failed or dropped; not personal';
comment on column message.created_at is 'when it was written';
comment on column message.sent_at is 'when a provider took it';
comment on column message.erase_on is 'the day on which what is personal is erased';
