-- How many messages of a day went to a contact that nobody has shown to be theirs. A new, empty table.

create table message_count (
  contact bytea not null,
  day date not null,
  sent smallint not null constraint message_count_most check (sent between 1 and 20),
  constraint message_count_pkey primary key (contact, day)
);
comment on table message_count is 'Messages to a phone or e-mail that whoever typed it has not shown to be theirs: so many a day, whoever asks for them. Rows are of no use after two days and are deleted then.';
comment on column message_count.contact is 'keyed hash; personal; deleted after two days';
comment on column message_count.day is 'the office''s day';
comment on column message_count.sent is 'messages composed for it that day';
