-- Who of the staff has read which version of an act, and what people say they did of what an act asks for.

create table act_read (
  account_id integer not null references account,
  act_version bigint not null references act,
  at timestamptz not null,
  primary key (account_id, act_version)
);
create index act_read_version on act_read (act_version);
comment on table act_read is 'Who has read which version of an act, once each.';
comment on column act_read.account_id is 'who has read it: the number alone; the name goes with the account';
comment on column act_read.act_version is 'the version that was read';
comment on column act_read.at is 'office time';

create table act_task (
  id bigint generated always as identity primary key,
  act_version bigint not null references act,
  task text not null constraint act_task_kind check (task in ('poster')),
  building_id text not null references building,
  done_by integer not null references account,
  done_at timestamptz not null,
  undone_by integer references account,
  undone_at timestamptz,
  constraint act_task_undone check ((undone_by is null) = (undone_at is null))
);
-- Two who say it at once say it once.
create unique index act_task_once on act_task (act_version, task, building_id) where undone_at is null;
create index act_task_building_id on act_task (building_id);
create index act_task_done_by on act_task (done_by);
create index act_task_undone_by on act_task (undone_by) where undone_by is not null;
comment on table act_task is 'What the program cannot see of what an act asks for: somebody says that it is done, and may take that back. Rows are kept.';
comment on column act_task.id is 'row';
comment on column act_task.act_version is 'the version that asks for it';
comment on column act_task.task is 'what is done: poster, the notice at the door of the building; not personal';
comment on column act_task.building_id is 'where; not personal';
comment on column act_task.done_by is 'who said so: the number alone; the name goes with the account';
comment on column act_task.done_at is 'office time';
comment on column act_task.undone_by is 'who took it back';
comment on column act_task.undone_at is 'office time; null while it stands';
