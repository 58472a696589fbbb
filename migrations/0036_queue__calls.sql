-- A desk's own calls of a day are looked up by the desk and the time.
create index event_desk_id_at on event (desk_id, at) where desk_id is not null;
drop index event_desk_id;
