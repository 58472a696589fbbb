-- What an office file says and no row kept yet, so that the office can be written back as a file; and which changes were saved together.

alter table shift add column assumed boolean not null default false;
comment on column shift.assumed is 'no source gives it: assumed so that the program can run';

alter table office_change add column saved_with bigint references office_change constraint office_change_saved_before check (saved_with < id);
create index office_change_saved_with on office_change (saved_with);
comment on column office_change.saved_with is 'the first change of the same save, with which it is taken back; null: it is the first itself';
