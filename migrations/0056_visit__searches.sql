-- Look-ups of people by the staff are events of the history; the administrator's page reads them by an
-- index of their own, which holds nothing else. Building it reads the table once.

create index event_people_searched on event (id) where kind = 'people-searched';
