-- A visit of several matters or persons, on somebody's behalf, and what the person needs in the office.

alter table visit add column more_service_ids text[] not null default '{}';
alter table visit add column needs text[] constraint visit_needs check (needs <@ array['interpreter', 'wheelchair', 'more-time', 'other-language']);
alter table visit add column on_behalf boolean not null default false;
comment on column visit.more_service_ids is 'further matters settled in the same visit, in their order; their time is added; not personal';
comment on column visit.needs is 'personal; erase 14 days after visit; what the office prepares: interpreter, wheelchair, more-time, other-language';
comment on column visit.on_behalf is 'who comes settles it for somebody else; for whom is not kept; not personal';

-- The daily erasure finds rows by it, needs among what is personal.
drop index visit_erase_on;
create index visit_erase_on on visit (erase_on)
  where person_name is not null or person_email is not null or person_phone is not null or needs is not null;

-- Settings an office file of before does not have.
update office set facts = jsonb_set(facts, '{settings}',
  '{"more-time-minutes": 15, "matters-per-visit": 3, "persons-per-visit": 4, "confirm-minutes": 60, "freed-minutes-min": 1,
    "freed-minutes-max": 20, "offer-minutes": 30, "holds-per-browser": 2, "holds-without-proof": 6, "proof-hashes-max": 64000}'::jsonb
  || (facts->'settings'))
where facts ? 'settings';
