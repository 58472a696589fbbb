-- A row of the outbox of which no message could be made waits and is tried again; one given up is kept
-- with the message that failed, so that it is seen and can be made again.
-- Adding the columns rewrites nothing.

alter table outbox
  add column tries smallint not null default 0,
  add column try_at timestamptz;

comment on column outbox.tries is 'how often a message of it could not be composed';
comment on column outbox.try_at is 'office time before which it is not composed again; null: it was never tried in vain';
comment on column message.content is 'subject, lines and links as they were said; codes and links are named, not written, and derived when it is handed over; of one that could not be composed the ids of its row of the outbox; personal; erase 14 days after visit';
