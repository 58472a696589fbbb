/** All SQL of the line of those who wait for an earlier time: in which order they stand, and for what. */
import type { Queryable } from '../../platform/database.js'
import type { Language } from '../../platform/words.js'
import { visitOf, type Person, type Visit, type VisitRow } from '../../visit/index.js'
import type { DayPart } from '../model.js'
import type { Wish } from '../wish.js'
import type { Entry, FreedTime, Offer, WaitingState } from './model.js'
import { openOffers } from './store.js'

export interface EntryRow {
  id: number
  reference: string
  service_id: string
  more_service_ids: readonly string[]
  persons: number
  more_time: boolean | null
  building_id: string | null
  visit_id: number | null
  from_day: Temporal.PlainDate
  to_day: Temporal.PlainDate | null
  part: DayPart
  joined_at: Temporal.Instant
  state: WaitingState
  passed: number
  person_name: string | null
  person_email: string | null
  person_phone: string | null
  language: Language
  contact_proved: boolean
}

export function entryOf(row: EntryRow): Entry {
  return {
    id: row.id,
    reference: row.reference,
    serviceId: row.service_id,
    wished: {
      serviceId: row.service_id,
      moreServiceIds: row.more_service_ids,
      persons: row.persons,
      moreTime: row.more_time === true,
      ...(row.building_id === null ? {} : { buildingId: row.building_id }),
    },
    visitId: row.visit_id,
    from: row.from_day,
    to: row.to_day,
    part: row.part,
    joinedAt: row.joined_at,
    state: row.state,
    passed: row.passed,
    person: { name: row.person_name, email: row.person_email, phone: row.person_phone },
    language: row.language,
    proved: row.contact_proved,
  }
}

const entryColumns =
  'id, reference, service_id, more_service_ids, persons, more_time, building_id, visit_id, from_day, to_day, part, joined_at, state, passed, person_name, person_email, person_phone, language, contact_proved'
/** Longest part of the line looked at for one time. */
const lineMax = 500

/** One in line whom a kept time may suit, with the visit that would move. */
export interface Candidate {
  readonly entry: Entry
  readonly visit: Visit | null
}

/** Those in line whom the kept time may suit and who have not been offered it, in the order of the line. */
export async function candidates(
  database: Queryable,
  wish: FreedTime & {
    readonly keptId: number
    readonly serviceIds: readonly string[]
    readonly day: Temporal.PlainDate
    readonly part: Exclude<DayPart, 'any'>
  },
): Promise<readonly Candidate[]> {
  const { rows } = await database.query<EntryRow>(
    `select w.* from waiting w left join visit v on v.id = w.visit_id
     where w.state = 'waiting' and w.service_id = any($1) and w.from_day <= $2 and (w.to_day is null or w.to_day >= $2)
       and w.part in ('any', $5)
       and (w.visit_id is null or (v.state in ('booked', 'pending') and v.starts_at > $3 and v.ends_at - v.starts_at <= $6::timestamptz - $3))
       and not exists (select from waiting_offer o where o.kept_id = $4 and o.waiting_id = w.id)
     order by w.passed, w.joined_at, w.id limit ${lineMax}`,
    [wish.serviceIds, wish.day, wish.start, wish.keptId, wish.part, wish.end],
  )
  const visits = await visitsOf(database, rows)
  return rows.map((row) => ({ entry: entryOf(row), visit: visits.get(row.visit_id ?? 0) ?? null }))
}

async function visitsOf(database: Queryable, entries: readonly EntryRow[]): Promise<ReadonlyMap<number, Visit>> {
  const ids = entries.flatMap(({ visit_id: id }) => id ?? [])
  if (ids.length === 0) return new Map()
  const { rows } = await database.query<VisitRow>('select * from visit where id = any($1)', [ids])
  return new Map(rows.map((row) => [row.id, visitOf(row)]))
}

export async function findEntry(database: Queryable, reference: string): Promise<Entry | null> {
  const { rows } = await database.query<EntryRow>(`select ${entryColumns} from waiting where reference = $1`, [reference])
  return rows[0] ? entryOf(rows[0]) : null
}

export async function findEntryById(database: Queryable, id: number): Promise<Entry | null> {
  const { rows } = await database.query<EntryRow>(`select ${entryColumns} from waiting where id = $1`, [id])
  return rows[0] ? entryOf(rows[0]) : null
}

export async function lockEntry(client: Queryable, id: number): Promise<Entry | null> {
  const { rows } = await client.query<EntryRow>(`select ${entryColumns} from waiting where id = $1 for update`, [id])
  return rows[0] ? entryOf(rows[0]) : null
}

/** The living entry of a visit. */
export async function entryOfVisit(database: Queryable, visitId: number): Promise<Entry | null> {
  const { rows } = await database.query<EntryRow>(
    `select ${entryColumns} from waiting where visit_id = $1 and state in ('waiting', 'offered')`,
    [visitId],
  )
  return rows[0] ? entryOf(rows[0]) : null
}

/** Puts an entry back in line; `passed` when it left the offer without an answer. */
export async function backInLine(client: Queryable, id: number, passed: boolean): Promise<void> {
  await client.query(`update waiting set state = 'waiting', passed = passed + $2 where id = $1 and state = 'offered'`, [id, passed ? 1 : 0])
}

/** Ends an entry: what is personal goes the day after, its contacts at once. */
export async function endEntry(
  client: Queryable,
  id: number,
  end: {
    readonly state: 'accepted' | 'withdrawn' | 'ended'
    readonly at: Temporal.Instant
    readonly eraseOn: Temporal.PlainDate
    readonly visitId?: number | undefined
  },
): Promise<void> {
  await client.query(
    `with gone as (delete from waiting_contact where waiting_id = $1)
     update waiting set state = $2, ended_at = $3, erase_on = least(erase_on, $4), visit_id = coalesce($5, visit_id) where id = $1`,
    [id, end.state, end.at, end.eraseOn, end.visitId ?? null],
  )
}

/** Puts a visit in line; null when it stands there already. */
export async function insertForVisit(
  client: Queryable,
  entry: {
    reference: string
    visit: Visit
    from: Temporal.PlainDate
    part: DayPart
    at: Temporal.Instant
    addedBy: number | null
    eraseOn: Temporal.PlainDate
  },
): Promise<number | null> {
  const { rows } = await client.query<{ id: number }>(
    `insert into waiting (reference, service_id, visit_id, from_day, part, joined_at, state, language, added_by, erase_on)
     values ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9)
     on conflict (visit_id) where state in ('waiting', 'offered') do nothing
     returning id`,
    [
      entry.reference,
      entry.visit.serviceId,
      entry.visit.id,
      entry.from,
      entry.part,
      entry.at,
      entry.visit.language,
      entry.addedBy,
      entry.eraseOn,
    ],
  )
  return rows[0]?.id ?? null
}

/**
 * Puts a person in line; an entry nobody has shown the contact of stands as if it had let one offer
 * pass, so that a thousand invented people are not asked before one who is there. Null, with nothing
 * written, when one of the contacts stands there for the matter already.
 */
export async function insertForPerson(
  client: Queryable,
  entry: {
    reference: string
    wish: Wish
    from: Temporal.PlainDate
    to: Temporal.PlainDate
    part: DayPart
    at: Temporal.Instant
    person: Person
    language: Language
    addedBy: number | null
    eraseOn: Temporal.PlainDate
    /** Keyed hashes, ascending. */
    contacts: readonly Buffer[]
  },
): Promise<number | null> {
  const { service, more, persons, moreTime, buildingId } = entry.wish
  await client.query('savepoint joined')
  const { rows } = await client.query<{ id: number }>(
    `insert into waiting (reference, service_id, from_day, to_day, part, joined_at, state, person_name, person_email, person_phone, language, added_by, erase_on, passed,
       more_service_ids, persons, more_time, building_id)
     values ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9, $10, $11, $12, case when $11::int is null then 1 else 0 end, $13, $14, $15, $16) returning id`,
    [
      entry.reference,
      service.id,
      entry.from,
      entry.to,
      entry.part,
      entry.at,
      entry.person.name,
      entry.person.email,
      entry.person.phone,
      entry.language,
      entry.addedBy,
      entry.eraseOn,
      more.map((each) => each.id),
      persons,
      moreTime || null,
      buildingId === service.buildingId ? null : buildingId,
    ],
  )
  const { id } = rows[0] as { id: number }
  for (const contact of entry.contacts) {
    const { rowCount } = await client.query(
      `insert into waiting_contact (contact, service_id, waiting_id) values ($1, $2, $3)
       on conflict on constraint waiting_one_per_contact do nothing`,
      [contact, service.id, id],
    )
    if (rowCount === 1) continue
    await client.query('rollback to savepoint joined')
    return null
  }
  await client.query('release savepoint joined')
  return id
}

/** How many of the same matter stand before the entry. */
export async function aheadOf(database: Queryable, entry: Entry): Promise<number> {
  const { rows } = await database.query<{ ahead: number }>(
    `select count(*)::int as ahead from waiting
     where service_id = $1 and state in ('waiting', 'offered') and (passed, joined_at, id) < ($2::smallint, $3, $4)`,
    [entry.serviceId, entry.passed, entry.joinedAt, entry.id],
  )
  return rows[0]?.ahead ?? 0
}

export interface OverEntry {
  readonly id: number
  readonly visitId: number | null
}

/**
 * Entries whose time is over: their last day, or the day of their visit, has come, so that nothing
 * can be kept for them any more; or their visit is not ahead any more.
 */
export async function overEntries(database: Queryable, today: Temporal.PlainDate): Promise<readonly OverEntry[]> {
  const { rows } = await database.query<{ id: number; visit_id: number | null }>(
    `select w.id, w.visit_id from waiting w left join visit v on v.id = w.visit_id
     where w.state in ('waiting', 'offered') and (w.to_day <= $1 or v.day <= $1 or v.state not in ('booked', 'pending'))
     order by w.id`,
    [today],
  )
  return rows.map((row) => ({ id: row.id, visitId: row.visit_id }))
}

export interface ListedEntry {
  readonly entry: Entry
  readonly visit: Visit | null
  readonly offer: Offer | null
}

/** Longest list a clerk is shown; the first in line come first. */
export const listedMax = 200

/** Everyone in line for these matters, in the order of the line, with what is offered to them. */
export async function listed(database: Queryable, serviceIds: readonly string[]): Promise<readonly ListedEntry[]> {
  const { rows } = await database.query<EntryRow>(
    `select ${entryColumns} from waiting where state in ('waiting', 'offered') and service_id = any($1)
     order by service_id, passed, joined_at, id limit ${listedMax}`,
    [serviceIds],
  )
  const visits = await visitsOf(database, rows)
  const offers = await openOffers(
    database,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    entry: entryOf(row),
    visit: visits.get(row.visit_id ?? 0) ?? null,
    offer: offers.get(row.id) ?? null,
  }))
}

/** Notes that the link of a message was opened: there is somebody at the contact, and the entry comes forward. */
export async function proveContact(database: Queryable, reference: string): Promise<void> {
  await database.query(
    `update waiting set contact_proved = true, passed = case when visit_id is null and added_by is null then greatest(passed - 1, 0) else passed end
     where reference = $1 and not contact_proved`,
    [reference],
  )
}
