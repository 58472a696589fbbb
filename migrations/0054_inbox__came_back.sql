-- What became of an answer, by what a mail is known, and what of it is erased. A mail that goes out
-- names its row of the outbox, which leads to its message; `mail_once` is what a mail is, whatever
-- mailbox it came to, not what it calls itself. Mails from before have no identity and are known by
-- their Message-ID. Adding the columns rewrites nothing; the indexes are built while nobody writes mails.

alter table mail
  add column identity bytea,
  add column outbox_id bigint,
  add column undelivered_at timestamptz,
  alter column message_id drop not null,
  alter column files drop not null,
  drop constraint mail_once,
  add constraint mail_once unique (identity);
-- The Message-ID of an e-mail begins with the number of its row of the outbox.
update mail set outbox_id = substring(message_id from '^<([0-9]{1,18})\.[0-9a-f]{24}@')::bigint where direction = 'out';
-- Those that nothing can come of any more; younger ones are noted by the duty, and their requests wait again.
update mail m set undelivered_at = o.handed_at from message o
  where o.outbox_id = m.outbox_id and m.kind = 'answer' and o.state in ('failed', 'uncertain') and o.content is null;
create unique index mail_outbox_once on mail (outbox_id) where outbox_id is not null;
create index mail_mailbox on mail (mailbox);
create index mail_message_id on mail (message_id) where message_id is not null;
create index mail_undelivered on mail (undelivered_at) where undelivered_at is not null;
drop index mail_erase_on;
create index mail_erase_on on mail (erase_on)
  where body is not null or files is not null or message_id is not null or person_email is not null or person_name is not null or subject is not null;
comment on column mail.identity is 'keyed hash of Message-ID, sender, date, subject and text, by which the same mail is known when it comes again; opens nothing and leads to nobody; null: it went out, or came before this was kept';
comment on column mail.outbox_id is 'the row of the outbox it leaves by, which its message is made of; null: it came in';
comment on column mail.undelivered_at is 'when it was noted that this answer did not arrive; null: it did, or nothing is known against it';
comment on column mail.message_id is 'Message-ID with its brackets, which its sender chose; personal; erase 14 days after visit';
comment on column mail.files is 'endings and sizes of attachments, which are not kept; personal; erase 14 days after visit';

alter table mail_thread
  alter column guess_words drop not null,
  alter column guess_words drop default;
drop index mail_thread_erase_on;
create index mail_thread_erase_on on mail_thread (erase_on) where guess_words is not null or subject is not null;
comment on column mail_thread.guess_words is 'words of the first mail that made the guess; personal; erase 14 days after visit';

-- Messages that ended without arriving, while they can still be sent again or come back.
create index message_mail_ended on message (erase_on) where kind = 'mail-out' and state in ('failed', 'uncertain', 'dropped');
