-- An act before it is law, and the steps by which it becomes law. A draft is a row of its own: what answers are
-- given by (act, provision) knows nothing of it until it is published.

create table act_draft (
  id bigint generated always as identity primary key,
  corrects text,
  state text not null constraint act_draft_state check (state in ('draft', 'checked', 'signed', 'published', 'withdrawn')),
  content jsonb not null,
  text text not null,
  revision integer not null,
  changed jsonb not null,
  made_at timestamptz not null,
  author_id integer not null references account,
  edited_by integer not null references account,
  checked_by integer references account,
  checked_at timestamptz,
  register_number text,
  signed_on date,
  signed_by text,
  act_id text,
  published_at timestamptz,
  published_in jsonb,
  responsible text,
  entered_by integer references account,
  entered_at timestamptz,
  constraint act_draft_second_person check (checked_by <> author_id and checked_by <> edited_by),
  constraint act_draft_checked check (
    (checked_by is null) = (checked_at is null) and (state not in ('checked', 'signed', 'published') or checked_by is not null)),
  constraint act_draft_signed check (
    (state in ('signed', 'published')) = (register_number is not null)
    and (register_number is null) = (signed_on is null) and (register_number is null) = (signed_by is null)
    and (register_number is null) = (act_id is null)),
  constraint act_draft_published check (
    (state = 'published') = (published_at is not null)
    and (published_at is null) = (published_in is null) and (published_at is null) = (responsible is null)
    and (published_at is null) = (entered_by is null) and (published_at is null) = (entered_at is null))
);
create unique index act_draft_register_number on act_draft (register_number);
create unique index act_draft_one_correction on act_draft (corrects) where state in ('draft', 'checked', 'signed');
create index act_draft_act_id on act_draft (act_id) where act_id is not null;
create index act_draft_author_id on act_draft (author_id);
create index act_draft_edited_by on act_draft (edited_by);
create index act_draft_checked_by on act_draft (checked_by) where checked_by is not null;
create index act_draft_entered_by on act_draft (entered_by) where entered_by is not null;
comment on table act_draft is 'One version of an act from its draft to its publication; a correction is a row of its own. Nothing answers by it before it is published. The trigger act_draft_kept refuses to change what was signed.';
comment on column act_draft.id is 'row';
comment on column act_draft.corrects is 'id of the act it is a correction of; null for a new act; not personal';
comment on column act_draft.state is 'draft, checked by a second person, signed, published, or given up; not personal';
comment on column act_draft.content is 'facts of the act and its provisions, shaped as in the acts file';
comment on column act_draft.text is 'what the act itself says, as pasted; not personal';
comment on column act_draft.revision is 'counts every change';
comment on column act_draft.changed is 'for each part (the facts, the text, each provision) the revision that changed it last';
comment on column act_draft.made_at is 'office time of its first saving';
comment on column act_draft.author_id is 'who began it';
comment on column act_draft.edited_by is 'who changed it last';
comment on column act_draft.checked_by is 'who checked it; neither the author nor whoever changed it last';
comment on column act_draft.checked_at is 'office time of the check';
comment on column act_draft.register_number is 'number in the register of acts, its own for each version; not personal';
comment on column act_draft.signed_on is 'day of signing';
comment on column act_draft.signed_by is 'function and name of the official who signed, as the act itself makes public; not personal data of a client, so not personal';
comment on column act_draft.act_id is 'id of the act in the rule book, set when it is signed; not personal';
comment on column act_draft.published_at is 'when it was published, as recorded';
comment on column act_draft.published_in is 'where it was published';
comment on column act_draft.responsible is 'official responsible for the content, named by law beside what is published; not personal data of a client, so not personal';
comment on column act_draft.entered_by is 'who recorded the publication';
comment on column act_draft.entered_at is 'office time from which answers follow it: that of its version in act';

create table act_event (
  id bigint generated always as identity primary key,
  draft_id bigint not null references act_draft,
  at timestamptz not null,
  account_id integer not null references account,
  kind text not null constraint act_event_kind check (kind in ('made', 'imported', 'edited', 'checked', 'returned', 'signed', 'published', 'withdrawn')),
  part text
);
create index act_event_draft_id on act_event (draft_id);
create index act_event_account_id on act_event (account_id);
comment on table act_event is 'The steps of an act and every change of its draft. Only added to.';
comment on column act_event.id is 'row';
comment on column act_event.draft_id is 'which version of which act';
comment on column act_event.at is 'office time';
comment on column act_event.account_id is 'who did it';
comment on column act_event.kind is 'what was done; not personal';
comment on column act_event.part is 'what was changed: facts, text, or a provision by its word; not personal';

-- What was signed is never edited: a later act or a correction changes it. Only its publication is still to come.
create function act_draft_kept() returns trigger language plpgsql as $$
begin
  if old.state not in ('signed', 'published') then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'UPDATE' and old.state = 'signed' and new.state = 'published'
    and (old.corrects, old.content, old.text, old.revision, old.changed, old.made_at, old.author_id, old.edited_by, old.checked_by,
         old.checked_at, old.register_number, old.signed_on, old.signed_by, old.act_id)
      is not distinct from
        (new.corrects, new.content, new.text, new.revision, new.changed, new.made_at, new.author_id, new.edited_by, new.checked_by,
         new.checked_at, new.register_number, new.signed_on, new.signed_by, new.act_id) then
    return new;
  end if;
  raise exception 'a signed act is not changed' using errcode = 'restrict_violation', constraint = 'act_draft_kept';
end $$;
create trigger act_draft_kept before update or delete on act_draft for each row execute function act_draft_kept();
