-- How wrong a device's own clock is, for the staff: what it shows goes by the office's.

alter table device add column clock_off_minutes integer;
alter table device add constraint device_clock_off check (clock_off_minutes <> 0);
comment on column device.clock_off_minutes is 'minutes its own clock is ahead (behind, when below nought) of the machine''s; null while right or unknown';
