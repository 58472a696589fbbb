-- How the lines stood, every few minutes of a working day, for the open data of the office.

create table queue_sample (
  building_id text not null references building,
  letter text not null,
  at timestamptz not null,
  waiting smallint not null constraint queue_sample_waiting check (waiting >= 0),
  desks smallint not null constraint queue_sample_desks check (desks >= 0),
  current text,
  minutes smallint not null constraint queue_sample_minutes check (minutes between 1 and 999),
  measured boolean not null,
  primary key (building_id, at, letter)
);
create index queue_sample_at on queue_sample (at);
comment on table queue_sample is 'How the lines stood every five minutes of a working day; erased after a year.';
comment on column queue_sample.building_id is 'where';
comment on column queue_sample.letter is 'letter of the queue group; not personal';
comment on column queue_sample.at is 'when, on the grid of five minutes';
comment on column queue_sample.waiting is 'visits that waited to be called';
comment on column queue_sample.desks is 'desks at work that take the group';
comment on column queue_sample.current is 'number called last; not personal';
comment on column queue_sample.minutes is 'minutes a visit takes';
comment on column queue_sample.measured is 'the minutes are of that day''s visits, not the planned ones';
