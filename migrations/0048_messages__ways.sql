-- A message goes by e-mail, as an SMS, or both ways: a row for each way, with what became of it there.
-- Adding the columns rewrites nothing; the rows there are given their way and reason, the indexes are
-- built while nothing is sent: readers wait for the short while an update takes.

alter table message
  add column way text constraint message_way check (way in ('email', 'sms')),
  add column reason text,
  add column provider_id text,
  add column useful_until timestamptz,
  add column at_once boolean not null default false,
  add column sending_until timestamptz,
  add column resent smallint not null default 0,
  drop constraint message_outbox_once,
  drop constraint message_state;

update message set
  way = case when email is not null then 'email' when phone is not null then 'sms' when state in ('queued', 'sent') then 'email' end,
  phone = case when email is null then phone end,
  reason = case state when 'dropped' then 'nothing-to-say' when 'failed' then 'gave-up' end;

alter table message
  add constraint message_outbox_once unique nulls not distinct (outbox_id, way),
  add constraint message_state check (state in ('queued', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'dropped')),
  add constraint message_reason check (coalesce(case state
    when 'dropped' then reason in ('nothing-to-say', 'too-late', 'too-many', 'no-way')
    when 'failed' then reason in ('not-composed', 'refused-by-recipient', 'not-accepted', 'bounced', 'not-delivered', 'gave-up', 'erased')
    when 'uncertain' then reason = 'uncertain'
    else reason is null end, false)),
  add constraint message_goes_some_way check (way is not null or state in ('dropped', 'failed')),
  add constraint message_one_recipient check (email is null or (way = 'email' and phone is null)),
  add constraint message_phone_by_sms check (phone is null or way = 'sms'),
  add constraint message_lease check ((state = 'sending') = (sending_until is not null));

drop index message_due;
drop index message_erase_on;
drop index message_visit_id;
create index message_due on message (way, due_at, id) where state = 'queued';
create index message_useful_until on message (useful_until) where state = 'queued' and useful_until is not null;
create index message_sending_until on message (sending_until) where state = 'sending';
create index message_provider_id on message (provider_id) where provider_id is not null;
create index message_visit_id on message (visit_id) where visit_id is not null;
create index message_unreached on message (way, reason, at) where state in ('failed', 'uncertain') and content is not null;
create index message_erase_on on message (erase_on)
  where content is not null or email is not null or phone is not null or provider_id is not null;

comment on table message is 'What was said to a person: a row for each row of the outbox that somebody composes and each way it goes, written in the transaction that takes it from there.';
comment on column message.outbox_id is 'the row of the outbox it was made of: never two of one by one way';
comment on column message.way is 'email or sms; null: there was nothing to say or nowhere to say it; not personal';
comment on column message.state is 'queued, sending, sent (the other side accepted it), delivered (it reported so), failed, uncertain (it may have been accepted), dropped (it was not to be sent any more); not personal';
comment on column message.reason is 'why it was dropped, failed or is uncertain, from a list; not personal';
comment on column message.provider_id is 'by what the other side knows it: an e-mail''s Message-ID, an SMS''s number at the provider, which leads to the recipient there; personal; erase 14 days after visit';
comment on column message.useful_until is 'office time after which it helps nobody and is dropped';
comment on column message.at_once is 'quiet hours do not hold it up';
comment on column message.sending_until is 'by the machine''s clock: whoever sends it must be done by then, else it is taken for dead';
comment on column message.resent is 'how often somebody had it sent again';
comment on column message.tries is 'how often it was handed over in vain';
comment on column message.handed_at is 'when it was handed over, given up or dropped';

create table message_circuit (
  way text primary key constraint message_circuit_way check (way in ('email', 'sms')),
  failures integer not null,
  since timestamptz not null,
  try_at timestamptz not null,
  fault text not null
);
comment on table message_circuit is 'A way by which nothing can be sent now; no row: it works, as far as anybody knows.';
comment on column message_circuit.way is 'email or sms; not personal';
comment on column message_circuit.failures is 'times in a row the other side was away';
comment on column message_circuit.since is 'office time of the first of them';
comment on column message_circuit.try_at is 'office time from which one message is tried again; after few failures all are';
comment on column message_circuit.fault is 'code of the last fault, as ECONNREFUSED; not personal';

create table message_resend (
  id bigint generated always as identity primary key,
  message_id bigint not null references message,
  at timestamptz not null,
  account_id integer not null references account,
  was text not null
);
create index message_resend_message_id on message_resend (message_id);
create index message_resend_account_id on message_resend (account_id);
comment on table message_resend is 'Who had a message sent again that had failed or was uncertain. Only added to.';
comment on column message_resend.id is 'order';
comment on column message_resend.message_id is 'the message';
comment on column message_resend.at is 'office time';
comment on column message_resend.account_id is 'who had it sent again';
comment on column message_resend.was is 'its reason until then; not personal';

update office set facts = jsonb_set(facts, '{settings}', '{"sms-quiet-from-hour": 21, "sms-quiet-until-hour": 7}'::jsonb || (facts->'settings'))
  where facts ? 'settings';
