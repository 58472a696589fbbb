-- How many proposed times are kept for one person, and how long before its start each goes back, are
-- settings of the office now; an office that is there gets what the program had. One row is written.

update office set facts = jsonb_set(facts, '{settings}', '{"proposed-per-contact": 3, "proposed-back-minutes": 60}'::jsonb || (facts -> 'settings'))
  where facts ? 'settings';
