-- What the version of migration 0011 wrote: the small office of the tests with its accounts, a visit in
-- every state, requests, entries and what hangs on them, as its own actions left them on Monday
-- 25 May 2020 at 7:50. Made once by that version; tests/lifecycle/update.test.ts updates it.
-- People are made up; the keys are of no office.

insert into server_key (purpose, key) values
  ('contact', '\xd66cd4380f633cff902c4f39ed2997cc87f25722b2c2daa0caa9906ae59a6558'),
  ('cookie', '\x12a1899acdaa4bfbae3eba494e88acf6517e1e23fb107bc94e62b078ee6931b2'),
  ('pass', '\xb017bc8185718c937528d286fd8172b2be73bcf0dc04b8386951220777bbd8e8'),
  ('visit', '\xd95a05c3209919bb141ec24c6ec9fdb593569c7c1b708ad880b7eaf160aa239b');
insert into idempotency_key (key, body_hash, status, answer, at) values
  ('1b90a216-1511-47a8-a46b-09386e9bbc1f', '\x0a2d594884f4441b5f99cd71e89866ef472ea6693bc0676855de3f481c04c92c', 201, '{"entry": 1}', '2020-05-25 05:18:00+00'),
  ('23584436-4c47-422a-b872-b10b80daa6b1', '\xe7620965cbee637c0935c8fbd15dfaf23930b0f7ba214d19abc76cc818c5ea34', 200, '{"end": "2020-05-27T08:15:00Z", "start": "2020-05-27T08:00:00Z", "state": "cancelled", "service": "short", "building": "hall", "reference": "SQJH6WKS"}', '2020-05-22 06:00:00+00'),
  ('6a4a7c0e-0000-4000-8000-000000000001', '\x741c84094cbb11b5e30ebd34628e7aa2ea193126ca21fe6d5c18f7eaacd5aeda', 201, '{"end": "2020-05-26T07:15:00Z", "start": "2020-05-26T07:00:00Z", "state": "booked", "service": "short", "building": "hall", "reference": "52M6C5T9"}', '2020-05-22 06:00:00+00'),
  ('8977aa0f-32a3-41d4-8c87-a898d8a7f989', '\xce9fff2342ee599e28656d039575b742c74a8e5082d5ea74638dd4205a71c61f', 201, '{"reference": "BSF62AG3"}', '2020-05-22 06:00:00+00');
insert into outbox (id, at, kind, payload) overriding system value values
  (1, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 1}'),
  (2, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 2}'),
  (3, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 3}'),
  (4, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 4}'),
  (5, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 5}'),
  (6, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 6}'),
  (7, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 7}'),
  (8, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 8}'),
  (9, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 9}'),
  (10, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 10}'),
  (11, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 11}'),
  (12, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 12}'),
  (13, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 13}'),
  (14, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 14}'),
  (15, '2020-05-22 06:00:00+00', 'visit-cancelled', '{"visit": 14}'),
  (16, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 15}'),
  (17, '2020-05-22 06:00:00+00', 'request-made', '{"request": 1}'),
  (18, '2020-05-22 06:00:00+00', 'request-made', '{"request": 2}'),
  (19, '2020-05-22 06:00:00+00', 'request-made', '{"request": 3}'),
  (20, '2020-05-22 06:00:00+00', 'visit-booked', '{"visit": 16}'),
  (21, '2020-05-22 06:00:00+00', 'request-made', '{"request": 4}');
select setval(pg_get_serial_sequence('outbox', 'id'), max(id)) from outbox;
insert into office (one, slug, facts, imported_at, demonstration) values
  (true, 'small', '{"hours": [{"asOf": null, "unit": null, "season": null, "source": null, "weekdays": [1, 2, 3, 4, 5], "intervals": [{"to": "15:30", "from": "07:30"}], "validFrom": null}], "office": {"id": "small", "bip": null, "fax": null, "nip": null, "name": "Urząd Próbny", "email": "urzad@example.pl", "epuap": null, "phone": "+48655298100", "regon": null, "teryt": null, "source": null, "address": {"city": "Próba", "number": "1", "street": "ul. Próbna", "postalCode": "64-100"}, "website": null, "eDelivery": null}, "privacy": {"purpose": "umówienie wizyty", "keptDays": 14, "controller": "Urząd Próbny", "legalBasis": "art. 6 ust. 1 lit. e", "officerContact": null}, "contacts": [], "holidays": {"act": "statute", "rules": [], "sundaysAreFree": true}, "payments": {"rates": [], "accounts": [], "cashDesk": null}, "settings": {"hold-minutes": 10, "late-minutes": 10, "erase-after-days": 14, "hold-minutes-max": 30, "entry-early-minutes": 15, "missed-undo-seconds": 60, "booking-horizon-days": 14, "call-again-after-seconds": 60, "open-bookings-per-contact": 2}}', '2020-05-22 06:00:00+00', false);
insert into building (id, facts) values
  ('hall', '{"name": "Hala", "role": null, "order": 0, "source": null, "address": "ul. Próbna 1", "accessibility": []}');
insert into room (id, building_id, facts) values
  ('hall/1', 'hall', '{"floor": null, "order": 0, "number": "1", "source": null, "assumed": true, "buildingId": "hall"}'),
  ('hall/2', 'hall', '{"floor": null, "order": 1, "number": "2", "source": null, "assumed": true, "buildingId": "hall"}');
insert into unit (id, building_id, room_id, facts) values
  ('unit', 'hall', 'hall/1', '{"fax": null, "name": "Wydział Próbny", "email": null, "order": 0, "phones": ["+48655298100"], "roomId": "hall/1", "source": null, "parentId": null, "buildingId": "hall"}');
insert into desk (id, slug, room_id, unit_id, facts, closed) overriding system value values
  (1, 'hall/1/1', 'hall/1', 'unit', '{"label": "1", "order": 0, "roomId": "hall/1", "source": null, "unitId": "unit", "assumed": true, "services": ["short", "long", "two"]}', false),
  (2, 'hall/1/2', 'hall/1', 'unit', '{"label": "2", "order": 1, "roomId": "hall/1", "source": null, "unitId": "unit", "assumed": true, "services": ["short", "long", "two"]}', false),
  (3, 'hall/1/3', 'hall/1', 'unit', '{"label": "3", "order": 2, "roomId": "hall/1", "source": null, "unitId": "unit", "assumed": true, "services": ["short", "long", "two"]}', false),
  (4, 'hall/2/1', 'hall/2', 'unit', '{"label": "1", "order": 3, "roomId": "hall/2", "source": null, "unitId": "unit", "assumed": true, "services": ["short", "long", "two"]}', false);
select setval(pg_get_serial_sequence('desk', 'id'), max(id)) from desk;
insert into service (id, unit_id, facts, closed) values
  ('long', 'unit', '{"fees": [], "name": "Sprawa długa", "bring": [], "facts": [], "order": 1, "letter": "A", "source": null, "unitId": "unit", "assumed": true, "dropOff": false, "persons": 1, "summary": null, "caseKind": {"value": "unknown", "source": null}, "presence": {"value": "unknown", "source": null}, "signature": {"value": "unknown", "source": null}, "timeLimit": null, "bringSource": null, "stepMinutes": 5, "durationAssumed": true, "durationMinutes": 40}', false),
  ('short', 'unit', '{"fees": [], "name": "Sprawa krótka", "bring": [], "facts": [], "order": 0, "letter": "A", "source": null, "unitId": "unit", "assumed": true, "dropOff": false, "persons": 1, "summary": null, "caseKind": {"value": "unknown", "source": null}, "presence": {"value": "unknown", "source": null}, "signature": {"value": "unknown", "source": null}, "timeLimit": null, "bringSource": null, "stepMinutes": 5, "durationAssumed": true, "durationMinutes": 15}', false),
  ('two', 'unit', '{"fees": [], "name": "Sprawa dla dwojga", "bring": [], "facts": [], "order": 2, "letter": "A", "source": null, "unitId": "unit", "assumed": true, "dropOff": false, "persons": 2, "summary": null, "caseKind": {"value": "unknown", "source": null}, "presence": {"value": "unknown", "source": null}, "signature": {"value": "unknown", "source": null}, "timeLimit": null, "bringSource": null, "stepMinutes": 5, "durationAssumed": true, "durationMinutes": 30}', false);
insert into desk_service (desk_id, service_id) values
  (1, 'long'),
  (1, 'short'),
  (1, 'two'),
  (2, 'long'),
  (2, 'short'),
  (2, 'two'),
  (3, 'long'),
  (3, 'short'),
  (3, 'two'),
  (4, 'long'),
  (4, 'short'),
  (4, 'two');
insert into act (id, rank, from_day, entered_at, facts, version) overriding system value values
  ('P/1/2020', 'ordinance', '2020-01-01', '2020-05-22 06:00:00+00', '{"title": "w sprawie obsługi", "issuer": "Burmistrz", "number": "P/1/2020", "source": null, "assumed": [], "repeals": [], "upholds": [], "textHeld": true, "executors": [], "legalBasis": [], "publication": []}', 1);
select setval(pg_get_serial_sequence('act', 'version'), max(version)) from act;
insert into provision (id, reference, kind, binding, scope, parameters, act_version, assumed) values
  ('P/1/2020#booking-only', '§ 1', 'admission', true, '{}', '{"mode": "booking-only"}', 1, '[]'),
  ('P/1/2020#channels', '§ 2', 'booking-channel', true, '{}', '{"channels": ["web", "phone", "email", "request"]}', 1, '[]'),
  ('P/1/2020#one-per-desk', '§ 3', 'clients-per-desk', true, '{}', '{"limit": 1}', 1, '[]');
insert into account (id, login, name, password, roles, unit_id, building_id, created_at) overriding system value values
  (1, 'administrator', 'Administrator', null, '{administrator}', null, null, '2020-05-22 06:00:00+00'),
  (2, 'obsluga', 'Obsługa Próbna', '$argon2id$v=19$m=32768,t=3,p=1$lZfsFtvG4PnioKxBPMixrg$xEl/ywQkkpDmM81C+CIdGrUOne6GmxPDqKK2Fj1lLiQ', '{service-office}', null, null, '2020-05-22 06:00:00+00'),
  (3, 'straznik', 'Strażnik Próbny', null, '{guard}', null, 'hall', '2020-05-22 06:00:00+00'),
  (4, 'okno-1', 'Okno Próbne', null, '{desk-clerk}', 'unit', null, '2020-05-22 06:00:00+00');
select setval(pg_get_serial_sequence('account', 'id'), max(id)) from account;
insert into api_token (token_hash, name, account_id, created_at) values
  ('\x3beb2c5f068a70b51392e31811015a2b8258270502943a0eb3ba0e84ba854f57', 'próba', 2, '2020-05-25 05:46:00+00');
insert into shift (id, desk_id, weekdays, from_day) overriding system value values
  (1, 1, '{1,2,3,4,5}', '2020-01-01'),
  (2, 2, '{1,2,3,4,5}', '2020-01-01'),
  (3, 3, '{1,2,3,4,5}', '2020-01-01'),
  (4, 4, '{1,2,3,4,5}', '2020-01-01');
select setval(pg_get_serial_sequence('shift', 'id'), max(id)) from shift;
insert into visit (id, reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day, persons, counted, person_name, person_email, person_phone, language, urgent, held_until, held_first_at, confirm_until, booked_by, created_at, arrived_at, called_at, called_count, serving_at, ended_at, desk_id, ticket, erase_on, version) overriding system value values
  (1, 'X2L5K4LG', 'served', 'booked', 'short', 'hall', 'hall/1', 'phone', '2020-05-25 05:30:00+00', '2020-05-25 05:45:00+00', '2020-05-25', 1, 1, 'served', 'osoba1@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', '2020-05-25 05:18:00+00', '2020-05-25 05:30:00+00', 1, '2020-05-25 05:30:00+00', '2020-05-25 05:32:40+00', 1, 'A001', '2020-06-08', 4),
  (2, '2BNK4D76', 'serving', 'booked', 'short', 'hall', 'hall/1', 'phone', '2020-05-25 05:30:00+00', '2020-05-25 05:45:00+00', '2020-05-25', 1, 1, 'serving', 'osoba2@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', '2020-05-25 05:18:00+00', '2020-05-25 05:30:00+00', 1, '2020-05-25 05:30:00+00', null, 2, 'A002', '2020-06-08', 3),
  (3, '7ZJNSZTX', 'missed', 'booked', 'short', 'hall', 'hall/2', 'phone', '2020-05-25 05:30:00+00', '2020-05-25 05:45:00+00', '2020-05-25', 1, 1, 'missed', 'osoba3@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', '2020-05-25 05:18:00+00', '2020-05-25 05:31:10+00', 2, null, '2020-05-25 05:32:40+00', 3, 'A003', '2020-06-08', 4),
  (4, 'DMPXAAYE', 'called', 'booked', 'short', 'hall', 'hall/2', 'phone', '2020-05-25 05:45:00+00', '2020-05-25 06:00:00+00', '2020-05-25', 1, 1, 'called', 'osoba4@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', '2020-05-25 05:35:00+00', '2020-05-25 05:46:00+00', 1, null, null, 1, 'A004', '2020-06-08', 2),
  (5, 'DJD2WVH4', 'arrived', 'booked', 'short', 'hall', 'hall/1', 'phone', '2020-05-25 05:45:00+00', '2020-05-25 06:00:00+00', '2020-05-25', 1, 1, 'arrived', 'osoba5@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', '2020-05-25 05:35:00+00', null, 0, null, null, null, 'A005', '2020-06-08', 1),
  (6, 'AVX32E9K', 'parked', 'booked', 'short', 'hall', 'hall/1', 'phone', '2020-05-25 05:45:00+00', '2020-05-25 06:00:00+00', '2020-05-25', 1, 1, 'parked', 'osoba6@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', '2020-05-25 05:35:00+00', null, 0, null, null, null, 'A006', '2020-06-08', 2),
  (7, 'HAH84AM4', 'left', 'booked', 'short', 'hall', 'hall/1', 'phone', '2020-05-25 06:00:00+00', '2020-05-25 06:15:00+00', '2020-05-25', 1, 1, 'left', 'osoba7@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', '2020-05-25 05:46:00+00', null, 0, null, '2020-05-25 05:46:00+00', null, 'A007', '2020-06-08', 2),
  (8, '52M6C5T9', 'booked', 'booked', 'short', 'hall', 'hall/1', 'web', '2020-05-26 07:00:00+00', '2020-05-26 07:15:00+00', '2020-05-26', 1, 1, 'booked', 'booked@example.pl', '+48601100200', 'uk', true, null, null, null, null, '2020-05-22 06:00:00+00', null, null, 0, null, null, null, null, '2020-06-09', 0),
  (9, 'SBE75VJF', 'booked', 'booked', 'two', 'hall', 'hall/1', 'phone', '2020-05-26 08:00:00+00', '2020-05-26 08:30:00+00', '2020-05-26', 2, 2, 'two', 'osoba9@example.pl', null, 'en', false, null, null, null, 2, '2020-05-22 06:00:00+00', null, null, 0, null, null, null, null, '2020-06-09', 0),
  (10, 'ZZYPTGH7', 'booked', 'booked', 'short', 'hall', 'hall/2', 'web', '2020-05-27 07:00:00+00', '2020-05-27 07:15:00+00', '2020-05-27', 1, 1, 'moving', 'osoba10@example.pl', null, 'pl', false, null, null, null, null, '2020-05-22 06:00:00+00', null, null, 0, null, null, null, null, '2020-06-10', 0),
  (11, '3B4G54E3', 'booked', 'booked', 'short', 'hall', 'hall/1', 'phone', '2020-05-25 10:00:00+00', '2020-05-25 10:15:00+00', '2020-05-25', 1, 1, 'today', 'osoba11@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', null, null, 0, null, null, null, null, '2020-06-08', 0),
  (12, 'FY9W228Z', 'booked', 'booked', 'short', 'hall', 'hall/1', 'phone', '2020-05-25 11:00:00+00', '2020-05-25 11:15:00+00', '2020-05-25', 1, 1, 'never', 'osoba12@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', null, null, 0, null, null, null, null, '2020-06-08', 0),
  (13, 'QPA5SA62', 'pending', 'booked', 'short', 'hall', 'hall/1', 'web', '2020-05-28 07:00:00+00', '2020-05-28 07:15:00+00', '2020-05-28', 1, 1, 'pending', 'osoba13@example.pl', null, 'pl', false, null, null, '2020-05-25 06:46:00+00', null, '2020-05-22 06:00:00+00', null, null, 0, null, null, null, null, '2020-06-11', 0),
  (14, 'SQJH6WKS', 'cancelled', 'booked', 'short', 'hall', 'hall/1', 'phone', '2020-05-27 08:00:00+00', '2020-05-27 08:15:00+00', '2020-05-27', 1, 1, 'cancelled', 'osoba14@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', null, null, 0, null, '2020-05-22 06:00:00+00', null, null, '2020-06-10', 1),
  (15, 'ZW2TM93H', 'redirected', 'booked', 'short', 'hall', 'hall/1', 'phone', '2020-05-27 09:00:00+00', '2020-05-27 09:15:00+00', '2020-05-27', 1, 1, 'redirected', 'osoba15@example.pl', null, 'pl', false, null, null, null, 2, '2020-05-22 06:00:00+00', null, null, 0, null, '2020-05-22 06:00:00+00', null, null, '2020-06-10', 1),
  (16, 'YXVBLJDR', 'booked', 'booked', 'long', 'hall', 'hall/1', 'request', '2020-05-28 10:00:00+00', '2020-05-28 10:40:00+00', '2020-05-28', 1, 1, 'request-booked', 'request-booked@example.pl', null, 'pl', true, null, null, null, 2, '2020-05-22 06:00:00+00', null, null, 0, null, null, null, null, '2020-06-11', 0),
  (17, '5WVVCJD6', 'expired', 'booked', 'short', 'hall', 'hall/1', 'web', '2020-05-26 09:00:00+00', '2020-05-26 09:15:00+00', '2020-05-26', 1, 1, null, null, null, 'pl', false, '2020-05-25 05:10:00+00', '2020-05-25 05:00:00+00', null, null, '2020-05-25 05:00:00+00', null, null, 0, null, '2020-05-25 05:12:00+00', null, null, '2020-06-09', 1),
  (18, 'WT7EE7RA', 'held', 'booked', 'short', 'hall', 'hall/1', 'web', '2020-05-26 10:00:00+00', '2020-05-26 10:15:00+00', '2020-05-26', 1, 1, 'held', 'held@example.pl', null, 'pl', false, '2020-05-25 05:56:00+00', '2020-05-25 05:46:00+00', null, null, '2020-05-25 05:46:00+00', null, null, 0, null, null, null, null, '2020-06-09', 0);
select setval(pg_get_serial_sequence('visit', 'id'), max(id)) from visit;
insert into place (visit_id, desk_id, during, active) values
  (1, 3, '["2020-05-25 05:30:00+00","2020-05-25 05:45:00+00")', false),
  (2, 1, '["2020-05-25 05:30:00+00","2020-05-25 05:45:00+00")', true),
  (3, 4, '["2020-05-25 05:30:00+00","2020-05-25 05:45:00+00")', false),
  (4, 4, '["2020-05-25 05:45:00+00","2020-05-25 06:00:00+00")', true),
  (5, 3, '["2020-05-25 05:45:00+00","2020-05-25 06:00:00+00")', true),
  (6, 1, '["2020-05-25 05:45:00+00","2020-05-25 06:00:00+00")', true),
  (7, 3, '["2020-05-25 06:00:00+00","2020-05-25 06:15:00+00")', false),
  (8, 3, '["2020-05-26 07:00:00+00","2020-05-26 07:15:00+00")', true),
  (9, 1, '["2020-05-26 08:00:00+00","2020-05-26 08:30:00+00")', true),
  (9, 2, '["2020-05-26 08:00:00+00","2020-05-26 08:30:00+00")', true),
  (10, 4, '["2020-05-27 07:00:00+00","2020-05-27 07:15:00+00")', true),
  (11, 2, '["2020-05-25 10:00:00+00","2020-05-25 10:15:00+00")', true),
  (12, 2, '["2020-05-25 11:00:00+00","2020-05-25 11:15:00+00")', true),
  (13, 1, '["2020-05-28 07:00:00+00","2020-05-28 07:15:00+00")', true),
  (14, 2, '["2020-05-27 08:00:00+00","2020-05-27 08:15:00+00")', false),
  (15, 1, '["2020-05-27 09:00:00+00","2020-05-27 09:15:00+00")', false),
  (16, 1, '["2020-05-28 10:00:00+00","2020-05-28 10:40:00+00")', true),
  (17, 2, '["2020-05-26 09:00:00+00","2020-05-26 09:15:00+00")', false),
  (18, 1, '["2020-05-26 10:00:00+00","2020-05-26 10:15:00+00")', true);
insert into live_place (desk_id, visit_id, caller) values
  (1, 4, true),
  (2, 2, true);
insert into visit_limit (visit_id, contact, ordinal, service_id, day, active, excepted) values
  (1, '\xf96e3a650e4007d789450db5416e4dfe', 1, 'short', '2020-05-25', false, false),
  (2, '\x1f6142e86cef2639aa23ff52819ffedb', 1, 'short', '2020-05-25', true, false),
  (3, '\x8af8e8ebdcc07201455c6085177a53e8', 1, 'short', '2020-05-25', false, false),
  (4, '\x9a719c7fb06aa766d6ec03f79b95c3f1', 1, 'short', '2020-05-25', true, false),
  (5, '\x124f9fd2c98a5e8b1d73e39c9139d024', 1, 'short', '2020-05-25', true, false),
  (6, '\x612d7fa5ab9379fac75bcbee9228f515', 1, 'short', '2020-05-25', true, false),
  (7, '\x612eff605e8b165d8c3e229a08dec360', 1, 'short', '2020-05-25', false, false),
  (8, '\x367eba85712c799cc50136a06c03f35a', 1, 'short', '2020-05-26', true, false),
  (8, '\xdda9763482c5d573bd3aea57acfbb92f', 1, 'short', '2020-05-26', true, false),
  (9, '\xe12c18eeed27e4a1df923fd67b286ed7', 1, 'two', '2020-05-26', true, false),
  (10, '\xfa848705acd705be76030fa150f5a180', 1, 'short', '2020-05-27', true, false),
  (11, '\x2fcc5c42025b79134e7a36ae7b5ae3a3', 1, 'short', '2020-05-25', true, false),
  (12, '\xe476070e3b020190c140a2a2dfa4164e', 1, 'short', '2020-05-25', true, false),
  (13, '\x5e368186a07254170b2f521cc7092101', 1, 'short', '2020-05-28', true, false),
  (14, '\xe6f258e6005ca0821d012e1ef0d257e4', 1, 'short', '2020-05-27', false, false),
  (15, '\xdac7dcf8e42cf6eccc9ac1e44a48c6a4', 1, 'short', '2020-05-27', false, false),
  (16, '\xdec40030c6b14689f1fb6986e90a7311', 1, 'long', '2020-05-28', true, false);
insert into event (id, at, visit_id, kind, actor, channel, reason, building_id, desk_id, details) overriding system value values
  (1, '2020-05-22 06:00:00+00', 1, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-25T05:45:00Z", "desks": "3", "start": "2020-05-25T05:30:00Z", "service": "short"}'),
  (2, '2020-05-22 06:00:00+00', 2, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-25T05:45:00Z", "desks": "1", "start": "2020-05-25T05:30:00Z", "service": "short"}'),
  (3, '2020-05-22 06:00:00+00', 3, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-25T05:45:00Z", "desks": "4", "start": "2020-05-25T05:30:00Z", "service": "short"}'),
  (4, '2020-05-22 06:00:00+00', 4, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-25T06:00:00Z", "desks": "4", "start": "2020-05-25T05:45:00Z", "service": "short"}'),
  (5, '2020-05-22 06:00:00+00', 5, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-25T06:00:00Z", "desks": "3", "start": "2020-05-25T05:45:00Z", "service": "short"}'),
  (6, '2020-05-22 06:00:00+00', 6, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-25T06:00:00Z", "desks": "1", "start": "2020-05-25T05:45:00Z", "service": "short"}'),
  (7, '2020-05-22 06:00:00+00', 7, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-25T06:15:00Z", "desks": "3", "start": "2020-05-25T06:00:00Z", "service": "short"}'),
  (8, '2020-05-22 06:00:00+00', 8, 'booked', 'citizen', 'web', null, null, null, '{"end": "2020-05-26T07:15:00Z", "desks": "3", "start": "2020-05-26T07:00:00Z", "service": "short"}'),
  (9, '2020-05-22 06:00:00+00', 9, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-26T08:30:00Z", "desks": "1 2", "start": "2020-05-26T08:00:00Z", "service": "two"}'),
  (10, '2020-05-22 06:00:00+00', 10, 'booked', 'citizen', 'web', null, null, null, '{"end": "2020-05-27T07:15:00Z", "desks": "4", "start": "2020-05-27T07:00:00Z", "service": "short"}'),
  (11, '2020-05-22 06:00:00+00', 11, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-25T10:15:00Z", "desks": "2", "start": "2020-05-25T10:00:00Z", "service": "short"}'),
  (12, '2020-05-22 06:00:00+00', 12, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-25T11:15:00Z", "desks": "2", "start": "2020-05-25T11:00:00Z", "service": "short"}'),
  (13, '2020-05-22 06:00:00+00', 13, 'booked', 'citizen', 'web', null, null, null, '{"end": "2020-05-28T07:15:00Z", "desks": "1", "start": "2020-05-28T07:00:00Z", "service": "short"}'),
  (14, '2020-05-22 06:00:00+00', 14, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-27T08:15:00Z", "desks": "2", "start": "2020-05-27T08:00:00Z", "service": "short"}'),
  (15, '2020-05-22 06:00:00+00', 14, 'cancelled', 'citizen', 'web', 'citizen-wish', 'hall', null, '{"from": "booked"}'),
  (16, '2020-05-22 06:00:00+00', 15, 'booked', 'account:2', 'phone', null, null, null, '{"end": "2020-05-27T09:15:00Z", "desks": "1", "start": "2020-05-27T09:00:00Z", "service": "short"}'),
  (17, '2020-05-22 06:00:00+00', 15, 'redirected', 'account:2', 'email', 'settled-otherwise', 'hall', null, '{"from": "booked"}'),
  (18, '2020-05-22 06:00:00+00', null, 'request-made', 'citizen', 'request', null, null, null, '{"unit": "unit", "request": 1, "service": "long"}'),
  (19, '2020-05-22 06:00:00+00', null, 'request-made', 'citizen', 'request', null, null, null, '{"unit": "unit", "request": 2, "service": "long"}'),
  (20, '2020-05-22 06:00:00+00', null, 'request-made', 'citizen', 'request', null, null, null, '{"unit": "unit", "request": 3, "service": "long"}'),
  (21, '2020-05-22 06:00:00+00', 16, 'booked', 'account:2', 'request', null, null, null, '{"end": "2020-05-28T10:40:00Z", "desks": "1", "start": "2020-05-28T10:00:00Z", "service": "long"}'),
  (22, '2020-05-22 06:00:00+00', 16, 'request-booked', 'account:2', 'request', null, null, null, '{"request": 3}'),
  (23, '2020-05-22 06:00:00+00', null, 'request-made', 'citizen', 'request', null, null, null, '{"unit": "unit", "request": 4, "service": "long"}'),
  (24, '2020-05-22 06:00:00+00', null, 'request-settled', 'account:2', 'request', 'by-phone', null, null, '{"request": 4}'),
  (25, '2020-05-25 05:00:00+00', 17, 'held', 'citizen', 'web', null, null, null, '{"end": "2020-05-26T09:15:00Z", "desks": "2", "start": "2020-05-26T09:00:00Z", "service": "short"}'),
  (26, '2020-05-25 05:12:00+00', 17, 'expired', 'system', null, null, 'hall', null, null),
  (27, '2020-05-25 05:18:00+00', null, 'desk-opened', 'account:4', 'desk', null, 'hall', 1, null),
  (28, '2020-05-25 05:18:00+00', null, 'desk-opened', 'account:4', 'desk', null, 'hall', 2, null),
  (29, '2020-05-25 05:18:00+00', null, 'desk-opened', 'account:4', 'desk', null, 'hall', 3, null),
  (30, '2020-05-25 05:18:00+00', 1, 'entered', 'account:3', 'door', null, 'hall', null, '{"code": "come-in", "entry": 1, "ticket": "A001", "override": false}'),
  (31, '2020-05-25 05:18:00+00', 2, 'entered', 'account:3', 'door', null, 'hall', null, '{"code": "come-in", "entry": 2, "ticket": "A002", "override": false}'),
  (32, '2020-05-25 05:18:00+00', 3, 'entered', 'account:3', 'door', null, 'hall', null, '{"code": "come-in", "entry": 3, "ticket": "A003", "override": false}'),
  (33, '2020-05-25 05:30:00+00', 1, 'called', 'account:4', 'desk', null, 'hall', 1, '{"why": "booked-due"}'),
  (34, '2020-05-25 05:30:00+00', 2, 'called', 'account:4', 'desk', null, 'hall', 2, '{"why": "booked-due"}'),
  (35, '2020-05-25 05:30:00+00', 3, 'called', 'account:4', 'desk', null, 'hall', 3, '{"why": "booked-due"}'),
  (36, '2020-05-25 05:30:00+00', 1, 'started', 'account:4', 'desk', null, 'hall', 1, null),
  (37, '2020-05-25 05:30:00+00', 2, 'started', 'account:4', 'desk', null, 'hall', 2, null),
  (38, '2020-05-25 05:30:00+00', 3, 'went-out', 'account:3', 'door', null, 'hall', null, '{"entry": 3, "purpose": "visit"}'),
  (39, '2020-05-25 05:31:10+00', 3, 'recalled', 'account:4', 'desk', null, 'hall', 3, null),
  (40, '2020-05-25 05:32:40+00', 3, 'missed', 'account:4', 'desk', 'called-twice', 'hall', 3, '{"from": "called"}'),
  (41, '2020-05-25 05:32:40+00', 1, 'finished', 'account:4', 'desk', null, 'hall', 1, '{"from": "serving"}'),
  (42, '2020-05-25 05:32:40+00', 1, 'went-out', 'account:3', 'door', null, 'hall', null, '{"entry": 1, "purpose": "visit"}'),
  (43, '2020-05-25 05:35:00+00', 4, 'entered', 'account:3', 'door', null, 'hall', null, '{"code": "come-in", "entry": 4, "ticket": "A004", "override": false}'),
  (44, '2020-05-25 05:35:00+00', 5, 'entered', 'account:3', 'door', null, 'hall', null, '{"code": "come-in", "entry": 5, "ticket": "A005", "override": false}'),
  (45, '2020-05-25 05:35:00+00', 6, 'entered', 'account:3', 'door', null, 'hall', null, '{"code": "come-in", "entry": 6, "ticket": "A006", "override": false}'),
  (46, '2020-05-25 05:35:00+00', 6, 'parked', 'system', 'desk', 'papers-missing', 'hall', null, null),
  (47, '2020-05-25 05:46:00+00', 4, 'called', 'account:4', 'desk', null, 'hall', 1, '{"why": "booked-due"}'),
  (48, '2020-05-25 05:46:00+00', 7, 'entered', 'account:3', 'door', null, 'hall', null, '{"code": "come-in", "entry": 7, "ticket": "A007", "override": false}'),
  (49, '2020-05-25 05:46:00+00', 7, 'left', 'account:3', 'door', 'went-home', 'hall', null, '{"from": "arrived"}'),
  (50, '2020-05-25 05:46:00+00', null, 'admitted', 'account:3', 'door', 'delivery', 'hall', null, '{"code": "not-a-client", "entry": 8}'),
  (51, '2020-05-25 05:46:00+00', 18, 'held', 'citizen', 'web', null, null, null, '{"end": "2020-05-26T10:15:00Z", "desks": "1", "start": "2020-05-26T10:00:00Z", "service": "short"}');
select setval(pg_get_serial_sequence('event', 'id'), max(id)) from event;
insert into request (id, reference, service_id, unit_id, state, days, person_name, person_email, language, urgent, created_at, ended_at, ended_by, reason, visit_id, erase_on) overriding system value values
  (1, 'BSF62AG3', 'long', 'unit', 'open', '[{"day": "2020-05-28", "part": "morning"}, {"part": "any", "weekday": 2}]', 'request-open', 'request-open@example.pl', 'pl', true, '2020-05-22 06:00:00+00', null, null, null, null, '2020-06-19'),
  (2, 'KBX6PM9Z', 'long', 'unit', 'open', '[{"day": "2020-05-28", "part": "morning"}, {"part": "any", "weekday": 2}]', 'request-second', 'request-second@example.pl', 'pl', true, '2020-05-22 06:00:00+00', null, null, null, null, '2020-06-19'),
  (3, 'MX4HD6AG', 'long', 'unit', 'booked', '[{"day": "2020-05-28", "part": "morning"}, {"part": "any", "weekday": 2}]', 'request-booked', 'request-booked@example.pl', 'pl', true, '2020-05-22 06:00:00+00', '2020-05-22 06:00:00+00', 2, null, 16, '2020-06-11'),
  (4, '3XGRQW2V', 'long', 'unit', 'settled', '[{"day": "2020-05-28", "part": "morning"}, {"part": "any", "weekday": 2}]', 'request-settled', 'request-settled@example.pl', 'pl', true, '2020-05-22 06:00:00+00', '2020-05-22 06:00:00+00', 2, 'by-phone', null, '2020-06-19');
select setval(pg_get_serial_sequence('request', 'id'), max(id)) from request;
insert into ticket_counter (day, letter, last) values
  ('2020-05-25', 'A', 7);
insert into desk_session (desk_id, account_id, since, paused) values
  (1, 4, '2020-05-25 05:18:00+00', false),
  (2, 4, '2020-05-25 05:18:00+00', false),
  (3, 4, '2020-05-25 05:18:00+00', false);
insert into entry (id, at, building_id, visit_id, purpose, account_id, code, left_at) overriding system value values
  (1, '2020-05-25 05:18:00+00', 'hall', 1, 'visit', 3, 'come-in', '2020-05-25 05:32:40+00'),
  (2, '2020-05-25 05:18:00+00', 'hall', 2, 'visit', 3, 'come-in', null),
  (3, '2020-05-25 05:18:00+00', 'hall', 3, 'visit', 3, 'come-in', '2020-05-25 05:30:00+00'),
  (4, '2020-05-25 05:35:00+00', 'hall', 4, 'visit', 3, 'come-in', null),
  (5, '2020-05-25 05:35:00+00', 'hall', 5, 'visit', 3, 'come-in', null),
  (6, '2020-05-25 05:35:00+00', 'hall', 6, 'visit', 3, 'come-in', null),
  (7, '2020-05-25 05:46:00+00', 'hall', 7, 'visit', 3, 'come-in', null),
  (8, '2020-05-25 05:46:00+00', 'hall', null, 'delivery', 3, 'not-a-client', null);
select setval(pg_get_serial_sequence('entry', 'id'), max(id)) from entry;
