-- Times kept for browsers that did no work for them: so many of a matter at once. A new, empty table.

create table unproven_hold (
  service_id text not null,
  ordinal smallint not null,
  reference text,
  until timestamptz not null,
  constraint unproven_hold_once primary key (service_id, ordinal)
);
comment on table unproven_hold is 'Places of a matter for holds without proof of work: an ordinal up to the quota is taken by each, so that a race cannot pass it.';
comment on column unproven_hold.service_id is 'the matter; not personal';
comment on column unproven_hold.ordinal is '1 up to the quota of the moment';
comment on column unproven_hold.reference is 'the hold that has it; null while it is made, and for a booking made at once';
comment on column unproven_hold.until is 'free again then, or when its hold is no hold any more';
