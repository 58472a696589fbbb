-- What desks do besides calling: parking, sending on, several matters one after another, breaks with an
-- end, helping other groups; and people who take a ticket without a booked hour.

-- Persons at desks are never more than desks at which somebody works: a desk is closed only once nobody is at it.
alter table live_place drop constraint live_place_desk_id_fkey;
alter table live_place add constraint live_place_at_staffed_desk foreign key (desk_id) references desk_session (desk_id);

alter table desk_session add column paused_until timestamptz;
comment on column desk_session.paused_until is 'when the break is to end; null: not said';

alter table visit add column done_service_ids text[] not null default '{}';
comment on column visit.done_service_ids is 'matters of the visit settled already, before the present one; not personal';

create table desk_overflow (
  desk_id integer not null references desk,
  letter text not null,
  after_minutes smallint not null constraint desk_overflow_after check (after_minutes between 0 and 480),
  from_minute smallint not null default 0,
  until_minute smallint not null default 1440,
  primary key (desk_id, letter),
  constraint desk_overflow_minutes_in_order check (from_minute < until_minute)
);
comment on table desk_overflow is 'Groups not its own of which a desk takes whoever has waited too long.';
comment on column desk_overflow.desk_id is 'the desk that takes them';
comment on column desk_overflow.letter is 'letter of the queue group; not personal';
comment on column desk_overflow.after_minutes is 'minutes of waiting from which it takes them';
comment on column desk_overflow.from_minute is 'from this minute of the office''s day';
comment on column desk_overflow.until_minute is 'to this minute of the office''s day';

create table walk_in_counter (
  day date not null,
  letter text not null,
  given smallint not null constraint walk_in_counter_given check (given > 0),
  primary key (day, letter)
);
comment on table walk_in_counter is 'Tickets given without a booked hour, of each group and day.';
comment on column walk_in_counter.day is 'day in the office''s zone';
comment on column walk_in_counter.letter is 'letter of the queue group; not personal';
comment on column walk_in_counter.given is 'how many were given';

alter table desk_session add column handing_over boolean not null default false;
comment on column desk_session.handing_over is 'the clerk leaves: a colleague may take the desk with whoever is at it';

-- Offices of before get what a new one begins with.
update office set facts = jsonb_set(facts, '{settings}', '{"calls-max": 3}'::jsonb || (facts -> 'settings')) where facts ? 'settings';
