-- An attempt at composing a row of the outbox is counted before it begins, so that a message that ends
-- the process each time is given up too, with a reason of its own. The new check reads the messages once.

alter table message drop constraint message_reason;
alter table message add constraint message_reason check (coalesce(case state
    when 'dropped' then reason in ('nothing-to-say', 'too-late', 'too-many', 'no-way')
    when 'failed' then reason in ('not-composed', 'crashed', 'refused-by-recipient', 'not-accepted', 'bounced', 'not-delivered', 'gave-up', 'erased')
    when 'uncertain' then reason = 'uncertain'
    else reason is null end, false));

comment on column outbox.tries is 'how often composing it was begun, the time that goes on included';
comment on column outbox.try_at is 'office time before which it is not composed again: somebody composes it, or it could not be; null: it was never begun';
