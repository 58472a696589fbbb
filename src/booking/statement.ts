/**
 * The guarded booking: one statement that takes the places, or changes nothing.
 *
 * key not used → limits not reached → places in desk order, all or none → visit → limits in contact
 * order → event → outbox → key. The order comes from the data each step needs of the one before; a
 * CTE has no other (docs/decisions/0004-booking-statement.md). `place_one_per_desk` is the judge.
 *
 * The text depends on how many contacts and desks there are and on the office's limit, so that the
 * usual booking runs a plan as small as can be; each text is prepared once and planned once.
 */

/** What the text of a statement depends on; values are parameters. */
export interface Shape {
  readonly contacts: number
  readonly desks: 'one' | 'several'
  /** Open bookings per contact. */
  readonly limit: number
  /** A clerk passes the limits with a reason. */
  readonly excepted: boolean
  /** Further matters, needs, or on somebody's behalf: what few visits have. Each matter is limited by itself. */
  readonly special: boolean
}

export interface Statement {
  readonly text: string
  /** Names of the values, in the order of the parameters. */
  readonly names: readonly string[]
}

/** Names the value a place in the text stands for. */
type Parameter = (name: string, type: string) => string

const bookings = new Map<string, Statement>()
const confirmations = new Map<string, Statement>()

/** The statement that books or holds. Values: those of `bookingValues` in store.ts. */
export function bookingStatement(shape: Shape): Statement {
  return remembered(bookings, shape, bookingText)
}

/** The same for a hold that is alive and locked, which is then booked or waits to be confirmed: limits in contact order → visit → event → outbox → key. */
export function confirmStatement(shape: Shape): Statement {
  return remembered(confirmations, shape, confirmText)
}

function remembered(statements: Map<string, Statement>, shape: Shape, write: (shape: Shape, parameter: Parameter) => string): Statement {
  const key = `${shape.contacts} ${shape.desks} ${shape.limit} ${shape.excepted} ${shape.special}`
  let statement = statements.get(key)
  if (statement === undefined) {
    const names: string[] = []
    const parameter: Parameter = (name, type) => {
      if (!names.includes(name)) names.push(name)
      return `$${names.indexOf(name) + 1}::${type}`
    }
    statement = { text: write(shape, parameter), names }
    statements.set(key, statement)
  }
  return statement
}

function bookingText(shape: Shape, $: Parameter): string {
  const at = $('now', 'timestamptz')
  return `with used as (
  select body_hash, answer from idempotency_key where key = ${$('key', 'uuid')}
), ${asking(shape, $)}gate as materialized (
  select nextval('visit_id_seq') as id where not exists (select from used)${within(shape)}
), taken as (
  ${places(shape, $)}
  on conflict on constraint place_one_per_desk do nothing
  returning visit_id as id
), made as (
  insert into visit (id, reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day,
    persons, counted, person_name, person_email, person_phone, language, urgent, held_until, held_first_at, confirm_until, booked_by, created_at, erase_on${shape.special ? ', more_service_ids, needs, on_behalf' : ''})
  overriding system value
  select t.id, ${$('reference', 'text')}, ${$('state', 'text')}, 'booked', ${$('service', 'text')}, ${$('building', 'text')}, ${$('room', 'text')},
    ${$('channel', 'text')}, ${$('start', 'timestamptz')}, ${$('end', 'timestamptz')}, ${$('day', 'date')},
    ${$('persons', 'smallint')}, ${$('counted', 'smallint')}, ${$('name', 'text')}, ${$('email', 'text')}, ${$('phone', 'text')},
    ${$('language', 'text')}, ${$('urgent', 'boolean')}, ${$('heldUntil', 'timestamptz')}, ${$('heldFirst', 'timestamptz')}, ${$('confirmUntil', 'timestamptz')},
    ${$('bookedBy', 'int')}, ${at}, ${$('eraseOn', 'date')}${shape.special ? `, ${$('more', 'text[]')}, ${$('needs', 'text[]')}, ${$('onBehalf', 'boolean')}` : ''}
  from ${shape.desks === 'one' ? 'taken as t' : `gate as t where (select count(*) from taken) = ${$('counted', 'smallint')}`}
  returning id
), ${limited(shape, $, 'made')}told as (
  insert into event (at, visit_id, kind, actor, channel, reason, details)
  select ${at}, id, ${$('state', 'text')}, ${$('actor', 'text')}, ${$('channel', 'text')}, null, ${$('details', 'jsonb')} from made
  ${passed(shape, $, 'made')}
), posted as (
  insert into outbox (at, kind, payload)
  select ${at}, ${$('job', 'text')}, jsonb_build_object('visit', id) from made where ${$('job', 'text')} is not null
), ${kept(shape, $, 'made')}
select (select id from made) as id, ${blocked(shape)} as blocked, used.body_hash, used.answer
from (values (1)) as one left join used on true`
}

function confirmText(shape: Shape, $: Parameter): string {
  const at = $('now', 'timestamptz')
  return `with ${asking(shape, $)}gate as materialized (
  select ${$('id', 'bigint')} as id where true${within(shape)}
), ${limited(shape, $, 'gate')}booked as (
  update visit set state = ${$('state', 'text')}, held_until = null, confirm_until = ${$('confirmUntil', 'timestamptz')}, person_name = ${$('name', 'text')}, person_email = ${$('email', 'text')},
    person_phone = ${$('phone', 'text')}, language = ${$('language', 'text')}, urgent = ${$('urgent', 'boolean')}, version = version + 1
  where id = (select id from gate)${shape.contacts > 0 ? ' and (select count(*) from limited) >= 0' : ''}
  returning id
), told as (
  insert into event (at, visit_id, kind, actor, channel, reason, details)
  select ${at}, id, ${$('state', 'text')}, ${$('actor', 'text')}, ${$('channel', 'text')}, null, ${$('details', 'jsonb')} from booked
  ${passed(shape, $, 'booked')}
), posted as (
  insert into outbox (at, kind, payload) select ${at}, ${$('job', 'text')}, jsonb_build_object('visit', id) from booked
), ${kept(shape, $, 'booked')}
select ${blocked(shape)} as blocked`
}

/** A second event where a clerk passed a limit with a reason. */
function passed(shape: Shape, $: Parameter, source: string): string {
  if (!shape.excepted || shape.contacts === 0) return ''
  return `union all select ${$('now', 'timestamptz')}, id, 'limit-excepted', ${$('actor', 'text')}, ${$('channel', 'text')}, ${$('exception', 'text')}, null from ${source} where (select bool_or(excepted) from limited)`
}

const each = <Result>({ contacts }: Shape, make: (index: number) => Result): Result[] =>
  Array.from({ length: contacts }, (_, index) => make(index))

/** For each contact the first ordinal that is free, null above the limit, and whether it has one of the matters on that day already. */
function asking(shape: Shape, $: Parameter): string {
  const ordinal = shape.excepted
    ? '(select min(o) from generate_series(1, cardinality(open) + 1) as o where o <> all (open))'
    : ordinalCase(shape.limit, 'open')
  return each(
    shape,
    (index) => `asking${index} as materialized (
  select ${ordinal}::smallint as ordinal, same_day from (
    select coalesce(array_agg(ordinal) filter (where ordinal is not null), '{}') as open,
      coalesce(bool_or(service_id = ${shape.special ? `any (${$('services', 'text[]')})` : $('service', 'text')} and day = ${$('day', 'date')} and not excepted), false) as same_day
    from visit_limit where contact = ${$(`contact${index}`, 'bytea')} and active) as limits
), `,
  ).join('')
}

/** The first ordinal that is not among those taken; null when all up to the limit are. */
function ordinalCase(limit: number, taken: string): string {
  return `case ${Array.from({ length: limit }, (_, index) => `when ${index + 1} <> all (${taken}) then ${index + 1}`).join(' ')} end`
}

/** The condition that no limit is reached. */
function within(shape: Shape): string {
  return shape.excepted ? '' : each(shape, (index) => ` and (select ordinal is not null and not same_day from asking${index})`).join('')
}

/** The limit that is reached, as a column of the answer. */
function blocked(shape: Shape): string {
  if (shape.excepted || shape.contacts === 0) return 'null::text'
  const any = (column: string): string => each(shape, (index) => `(select ${column} from asking${index})`).join(' or ')
  return `case when ${any('ordinal is null')} then 'limit-open' when ${any('same_day')} then 'limit-service-day' end`
}

/** Places in desk order. One desk needs no array: the planner cannot know its length, and asks for less memory without it. */
function places({ desks }: Shape, $: Parameter): string {
  const during = `tstzrange(${$('start', 'timestamptz')}, ${$('end', 'timestamptz')})`
  if (desks === 'one') return `insert into place (visit_id, desk_id, during) select id, ${$('desk', 'int')}, ${during} from gate`
  return `insert into place (visit_id, desk_id, during)
  select gate.id, d.desk, ${during} from gate cross join unnest((select ${$('desks', 'int[]')})) with ordinality as d(desk, nr) order by d.nr`
}

/** One row for the visit and each contact, with its ordinal; further matters have rows without one, since a visit is one open booking. */
function limited(shape: Shape, $: Parameter, source: string): string {
  if (shape.contacts === 0) return ''
  const rows = each(shape, (index) => {
    const excepted = shape.excepted ? `asking${index}.ordinal > ${shape.limit} or asking${index}.same_day` : 'false'
    return `select ${source}.id, ${$(`contact${index}`, 'bytea')}, asking${index}.ordinal, ${$('service', 'text')}, ${$('day', 'date')}, ${excepted} from ${source} cross join asking${index}`
  })
  const all = rows.join('\n  union all ')
  return `limited as (
  insert into visit_limit (visit_id, contact, ordinal, service_id, day, excepted)
  ${shape.special ? eachMatter(all, $) : all}
  returning excepted
), `
}

/** The rows again for each matter, by contact, then matter: two visits of the same matters in another order do not wait for each other. */
function eachMatter(rows: string, $: Parameter): string {
  return `select l.id, l.contact, case when m.service = l.service then l.ordinal end, m.service, l.day, l.excepted
  from (${rows}) as l(id, contact, ordinal, service, day, excepted) cross join unnest(${$('services', 'text[]')}) as m(service)
  order by l.contact, m.service`
}

/** The key comes last: whoever waits for it waits for a command that has all it wants. */
function kept(shape: Shape, $: Parameter, source: string): string {
  return `kept as (
  insert into idempotency_key (key, body_hash, status, answer, at)
  select ${$('key', 'uuid')}, ${$('hash', 'bytea')}, 201, ${$('answer', 'jsonb')}, ${$('now', 'timestamptz')} from ${source}
  where ${$('key', 'uuid')} is not null${shape.contacts > 0 ? ' and (select count(*) from limited) >= 0' : ''}
)`
}

const together = new Map<number, string>()

/**
 * Plain bookings of one desk each, as records: the same steps in the same order, places by desk and
 * time, limits by contact, keys by key. Desks and days are locked first, since it takes several.
 */
export function togetherStatement(limit: number): string {
  let text = together.get(limit)
  if (text === undefined) together.set(limit, (text = togetherText(limit)))
  return text
}

function togetherText(limit: number): string {
  return `with wish as materialized (
  select * from json_to_recordset($1::json) as w(nr int, key uuid, hash bytea, answer jsonb, reference text, state text, service text, building text,
    room text, channel text, starts timestamptz, ends timestamptz, day date, desk int, persons smallint, name text, email text, phone text,
    language text, urgent boolean, held_until timestamptz, confirm_until timestamptz, booked_by int, at timestamptz, erase_on date, actor text, details jsonb, job text)
), used as materialized (
  select w.nr, k.body_hash, k.answer from wish w join idempotency_key k on k.key = w.key
), asking as materialized (
  select c.nr, c.contact, open.same_day,
    (${ordinalCase(limit, 'open.taken')})::smallint as ordinal
  from json_to_recordset($2::json) as c(nr int, contact bytea) join wish w using (nr)
  cross join lateral (
    select coalesce(array_agg(l.ordinal) filter (where l.ordinal is not null), '{}') as taken,
      coalesce(bool_or(l.service_id = w.service and l.day = w.day and not l.excepted), false) as same_day
    from visit_limit l where l.contact = c.contact and l.active) as open
), blocked as materialized (
  select nr, bool_or(ordinal is null) as over, bool_or(same_day) as same_day from asking group by nr
), locked as materialized (
  select pg_advisory_xact_lock(desk, on_day) from (select distinct desk, day - date '2000-01-01' as on_day from wish order by on_day, desk) as desks
), gate as materialized (
  select w.*, nextval('visit_id_seq') as id from wish w
  where (select count(*) from locked) > 0
    and not exists (select from used u where u.nr = w.nr)
    and not exists (select from blocked b where b.nr = w.nr and (b.over or b.same_day))
), taken as (
  insert into place (visit_id, desk_id, during)
  select id, desk, tstzrange(starts, ends) from gate order by desk, starts
  on conflict on constraint place_one_per_desk do nothing
  returning visit_id
), made as (
  insert into visit (id, reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day,
    persons, counted, person_name, person_email, person_phone, language, urgent, held_until, held_first_at, confirm_until, booked_by, created_at, erase_on)
  overriding system value
  select g.id, g.reference, g.state, 'booked', g.service, g.building, g.room, g.channel, g.starts, g.ends, g.day,
    g.persons, 1, g.name, g.email, g.phone, g.language, g.urgent, g.held_until, case when g.held_until is not null then g.at end, g.confirm_until, g.booked_by, g.at, g.erase_on
  from taken t join gate g on g.id = t.visit_id
  returning id
), limited as (
  insert into visit_limit (visit_id, contact, ordinal, service_id, day)
  select m.id, a.contact, a.ordinal, g.service, g.day from made m join gate g using (id) join asking a using (nr)
  order by a.contact
  returning 1
), told as (
  insert into event (at, visit_id, kind, actor, channel, details)
  select g.at, m.id, g.state, g.actor, g.channel, g.details from made m join gate g using (id)
), posted as (
  insert into outbox (at, kind, payload)
  select g.at, g.job, jsonb_build_object('visit', m.id) from made m join gate g using (id) where g.job is not null
), kept as (
  insert into idempotency_key (key, body_hash, status, answer, at)
  select g.key, g.hash, 201, g.answer, g.at from made m join gate g using (id)
  where g.key is not null and (select count(*) from limited) >= 0
  order by g.key
)
select w.nr, m.id, u.body_hash, u.answer, b.over, b.same_day
from wish w left join gate g using (nr) left join made m on m.id = g.id left join used u using (nr) left join blocked b using (nr)`
}
