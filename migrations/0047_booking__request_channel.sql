-- A request comes by the form, by a call or by a mail; only the form always names the matter. Whoever
-- answers one keeps it for a while, so that nobody else answers it too. Constant defaults: no rewrite,
-- and the lock is short.

alter table request
  add column channel text not null default 'form' constraint request_channel check (channel in ('form', 'phone', 'email')),
  add column claimed_by integer references account,
  add column claimed_until timestamptz,
  alter column service_id drop not null,
  add constraint request_matter_named check (service_id is not null or channel <> 'form'),
  add constraint request_claimed check ((claimed_by is null) = (claimed_until is null));
create index request_claimed_by on request (claimed_by) where claimed_by is not null;
comment on table request is 'What somebody asks a unit for, by the form on its page, by phone or by e-mail, and how it ended.';
comment on column request.service_id is 'the matter; null until somebody has understood it; not personal';
comment on column request.channel is 'form, phone or email; not personal';
comment on column request.claimed_by is 'who answers it now, as an account';
comment on column request.claimed_until is 'until when nobody else may answer it';
