-- Wrong contacts typed to find a visit by its reference, so that guessing is slowed down. A new,
-- empty table: nothing is locked.

create table lookup_failure (
  id bigint generated always as identity primary key,
  reference_hash bytea not null,
  at timestamptz not null
);
create index lookup_failure_reference_hash_at on lookup_failure (reference_hash, at);
create index lookup_failure_at on lookup_failure (at);
comment on table lookup_failure is 'Failed look-ups of a visit by reference and contact, to slow guessing down; erased after a day.';
comment on column lookup_failure.id is 'row';
comment on column lookup_failure.reference_hash is 'keyed hash of the reference that was typed, whether a visit has it or not';
comment on column lookup_failure.at is 'when, by the machine''s clock';
