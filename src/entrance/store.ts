/**
 * All SQL of the door. Every write happens with the visit locked, so that two guards with one pass
 * make one arrival and one ticket.
 */
import type { Queryable } from '../platform/database.js'
import type { Due } from '../queue/index.js'
import { visitOf, type Visit, type VisitRow, type VisitState } from '../visit/index.js'
import { entriesMax, recentEntriesMax, searchResultsMax, type Entry, type Expected, type OverrideReason, type Purpose } from './model.js'
import { entriesWithVisits, isStillInside, onThatDay } from './occupancy/store.js'
import { foldedLetters, isCounted } from './rules.js'

interface EntryRow {
  id: number
  at: Temporal.Instant
  building_id: string
  visit_id: number | null
  purpose: Purpose
  code: string
  override_reason: OverrideReason | null
  left_at: Temporal.Instant | null
  undone_at: Temporal.Instant | null
  persons: number
  counted: boolean
  with_entry_id: number | null
  at_desk: boolean
}

function entryOf(row: EntryRow): Entry {
  return {
    id: row.id,
    at: row.at,
    buildingId: row.building_id,
    visitId: row.visit_id,
    purpose: row.purpose,
    code: row.code,
    overrideReason: row.override_reason,
    leftAt: row.left_at,
    undoneAt: row.undone_at,
    persons: row.persons,
    counted: row.counted,
    withEntryId: row.with_entry_id,
    atDesk: row.at_desk,
  }
}

export interface NewEntry {
  readonly at: Temporal.Instant
  readonly buildingId: string
  readonly visitId: number | null
  readonly purpose: Purpose
  /** The guard; null at a kiosk. */
  readonly accountId: number | null
  /** The kiosk at which the person came in alone. */
  readonly deviceId?: number | null
  readonly code: string
  readonly overrideReason: OverrideReason | null
  readonly persons?: number
  /** By default clients, and those who come with them, are counted. */
  readonly counted?: boolean
  readonly withEntryId?: number
  readonly atDesk?: boolean
}

export async function insertEntry(client: Queryable, entry: NewEntry): Promise<Entry> {
  const { persons = 1, counted = isCounted(entry.purpose), withEntryId = null, atDesk = false } = entry
  const { rows } = await client.query<EntryRow>(
    `insert into entry (at, building_id, visit_id, purpose, account_id, device_id, code, override_reason, persons, counted, with_entry_id, at_desk)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning *`,
    [
      entry.at,
      entry.buildingId,
      entry.visitId,
      entry.purpose,
      entry.accountId,
      entry.deviceId ?? null,
      entry.code,
      entry.overrideReason,
      persons,
      counted,
      withEntryId,
      atDesk,
    ],
  )
  return entryOf(rows[0] as EntryRow)
}

export async function findEntry(client: Queryable, id: number): Promise<Entry | null> {
  const { rows } = await client.query<EntryRow>('select * from entry where id = $1', [id])
  return rows[0] ? entryOf(rows[0]) : null
}

/** The entries of a visit that stand, newest first. */
export async function entriesOf(client: Queryable, visitId: number): Promise<Entry[]> {
  const { rows } = await client.query<EntryRow>(
    'select * from entry where visit_id = $1 and undone_at is null order by at desc, id desc limit 20',
    [visitId],
  )
  return rows.map(entryOf)
}

/** Entries between two moments that stand, with their visits; the latest, at most so many. */
export async function entriesBetween(
  client: Queryable,
  from: Temporal.Instant,
  until: Temporal.Instant,
  most: number,
): Promise<{ readonly entry: Entry; readonly visit: Visit | null }[]> {
  const { rows } = await client.query<EntryRow>(
    'select * from entry where at >= $1 and at < $2 and undone_at is null order by at desc limit $3',
    [from, until, most],
  )
  const ids = rows.flatMap((row) => row.visit_id ?? [])
  const visits = await client.query<VisitRow>('select * from visit where id = any ($1)', [ids])
  const byId = new Map(visits.rows.map((row) => [row.id, visitOf(row)]))
  return rows.map((row) => ({ entry: entryOf(row), visit: row.visit_id === null ? null : (byId.get(row.visit_id) ?? null) }))
}

/** Makes the visit arrived with its ticket. */
export async function arrive(
  client: Queryable,
  visitId: number,
  arrival: { readonly at: Temporal.Instant; readonly ticket: string; readonly due: Due },
): Promise<Visit> {
  const { rows } = await client.query<VisitRow>(
    `update visit set state = 'arrived', arrived_at = $2, ticket = $3, due_at = $4, due_why = $5, version = version + 1 where id = $1 returning *`,
    [visitId, arrival.at, arrival.ticket, arrival.due.at, arrival.due.why],
  )
  return visitOf(rows[0] as VisitRow)
}

/** Takes the arrival back: the person is expected again, with the ticket kept for the next time. */
export async function unarrive(client: Queryable, visitId: number, before: 'booked' | 'pending'): Promise<void> {
  await client.query(
    `update visit set state = $2, arrived_at = null, due_at = null, due_why = null, version = version + 1 where id = $1 and state = 'arrived'`,
    [visitId, before],
  )
}

/** Marks an entry undone; false when it was before. */
export async function markUndone(client: Queryable, entryId: number, at: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await client.query('update entry set undone_at = $2 where id = $1 and undone_at is null', [entryId, at])
  return rowCount === 1
}

/**
 * Marks that the person went out: every standing entry of the visit in that building, since the same
 * pass may have been let in more than once. Asked with the visit locked. False when none stands.
 */
export async function markLeft(client: Queryable, entry: Entry, at: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await client.query(
    `update entry set left_at = $2
     where (id = $1 or (visit_id = $3 and building_id = $4)) and left_at is null and undone_at is null`,
    [entry.id, at, entry.visitId, entry.buildingId],
  )
  return rowCount !== 0
}

/** Companions of entries that stand, the first first. */
export async function companionsOf(client: Queryable, entryId: number): Promise<Entry[]> {
  const { rows } = await client.query<EntryRow>('select * from entry where with_entry_id = $1 and undone_at is null order by id', [entryId])
  return rows.map(entryOf)
}

/** One counted person more, or fewer, goes to the desk; asked with the visit locked. */
export async function addCounted(client: Queryable, visitId: number, more: number): Promise<void> {
  // Whoever was asked to wait outside the room is among the counted no more.
  await client.query(
    `update visit set counted = counted + greatest($2, -accompanied), accompanied = accompanied + greatest($2, -accompanied),
       companions_outside = companions_outside + least(0, $2 + accompanied), version = version + 1 where id = $1`,
    [visitId, more],
  )
}

/** Companions go, or are taken back, with their client's entries; returns how many of them would have gone to a desk. */
export async function companionsGo(
  client: Queryable,
  entryIds: readonly number[],
  at: Temporal.Instant,
  how: 'left' | 'undone',
): Promise<number> {
  const { rows } = await client.query<{ at_desk: boolean }>(
    `update entry set ${how === 'left' ? 'left_at' : 'undone_at'} = $2
     where with_entry_id = any ($1) and left_at is null and undone_at is null returning at_desk`,
    [entryIds, at],
  )
  return rows.filter((row) => row.at_desk).length
}

export interface DropOff {
  readonly reference: string
  readonly serviceId: string
  readonly buildingId: string
  readonly roomId: string | null
  readonly at: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly day: Temporal.PlainDate
  /** Null for an envelope left with the guard: nobody comes in, and the visit is over as it begins. */
  readonly ticket: string | null
  readonly receipt: string
  readonly accountId: number
  readonly createdAt: Temporal.Instant
  readonly eraseOn: Temporal.PlainDate
}

/**
 * A document drop-off: a visit that begins inside, with a ticket for a desk and a receipt number. Null
 * when another has the number: two at one instant are told apart by the index, not by looking first.
 */
export async function insertDropOff(client: Queryable, wanted: DropOff): Promise<Visit | null> {
  const { rows } = await client.query<VisitRow>(
    `insert into visit (reference, state, kind, service_id, building_id, room_id, channel, starts_at, ends_at, day, persons, counted,
       booked_by, created_at, arrived_at, due_at, due_why, ticket, receipt, erase_on, ended_at)
     values ($1, case when $9::text is null then 'left' else 'arrived' end, 'drop-off', $2, $3, $4, 'door', $5, $6, $7, 1, 1, $8, $12, $5,
       case when $9::text is not null then $5::timestamptz end, case when $9::text is not null then 'by-arrival' end, $9, $10, $11,
       case when $9::text is null then $5::timestamptz end)
     on conflict (receipt) where receipt is not null do nothing
     returning *`,
    [
      wanted.reference,
      wanted.serviceId,
      wanted.buildingId,
      wanted.roomId,
      wanted.at,
      wanted.endsAt,
      wanted.day,
      wanted.accountId,
      wanted.ticket,
      wanted.receipt,
      wanted.eraseOn,
      wanted.createdAt,
    ],
  )
  return rows[0] ? visitOf(rows[0]) : null
}

/** True when the same refusal of the same visit was written a moment ago. */
export async function refusedSince(client: Queryable, visitId: number, code: string, since: Temporal.Instant): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from event where visit_id = $1 and kind = 'refused-entry' and reason = $2 and at > $3 limit 1`,
    [visitId, code, since],
  )
  return rows.length > 0
}

interface ExpectedRow {
  reference: string
  starts_at: Temporal.Instant
  service_id: string
  more_service_ids: string[]
  room_id: string | null
  building_id: string
  person_name: string | null
  state: VisitState
}

function expectedOf(row: ExpectedRow): Expected {
  return {
    reference: row.reference,
    startsAt: row.starts_at,
    serviceId: row.service_id,
    moreServiceIds: row.more_service_ids,
    roomId: row.room_id,
    buildingId: row.building_id,
    initials: row.person_name === null ? null : initialsOf(row.person_name),
    name: row.person_name,
    state: row.state,
  }
}

export function initialsOf(name: string): string {
  return name
    .split(/[\s-]+/)
    .filter((part) => part !== '')
    .map((part) => `${[...part][0]?.toUpperCase() ?? ''}.`)
    .slice(0, 3)
    .join(' ')
}

export interface Window {
  readonly day: Temporal.PlainDate
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/** Visits of a building that start between two minutes and have not come in. */
export async function expectedVisits(client: Queryable, buildingId: string, { day, from, until }: Window): Promise<Expected[]> {
  const { rows } = await client.query<ExpectedRow>(
    `select reference, starts_at, service_id, more_service_ids, room_id, building_id, person_name, state from visit
     where day = $1 and building_id = $2 and state in ('booked', 'pending') and starts_at >= $3 and starts_at <= $4
     order by starts_at, id limit 60`,
    [day, buildingId, from, until],
  )
  return rows.map(expectedOf)
}

/**
 * Visits of a day where each typed word is the beginning of some word of the name, in any order and
 * without marks, in every building: the person may stand at the wrong door.
 */
export async function visitsByName(client: Queryable, day: Temporal.PlainDate, typed: readonly string[]): Promise<Expected[]> {
  if (typed.length === 0) return []
  const { rows } = await client.query<ExpectedRow>(
    `select reference, starts_at, service_id, more_service_ids, room_id, building_id, person_name, state
     from visit, lateral (select lower(translate(person_name, $2, $3)) as name) folded
     where day = $1 and person_name is not null and state not in ('held', 'expired')
       and not exists (select from unnest($4::text[]) as word where position(' ' || word in ' ' || folded.name) = 0)
     order by starts_at, id limit ${searchResultsMax}`,
    // What parts a double name, or a name of two parts, is read as a space.
    [day, `${foldedLetters[0]}-'’`, `${foldedLetters[1]}   `, typed],
  )
  return rows.map(expectedOf)
}

export type ListedEntry = Entry & { readonly ticket: string | null }

/** Entries of a building, newest first, for undoing and for going out: the last, and those of everybody inside; or all. */
export async function listEntries(
  client: Queryable,
  buildingId: string,
  { since, which }: { readonly since: Temporal.Instant; readonly which: 'recent' | 'all' },
): Promise<{ readonly entries: readonly ListedEntry[]; readonly more: boolean }> {
  const { rows } = await client.query<EntryRow & { ticket: string | null; more: boolean }>(
    `select * from (
       select entry.*, visit.ticket, count(*) over () > $3 as more, row_number() over (order by entry.at desc, entry.id desc) as place,
         ${isStillInside} as inside
       from ${entriesWithVisits}
       where entry.building_id = $1 and ${onThatDay}
     ) listed
     where place <= $3 or inside
     order by place limit ${entriesMax}`,
    [buildingId, since, which === 'all' ? entriesMax : recentEntriesMax],
  )
  return { entries: rows.map((row) => ({ ...entryOf(row), ticket: row.ticket })), more: rows[0]?.more ?? false }
}

/** When the visit of an entry was last let in before it, in the same building. */
export async function enteredBefore(client: Queryable, entry: Entry): Promise<Temporal.Instant | null> {
  const { rows } = await client.query<{ at: Temporal.Instant | null }>(
    `select max(at) as at from entry
     where visit_id = $1 and building_id = $2 and id <> $3 and at <= $4 and undone_at is null`,
    [entry.visitId, entry.buildingId, entry.id, entry.at],
  )
  return rows[0]?.at ?? null
}

/** Takes a key for a command in this transaction; false when another command has it already. */
export async function claimKey(client: Queryable, key: string, hash: Buffer, at: Temporal.Instant): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into idempotency_key (key, body_hash, status, answer, at) values ($1, $2, 201, '{}', $3) on conflict on constraint idempotency_key_pkey do nothing`,
    [key, hash, at],
  )
  return rowCount === 1
}

export async function keepEntry(client: Queryable, key: string, entryId: number): Promise<void> {
  await client.query('update idempotency_key set answer = $2 where key = $1', [key, JSON.stringify({ entry: entryId })])
}

/** A refusal is not kept: nothing changed, so asking again may be answered anew. */
export async function releaseKey(client: Queryable, key: string): Promise<void> {
  await client.query('delete from idempotency_key where key = $1', [key])
}
