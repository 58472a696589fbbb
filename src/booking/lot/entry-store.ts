/**
 * All SQL of entries. One entry per contact is `lot_contact_once`: a contact is taken by the entry it
 * confirms, so that nobody keeps another out by typing his address. One answer per entry is its state,
 * changed only by whoever holds the row of the draw.
 */
import { brokenConstraint, type Queryable } from '../../platform/database.js'
import type { Language } from '../../platform/words.js'
import type { Person } from '../../visit/index.js'
import type { Wish } from './rules.js'

/** `pending`: its contact is not shown to be the person's yet; such an entry is not drawn. */
export type EntryState = 'pending' | 'waiting' | 'won' | 'lost' | 'withdrawn'

export interface Entry {
  readonly id: number
  readonly drawId: number
  readonly reference: string
  readonly serviceId: string
  readonly wishes: readonly Wish[]
  readonly state: EntryState
  readonly rank: number | null
  readonly visitId: number | null
  readonly reason: string | null
  readonly person: Person
  readonly language: Language
  /** When its contact was shown to be the person's; null where that was not asked, or not yet. */
  readonly confirmedAt: Temporal.Instant | null
  /** Which of the codes sent is valid, from 1, and how often one was typed since. */
  readonly round: number
  readonly tries: number
}

export interface EntryRow {
  id: number
  draw_id: number
  reference: string
  service_id: string
  wishes: readonly Wish[]
  state: EntryState
  rank: number | null
  visit_id: number | null
  reason: string | null
  person_name: string | null
  person_email: string | null
  person_phone: string | null
  language: Language
  confirmed_at: Temporal.Instant | null
  round: number
  tries: number
}

export const entryColumns =
  'id, draw_id, reference, service_id, wishes, state, rank, visit_id, reason, person_name, person_email, person_phone, language, confirmed_at, round, tries'

export function entryOf(row: EntryRow): Entry {
  return {
    id: row.id,
    drawId: row.draw_id,
    reference: row.reference,
    serviceId: row.service_id,
    wishes: row.wishes,
    state: row.state,
    rank: row.rank,
    visitId: row.visit_id,
    reason: row.reason,
    person: { name: row.person_name, email: row.person_email, phone: row.person_phone },
    language: row.language,
    confirmedAt: row.confirmed_at,
    round: row.round,
    tries: row.tries,
  }
}

export interface NewEntry {
  readonly drawId: number
  readonly reference: string
  readonly serviceId: string
  readonly wishes: readonly Wish[]
  readonly person: Person
  readonly language: Language
  /** Keyed hashes, ascending. */
  readonly contacts: readonly Buffer[]
  /** Shown already: the entry takes part. Null where no confirmation is asked. */
  readonly confirmedAt: Temporal.Instant | null
  readonly now: Temporal.Instant
  readonly eraseOn: Temporal.PlainDate
}

/**
 * Writes an entry that takes part, or nothing: `entered` when a contact has one in the draw, `over` when the order
 * is written. One statement: where only some of the contacts were free, their rows have no entry and
 * the statement takes them back.
 */
export async function insertEntry(client: Queryable, entry: NewEntry): Promise<'made' | 'entered' | 'over'> {
  try {
    const { rows } = await client.query<{ open: boolean; made: boolean }>(
      `with open as (
         select id from lot_draw where id = $1 and ordered_at is null for share
       ), gate as materialized (
         select nextval('lot_entry_id_seq') as id from open
       ), claimed as (
         insert into lot_contact (draw_id, contact, entry_id)
         select $1, c.contact, gate.id from gate cross join unnest((select $2::bytea[])) as c(contact) order by c.contact
         on conflict on constraint lot_contact_once do nothing
         returning 1
       ), made as (
         insert into lot_entry (id, draw_id, reference, service_id, wishes, state, person_name, person_email, person_phone, language, created_at, erase_on, confirmed_at)
         overriding system value
         select gate.id, $1, $3, $4, $5, 'waiting', $6, $7, $8, $9, $10, $11, $12 from gate
         where (select count(*) from claimed) = cardinality((select $2::bytea[]))
         returning 1
       )
       select exists (select from open) as open, exists (select from made) as made`,
      [...entryValues(entry), entry.confirmedAt],
    )
    const row = rows[0]
    return row?.made === true ? 'made' : row?.open === true ? 'entered' : 'over'
  } catch (error) {
    if (brokenConstraint(error) === 'lot_contact_entry_id_fkey') return 'entered'
    throw error
  }
}

/** What both ways of writing an entry write, as parameters $1 to $11. */
export function entryValues(entry: Omit<NewEntry, 'confirmedAt'>): readonly unknown[] {
  const { name, email, phone } = entry.person
  const { drawId, contacts, reference, serviceId, language, now, eraseOn } = entry
  return [drawId, contacts, reference, serviceId, JSON.stringify(entry.wishes), name, email, phone, language, now, eraseOn]
}

export async function findEntry(database: Queryable, reference: string): Promise<Entry | null> {
  const { rows } = await database.query<EntryRow>(`select ${entryColumns} from lot_entry where reference = $1`, [reference])
  return rows[0] === undefined ? null : entryOf(rows[0])
}

export async function entryOfVisit(database: Queryable, visitId: number): Promise<Entry | null> {
  const { rows } = await database.query<EntryRow>(`select ${entryColumns} from lot_entry where visit_id = $1`, [visitId])
  return rows[0] === undefined ? null : entryOf(rows[0])
}

export async function entryById(database: Queryable, id: number): Promise<Entry | null> {
  const { rows } = await database.query<EntryRow>(`select ${entryColumns} from lot_entry where id = $1`, [id])
  return rows[0] === undefined ? null : entryOf(rows[0])
}

/** The next entries of a locked draw in its order. */
export async function nextEntries(client: Queryable, drawId: number, most: number): Promise<readonly Entry[]> {
  const { rows } = await client.query<EntryRow>(
    `select ${entryColumns} from lot_entry where draw_id = $1 and state = 'waiting' order by rank limit $2`,
    [drawId, most],
  )
  return rows.map(entryOf)
}

/** Ends an entry that waits or is not confirmed; false when it had ended. */
export async function endEntry(
  client: Queryable,
  id: number,
  end: {
    state: 'won' | 'lost' | 'withdrawn'
    at: Temporal.Instant
    visitId: number | null
    reason: string | null
    eraseOn: Temporal.PlainDate | null
  },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update lot_entry set state = $2, ended_at = $3, visit_id = $4, reason = $5, erase_on = coalesce($6, erase_on) where id = $1 and state in ('pending', 'waiting')`,
    [id, end.state, end.at, end.visitId, end.reason, end.eraseOn],
  )
  return rowCount === 1
}

/** Takes an entry out of a draw not yet ordered; its contacts may enter again. Null when it had ended or is being drawn. */
export async function withdrawEntry(client: Queryable, entry: Entry, at: Temporal.Instant): Promise<boolean> {
  const { rows } = await client.query(`select from lot_draw where id = $1 and ordered_at is null for share`, [entry.drawId])
  if (rows.length === 0) return false
  if (!(await endEntry(client, entry.id, { state: 'withdrawn', at, visitId: null, reason: null, eraseOn: null }))) return false
  await client.query('delete from lot_contact where entry_id = $1', [entry.id])
  return true
}
