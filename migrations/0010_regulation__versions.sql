-- What was known when: an import appends versions of acts and conditions instead of writing over them.
-- Until now an import replaced the rows, so the past could be answered by what was learned later. Rows that are
-- there become the first versions. Small tables (some hundred rows), locked exclusively for milliseconds.

alter table provision drop constraint provision_act_id_fkey;
alter table provision drop constraint provision_condition_id_fkey;
alter table act drop constraint act_condition_id_fkey;
alter table provision drop constraint provision_pkey;
alter table act drop constraint act_pkey;
alter table condition drop constraint condition_pkey;

alter table condition add column version bigint generated always as identity primary key;
alter table condition add column entered_at timestamptz;
alter table condition add column superseded_at timestamptz;
-- A condition came with the acts; without acts nobody asked.
update condition set entered_at = coalesce((select min(entered_at) from act), 'epoch');
alter table condition alter column entered_at set not null;
alter table condition add constraint condition_superseded check (superseded_at >= entered_at);
create unique index condition_current on condition (id) where superseded_at is null;
comment on column condition.version is 'row; one for every content the condition had';
comment on column condition.entered_at is 'when the program learned of this version';
comment on column condition.superseded_at is 'when an import replaced this version; null for the newest';

alter table act add column version bigint generated always as identity primary key;
alter table act add column superseded_at timestamptz;
alter table act add constraint act_superseded check (superseded_at >= entered_at);
create unique index act_current on act (id) where superseded_at is null;
comment on column act.version is 'row; one for every content the act had';
comment on column act.condition_id is 'in force only while this condition lasts; checked when the file is read';
comment on column act.entered_at is 'when the program learned of this version: what was answered at T used versions entered by T and not yet superseded';
comment on column act.superseded_at is 'when an import replaced this version; null for the newest';

alter table provision add column act_version bigint references act;
update provision set act_version = act.version from act where act.id = provision.act_id;
alter table provision alter column act_version set not null;
alter table provision drop column act_id;
alter table provision add primary key (act_version, id);

-- What no source settles is told of the rule it concerns.
alter table provision add column assumed jsonb not null default '[]';
alter table provision alter column assumed drop default;
comment on column provision.assumed is 'facts of this rule that no source settles, a sentence each';

-- Acts that are repealed or upheld are named with the paragraph that says so; of those held so far none is known.
update act set facts = facts || jsonb_build_object(
  'repeals', (select coalesce(jsonb_agg(jsonb_build_object('act', id, 'reference', null)), '[]')
    from jsonb_array_elements_text(facts -> 'repeals') as named (id)),
  'upholds', (select coalesce(jsonb_agg(jsonb_build_object('act', id, 'reference', null)), '[]')
    from jsonb_array_elements_text(facts -> 'upholds') as named (id)));

comment on column provision.act_version is 'the version of the act it stands in';
comment on column provision.condition_id is 'this rule alone hangs on the condition; checked when the file is read';
