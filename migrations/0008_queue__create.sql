-- Tickets and desks at work.

create table ticket_counter (
  day date not null,
  letter text not null,
  last smallint not null,
  primary key (day, letter)
);
comment on table ticket_counter is 'The last ticket of each letter of a day.';
comment on column ticket_counter.day is 'day in the office''s zone';
comment on column ticket_counter.letter is 'letter of the queue group, or the receipt series; not personal';
comment on column ticket_counter.last is 'last number given';

create table desk_session (
  desk_id integer primary key references desk,
  account_id integer not null references account,
  since timestamptz not null,
  paused boolean not null default false
);
create index desk_session_account_id on desk_session (account_id);
comment on table desk_session is 'Desks at which a clerk works now: the staffed desks of the room rule.';
comment on column desk_session.desk_id is 'the desk';
comment on column desk_session.account_id is 'the clerk';
comment on column desk_session.since is 'since when';
comment on column desk_session.paused is 'on a break: calls nobody, still counts as staffed while serving';
