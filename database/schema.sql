-- The sum of migrations/: for reading, never run.

-- A time at which a desk that would be staffed is not.
create table absence (
  id integer not null generated always as identity, -- row
  desk_id integer not null, -- the desk
  during tstzrange not null, -- from and until
  reason text not null, -- from a list; not personal
)
  constraint absence_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id)
  constraint absence_pkey PRIMARY KEY (id)
  constraint absence_reason CHECK ((reason = ANY (ARRAY['leave'::text, 'training'::text, 'break'::text, 'closed'::text])))
  CREATE INDEX absence_desk_id ON public.absence USING btree (desk_id)

-- A person of the staff.
create table account (
  id integer not null generated always as identity, -- the only trace of the person in events
  login text not null, -- personal; erase one year after the account is closed
  name text not null, -- personal; erase one year after the account is closed
  password text, -- argon2id hash in PHC form; personal; erase when the account is closed
  roles text[] not null, -- of service-office, guard, desk, head, secretary, administrator; not personal
  unit_id text, -- the unit of a head or clerk; not personal
  desk_id integer, -- the desk a clerk usually sits at
  building_id text, -- the building a guard watches; not personal
  closed_at timestamp with time zone, -- when the account was closed
  created_at timestamp with time zone not null, -- when it was made
)
  constraint account_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint account_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id)
  constraint account_login_once UNIQUE (login)
  constraint account_pkey PRIMARY KEY (id)
  constraint account_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
  CREATE INDEX account_building_id ON public.account USING btree (building_id)
  CREATE INDEX account_desk_id ON public.account USING btree (desk_id)
  CREATE INDEX account_unit_id ON public.account USING btree (unit_id)

-- An ordinance, a statute or regulation where it bears on the office, or the office's own settings.
create table act (
  id text not null, -- number of the act, as in K/219/2020; not personal
  rank text not null, -- higher binding rank wins; not personal
  signed_on date, -- day of signing; null when unknown
  from_day date, -- first day in force; null when unknown, which means before every day asked about
  until_day date, -- last day in force; null until revoked
  condition_id text, -- in force only while this condition lasts; checked when the file is read
  entered_at timestamp with time zone not null, -- when the program learned of this version: what was answered at T used versions entered by T and not yet superseded
  facts jsonb not null, -- title, issuer, repeals, upholds, legal basis, publication, executors, whether the text is held, which dates are assumed, source
  version bigint not null generated always as identity, -- row; one for every content the act had
  superseded_at timestamp with time zone, -- when an import replaced this version; null for the newest
)
  constraint act_pkey PRIMARY KEY (version)
  constraint act_rank CHECK ((rank = ANY (ARRAY['statute'::text, 'regulation'::text, 'ordinance'::text, 'setting'::text])))
  constraint act_superseded CHECK ((superseded_at >= entered_at))
  CREATE INDEX act_condition_id ON public.act USING btree (condition_id)
  CREATE UNIQUE INDEX act_current ON public.act USING btree (id) WHERE (superseded_at IS NULL)

-- One version of an act from its draft to its publication; a correction is a row of its own. Nothing answers by it before it is published. The trigger act_draft_kept refuses to change what was signed.
create table act_draft (
  id bigint not null generated always as identity, -- row
  corrects text, -- id of the act it is a correction of; null for a new act; not personal
  state text not null, -- draft, checked by a second person, signed, published, or given up; not personal
  content jsonb not null, -- facts of the act and its provisions, shaped as in the acts file
  text text not null, -- what the act itself says, as pasted; not personal
  revision integer not null, -- counts every change
  changed jsonb not null, -- for each part (the facts, the text, each provision) the revision that changed it last
  made_at timestamp with time zone not null, -- office time of its first saving
  author_id integer not null, -- who began it
  edited_by integer not null, -- who changed it last
  checked_by integer, -- who checked it; neither the author nor whoever changed it last
  checked_at timestamp with time zone, -- office time of the check
  register_number text, -- number in the register of acts, its own for each version; not personal
  signed_on date, -- day of signing
  signed_by text, -- function and name of the official who signed, as the act itself makes public; not personal data of a client, so not personal
  act_id text, -- id of the act in the rule book, set when it is signed; not personal
  published_at timestamp with time zone, -- when it was published, as recorded
  published_in jsonb, -- where it was published
  responsible text, -- official responsible for the content, named by law beside what is published; not personal data of a client, so not personal
  entered_by integer, -- who recorded the publication
  entered_at timestamp with time zone, -- office time from which answers follow it: that of its version in act
)
  constraint act_draft_author_id_fkey FOREIGN KEY (author_id) REFERENCES account(id)
  constraint act_draft_checked CHECK ((((checked_by IS NULL) = (checked_at IS NULL)) AND ((state <> ALL (ARRAY['checked'::text, 'signed'::text, 'published'::text])) OR (checked_by IS NOT NULL))))
  constraint act_draft_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES account(id)
  constraint act_draft_edited_by_fkey FOREIGN KEY (edited_by) REFERENCES account(id)
  constraint act_draft_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES account(id)
  constraint act_draft_pkey PRIMARY KEY (id)
  constraint act_draft_published CHECK ((((state = 'published'::text) = (published_at IS NOT NULL)) AND ((published_at IS NULL) = (published_in IS NULL)) AND ((published_at IS NULL) = (responsible IS NULL)) AND ((published_at IS NULL) = (entered_by IS NULL)) AND ((published_at IS NULL) = (entered_at IS NULL))))
  constraint act_draft_second_person CHECK (((checked_by <> author_id) AND (checked_by <> edited_by)))
  constraint act_draft_signed CHECK ((((state = ANY (ARRAY['signed'::text, 'published'::text])) = (register_number IS NOT NULL)) AND ((register_number IS NULL) = (signed_on IS NULL)) AND ((register_number IS NULL) = (signed_by IS NULL)) AND ((register_number IS NULL) = (act_id IS NULL))))
  constraint act_draft_state CHECK ((state = ANY (ARRAY['draft'::text, 'checked'::text, 'signed'::text, 'published'::text, 'withdrawn'::text])))
  CREATE INDEX act_draft_act_id ON public.act_draft USING btree (act_id) WHERE (act_id IS NOT NULL)
  CREATE INDEX act_draft_author_id ON public.act_draft USING btree (author_id)
  CREATE INDEX act_draft_checked_by ON public.act_draft USING btree (checked_by) WHERE (checked_by IS NOT NULL)
  CREATE INDEX act_draft_edited_by ON public.act_draft USING btree (edited_by)
  CREATE INDEX act_draft_entered_by ON public.act_draft USING btree (entered_by) WHERE (entered_by IS NOT NULL)
  CREATE UNIQUE INDEX act_draft_one_correction ON public.act_draft USING btree (corrects) WHERE (state = ANY (ARRAY['draft'::text, 'checked'::text, 'signed'::text]))
  CREATE UNIQUE INDEX act_draft_register_number ON public.act_draft USING btree (register_number)

-- The steps of an act and every change of its draft. Only added to.
create table act_event (
  id bigint not null generated always as identity, -- row
  draft_id bigint not null, -- which version of which act
  at timestamp with time zone not null, -- office time
  account_id integer not null, -- who did it
  kind text not null, -- what was done; not personal
  part text, -- what was changed: facts, text, or a provision by its word; not personal
)
  constraint act_event_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint act_event_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES act_draft(id)
  constraint act_event_kind CHECK ((kind = ANY (ARRAY['made'::text, 'imported'::text, 'edited'::text, 'checked'::text, 'returned'::text, 'signed'::text, 'published'::text, 'withdrawn'::text])))
  constraint act_event_pkey PRIMARY KEY (id)
  CREATE INDEX act_event_account_id ON public.act_event USING btree (account_id)
  CREATE INDEX act_event_draft_id ON public.act_event USING btree (draft_id)

-- Who has read which version of an act, once each.
create table act_read (
  account_id integer not null, -- who has read it: the number alone; the name goes with the account
  act_version bigint not null, -- the version that was read
  at timestamp with time zone not null, -- office time
)
  constraint act_read_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint act_read_act_version_fkey FOREIGN KEY (act_version) REFERENCES act(version)
  constraint act_read_pkey PRIMARY KEY (account_id, act_version)
  CREATE INDEX act_read_version ON public.act_read USING btree (act_version)

-- What the program cannot see of what an act asks for: somebody says that it is done, and may take that back. Rows are kept.
create table act_task (
  id bigint not null generated always as identity, -- row
  act_version bigint not null, -- the version that asks for it
  task text not null, -- what is done: poster, the notice at the door of the building; not personal
  building_id text not null, -- where; not personal
  done_by integer not null, -- who said so: the number alone; the name goes with the account
  done_at timestamp with time zone not null, -- office time
  undone_by integer, -- who took it back
  undone_at timestamp with time zone, -- office time; null while it stands
)
  constraint act_task_act_version_fkey FOREIGN KEY (act_version) REFERENCES act(version)
  constraint act_task_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint act_task_done_by_fkey FOREIGN KEY (done_by) REFERENCES account(id)
  constraint act_task_kind CHECK ((task = 'poster'::text))
  constraint act_task_pkey PRIMARY KEY (id)
  constraint act_task_undone CHECK (((undone_by IS NULL) = (undone_at IS NULL)))
  constraint act_task_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES account(id)
  CREATE INDEX act_task_building_id ON public.act_task USING btree (building_id)
  CREATE INDEX act_task_done_by ON public.act_task USING btree (done_by)
  CREATE UNIQUE INDEX act_task_once ON public.act_task USING btree (act_version, task, building_id) WHERE (undone_at IS NULL)
  CREATE INDEX act_task_undone_by ON public.act_task USING btree (undone_by) WHERE (undone_by IS NOT NULL)

-- Visits spared: how often "I will settle it without a visit" was pressed, by day, matter and way.
create table advice_count (
  day date not null, -- the day of the office
  service_id text not null, -- the matter; not personal
  way text not null, -- how it will be settled: a remote channel; not personal
  count integer not null, -- presses on that day
)
  constraint advice_count_pkey PRIMARY KEY (day, service_id, way)
  constraint advice_count_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id)
  constraint advice_count_some CHECK ((count > 0))
  constraint advice_count_way CHECK ((way = ANY (ARRAY['e-delivery'::text, 'epuap'::text, 'email'::text, 'post'::text, 'drop-off'::text])))
  CREATE INDEX advice_count_service_id ON public.advice_count USING btree (service_id)

-- A bearer token an administrator made for a program; it acts as an account.
create table api_token (
  token_hash bytea not null, -- SHA-256 of the token
  name text not null, -- what it is for; not personal
  account_id integer not null, -- whose rights it has
  created_at timestamp with time zone not null, -- when it was made
  expires_at timestamp with time zone, -- when it ends; null: until withdrawn
)
  constraint api_token_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint api_token_pkey PRIMARY KEY (token_hash)
  CREATE INDEX api_token_account_id ON public.api_token USING btree (account_id)

-- A building the office serves people in.
create table building (
  id text not null, -- as in walowa-5; not personal
  facts jsonb not null, -- address, accessibility, source
)
  constraint building_pkey PRIMARY KEY (id)

-- Who rang a person whose visit the office moved or cancelled, when, and what came of it. Only added to.
create table call_attempt (
  id bigint not null generated always as identity, -- order
  item_id bigint not null, -- what the person is to be told of
  at timestamp with time zone not null, -- office time
  account_id integer not null, -- who rang
  result text not null, -- from a list; not personal
)
  constraint call_attempt_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint call_attempt_item_id_fkey FOREIGN KEY (item_id) REFERENCES review_item(id)
  constraint call_attempt_pkey PRIMARY KEY (id)
  constraint call_attempt_result CHECK ((result = ANY (ARRAY['told'::text, 'no-answer'::text, 'wrong-number'::text, 'call-later'::text, 'given-up'::text])))
  CREATE INDEX call_attempt_account_id ON public.call_attempt USING btree (account_id)
  CREATE INDEX call_attempt_item_id ON public.call_attempt USING btree (item_id)

-- What the office owes somebody who called: a call from a minute on, or an e-mail. Who it is stands with the request.
create table call_back (
  request_id bigint not null, -- the request
  wish text not null, -- to be rung, or written to; not personal
  ring_at timestamp with time zone not null, -- when the person wanted it from
  next_at timestamp with time zone not null, -- from when it is tried next
)
  constraint call_back_in_order CHECK ((next_at >= ring_at))
  constraint call_back_pkey PRIMARY KEY (request_id)
  constraint call_back_request_id_fkey FOREIGN KEY (request_id) REFERENCES request(id)
  constraint call_back_wish CHECK ((wish = ANY (ARRAY['call'::text, 'email'::text])))
  CREATE INDEX call_back_next_at ON public.call_back USING btree (next_at)

-- Who rang back, when, and what came of it. Only added to.
create table call_back_attempt (
  id bigint not null generated always as identity, -- order
  request_id bigint not null, -- whom to ring
  at timestamp with time zone not null, -- office time
  account_id integer not null, -- who rang
  result text not null, -- reached, no answer, wrong number, or asked to ring later; not personal
)
  constraint call_back_attempt_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint call_back_attempt_pkey PRIMARY KEY (id)
  constraint call_back_attempt_request_id_fkey FOREIGN KEY (request_id) REFERENCES call_back(request_id)
  constraint call_back_attempt_result CHECK ((result = ANY (ARRAY['reached'::text, 'no-answer'::text, 'wrong-number'::text, 'later'::text])))
  CREATE INDEX call_back_attempt_account_id ON public.call_back_attempt USING btree (account_id)
  CREATE INDEX call_back_attempt_request_id ON public.call_back_attempt USING btree (request_id)

-- A state an act may hang on, such as the state of epidemic, with its own first and last day.
create table condition (
  id text not null, -- as in state-of-epidemic; not personal
  facts jsonb not null, -- title and source
  from_day date, -- first day; null when unknown
  until_day date, -- last day; null while it lasts
  version bigint not null generated always as identity, -- row; one for every content the condition had
  entered_at timestamp with time zone not null, -- when the program learned of this version
  superseded_at timestamp with time zone, -- when an import replaced this version; null for the newest
)
  constraint condition_pkey PRIMARY KEY (version)
  constraint condition_superseded CHECK ((superseded_at >= entered_at))
  CREATE UNIQUE INDEX condition_current ON public.condition USING btree (id) WHERE (superseded_at IS NULL)

-- Codes sent for a pending visit and wrong ones typed; no row: the first code, not tried yet. The codes themselves are derived, never stored.
create table confirmation (
  visit_id bigint not null, -- the visit
  round smallint not null, -- which code is valid: the first, second or third that was sent
  tries smallint not null, -- codes typed since it was sent
)
  constraint confirmation_pkey PRIMARY KEY (visit_id)
  constraint confirmation_round CHECK (((round >= 1) AND (round <= 3)))
  constraint confirmation_tries CHECK (((tries >= 0) AND (tries <= 5)))
  constraint confirmation_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)

-- A phone or e-mail a person shows to be reached at, before a time is kept without proof of work.
create table contact_check (
  id bigint not null generated always as identity, -- row
  reference text not null, -- the code is derived from it; not personal
  contact bytea not null, -- keyed hash, to count messages per contact; personal; erased with its row's day
  email text, -- personal; erase 14 days after visit
  phone text, -- personal; erase 14 days after visit; digits with country code
  language text not null, -- of the message: pl, en, uk; not personal
  tries smallint not null default 0, -- codes typed
  created_at timestamp with time zone not null, -- when the code was sent; it holds half an hour
  erase_on date not null, -- the day on which what is personal is erased
)
  constraint contact_check_pkey PRIMARY KEY (id)
  constraint contact_check_reference_once UNIQUE (reference)
  constraint contact_check_tries CHECK (((tries >= 0) AND (tries <= 5)))
  CREATE INDEX contact_check_contact ON public.contact_check USING btree (contact, created_at)

-- A service desk (stanowisko): the unit of capacity.
create table desk (
  id integer not null generated always as identity, -- short number for the hot tables; never leaves the program
  slug text not null, -- as in walowa-5/4/1; not personal
  room_id text not null, -- the room whose limit it counts towards
  unit_id text not null, -- the unit whose clerks sit at it
  facts jsonb not null, -- label, source, assumed
  closed boolean not null default false, -- no longer in the office file; kept because visits name it
)
  constraint desk_pkey PRIMARY KEY (id)
  constraint desk_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id)
  constraint desk_slug_once UNIQUE (slug)
  constraint desk_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
  CREATE INDEX desk_room_id ON public.desk USING btree (room_id)
  CREATE INDEX desk_unit_id ON public.desk USING btree (unit_id)

-- Groups not its own of which a desk takes whoever has waited too long.
create table desk_overflow (
  desk_id integer not null, -- the desk that takes them
  letter text not null, -- letter of the queue group; not personal
  after_minutes smallint not null, -- minutes of waiting from which it takes them
  from_minute smallint not null default 0, -- from this minute of the office's day
  until_minute smallint not null default 1440, -- to this minute of the office's day
)
  constraint desk_overflow_after CHECK (((after_minutes >= 0) AND (after_minutes <= 480)))
  constraint desk_overflow_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id)
  constraint desk_overflow_minutes_in_order CHECK ((from_minute < until_minute))
  constraint desk_overflow_pkey PRIMARY KEY (desk_id, letter)

-- Which desk offers which service.
create table desk_service (
  desk_id integer not null, -- the desk
  service_id text not null, -- the service it offers; not personal
)
  constraint desk_service_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id)
  constraint desk_service_pkey PRIMARY KEY (desk_id, service_id)
  constraint desk_service_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id)
  CREATE INDEX desk_service_service_id ON public.desk_service USING btree (service_id)

-- Desks at which a clerk works now: the staffed desks of the room rule.
create table desk_session (
  desk_id integer not null, -- the desk
  account_id integer not null, -- the clerk
  since timestamp with time zone not null, -- since when
  paused boolean not null default false, -- on a break: calls nobody, still counts as staffed while serving
  paused_until timestamp with time zone, -- when the break is to end; null: not said
  handing_over boolean not null default false, -- the clerk leaves: a colleague may take the desk with whoever is at it
)
  constraint desk_session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint desk_session_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id)
  constraint desk_session_pkey PRIMARY KEY (desk_id)
  CREATE INDEX desk_session_account_id ON public.desk_session USING btree (account_id)

-- A device of a building: what it may do is its kind's work in its building, and nothing else.
create table device (
  id integer not null generated always as identity, -- row
  kind text not null, -- whose work it does: kiosk, display or door; not personal
  name text not null, -- what the administrator calls it; not personal
  building_id text not null, -- the building it stands in; not personal
  settings jsonb not null default '{}'::jsonb, -- what its kind needs to know, as the address of a kiosk's printer; not personal
  token_hash bytea, -- SHA-256 of the token in its cookie; null until it is paired and once it is revoked
  pairing_hash bytea, -- keyed hash of the code with which it can be paired now
  pairing_until timestamp with time zone, -- until when that code is good, by the machine's clock
  paired_at timestamp with time zone, -- when it was last paired, by the machine's clock
  last_seen_at timestamp with time zone, -- when it last asked for anything, by the machine's clock, to the minute
  revoked_at timestamp with time zone, -- when it was revoked for good, by the machine's clock
  trouble text, -- what is wrong with it now, a code from a list, as paper-out; not personal
  trouble_at timestamp with time zone, -- since when, by the office's clock
  created_by integer not null, -- the administrator who made it
  created_at timestamp with time zone not null, -- when it was made, by the office's clock
  clock_off_minutes integer, -- minutes its own clock is ahead (behind, when below nought) of the machine's; null while right or unknown
)
  constraint device_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint device_clock_off CHECK ((clock_off_minutes <> 0))
  constraint device_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id)
  constraint device_kind CHECK ((kind = ANY (ARRAY['kiosk'::text, 'display'::text, 'door'::text])))
  constraint device_pairing_ends CHECK (((pairing_hash IS NULL) = (pairing_until IS NULL)))
  constraint device_pairing_once UNIQUE (pairing_hash)
  constraint device_pkey PRIMARY KEY (id)
  constraint device_revoked_opens_nothing CHECK (((revoked_at IS NULL) OR ((token_hash IS NULL) AND (pairing_hash IS NULL))))
  constraint device_token_once UNIQUE (token_hash)
  constraint device_trouble_since CHECK (((trouble IS NULL) = (trouble_at IS NULL)))
  CREATE INDEX device_building_id ON public.device USING btree (building_id)
  CREATE INDEX device_created_by ON public.device USING btree (created_by)

-- A letter asked for at the door by somebody who leaves an e-mail; composed from the outbox.
create table door_letter (
  id bigint not null generated always as identity, -- row
  kind text not null, -- remote-way or receipt; not personal
  service_id text not null, -- the matter; not personal
  visit_id bigint, -- the papers left, for a receipt
  email text, -- personal; erase 14 days after visit
  account_id integer not null, -- the guard
  created_at timestamp with time zone not null, -- office time
  erase_on date not null, -- the day on which what is personal is erased
)
  constraint door_letter_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint door_letter_kind CHECK ((kind = ANY (ARRAY['remote-way'::text, 'receipt'::text])))
  constraint door_letter_pkey PRIMARY KEY (id)
  constraint door_letter_receipt_has_visit CHECK (((kind <> 'receipt'::text) OR (visit_id IS NOT NULL)))
  constraint door_letter_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX door_letter_account_id ON public.door_letter USING btree (account_id)
  CREATE INDEX door_letter_erase_on ON public.door_letter USING btree (erase_on) WHERE (email IS NOT NULL)
  CREATE INDEX door_letter_visit_id ON public.door_letter USING btree (visit_id) WHERE (visit_id IS NOT NULL)

-- A sealed envelope left at the door: for which unit and when. That minute is the date of filing, whatever the quarantine. Kept as long as the office's file plan says, then deleted.
create table drop_off (
  visit_id bigint not null, -- the visit with the receipt number
  unit_id text not null, -- the unit it is for; not personal
  filed_at timestamp with time zone not null, -- when it was left
  day date not null, -- the same as a day of the office
  person_name text, -- personal; only where it was given; deleted with the row on the day after kept_until
  account_id integer not null, -- the guard
  kept_until date not null, -- the last day of the years of the setting drop-off-kept-years, counted from the next year
)
  constraint drop_off_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint drop_off_pkey PRIMARY KEY (visit_id)
  constraint drop_off_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX drop_off_account_id ON public.drop_off USING btree (account_id)
  CREATE INDEX drop_off_day ON public.drop_off USING btree (day, unit_id)
  CREATE INDEX drop_off_kept_until ON public.drop_off USING btree (kept_until)

-- Periodic work and when, by the office's clock, it last ran; claimed with for update skip locked.
create table duty (
  name text not null, -- name of the duty; not personal
  ran_at timestamp with time zone not null, -- office time of the last run
)
  constraint duty_pkey PRIMARY KEY (name)

-- One person or visit let in at a door. Refusals are events without an entry.
create table entry (
  id bigint not null generated always as identity, -- row
  at timestamp with time zone not null, -- office time
  building_id text not null, -- which building; not personal
  visit_id bigint, -- the visit, for visits and drop-offs
  purpose text not null, -- why the person comes in; not personal
  account_id integer, -- the guard; null where the person came in by a kiosk
  code text not null, -- the code of the decision; not personal
  override_reason text, -- why the guard let in against the answer: a code from a list; not personal
  left_at timestamp with time zone, -- when the person went out
  undone_at timestamp with time zone, -- when the guard took the entry back
  device_id integer, -- the kiosk; null where a guard let the person in
  persons smallint not null default 1, -- persons who came in by it
  counted boolean not null default true, -- false where no limit counts them: no clients, or an act in force says so; not personal, whom and why is not kept
  with_entry_id bigint, -- the entry of the client a companion came with
  at_desk boolean not null default false, -- a counted companion who goes to the desk too, so that the visit takes one desk more
)
  constraint entry_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint entry_at_desk_is_counted CHECK (((NOT at_desk) OR (counted AND (with_entry_id IS NOT NULL))))
  constraint entry_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint entry_by_one CHECK ((num_nonnulls(account_id, device_id) = 1))
  constraint entry_companion_of_somebody CHECK (((with_entry_id IS NULL) OR ((purpose = ANY (ARRAY['companion'::text, 'interpreter'::text])) AND (visit_id IS NULL))))
  constraint entry_device_id_fkey FOREIGN KEY (device_id) REFERENCES device(id)
  constraint entry_persons CHECK (((persons >= 1) AND (persons <= 9)))
  constraint entry_pkey PRIMARY KEY (id)
  constraint entry_purpose CHECK ((purpose = ANY (ARRAY['visit'::text, 'drop-off'::text, 'staff'::text, 'delivery'::text, 'emergency'::text, 'official'::text, 'companion'::text, 'interpreter'::text])))
  constraint entry_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  constraint entry_with_entry_id_fkey FOREIGN KEY (with_entry_id) REFERENCES entry(id)
  CREATE INDEX entry_account_id ON public.entry USING btree (account_id)
  CREATE INDEX entry_building_at ON public.entry USING btree (building_id, at)
  CREATE INDEX entry_device_id ON public.entry USING btree (device_id) WHERE (device_id IS NOT NULL)
  CREATE INDEX entry_inside ON public.entry USING btree (building_id) WHERE ((left_at IS NULL) AND (undone_at IS NULL))
  CREATE INDEX entry_visit_id ON public.entry USING btree (visit_id) WHERE (visit_id IS NOT NULL)
  CREATE INDEX entry_with_entry_id ON public.entry USING btree (with_entry_id) WHERE (with_entry_id IS NOT NULL)

-- The first answer to "when will I be called": one of each visit that waited.
create table estimate (
  visit_id bigint not null, -- the visit
  made_at timestamp with time zone not null, -- when it was said
  low_at timestamp with time zone not null, -- likely not before
  about_at timestamp with time zone not null, -- about then
  high_at timestamp with time zone not null, -- likely not after
)
  constraint estimate_in_order CHECK (((low_at <= about_at) AND (about_at <= high_at)))
  constraint estimate_pkey PRIMARY KEY (visit_id)
  constraint estimate_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX estimate_made_at ON public.estimate USING btree (made_at)

-- The append-only history: every change with time, actor, channel and a reason from a list. Ids only, so that erasing a person leaves it whole.
create table event (
  id bigint not null generated always as identity, -- order
  at timestamp with time zone not null, -- office time
  visit_id bigint, -- the visit
  kind text not null, -- held, booked, moved, cancelled, entered, called …; not personal
  actor text not null, -- citizen, system, or an account by number; not personal
  channel text, -- how it came; not personal
  reason text, -- a code from a list, never free text; not personal
  building_id text, -- where, at the door; not personal
  desk_id integer, -- the desk
  details jsonb, -- ids, codes and times only
)
  constraint event_actor CHECK ((actor ~ '^(citizen|system|account:[0-9]+)$'::text))
  constraint event_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint event_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id)
  constraint event_pkey PRIMARY KEY (id)
  constraint event_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX event_at ON public.event USING btree (at)
  CREATE INDEX event_building_id ON public.event USING btree (building_id) WHERE (building_id IS NOT NULL)
  CREATE INDEX event_desk_id_at ON public.event USING btree (desk_id, at) WHERE (desk_id IS NOT NULL)
  CREATE INDEX event_people_searched ON public.event USING btree (id) WHERE (kind = 'people-searched'::text)
  CREATE INDEX event_visit_id ON public.event USING btree (visit_id)

-- Who was asked how a visit was: once for each visit. Rows are of no use after 14 days and are deleted then.
create table feedback_invitation (
  reference text not null, -- what the link names; another than the visit's, so that it leads nowhere else; not personal
  visit_id bigint not null, -- the visit; no key, as in message
  service_id text not null, -- its matter
  unit_id text not null, -- the unit that settles it
  day date not null, -- the day of the visit
  answered boolean not null default false, -- an answer was given; which one is not known, nor when
)
  constraint feedback_invitation_once UNIQUE (visit_id)
  constraint feedback_invitation_pkey PRIMARY KEY (reference)
  CREATE INDEX feedback_invitation_day ON public.feedback_invitation USING btree (day)

-- What people said of their visits: so many answers of a day, a matter and a unit that were the same. No visit, no person, no minute.
create table feedback_sum (
  day date not null, -- the day of the visits; not personal
  service_id text not null, -- the matter; not personal
  unit_id text not null, -- the unit; not personal
  settled text not null, -- was the matter settled: yes, partly, no
  wait text not null, -- how the wait felt: short, bearable, long
  grade smallint not null, -- 1 to 5, the best
  answers integer not null, -- how many said so
)
  constraint feedback_answers CHECK ((answers > 0))
  constraint feedback_grade CHECK (((grade >= 1) AND (grade <= 5)))
  constraint feedback_settled CHECK ((settled = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text])))
  constraint feedback_sum_pkey PRIMARY KEY (day, unit_id, service_id, settled, wait, grade)
  constraint feedback_wait CHECK ((wait = ANY (ARRAY['short'::text, 'bearable'::text, 'long'::text])))

-- The first answer to a command that changed something: the same key and body give it again, another body is refused. Refusals are not kept. Holds references only, never a secret or a name.
create table idempotency_key (
  key uuid not null, -- chosen by the caller
  body_hash bytea not null, -- SHA-256 of the command and its body
  status smallint not null, -- HTTP status of the first answer
  answer jsonb not null, -- what is needed to give the first answer again; references only
  at timestamp with time zone not null, -- erased two days later
)
  constraint idempotency_key_pkey PRIMARY KEY (key)
  CREATE INDEX idempotency_key_at ON public.idempotency_key USING btree (at)

-- Tries to be found by hour and the last digits of a phone, to slow guessing down; erased after a day.
create table kiosk_try (
  id bigint not null generated always as identity, -- row
  device_id integer not null, -- at which kiosk
  at timestamp with time zone not null, -- when, by the machine's clock
)
  constraint kiosk_try_device_id_fkey FOREIGN KEY (device_id) REFERENCES device(id)
  constraint kiosk_try_pkey PRIMARY KEY (id)
  CREATE INDEX kiosk_try_at ON public.kiosk_try USING btree (at)
  CREATE INDEX kiosk_try_device_id_at ON public.kiosk_try USING btree (device_id, at)

-- How long a matter keeps a desk, from the call to the end.
create table learned_time (
  service_id text not null, -- the matter; not personal
  spread real[] not null, -- ends and deciles in minutes, rising
  seen integer not null, -- from how many services
  learned_on date not null, -- on which day it was worked out
)
  constraint learned_time_pkey PRIMARY KEY (service_id)
  constraint learned_time_seen CHECK ((seen > 0))
  constraint learned_time_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id)
  constraint learned_time_spread CHECK ((cardinality(spread) = 11))

-- Who is at a desk now, called or served. One per desk; a visit of two counted persons takes two desks of its room.
create table live_place (
  desk_id integer not null, -- the desk
  visit_id bigint not null, -- the visit
  caller boolean not null, -- true at the desk that called; false at a desk of the room its second person takes up
)
  constraint live_one_per_desk PRIMARY KEY (desk_id)
  constraint live_place_at_staffed_desk FOREIGN KEY (desk_id) REFERENCES desk_session(desk_id)
  constraint live_place_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE UNIQUE INDEX live_one_caller ON public.live_place USING btree (visit_id) WHERE caller
  CREATE INDEX live_place_visit_id ON public.live_place USING btree (visit_id)

-- Failed look-ups of a visit by reference and contact, to slow guessing down; erased after a day.
create table lookup_failure (
  id bigint not null generated always as identity, -- row
  reference_hash bytea not null, -- keyed hash of the reference that was typed, whether a visit has it or not
  at timestamp with time zone not null, -- when, by the machine's clock
)
  constraint lookup_failure_pkey PRIMARY KEY (id)
  CREATE INDEX lookup_failure_at ON public.lookup_failure USING btree (at)
  CREATE INDEX lookup_failure_reference_hash_at ON public.lookup_failure USING btree (reference_hash, at)

-- One entry per contact and draw; deleted once the draw is settled.
create table lot_contact (
  draw_id integer not null, -- the draw
  contact bytea not null, -- keyed hash of a phone or e-mail; personal; deleted once the draw is settled
  entry_id bigint not null, -- the entry
)
  constraint lot_contact_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES lot_draw(id)
  constraint lot_contact_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES lot_entry(id)
  constraint lot_contact_once PRIMARY KEY (draw_id, contact)
  CREATE INDEX lot_contact_entry_id ON public.lot_contact USING btree (entry_id)

-- A draw of the times one release gives: the order of its entries follows from a seed that was committed to before.
create table lot_draw (
  id integer not null generated always as identity, -- its number; public
  provision_id text not null, -- the provision that releases
  opens_at timestamp with time zone not null, -- from when entries are taken: the moment of the release
  closes_at timestamp with time zone not null, -- until when entries are taken
  seed bytea not null, -- random; shown only once the order is written
  seed_hash bytea not null, -- SHA-256 of the seed; shown while entries are taken
  ordered_at timestamp with time zone, -- when the order was written: no entry is taken any more
  settled_at timestamp with time zone, -- when every entry had its answer: what is left goes to who comes first
  confirm_until timestamp with time zone, -- until when it waits for entries to be confirmed; null where no confirmation is asked
)
  constraint lot_draw_confirm_until CHECK ((confirm_until > closes_at))
  constraint lot_draw_once UNIQUE (provision_id, opens_at)
  constraint lot_draw_pkey PRIMARY KEY (id)
  constraint lot_draw_seed CHECK ((length(seed) = 32))
  constraint lot_draw_steps CHECK (((ordered_at >= closes_at) AND (settled_at >= ordered_at)))
  constraint lot_draw_times CHECK ((opens_at < closes_at))
  CREATE INDEX lot_draw_unsettled ON public.lot_draw USING btree (closes_at) WHERE (settled_at IS NULL)

-- What one person wishes of a draw. Each entry ends once: won with a visit, lost, or withdrawn; one that waits to be confirmed is not drawn.
create table lot_entry (
  id bigint not null generated always as identity, -- row
  draw_id integer not null, -- the draw
  reference text not null, -- eight characters; the order of the draw is made of them; not personal
  service_id text not null, -- the matter; not personal
  wishes jsonb not null, -- up to three, in order: a time, any time of a day, any time; not personal
  state text not null, -- pending (to be confirmed), waiting, won, lost or withdrawn; not personal
  rank integer, -- its place in the order, from 1; null until drawn
  visit_id bigint, -- the visit it won
  reason text, -- why it lost: a code from a list; not personal
  person_name text, -- personal; erase 14 days after visit
  person_email text, -- personal; erase 14 days after visit
  person_phone text, -- personal; erase 14 days after visit; digits with country code
  language text not null, -- of the pages and messages: pl, en, uk; not personal
  created_at timestamp with time zone not null, -- when it was made
  ended_at timestamp with time zone, -- when it was answered or withdrawn
  erase_on date not null, -- the day on which what is personal is erased
  confirmed_at timestamp with time zone, -- when its contact was shown to be the person's; null where that was not asked
  round smallint not null default 1, -- which of the codes sent is valid, from 1
  tries smallint not null default 0, -- codes typed since it was sent
)
  constraint lot_entry_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES lot_draw(id)
  constraint lot_entry_ended CHECK (((state = ANY (ARRAY['pending'::text, 'waiting'::text])) = (ended_at IS NULL)))
  constraint lot_entry_pending CHECK (((state <> 'pending'::text) OR ((rank IS NULL) AND (confirmed_at IS NULL))))
  constraint lot_entry_pkey PRIMARY KEY (id)
  constraint lot_entry_rank_once UNIQUE (draw_id, rank)
  constraint lot_entry_reference_once UNIQUE (reference)
  constraint lot_entry_round CHECK (((round >= 1) AND (round <= 3)))
  constraint lot_entry_state CHECK ((state = ANY (ARRAY['pending'::text, 'waiting'::text, 'won'::text, 'lost'::text, 'withdrawn'::text])))
  constraint lot_entry_tries CHECK (((tries >= 0) AND (tries <= 5)))
  constraint lot_entry_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  constraint lot_entry_visit_once UNIQUE (visit_id)
  constraint lot_entry_won CHECK (((state = 'won'::text) = (visit_id IS NOT NULL)))
  CREATE INDEX lot_entry_erase_on ON public.lot_entry USING btree (erase_on) WHERE ((person_name IS NOT NULL) OR (person_email IS NOT NULL) OR (person_phone IS NOT NULL))
  CREATE INDEX lot_entry_pending ON public.lot_entry USING btree (draw_id) WHERE (state = 'pending'::text)
  CREATE INDEX lot_entry_waiting ON public.lot_entry USING btree (draw_id, rank) WHERE (state = 'waiting'::text)

-- One mail, come in or sent out. One without a thread is set apart.
create table mail (
  id bigint not null generated always as identity, -- internal; never leaves the program
  mailbox text not null, -- where it came in or leaves from; the office's, not personal
  message_id text, -- Message-ID with its brackets, which its sender chose; personal; erase 14 days after visit
  thread_id bigint, -- the thread; null: set apart
  direction text not null, -- in or out; not personal
  kind text not null, -- a person's, an answer, or what a program made; not personal
  answer text, -- what kind of answer was sent; not personal
  at timestamp with time zone not null, -- when it was taken in or written, by the office's clock
  sent_at timestamp with time zone, -- when its sender says it was sent
  person_name text, -- the sender; personal; erase 14 days after visit
  person_email text, -- the sender, or whom an answer goes to; personal; erase 14 days after visit
  subject text, -- personal; erase 14 days after visit
  body text, -- what the person or the clerk wrote; personal; erase 14 days after visit
  language text not null default 'pl'::text, -- of the text: pl, en, uk; not personal
  files jsonb default '[]'::jsonb, -- endings and sizes of attachments, which are not kept; personal; erase 14 days after visit
  head_only boolean not null default false, -- too large to be read whole
  account_id integer, -- who answered, as an account
  erase_on date not null, -- the day on which what is personal is erased
  identity bytea, -- keyed hash of Message-ID, sender, date, subject and text, by which the same mail is known when it comes again; opens nothing and leads to nobody; null: it went out, or came before this was kept
  outbox_id bigint, -- the row of the outbox it leaves by, which its message is made of; null: it came in
  undelivered_at timestamp with time zone, -- when it was noted that this answer did not arrive; null: it did, or nothing is known against it
)
  constraint mail_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint mail_answer CHECK ((answer = ANY (ARRAY['received'::text, 'papers'::text, 'times'::text, 'advice'::text, 'question'::text, 'closed'::text])))
  constraint mail_answered CHECK ((((direction = 'out'::text) = (answer IS NOT NULL)) AND ((direction = 'out'::text) = (kind = ANY (ARRAY['answer'::text, 'automatic'::text])))))
  constraint mail_direction CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
  constraint mail_in_thread CHECK (((kind <> ALL (ARRAY['person'::text, 'answer'::text, 'automatic'::text])) OR (thread_id IS NOT NULL)))
  constraint mail_kind CHECK ((kind = ANY (ARRAY['person'::text, 'auto-reply'::text, 'bounce'::text, 'list'::text, 'spam'::text, 'answer'::text, 'automatic'::text])))
  constraint mail_mailbox_fkey FOREIGN KEY (mailbox) REFERENCES mail_box(id)
  constraint mail_once UNIQUE (identity)
  constraint mail_pkey PRIMARY KEY (id)
  constraint mail_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES mail_thread(id)
  CREATE INDEX mail_account_id ON public.mail USING btree (account_id) WHERE (account_id IS NOT NULL)
  CREATE INDEX mail_erase_on ON public.mail USING btree (erase_on) WHERE ((body IS NOT NULL) OR (files IS NOT NULL) OR (message_id IS NOT NULL) OR (person_email IS NOT NULL) OR (person_name IS NOT NULL) OR (subject IS NOT NULL))
  CREATE INDEX mail_mailbox ON public.mail USING btree (mailbox)
  CREATE INDEX mail_message_id ON public.mail USING btree (message_id) WHERE (message_id IS NOT NULL)
  CREATE UNIQUE INDEX mail_outbox_once ON public.mail USING btree (outbox_id) WHERE (outbox_id IS NOT NULL)
  CREATE INDEX mail_set_aside ON public.mail USING btree (at) WHERE (thread_id IS NULL)
  CREATE INDEX mail_thread_id ON public.mail USING btree (thread_id, id) WHERE (thread_id IS NOT NULL)
  CREATE INDEX mail_undelivered ON public.mail USING btree (undelivered_at) WHERE (undelivered_at IS NOT NULL)

-- Who was told today that a mail came in: one sender is told once a day.
create table mail_acknowledged (
  contact bytea not null, -- keyed hash of the sender; personal; erased after two days
  day date not null, -- the office's day
)
  constraint mail_acknowledged_pkey PRIMARY KEY (contact, day)

-- A mailbox the office reads, as its settings name it, and up to where it was read.
create table mail_box (
  id text not null, -- as the settings name it; not personal
  name text not null, -- what staff call it; not personal
  unit_id text, -- the unit whose it is; null: shared
  otherwise_id text not null, -- the unit that has mails nobody could guess
  address text not null, -- answers leave from it; the office's, not personal
  uidvalidity bigint, -- which numbering of the mail server uid belongs to; null before the first mail
  uid bigint not null default 0, -- every mail up to this number was taken in
  taken_at timestamp with time zone, -- when the last mail was taken in
)
  constraint mail_box_otherwise_id_fkey FOREIGN KEY (otherwise_id) REFERENCES unit(id)
  constraint mail_box_pkey PRIMARY KEY (id)
  constraint mail_box_uid CHECK ((uid >= 0))
  constraint mail_box_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
  CREATE INDEX mail_box_otherwise_id ON public.mail_box USING btree (otherwise_id)
  CREATE INDEX mail_box_unit_id ON public.mail_box USING btree (unit_id) WHERE (unit_id IS NOT NULL)

-- Mails that belong together: a request of channel email.
create table mail_thread (
  id bigint not null generated always as identity, -- internal; never leaves the program
  request_id bigint not null, -- the request it is
  mailbox text not null, -- where it came in; the office's, not personal
  subject text, -- of the first mail; personal; erase 14 days after visit
  guessed_service_id text, -- the matter guessed by words; not personal
  guess_words text[], -- words of the first mail that made the guess; personal; erase 14 days after visit
  waits_since timestamp with time zone, -- when the oldest mail came that nobody has answered; null while the citizen's answer is waited for
  papers_told boolean not null default false, -- the sender was told how papers are handed in
  erase_on date not null, -- the day on which what is personal is erased
  others_id bigint, -- the thread of another sender that its first mail answers; null: none
)
  constraint mail_thread_guessed_service_id_fkey FOREIGN KEY (guessed_service_id) REFERENCES service(id)
  constraint mail_thread_mailbox_fkey FOREIGN KEY (mailbox) REFERENCES mail_box(id)
  constraint mail_thread_one_per_request UNIQUE (request_id)
  constraint mail_thread_others_id_fkey FOREIGN KEY (others_id) REFERENCES mail_thread(id)
  constraint mail_thread_pkey PRIMARY KEY (id)
  constraint mail_thread_request_id_fkey FOREIGN KEY (request_id) REFERENCES request(id)
  CREATE INDEX mail_thread_erase_on ON public.mail_thread USING btree (erase_on) WHERE ((guess_words IS NOT NULL) OR (subject IS NOT NULL))
  CREATE INDEX mail_thread_guessed_service_id ON public.mail_thread USING btree (guessed_service_id) WHERE (guessed_service_id IS NOT NULL)
  CREATE INDEX mail_thread_mailbox ON public.mail_thread USING btree (mailbox)
  CREATE INDEX mail_thread_others_id ON public.mail_thread USING btree (others_id) WHERE (others_id IS NOT NULL)
  CREATE INDEX mail_thread_waits_since ON public.mail_thread USING btree (waits_since) WHERE (waits_since IS NOT NULL)

-- A time proposed in an answer and kept for its reader, as a held visit. Of those of one answer one is accepted.
create table mail_time (
  id bigint not null generated always as identity, -- internal; never leaves the program
  mail_id bigint not null, -- the answer
  ordinal smallint not null, -- first, second or third
  visit_id bigint not null, -- the visit that keeps the time
  until timestamp with time zone not null, -- until when it is kept
  accepted_at timestamp with time zone, -- when it was accepted; null: it was not
)
  constraint mail_time_accepted_in_time CHECK (((accepted_at IS NULL) OR (accepted_at < until)))
  constraint mail_time_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES mail(id)
  constraint mail_time_ordinal CHECK (((ordinal >= 1) AND (ordinal <= 3)))
  constraint mail_time_ordinal_once UNIQUE (mail_id, ordinal)
  constraint mail_time_pkey PRIMARY KEY (id)
  constraint mail_time_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  constraint mail_time_visit_once UNIQUE (visit_id)
  CREATE UNIQUE INDEX mail_time_accepted_once ON public.mail_time USING btree (mail_id) WHERE (accepted_at IS NOT NULL)

-- What was said to a person: a row for each row of the outbox that somebody composes and each way it goes, written in the transaction that takes it from there.
create table message (
  id bigint not null generated always as identity, -- order of writing
  outbox_id bigint not null, -- the row of the outbox it was made of: never two of one by one way
  at timestamp with time zone not null, -- the office's time of the change it tells of
  kind text not null, -- name of the job; not personal
  visit_id bigint, -- the visit it is about; no key: its lock would make the reader wait for whoever changes the visit, and visits are never deleted
  language text not null, -- pl, en or uk; not personal
  email text, -- recipient; personal; erase 14 days after visit
  phone text, -- recipient; personal; erase 14 days after visit; digits with country code
  content jsonb, -- subject, lines and links as they were said; codes and links are named, not written, and derived when it is handed over; of one that could not be composed the ids of its row of the outbox; personal; erase 14 days after visit
  state text not null, -- queued, sending, sent (the other side accepted it), delivered (it reported so), failed, uncertain (it may have been accepted), dropped (it was not to be sent any more); not personal
  tries smallint not null default 0, -- how often it was handed over in vain
  due_at timestamp with time zone not null, -- not handed over before this time of the office
  handed_at timestamp with time zone, -- when it was handed over, given up or dropped
  erase_on date not null, -- the day on which what is personal is erased
  way text, -- email or sms; null: there was nothing to say or nowhere to say it; not personal
  reason text, -- why it was dropped, failed or is uncertain, from a list; not personal
  provider_id text, -- by what the other side knows it: an e-mail's Message-ID, an SMS's number at the provider, which leads to the recipient there; personal; erase 14 days after visit
  useful_until timestamp with time zone, -- office time after which it helps nobody and is dropped
  at_once boolean not null default false, -- quiet hours do not hold it up
  sending_until timestamp with time zone, -- by the machine's clock: whoever sends it must be done by then, else it is taken for dead
  resent smallint not null default 0, -- how often somebody had it sent again
)
  constraint message_goes_some_way CHECK (((way IS NOT NULL) OR (state = ANY (ARRAY['dropped'::text, 'failed'::text]))))
  constraint message_lease CHECK (((state = 'sending'::text) = (sending_until IS NOT NULL)))
  constraint message_one_recipient CHECK (((email IS NULL) OR ((way = 'email'::text) AND (phone IS NULL))))
  constraint message_outbox_once UNIQUE NULLS NOT DISTINCT (outbox_id, way)
  constraint message_phone_by_sms CHECK (((phone IS NULL) OR (way = 'sms'::text)))
  constraint message_pkey PRIMARY KEY (id)
  constraint message_reason CHECK (COALESCE(
CASE state
    WHEN 'dropped'::text THEN (reason = ANY (ARRAY['nothing-to-say'::text, 'too-late'::text, 'too-many'::text, 'no-way'::text]))
    WHEN 'failed'::text THEN (reason = ANY (ARRAY['not-composed'::text, 'crashed'::text, 'refused-by-recipient'::text, 'not-accepted'::text, 'bounced'::text, 'not-delivered'::text, 'gave-up'::text, 'erased'::text]))
    WHEN 'uncertain'::text THEN (reason = 'uncertain'::text)
    ELSE (reason IS NULL)
END, false))
  constraint message_state CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'failed'::text, 'uncertain'::text, 'dropped'::text])))
  constraint message_way CHECK ((way = ANY (ARRAY['email'::text, 'sms'::text])))
  CREATE INDEX message_due ON public.message USING btree (way, due_at, id) WHERE (state = 'queued'::text)
  CREATE INDEX message_erase_on ON public.message USING btree (erase_on) WHERE ((content IS NOT NULL) OR (email IS NOT NULL) OR (phone IS NOT NULL) OR (provider_id IS NOT NULL))
  CREATE INDEX message_mail_ended ON public.message USING btree (erase_on) WHERE ((kind = 'mail-out'::text) AND (state = ANY (ARRAY['failed'::text, 'uncertain'::text, 'dropped'::text])))
  CREATE INDEX message_provider_id ON public.message USING btree (provider_id) WHERE (provider_id IS NOT NULL)
  CREATE INDEX message_sending_until ON public.message USING btree (sending_until) WHERE (state = 'sending'::text)
  CREATE INDEX message_unreached ON public.message USING btree (way, reason, at) WHERE ((state = ANY (ARRAY['failed'::text, 'uncertain'::text])) AND (content IS NOT NULL))
  CREATE INDEX message_useful_until ON public.message USING btree (useful_until) WHERE ((state = 'queued'::text) AND (useful_until IS NOT NULL))
  CREATE INDEX message_visit_id ON public.message USING btree (visit_id) WHERE (visit_id IS NOT NULL)

-- A way by which nothing can be sent now; no row: it works, as far as anybody knows.
create table message_circuit (
  way text not null, -- email or sms; not personal
  failures integer not null, -- times in a row the other side was away
  since timestamp with time zone not null, -- office time of the first of them
  try_at timestamp with time zone not null, -- office time from which one message is tried again; after few failures all are
  fault text not null, -- code of the last fault, as ECONNREFUSED; not personal
)
  constraint message_circuit_pkey PRIMARY KEY (way)
  constraint message_circuit_way CHECK ((way = ANY (ARRAY['email'::text, 'sms'::text])))

-- Messages to a phone or e-mail that whoever typed it has not shown to be theirs: so many a day, whoever asks for them. Rows are of no use after two days and are deleted then.
create table message_count (
  contact bytea not null, -- keyed hash; personal; deleted after two days
  day date not null, -- the office's day
  sent smallint not null, -- messages composed for it that day
)
  constraint message_count_most CHECK (((sent >= 1) AND (sent <= 20)))
  constraint message_count_pkey PRIMARY KEY (contact, day)

-- A message about a visit to come did not arrive, and somebody looked after it: rang the person or put the contact right.
create table message_followed (
  message_id bigint not null, -- the message; no key, as messages name no visit
  at timestamp with time zone not null, -- office time
  account_id integer not null, -- who looked after it
)
  constraint message_followed_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint message_followed_once PRIMARY KEY (message_id)
  CREATE INDEX message_followed_account_id ON public.message_followed USING btree (account_id)

-- Who had a message sent again that had failed or was uncertain. Only added to.
create table message_resend (
  id bigint not null generated always as identity, -- order
  message_id bigint not null, -- the message
  at timestamp with time zone not null, -- office time
  account_id integer not null, -- who had it sent again
  was text not null, -- its reason until then; not personal
)
  constraint message_resend_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint message_resend_message_id_fkey FOREIGN KEY (message_id) REFERENCES message(id)
  constraint message_resend_pkey PRIMARY KEY (id)
  CREATE INDEX message_resend_account_id ON public.message_resend USING btree (account_id)
  CREATE INDEX message_resend_message_id ON public.message_resend USING btree (message_id)

-- Sentences of messages as the office puts them, with their history: the highest revision of a key and language counts. Only added to.
create table message_text (
  id bigint not null generated always as identity, -- order
  key text not null, -- of words/, without the language; not personal
  language text not null, -- pl, en or uk; not personal
  revision integer not null, -- 1, 2, …: two people who change the same sentence at once cannot both have the next
  text text, -- an ICU message; null: back to the program's own; not personal
  at timestamp with time zone not null, -- office time
  account_id integer not null, -- who changed it
)
  constraint message_text_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint message_text_in_order UNIQUE (key, language, revision)
  constraint message_text_language CHECK ((language = ANY (ARRAY['pl'::text, 'en'::text, 'uk'::text])))
  constraint message_text_pkey PRIMARY KEY (id)
  CREATE INDEX message_text_account_id ON public.message_text USING btree (account_id)

-- One row for a building, locked by whoever lets in where a limit is in force, so that two never give the last place; and what a guard who counted put right that day.
create table occupancy (
  building_id text not null, -- which building; not personal
  day date not null, -- the day of the correction: a new day begins at none
  correction integer not null default 0, -- counted persons to be added to the entries' sum
)
  constraint occupancy_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint occupancy_pkey PRIMARY KEY (building_id)

-- The office: one row, one office per database.
create table office (
  one boolean not null default true, -- always true: one row
  slug text not null, -- short name, as in um-leszno; not personal
  facts jsonb not null, -- name, address, contacts, payments, privacy notice, settings: as the office file gives them
  imported_at timestamp with time zone not null, -- when the office file was last loaded
  demonstration boolean not null, -- true for the example office of a demonstration
)
  constraint office_one_row CHECK (one)
  constraint office_pkey PRIMARY KEY (one)

-- The history of the office: one row for each building, room, desk, shift … that was added, changed or taken away. Only added to.
create table office_change (
  id bigint not null generated always as identity, -- order
  at timestamp with time zone not null, -- office time
  account_id integer, -- who changed it; null: a file loaded at the command line
  part text not null, -- what kind of thing: building, room, unit, desk, service, shift …; not personal
  subject text not null, -- which one, by its id there; not personal
  before jsonb, -- what it was, as the office file has it; null: it was not there
  after jsonb, -- what it became; null: it was taken away
  undoes bigint, -- the change this one takes back
  saved_with bigint, -- the first change of the same save, with which it is taken back; null: it is the first itself
)
  constraint office_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint office_change_part CHECK ((part ~ '^[a-z]+(-[a-z]+)*$'::text))
  constraint office_change_pkey PRIMARY KEY (id)
  constraint office_change_saved_before CHECK ((saved_with < id))
  constraint office_change_saved_with_fkey FOREIGN KEY (saved_with) REFERENCES office_change(id)
  constraint office_change_something CHECK ((before IS DISTINCT FROM after))
  constraint office_change_undoes_fkey FOREIGN KEY (undoes) REFERENCES office_change(id)
  constraint office_change_undone_once UNIQUE (undoes)
  CREATE INDEX office_change_account_id ON public.office_change USING btree (account_id)
  CREATE INDEX office_change_saved_with ON public.office_change USING btree (saved_with)
  CREATE INDEX office_change_subject ON public.office_change USING btree (part, subject, id)

-- The office's time in a demonstration: it was office_at when the machine's clock said machine_at, and runs on from there. Shared by all processes; moves forward only.
create table office_clock (
  one boolean not null default true, -- always true: one row
  office_at timestamp with time zone not null, -- the office's time at machine_at
  machine_at timestamp with time zone not null, -- the machine's time at which the office's clock stood at office_at
  seen_at timestamp with time zone not null, -- the last office time a running process wrote down; after a stop the clock goes on from here
)
  constraint office_clock_one_row CHECK (one)
  constraint office_clock_pkey PRIMARY KEY (one)

-- One act of a guard while the network was away. Its key makes it happen once, however often the device sends it.
create table offline_act (
  key uuid not null, -- chosen by the device; not personal
  building_id text not null, -- which door; not personal
  account_id integer not null, -- the guard who did it
  sent_by integer not null, -- who was signed in when the device sent it
  kind text not null, -- what was done; not personal
  at timestamp with time zone not null, -- office time, as the device worked it out from its clock and the last list
  device_at timestamp with time zone not null, -- what the clock of the device showed
  received_at timestamp with time zone not null, -- office time at which it came here
  told text, -- the code of the answer the guard saw; not personal
  visit_id bigint, -- the visit it is about, where there is one
  entry_id bigint, -- the entry it made or is about
)
  constraint offline_act_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint offline_act_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint offline_act_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entry(id)
  constraint offline_act_kind CHECK ((kind = ANY (ARRAY['entered'::text, 'refused'::text, 'admitted'::text, 'left'::text, 'undone'::text, 'counted'::text, 'papers'::text])))
  constraint offline_act_pkey PRIMARY KEY (key)
  constraint offline_act_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES account(id)
  constraint offline_act_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX offline_act_account_id ON public.offline_act USING btree (account_id)
  CREATE INDEX offline_act_building_id ON public.offline_act USING btree (building_id)
  CREATE INDEX offline_act_entry_id ON public.offline_act USING btree (entry_id) WHERE (entry_id IS NOT NULL)
  CREATE INDEX offline_act_sent_by ON public.offline_act USING btree (sent_by)
  CREATE INDEX offline_act_visit_id ON public.offline_act USING btree (visit_id) WHERE (visit_id IS NOT NULL)

-- What of an act without the network does not fit what happened meanwhile. Shown at the door until somebody says it was seen.
create table offline_conflict (
  id bigint not null generated always as identity, -- row
  act_key uuid not null, -- the act; not personal
  building_id text not null, -- which door; not personal
  code text not null, -- what does not fit; not personal
  details jsonb not null default '{}'::jsonb, -- times, codes and counts only
  seen_at timestamp with time zone, -- when somebody said that it was seen
  seen_by integer, -- who said so
)
  constraint offline_conflict_act_key_fkey FOREIGN KEY (act_key) REFERENCES offline_act(key)
  constraint offline_conflict_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint offline_conflict_code CHECK ((code = ANY (ARRAY['cancelled'::text, 'over'::text, 'moved'::text, 'another-building'::text, 'entered-twice'::text, 'over-limit'::text, 'unknown-visit'::text, 'unknown-entry'::text, 'another-day'::text, 'answer-differs'::text, 'clock-wrong'::text, 'clock-jumped'::text, 'unknown-unit'::text, 'number-taken'::text])))
  constraint offline_conflict_once UNIQUE (act_key, code)
  constraint offline_conflict_pkey PRIMARY KEY (id)
  constraint offline_conflict_seen CHECK (((seen_at IS NULL) = (seen_by IS NULL)))
  constraint offline_conflict_seen_by_fkey FOREIGN KEY (seen_by) REFERENCES account(id)
  CREATE INDEX offline_conflict_building_id ON public.offline_conflict USING btree (building_id)
  CREATE INDEX offline_conflict_open ON public.offline_conflict USING btree (building_id) WHERE (seen_at IS NULL)
  CREATE INDEX offline_conflict_seen_by ON public.offline_conflict USING btree (seen_by) WHERE (seen_by IS NOT NULL)

-- Work written in the same statement as the change that causes it, moved to the job queue in batches.
create table outbox (
  id bigint not null generated always as identity, -- order of writing
  at timestamp with time zone not null, -- the office's time of the change
  kind text not null, -- name of the job; not personal
  payload jsonb not null, -- ids only
  tries smallint not null default 0, -- how often composing it was begun, the time that goes on included
  try_at timestamp with time zone, -- office time before which it is not composed again: somebody composes it, or it could not be; null: it was never begun
)
  constraint outbox_pkey PRIMARY KEY (id)

-- Wrong pairing codes, to slow guessing down; erased after a day.
create table pairing_guess (
  id bigint not null generated always as identity, -- row
  source_hash bytea not null, -- keyed hash of the network address the guess came from
  at timestamp with time zone not null, -- when, by the machine's clock
)
  constraint pairing_guess_pkey PRIMARY KEY (id)
  CREATE INDEX pairing_guess_at ON public.pairing_guess USING btree (at)
  CREATE INDEX pairing_guess_source_hash_at ON public.pairing_guess USING btree (source_hash, at)

-- A call a clerk took and what became of it. Nothing of who called.
create table phone_call (
  id bigint not null generated always as identity, -- order
  account_id integer not null, -- the clerk who took it
  opened_at timestamp with time zone not null, -- office time at which the clerk began it
  acted_at timestamp with time zone, -- when its last outcome was reached
  ended_at timestamp with time zone, -- when it ended; null: it goes on
  outcome text, -- booked, moved, cancelled, settled by advice, told from the directory, made a task, or nothing; the last one reached; not personal
  unit_id text, -- whose matter it was about; null: unknown; not personal
  service_id text, -- the matter; null: none was chosen; not personal
)
  constraint phone_call_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint phone_call_acted CHECK (((acted_at IS NULL) OR (outcome IS NOT NULL)))
  constraint phone_call_has_an_end CHECK (((ended_at IS NULL) OR (outcome IS NOT NULL)))
  constraint phone_call_outcome CHECK ((outcome = ANY (ARRAY['booked'::text, 'moved'::text, 'cancelled'::text, 'advice'::text, 'directory'::text, 'task'::text, 'nothing'::text])))
  constraint phone_call_pkey PRIMARY KEY (id)
  constraint phone_call_runs_on CHECK ((ended_at >= opened_at))
  constraint phone_call_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id)
  constraint phone_call_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
  CREATE INDEX phone_call_account_id ON public.phone_call USING btree (account_id)
  CREATE UNIQUE INDEX phone_call_open_once ON public.phone_call USING btree (account_id) WHERE (ended_at IS NULL)
  CREATE INDEX phone_call_opened_at ON public.phone_call USING btree (opened_at)
  CREATE INDEX phone_call_service_id ON public.phone_call USING btree (service_id) WHERE (service_id IS NOT NULL)
  CREATE INDEX phone_call_unit_id ON public.phone_call USING btree (unit_id) WHERE (unit_id IS NOT NULL)

-- A desk planned for a counted person of a visit. Two active places never share a desk at a time, so the persons counted in a room never exceed its desks (§ 1 ust. 4).
create table place (
  visit_id bigint not null, -- the visit
  desk_id integer not null, -- the desk planned
  during tstzrange not null, -- from start to end
  active boolean not null default true, -- false once the visit is over or gave its time back
)
  constraint place_one_per_desk EXCLUDE USING gist (desk_id WITH =, during WITH &&) WHERE (active)
  constraint place_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX place_active_start ON public.place USING btree (lower(during)) WHERE active
  CREATE INDEX place_visit_id ON public.place USING btree (visit_id)

-- A ticket on paper: claimed once, so that it is never printed twice by itself. A copy is asked for by a person of the staff.
create table print_job (
  id bigint not null generated always as identity, -- row
  device_id integer not null, -- the kiosk whose printer prints it
  visit_id bigint not null, -- whose ticket it is
  copy smallint not null, -- 1 is the first; each further one was asked for
  language text not null, -- pl, en, uk; not personal
  state text not null, -- waiting, printing, printed, failed, unsure (the connection broke while it was being sent), browser (given to the kiosk's browser); not personal
  trouble text, -- why it failed: a code from a list; not personal
  account_id integer, -- who asked for the copy
  created_at timestamp with time zone not null, -- when the ticket was taken or the copy asked for, by the office's clock
  claimed_at timestamp with time zone, -- when it was taken up, by the machine's clock
  done_at timestamp with time zone, -- when it was known what became of it, by the machine's clock
)
  constraint print_job_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint print_job_copy_asked_by CHECK (((copy = 1) = (account_id IS NULL)))
  constraint print_job_copy_once UNIQUE (visit_id, copy)
  constraint print_job_device_id_fkey FOREIGN KEY (device_id) REFERENCES device(id)
  constraint print_job_pkey PRIMARY KEY (id)
  constraint print_job_state CHECK ((state = ANY (ARRAY['waiting'::text, 'printing'::text, 'printed'::text, 'failed'::text, 'unsure'::text, 'browser'::text])))
  constraint print_job_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX print_job_account_id ON public.print_job USING btree (account_id) WHERE (account_id IS NOT NULL)
  CREATE INDEX print_job_device_id ON public.print_job USING btree (device_id, id)
  CREATE UNIQUE INDEX print_job_one_open_per_visit ON public.print_job USING btree (visit_id) WHERE (state = ANY (ARRAY['waiting'::text, 'printing'::text]))
  CREATE UNIQUE INDEX print_job_one_per_printer ON public.print_job USING btree (device_id) WHERE (state = 'printing'::text)

-- One rule of an act: a paragraph, a kind, a scope and parameters.
create table provision (
  id text not null, -- act and a word, as in K/219/2020#one-per-desk; not personal
  reference text not null, -- the paragraph as people cite it, as in § 1 ust. 4; for a setting its name; not personal
  kind text not null, -- what it rules and so how it combines; not personal
  binding boolean not null, -- false: a default that yields to a lower act naming the day
  scope jsonb not null, -- building, room, unit, service, weekday, season, dates; empty is everywhere
  parameters jsonb not null, -- shaped by its kind
  from_day date, -- its own first day where it differs from the act's
  until_day date, -- its own last day where it differs from the act's
  condition_id text, -- this rule alone hangs on the condition; checked when the file is read
  act_version bigint not null, -- the version of the act it stands in
  assumed jsonb not null, -- facts of this rule that no source settles, a sentence each
)
  constraint provision_act_version_fkey FOREIGN KEY (act_version) REFERENCES act(version)
  constraint provision_pkey PRIMARY KEY (act_version, id)
  CREATE INDEX provision_condition_id ON public.provision USING btree (condition_id)

-- How the lines stood every five minutes of a working day; erased after a year.
create table queue_sample (
  building_id text not null, -- where
  letter text not null, -- letter of the queue group; not personal
  at timestamp with time zone not null, -- when, on the grid of five minutes
  waiting smallint not null, -- visits that waited to be called
  desks smallint not null, -- desks at work that take the group
  current text, -- number called last; not personal
  minutes smallint not null, -- minutes a visit takes
  measured boolean not null, -- the minutes are of that day's visits, not the planned ones
)
  constraint queue_sample_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint queue_sample_desks CHECK ((desks >= 0))
  constraint queue_sample_minutes CHECK (((minutes >= 1) AND (minutes <= 999)))
  constraint queue_sample_pkey PRIMARY KEY (building_id, at, letter)
  constraint queue_sample_waiting CHECK ((waiting >= 0))
  CREATE INDEX queue_sample_at ON public.queue_sample USING btree (at)

-- What a person was reminded of: once for each visit, kind and start, so that a visit that is moved is reminded of anew. Written in the statement that writes the outbox.
create table reminder (
  visit_id bigint not null, -- the visit; no key, as in message
  kind text not null, -- day: the day before; hours: shortly before; next: whoever waits is next; not personal
  starts_at timestamp with time zone not null, -- the start it reminds of; of next the minute the person came in
  at timestamp with time zone not null, -- office time
)
  constraint reminder_kind CHECK ((kind = ANY (ARRAY['day'::text, 'hours'::text, 'next'::text])))
  constraint reminder_once PRIMARY KEY (visit_id, kind, starts_at)

-- What somebody asks a unit for, by the form on its page, by phone or by e-mail, and how it ended.
create table request (
  id bigint not null generated always as identity, -- internal
  reference text not null, -- eight characters a person can read out; not personal
  service_id text, -- the matter; null until somebody has understood it; not personal
  unit_id text not null, -- in whose list it stands; not personal
  state text not null, -- open, booked, settled or closed; not personal
  days jsonb not null, -- days and parts of day that suit; not personal
  person_name text, -- personal; erase 14 days after visit
  person_email text, -- personal; erase 14 days after visit
  person_phone text, -- personal; erase 14 days after visit
  language text not null default 'pl'::text, -- pl, en or uk; not personal
  urgent boolean not null default false, -- the person said it is urgent or cannot be settled otherwise
  created_at timestamp with time zone not null, -- when it came
  ended_at timestamp with time zone, -- when it was booked, settled or closed
  ended_by integer, -- by whom, as an account
  reason text, -- a code from a list; not personal
  visit_id bigint, -- the visit booked from it
  erase_on date not null, -- the day on which what is personal is erased
  channel text not null default 'form'::text, -- form, phone or email; not personal
  claimed_by integer, -- who answers it now, as an account
  claimed_until timestamp with time zone, -- until when nobody else may answer it
  answered_at timestamp with time zone, -- since when the office has answered in writing and waits for the person; null: an answer is owed
  owed_from timestamp with time zone, -- when the person wrote again, from when an answer is owed; null: since it was made
)
  constraint request_channel CHECK ((channel = ANY (ARRAY['form'::text, 'phone'::text, 'email'::text])))
  constraint request_claimed CHECK (((claimed_by IS NULL) = (claimed_until IS NULL)))
  constraint request_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES account(id)
  constraint request_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES account(id)
  constraint request_matter_named CHECK (((service_id IS NOT NULL) OR (channel <> 'form'::text)))
  constraint request_pkey PRIMARY KEY (id)
  constraint request_reference_once UNIQUE (reference)
  constraint request_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id)
  constraint request_state CHECK ((state = ANY (ARRAY['open'::text, 'booked'::text, 'settled'::text, 'closed'::text])))
  constraint request_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
  constraint request_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX request_answered_at ON public.request USING btree (answered_at) WHERE ((state = 'open'::text) AND (answered_at IS NOT NULL))
  CREATE INDEX request_claimed_by ON public.request USING btree (claimed_by) WHERE (claimed_by IS NOT NULL)
  CREATE INDEX request_created_at ON public.request USING btree (created_at)
  CREATE INDEX request_ended_at ON public.request USING btree (ended_at) WHERE (ended_at IS NOT NULL)
  CREATE INDEX request_ended_by ON public.request USING btree (ended_by) WHERE (ended_by IS NOT NULL)
  CREATE INDEX request_erase_on ON public.request USING btree (erase_on) WHERE ((person_name IS NOT NULL) OR (person_email IS NOT NULL) OR (person_phone IS NOT NULL))
  CREATE INDEX request_service_id ON public.request USING btree (service_id)
  CREATE INDEX request_unit_open ON public.request USING btree (unit_id, created_at) WHERE (state = 'open'::text)
  CREATE INDEX request_visit_id ON public.request USING btree (visit_id) WHERE (visit_id IS NOT NULL)

-- The review list: a visit that could not be booked as it stands any more, why, by when somebody has to decide, and what was decided.
create table review_item (
  id bigint not null generated always as identity, -- row
  visit_id bigint not null, -- the visit
  opened_at timestamp with time zone not null, -- office time at which it was found
  starts_at timestamp with time zone not null, -- when the visit was to begin then
  code text not null, -- why it does not fit: outside the hours, its desk not open …; not personal
  basis jsonb not null, -- the provisions that rests on
  details jsonb not null, -- numbers for its words
  due_at timestamp with time zone not null, -- by when somebody has to decide
  responsible_id integer, -- who sees to it; null: the head of the unit
  outcome text, -- kept as an exception, moved, cancelled; over or fits again without a decision; null: open; not personal
  reason text, -- why it was kept, from a list; not personal
  settled_at timestamp with time zone, -- office time of the outcome
  settled_by integer, -- who decided; null: it settled itself
  told text, -- how the person learns of it: by a message, by a call that is still to be made, told, or given up; not personal
)
  constraint review_item_outcome CHECK ((outcome = ANY (ARRAY['kept'::text, 'moved'::text, 'cancelled'::text, 'over'::text, 'fits-again'::text])))
  constraint review_item_pkey PRIMARY KEY (id)
  constraint review_item_reason CHECK (((reason IS NOT NULL) = COALESCE((outcome = 'kept'::text), false)))
  constraint review_item_responsible_id_fkey FOREIGN KEY (responsible_id) REFERENCES account(id)
  constraint review_item_settled CHECK (((outcome IS NULL) = (settled_at IS NULL)))
  constraint review_item_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES account(id)
  constraint review_item_told CHECK ((told = ANY (ARRAY['message'::text, 'call'::text, 'done'::text, 'given-up'::text])))
  constraint review_item_told_of_what CHECK (((told IS NULL) OR (COALESCE((outcome = ANY (ARRAY['moved'::text, 'cancelled'::text])), false) AND (settled_by IS NOT NULL))))
  constraint review_item_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX review_item_due ON public.review_item USING btree (due_at) WHERE (outcome IS NULL)
  CREATE UNIQUE INDEX review_item_open_once ON public.review_item USING btree (visit_id) WHERE (outcome IS NULL)
  CREATE INDEX review_item_responsible_id ON public.review_item USING btree (responsible_id) WHERE (responsible_id IS NOT NULL)
  CREATE INDEX review_item_settled_at ON public.review_item USING btree (settled_at) WHERE (settled_at IS NOT NULL)
  CREATE INDEX review_item_settled_by ON public.review_item USING btree (settled_by) WHERE (settled_by IS NOT NULL)
  CREATE INDEX review_item_to_call ON public.review_item USING btree (settled_at) WHERE (told = ANY (ARRAY['message'::text, 'call'::text]))
  CREATE INDEX review_item_visit_id ON public.review_item USING btree (visit_id)

-- A room with service desks: the place whose persons § 1 ust. 4 counts.
create table room (
  id text not null, -- as in walowa-5/4; not personal
  building_id text not null, -- the building it is in
  facts jsonb not null, -- number on the door, floor, source
)
  constraint room_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint room_pkey PRIMARY KEY (id)
  CREATE INDEX room_building_id ON public.room USING btree (building_id)

-- Random keys shared by all processes: secrets of visits, passes and sessions are derived from them.
create table server_key (
  purpose text not null, -- what is derived from it: visit, pass, contact, cookie, confirm; not personal
  key bytea not null, -- 32 random bytes
)
  constraint server_key_pkey PRIMARY KEY (purpose)

-- A matter people come for (sprawa).
create table service (
  id text not null, -- as in rejestracja-pojazdow; not personal
  unit_id text not null, -- the unit that handles it
  facts jsonb not null, -- name, duration, persons, letter, signature, kind of case, presence, documents, fees, source
  closed boolean not null default false, -- no longer in the office file; kept because visits name it
)
  constraint service_pkey PRIMARY KEY (id)
  constraint service_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
  CREATE INDEX service_unit_id ON public.service USING btree (unit_id)

-- A signed-in browser. The cookie holds the token, the row its hash.
create table session (
  token_hash bytea not null, -- SHA-256 of the token
  account_id integer not null, -- who is signed in
  created_at timestamp with time zone not null, -- when the person signed in
  expires_at timestamp with time zone not null, -- after which it is worth nothing and is erased
)
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint session_pkey PRIMARY KEY (token_hash)
  CREATE INDEX session_account_id ON public.session USING btree (account_id)
  CREATE INDEX session_expires_at ON public.session USING btree (expires_at)

-- A desk is staffed on these weekdays between these days; without minutes as long as its unit is open.
create table shift (
  id integer not null generated always as identity, -- row
  desk_id integer not null, -- the desk
  weekdays smallint[] not null, -- ISO: 1 is Monday, 7 Sunday
  from_day date not null, -- first day
  until_day date, -- last day; null: until changed
  starts_minute smallint, -- minute of the office's day; null: when the unit opens
  ends_minute smallint, -- minute of the office's day; null: when the unit closes
  overflow jsonb not null default '[]'::jsonb, -- groups whose people the desk takes after a wait: letter and afterMinutes; not personal
  assumed boolean not null default false, -- no source gives it: assumed so that the program can run
  breaks jsonb not null default '[]'::jsonb, -- minutes of the office's day within the shift when nobody sits there: from and to; not personal
)
  constraint shift_breaks_is_list CHECK ((jsonb_typeof(breaks) = 'array'::text))
  constraint shift_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id)
  constraint shift_minutes_in_order CHECK (((starts_minute IS NULL) OR (ends_minute IS NULL) OR (starts_minute < ends_minute)))
  constraint shift_overflow_is_list CHECK ((jsonb_typeof(overflow) = 'array'::text))
  constraint shift_pkey PRIMARY KEY (id)
  CREATE INDEX shift_desk_id ON public.shift USING btree (desk_id)

-- Failed sign-ins, to slow guessing down; erased after a day.
create table sign_in_failure (
  id bigint not null generated always as identity, -- row
  login_hash bytea not null, -- keyed hash of what was typed as the login
  at timestamp with time zone not null, -- when
)
  constraint sign_in_failure_pkey PRIMARY KEY (id)
  CREATE INDEX sign_in_failure_at ON public.sign_in_failure USING btree (at)
  CREATE INDEX sign_in_failure_login_hash_at ON public.sign_in_failure USING btree (login_hash, at)

-- A one-time link to set a password: the first administrator's, or a new colleague's.
create table sign_in_link (
  token_hash bytea not null, -- SHA-256 of the token in the link
  account_id integer not null, -- whose password it sets
  expires_at timestamp with time zone not null, -- when it ends
)
  constraint sign_in_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint sign_in_link_pkey PRIMARY KEY (token_hash)
  CREATE INDEX sign_in_link_account_id ON public.sign_in_link USING btree (account_id)

-- A day, or days, on which the office, a building or units are open otherwise than the week says. Only added to: a change ends one version and begins another, so that what was known at any moment can be asked for ever.
create table special_day (
  version bigint not null generated always as identity, -- order
  id text not null, -- the same for every version; not personal
  kind text not null, -- closure, day off in lieu, working day, opening on a day off, or other hours; not personal
  from_day date not null, -- first day
  until_day date not null, -- last day
  facts jsonb not null, -- buildings, units, minutes, the reason that is told to everybody, and the number of the act it rests on; not personal
  entered_at timestamp with time zone not null, -- office time from which it was known
  removed_at timestamp with time zone, -- office time at which another version took its place, or it was taken back
)
  constraint special_day_id CHECK ((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
  constraint special_day_in_order CHECK ((from_day <= until_day))
  constraint special_day_kind CHECK ((kind = ANY (ARRAY['closure'::text, 'day-off'::text, 'working-day'::text, 'opening'::text, 'hours'::text])))
  constraint special_day_open_on_one_day CHECK (((kind <> ALL (ARRAY['working-day'::text, 'opening'::text])) OR (from_day = until_day)))
  constraint special_day_pkey PRIMARY KEY (version)
  constraint special_day_removed_later CHECK (((removed_at IS NULL) OR (entered_at <= removed_at)))
  CREATE UNIQUE INDEX special_day_one_version ON public.special_day USING btree (id) WHERE (removed_at IS NULL)

-- The last ticket of each letter of a day.
create table ticket_counter (
  day date not null, -- day in the office's zone
  letter text not null, -- letter of the queue group, or the receipt series; not personal
  last smallint not null, -- last number given
)
  constraint ticket_counter_pkey PRIMARY KEY (day, letter)

-- An organisational unit: department, section, office or single-person post.
create table unit (
  id text not null, -- as in wydzial-komunikacji or wydzial-spraw-obywatelskich/dowody-osobiste; not personal
  parent_id text, -- the department a section belongs to
  building_id text, -- where it is
  room_id text, -- its room, where known
  facts jsonb not null, -- name, phones, e-mail, source
)
  constraint unit_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint unit_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES unit(id)
  constraint unit_pkey PRIMARY KEY (id)
  constraint unit_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id)
  CREATE INDEX unit_building_id ON public.unit USING btree (building_id)
  CREATE INDEX unit_parent_id ON public.unit USING btree (parent_id)
  CREATE INDEX unit_room_id ON public.unit USING btree (room_id)

-- The contacts of a unit were looked at and are right. Only added to.
create table unit_confirmation (
  id bigint not null generated always as identity, -- order
  unit_id text not null, -- the unit; not personal
  at timestamp with time zone not null, -- office time
  account_id integer not null, -- who looked
)
  constraint unit_confirmation_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
  constraint unit_confirmation_pkey PRIMARY KEY (id)
  constraint unit_confirmation_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
  CREATE INDEX unit_confirmation_account_id ON public.unit_confirmation USING btree (account_id)
  CREATE INDEX unit_confirmation_unit_id ON public.unit_confirmation USING btree (unit_id, at)

-- Places of a matter for holds without proof of work: an ordinal up to the quota is taken by each, so that a race cannot pass it.
create table unproven_hold (
  service_id text not null, -- the matter; not personal
  ordinal smallint not null, -- 1 up to the quota of the moment
  reference text, -- the hold that has it; null while it is made, and for a booking made at once
  until timestamp with time zone not null, -- free again then, or when its hold is no hold any more
)
  constraint unproven_hold_once PRIMARY KEY (service_id, ordinal)

-- One visit: a booking, a walk-in or a document drop-off, from the hold to the end.
create table visit (
  id bigint not null generated always as identity, -- internal; never leaves the program
  reference text not null, -- eight characters a person can read out; not personal
  state text not null, -- one of the states of a visit; not personal
  kind text not null, -- booked, walk-in or drop-off; kept is a freed time that is nobody's visit; not personal
  service_id text not null, -- what the person comes for; not personal
  building_id text not null, -- where; not personal
  room_id text, -- the room of the planned desk; not personal
  channel text not null, -- how it was booked; not personal
  starts_at timestamp with time zone not null, -- planned start; for a walk-in or drop-off the arrival
  ends_at timestamp with time zone not null, -- planned end
  day date not null, -- the day in the office's zone
  persons smallint not null, -- persons who come
  counted smallint not null, -- persons the acts in force count: as many places are taken
  person_name text, -- personal; erase 14 days after visit
  person_email text, -- personal; erase 14 days after visit
  person_phone text, -- personal; erase 14 days after visit; digits with country code
  language text not null default 'pl'::text, -- of the pages and messages: pl, en, uk; not personal
  urgent boolean not null default false, -- the person said it is urgent or cannot be settled otherwise; counted, never judged
  held_until timestamp with time zone, -- a hold after this minute is worth nothing
  held_first_at timestamp with time zone, -- when the hold began: it is renewed up to a limit from here
  confirm_until timestamp with time zone, -- a pending booking lapses then; stays, to tell a booking that was confirmed or lapsed from others
  booked_by integer, -- the clerk who booked, by account
  created_at timestamp with time zone not null, -- when the row was made
  arrived_at timestamp with time zone, -- when the person came in
  called_at timestamp with time zone, -- when last called
  called_count smallint not null default 0, -- how many times called
  serving_at timestamp with time zone, -- when service began
  ended_at timestamp with time zone, -- when it ended, whatever way
  desk_id integer, -- the desk that calls or serves; the planned desk is in place
  ticket text, -- letter and three digits, once a day; not personal
  receipt text, -- receipt number of a document drop-off: of the day's series, or made by a device without the network; not personal
  erase_on date not null, -- the day on which what is personal is erased
  version integer not null default 0, -- grows with each change: a command can say which state it saw
  more_service_ids text[] not null default '{}'::text[], -- further matters settled in the same visit, in their order; their time is added; not personal
  needs text[], -- personal; erase 14 days after visit; what the office prepares: interpreter, wheelchair, more-time, other-language
  on_behalf boolean not null default false, -- who comes settles it for somebody else; for whom is not kept; not personal
  due_at timestamp with time zone, -- the minute from which the person is due at a desk; not personal
  due_why text, -- what makes it that minute; not personal
  priority text, -- why the person is due earlier, from a list that names no illness; not personal
  for_desk_id integer, -- the desk the person was sent to; null: any that handles the matter
  done_service_ids text[] not null default '{}'::text[], -- matters of the visit settled already, before the present one; not personal
  accompanied smallint not null default 0, -- counted companions who go to the desk too, among those counted; not personal
  companions_outside smallint not null default 0, -- companions asked to wait outside the room; not personal
  review text, -- open: it does not fit the law or the office any more and somebody has to decide; kept: the office keeps it as an exception; null: neither; not personal
)
  constraint visit_accompanied CHECK (((accompanied >= 0) AND (accompanied <= counted)))
  constraint visit_booked_by_fkey FOREIGN KEY (booked_by) REFERENCES account(id)
  constraint visit_channel CHECK ((channel = ANY (ARRAY['web'::text, 'phone'::text, 'email'::text, 'request'::text, 'counter'::text, 'door'::text, 'kiosk'::text])))
  constraint visit_companions_outside CHECK (((companions_outside >= 0) AND (companions_outside <= 9)))
  constraint visit_counted CHECK (((counted >= 0) AND (counted <= 9)))
  constraint visit_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id)
  constraint visit_due_when_inside CHECK ((((state <> ALL (ARRAY['arrived'::text, 'called'::text, 'serving'::text, 'parked'::text])) OR (due_at IS NOT NULL)) AND ((due_at IS NULL) = (due_why IS NULL))))
  constraint visit_due_why CHECK ((due_why = ANY (ARRAY['booked-due'::text, 'came-late'::text, 'by-arrival'::text, 'priority'::text])))
  constraint visit_for_desk_id_fkey FOREIGN KEY (for_desk_id) REFERENCES desk(id)
  constraint visit_kind CHECK ((kind = ANY (ARRAY['booked'::text, 'walk-in'::text, 'drop-off'::text, 'kept'::text])))
  constraint visit_needs CHECK ((needs <@ ARRAY['interpreter'::text, 'wheelchair'::text, 'more-time'::text, 'other-language'::text]))
  constraint visit_persons CHECK (((persons >= 1) AND (persons <= 9)))
  constraint visit_pkey PRIMARY KEY (id)
  constraint visit_priority CHECK ((priority = ANY (ARRAY['hard-to-wait'::text, 'small-child'::text, 'interpreter-here'::text, 'office-error'::text, 'sent-back'::text])))
  constraint visit_reference_once UNIQUE (reference)
  constraint visit_review CHECK ((review = ANY (ARRAY['open'::text, 'kept'::text])))
  constraint visit_state CHECK ((state = ANY (ARRAY['held'::text, 'pending'::text, 'booked'::text, 'arrived'::text, 'called'::text, 'serving'::text, 'parked'::text, 'served'::text, 'expired'::text, 'cancelled'::text, 'missed'::text, 'left'::text, 'redirected'::text])))
  constraint visit_ticket_when_inside CHECK (((state <> ALL (ARRAY['arrived'::text, 'called'::text, 'serving'::text, 'parked'::text, 'served'::text])) OR (ticket IS NOT NULL)))
  constraint visit_time_in_order CHECK ((starts_at <= ends_at))
  CREATE INDEX visit_booked_by ON public.visit USING btree (booked_by) WHERE (booked_by IS NOT NULL)
  CREATE INDEX visit_day_building ON public.visit USING btree (day, building_id)
  CREATE INDEX visit_desk_id ON public.visit USING btree (desk_id, day) WHERE (desk_id IS NOT NULL)
  CREATE INDEX visit_erase_on ON public.visit USING btree (erase_on) WHERE ((person_name IS NOT NULL) OR (person_email IS NOT NULL) OR (person_phone IS NOT NULL) OR (needs IS NOT NULL))
  CREATE INDEX visit_for_desk_id ON public.visit USING btree (for_desk_id) WHERE (for_desk_id IS NOT NULL)
  CREATE INDEX visit_held ON public.visit USING btree (held_until) WHERE (state = 'held'::text)
  CREATE INDEX visit_in_line ON public.visit USING btree (building_id, due_at, arrived_at, id) WHERE (state = 'arrived'::text)
  CREATE INDEX visit_kept ON public.visit USING btree (held_until) WHERE ((kind = 'kept'::text) AND (state = 'held'::text))
  CREATE INDEX visit_open_day ON public.visit USING btree (day) WHERE (state = ANY (ARRAY['held'::text, 'pending'::text, 'booked'::text, 'arrived'::text, 'called'::text, 'serving'::text, 'parked'::text]))
  CREATE INDEX visit_party_in_line ON public.visit USING btree (building_id, due_at, arrived_at, id) WHERE ((state = 'arrived'::text) AND (counted > 1))
  CREATE INDEX visit_pending ON public.visit USING btree (confirm_until) WHERE (state = 'pending'::text)
  CREATE INDEX visit_person_name ON public.visit USING btree (day, lower(person_name)) WHERE (person_name IS NOT NULL)
  CREATE INDEX visit_person_phone ON public.visit USING btree (person_phone) WHERE (person_phone IS NOT NULL)
  CREATE UNIQUE INDEX visit_receipt_once ON public.visit USING btree (receipt) WHERE (receipt IS NOT NULL)
  CREATE UNIQUE INDEX visit_ticket_one_per_day ON public.visit USING btree (day, ticket) WHERE (ticket IS NOT NULL)
  CREATE INDEX visit_waiting ON public.visit USING btree (building_id, day) WHERE (state = ANY (ARRAY['arrived'::text, 'called'::text, 'serving'::text, 'parked'::text]))

-- Open bookings per contact: an ordinal up to the office's limit is taken by each, so that a race cannot pass it.
create table visit_limit (
  visit_id bigint not null, -- the visit
  contact bytea not null, -- keyed hash of a phone or e-mail; personal; erase 14 days after visit
  ordinal smallint, -- 1 up to the limit; a clerk's exception takes a higher one; null for a further matter of the visit
  service_id text not null, -- one booking per service and day; not personal
  day date not null, -- the day of the visit
  active boolean not null default true, -- false once the visit is over
  excepted boolean not null default false, -- a clerk let it pass with a reason
)
  constraint visit_limit_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE UNIQUE INDEX limit_open_per_contact ON public.visit_limit USING btree (contact, ordinal) WHERE active
  CREATE UNIQUE INDEX limit_service_per_day ON public.visit_limit USING btree (contact, service_id, day) WHERE (active AND (NOT excepted))
  CREATE INDEX visit_limit_over ON public.visit_limit USING btree (day) WHERE (NOT active)
  CREATE INDEX visit_limit_visit_id ON public.visit_limit USING btree (visit_id)

-- Who waits for an earlier time: for a visit that is booked, or, where nothing was free, for any time up to a day.
create table waiting (
  id bigint not null generated always as identity, -- internal; the later number stands behind in line
  reference text not null, -- eight characters; opens the entry together with its secret; not personal
  service_id text not null, -- the matter; not personal
  visit_id bigint, -- the visit that would move, or the one booked from the entry
  from_day date not null, -- earliest day that suits
  to_day date, -- latest day that suits; without one up to the visit's own time
  part text not null, -- part of the day that suits; not personal
  joined_at timestamp with time zone not null, -- since when: the order of the line
  state text not null, -- waiting, offered, accepted, withdrawn or ended; not personal
  passed smallint not null default 0, -- offers nobody answered: each puts the entry behind those with fewer
  person_name text, -- personal; erase 14 days after visit
  person_email text, -- personal; erase 14 days after visit
  person_phone text, -- personal; erase 14 days after visit
  language text not null default 'pl'::text, -- pl, en or uk; not personal
  contact_proved boolean not null default false, -- the link of a message was opened: the contact is the person's; not personal
  added_by integer, -- the clerk who added it, by account
  ended_at timestamp with time zone, -- when it was accepted, withdrawn or ended
  erase_on date not null, -- the day on which what is personal is erased
  more_service_ids text[] not null default '{}'::text[], -- further matters of the visit that is waited for, in their order; not personal
  persons smallint not null default 1, -- how many persons have these matters, one after another; not personal
  more_time boolean, -- personal; erase 14 days after visit; the person needs more time
  building_id text, -- another building than the matter's own; not personal
)
  constraint waiting_added_by_fkey FOREIGN KEY (added_by) REFERENCES account(id)
  constraint waiting_building_id_fkey FOREIGN KEY (building_id) REFERENCES building(id)
  constraint waiting_has_an_end CHECK (((visit_id IS NOT NULL) OR (to_day IS NOT NULL)))
  constraint waiting_part CHECK ((part = ANY (ARRAY['morning'::text, 'afternoon'::text, 'any'::text])))
  constraint waiting_persons CHECK ((persons > 0))
  constraint waiting_pkey PRIMARY KEY (id)
  constraint waiting_reference_once UNIQUE (reference)
  constraint waiting_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id)
  constraint waiting_state CHECK ((state = ANY (ARRAY['waiting'::text, 'offered'::text, 'accepted'::text, 'withdrawn'::text, 'ended'::text])))
  constraint waiting_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
  CREATE INDEX waiting_added_by ON public.waiting USING btree (added_by) WHERE (added_by IS NOT NULL)
  CREATE INDEX waiting_building_id ON public.waiting USING btree (building_id) WHERE (building_id IS NOT NULL)
  CREATE INDEX waiting_erase_on ON public.waiting USING btree (erase_on) WHERE ((person_name IS NOT NULL) OR (person_email IS NOT NULL) OR (person_phone IS NOT NULL) OR (more_time IS NOT NULL))
  CREATE INDEX waiting_in_line ON public.waiting USING btree (service_id, passed, joined_at, id) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text]))
  CREATE UNIQUE INDEX waiting_one_per_visit ON public.waiting USING btree (visit_id) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text]))
  CREATE INDEX waiting_visit_id ON public.waiting USING btree (visit_id) WHERE (visit_id IS NOT NULL)

-- One living entry per contact and matter. A row goes with the end of its entry.
create table waiting_contact (
  contact bytea not null, -- keyed hash of a phone or e-mail; personal; deleted when the entry ends
  service_id text not null, -- the matter; not personal
  waiting_id bigint not null, -- the entry
)
  constraint waiting_contact_waiting_id_fkey FOREIGN KEY (waiting_id) REFERENCES waiting(id)
  constraint waiting_one_per_contact PRIMARY KEY (contact, service_id)
  CREATE INDEX waiting_contact_waiting_id ON public.waiting_contact USING btree (waiting_id)

-- A kept time offered to one who waits. One living offer per time and per entry.
create table waiting_offer (
  id bigint not null generated always as identity, -- internal
  waiting_id bigint not null, -- to whom
  kept_id bigint not null, -- the kept time
  starts_at timestamp with time zone not null, -- start offered
  ends_at timestamp with time zone not null, -- end offered
  room_id text not null, -- the room of the desks; not personal
  desks integer[] not null, -- desks of the kept time that the visit would take
  offered_at timestamp with time zone not null, -- when it was made
  until timestamp with time zone not null, -- an answer after this minute is worth nothing
  state text not null, -- open, accepted, declined, passed (nobody answered) or gone (the person left or no longer needs it); not personal
  ended_at timestamp with time zone, -- when it was answered or passed
)
  constraint offer_before_start CHECK (((offered_at < until) AND (until <= starts_at) AND (starts_at < ends_at)))
  constraint offer_state CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'passed'::text, 'gone'::text])))
  constraint waiting_offer_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES visit(id)
  constraint waiting_offer_pkey PRIMARY KEY (id)
  constraint waiting_offer_waiting_id_fkey FOREIGN KEY (waiting_id) REFERENCES waiting(id)
  CREATE INDEX offer_kept_id ON public.waiting_offer USING btree (kept_id)
  CREATE UNIQUE INDEX offer_one_per_entry ON public.waiting_offer USING btree (waiting_id) WHERE (state = 'open'::text)
  CREATE UNIQUE INDEX offer_one_per_kept ON public.waiting_offer USING btree (kept_id) WHERE (state = 'open'::text)
  CREATE INDEX offer_until ON public.waiting_offer USING btree (until) WHERE (state = 'open'::text)
  CREATE INDEX offer_waiting_id ON public.waiting_offer USING btree (waiting_id)

-- Tickets given without a booked hour, of each group and day.
create table walk_in_counter (
  day date not null, -- day in the office's zone
  letter text not null, -- letter of the queue group; not personal
  given smallint not null, -- how many were given
)
  constraint walk_in_counter_given CHECK ((given > 0))
  constraint walk_in_counter_pkey PRIMARY KEY (day, letter)
