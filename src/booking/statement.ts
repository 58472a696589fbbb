/**
 * The guarded booking: one statement that takes the places, or changes nothing.
 *
 * key not used → limits not reached → places in desk order, all or none → visit → limits in contact
 * order → event → outbox → key. The order comes from the data each step needs of the one before; a
 * CTE has no other (docs/decisions/0004-booking-statement.md). `place_one_per_desk` is the judge.
 */
export const bookingStatement = `
with used as (
  select body_hash, answer from idempotency_key where key = $1::uuid
), asking as materialized (
  ${asking('$21', '$6', '$12')}
), blocked as (
  select case when bool_or(ordinal > $22::int) then 'limit-open' when bool_or(same_day) then 'limit-service-day' end as code
  from asking where not $23::boolean
), gate as materialized (
  select nextval('visit_id_seq') as id
  where not exists (select from used) and (select code from blocked) is null
), taken as (
  insert into place (visit_id, desk_id, during)
  select gate.id, d.desk, tstzrange($10::timestamptz, $11::timestamptz)
  from gate cross join unnest((select $13::int[])) with ordinality as d(desk, nr)
  order by d.nr
  on conflict on constraint place_one_per_desk do nothing
  returning desk_id
), made as (
  insert into visit (id, reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day,
    persons, counted, person_name, person_email, person_phone, language, urgent, held_until, held_first_at, booked_by, created_at, erase_on)
  overriding system value
  select gate.id, $4, $5::text, 'booked', $6::text, $7, $8, $9::text, $10::timestamptz, $11::timestamptz, $12::date,
    $14, cardinality($13::int[]), $15, $16, $17, $18, $19, $20::timestamptz, case when $20::timestamptz is null then null else $24::timestamptz end, $25, $24::timestamptz, $26
  from gate where (select count(*) from taken) = cardinality($13::int[])
  returning id
), limited as (
  insert into visit_limit (visit_id, contact, ordinal, service_id, day, excepted)
  select made.id, asking.contact, asking.ordinal, $6::text, $12::date, $23::boolean and (asking.ordinal > $22::int or asking.same_day)
  from made cross join asking
  order by asking.contact
  returning excepted
), told as (
  insert into event (at, visit_id, kind, actor, channel, reason, details)
  select $24::timestamptz, made.id, what.kind, $27, $9::text, what.reason, what.details
  from made cross join lateral (
    select $5::text as kind, null as reason, $28::jsonb as details
    union all
    select 'limit-excepted', $29::text, null where (select bool_or(excepted) from limited)
  ) as what
), posted as (
  insert into outbox (at, kind, payload)
  select $24::timestamptz, $30::text, jsonb_build_object('visit', made.id) from made where $30::text is not null
), kept as (
  insert into idempotency_key (key, body_hash, status, answer, at)
  select $1::uuid, $2, 201, $3::jsonb, $24::timestamptz from made where $1::uuid is not null and (select count(*) from limited) >= 0
)
select made.id, blocked.code as blocked, used.body_hash, used.answer
from blocked left join made on true left join used on true`


/** The same for a hold that is alive and locked: limits in contact order → visit → event → outbox → key. */
export const confirmStatement = `
with asking as materialized (
  ${asking('$2', '$3', '$4')}
), blocked as (
  select case when bool_or(ordinal > $5::int) then 'limit-open' when bool_or(same_day) then 'limit-service-day' end as code from asking
), limited as (
  insert into visit_limit (visit_id, contact, ordinal, service_id, day)
  select $1, contact, ordinal, $3::text, $4::date from asking where (select code from blocked) is null
  order by contact
  returning 1
), booked as (
  update visit set state = 'booked', held_until = null, person_name = $6, person_email = $7, person_phone = $8, language = $9, urgent = $10,
    version = version + 1
  where id = $1 and (select code from blocked) is null and (select count(*) from limited) >= 0
  returning id
), told as (
  insert into event (at, visit_id, kind, actor, channel, details) select $11::timestamptz, id, 'booked', 'citizen', 'web', $12::jsonb from booked
), posted as (
  insert into outbox (at, kind, payload) select $11::timestamptz, 'visit-booked', jsonb_build_object('visit', id) from booked
), kept as (
  insert into idempotency_key (key, body_hash, status, answer, at) select $13::uuid, $14, 201, $15::jsonb, $11::timestamptz from booked
)
select code from blocked`

/** For each contact the first ordinal free and whether it has the matter on that day already. */
function asking(contacts: string, service: string, day: string): string {
  return `select c.contact, slot.same_day,
    (select min(o)::int from generate_series(1, cardinality(slot.open) + 1) as o where o <> all (slot.open)) as ordinal
  from unnest((select ${contacts}::bytea[])) as c(contact)
  cross join lateral (
    select coalesce(array_agg(l.ordinal), '{}') as open,
      coalesce(bool_or(l.service_id = ${service}::text and l.day = ${day}::date and not l.excepted), false) as same_day
    from visit_limit l where l.contact = c.contact and l.active
  ) as slot`
}
