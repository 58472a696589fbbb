-- Devices that stand in the buildings: kiosks, screens of waiting rooms, doors. New, empty tables:
-- nothing is locked.

create table device (
  id integer generated always as identity primary key,
  kind text not null constraint device_kind check (kind in ('kiosk', 'display', 'door')),
  name text not null,
  building_id text not null references building,
  settings jsonb not null default '{}',
  token_hash bytea constraint device_token_once unique,
  pairing_hash bytea constraint device_pairing_once unique,
  pairing_until timestamptz,
  paired_at timestamptz,
  last_seen_at timestamptz,
  revoked_at timestamptz,
  trouble text,
  trouble_at timestamptz,
  created_by integer not null references account,
  created_at timestamptz not null,
  constraint device_pairing_ends check ((pairing_hash is null) = (pairing_until is null)),
  constraint device_revoked_opens_nothing check (revoked_at is null or (token_hash is null and pairing_hash is null)),
  constraint device_trouble_since check ((trouble is null) = (trouble_at is null))
);
create index device_building_id on device (building_id);
create index device_created_by on device (created_by);
comment on table device is 'A device of a building: what it may do is its kind''s work in its building, and nothing else.';
comment on column device.id is 'row';
comment on column device.kind is 'whose work it does: kiosk, display or door; not personal';
comment on column device.name is 'what the administrator calls it; not personal';
comment on column device.building_id is 'the building it stands in; not personal';
comment on column device.settings is 'what its kind needs to know, as the address of a kiosk''s printer; not personal';
comment on column device.token_hash is 'SHA-256 of the token in its cookie; null until it is paired and once it is revoked';
comment on column device.pairing_hash is 'keyed hash of the code with which it can be paired now';
comment on column device.pairing_until is 'until when that code is good, by the machine''s clock';
comment on column device.paired_at is 'when it was last paired, by the machine''s clock';
comment on column device.last_seen_at is 'when it last asked for anything, by the machine''s clock, to the minute';
comment on column device.revoked_at is 'when it was revoked for good, by the machine''s clock';
comment on column device.trouble is 'what is wrong with it now, a code from a list, as paper-out; not personal';
comment on column device.trouble_at is 'since when, by the office''s clock';
comment on column device.created_by is 'the administrator who made it';
comment on column device.created_at is 'when it was made, by the office''s clock';

create table pairing_guess (
  id bigint generated always as identity primary key,
  source_hash bytea not null,
  at timestamptz not null
);
create index pairing_guess_source_hash_at on pairing_guess (source_hash, at);
create index pairing_guess_at on pairing_guess (at);
comment on table pairing_guess is 'Wrong pairing codes, to slow guessing down; erased after a day.';
comment on column pairing_guess.id is 'row';
comment on column pairing_guess.source_hash is 'keyed hash of the network address the guess came from';
comment on column pairing_guess.at is 'when, by the machine''s clock';
