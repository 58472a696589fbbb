-- Whether a request waits for the office stands on the request itself: one that was answered in
-- writing waits for the person, and is closed when nothing comes. Adding the columns rewrites nothing.

alter table request
  add column answered_at timestamptz,
  add column owed_from timestamptz;
update request r set answered_at = coalesce((select max(m.at) from mail m where m.thread_id = t.id and m.direction = 'out' and m.kind = 'answer'), r.created_at)
  from mail_thread t where t.request_id = r.id and t.waits_since is null;
create index request_answered_at on request (answered_at) where state = 'open' and answered_at is not null;
comment on column request.answered_at is 'since when the office has answered in writing and waits for the person; null: an answer is owed';
comment on column request.owed_from is 'when the person wrote again, from when an answer is owed; null: since it was made';

alter table mail_thread add column others_id bigint references mail_thread;
create index mail_thread_others_id on mail_thread (others_id) where others_id is not null;
comment on column mail_thread.others_id is 'the thread of another sender that its first mail answers; null: none';

update office set facts = jsonb_set(facts, '{settings}', '{"mail-silence-days": 14}'::jsonb || (facts->'settings'))
  where facts ? 'settings';
