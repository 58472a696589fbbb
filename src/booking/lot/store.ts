/**
 * All SQL of draws. One entry per contact is `lot_contact_once`; one answer per entry its state,
 * changed only by whoever holds the row of the draw.
 */
import { brokenConstraint, type Queryable } from '../../platform/database.js'
import type { Language } from '../../platform/words.js'
import type { Person } from '../../visit/index.js'
import type { Wish } from './rules.js'

export type EntryState = 'waiting' | 'won' | 'lost' | 'withdrawn'

export interface Draw {
  readonly id: number
  readonly provisionId: string
  readonly opensAt: Temporal.Instant
  readonly closesAt: Temporal.Instant
  readonly seed: Buffer
  readonly seedHash: Buffer
  readonly orderedAt: Temporal.Instant | null
  readonly settledAt: Temporal.Instant | null
}

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
}

/** An entry as everybody may see it. */
export interface DrawnEntry {
  readonly reference: string
  readonly rank: number
  readonly state: EntryState
}

interface DrawRow {
  id: number
  provision_id: string
  opens_at: Temporal.Instant
  closes_at: Temporal.Instant
  seed: Buffer
  seed_hash: Buffer
  ordered_at: Temporal.Instant | null
  settled_at: Temporal.Instant | null
}

interface EntryRow {
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
}

const drawColumns = 'id, provision_id, opens_at, closes_at, seed, seed_hash, ordered_at, settled_at'
const entryColumns =
  'id, draw_id, reference, service_id, wishes, state, rank, visit_id, reason, person_name, person_email, person_phone, language'

function drawOf(row: DrawRow): Draw {
  return {
    id: row.id,
    provisionId: row.provision_id,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    seed: row.seed,
    seedHash: row.seed_hash,
    orderedAt: row.ordered_at,
    settledAt: row.settled_at,
  }
}

function entryOf(row: EntryRow): Entry {
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
  }
}

export async function findDraw(database: Queryable, of: { provision: string; opensAt: Temporal.Instant }): Promise<Draw | null> {
  const { rows } = await database.query<DrawRow>(`select ${drawColumns} from lot_draw where provision_id = $1 and opens_at = $2`, [
    of.provision,
    of.opensAt,
  ])
  return rows[0] === undefined ? null : drawOf(rows[0])
}

export async function drawById(database: Queryable, id: number): Promise<Draw | null> {
  const { rows } = await database.query<DrawRow>(`select ${drawColumns} from lot_draw where id = $1`, [id])
  return rows[0] === undefined ? null : drawOf(rows[0])
}

/** Makes the draw, with a seed of this process unless another was first. `settledAt`: nobody asked, nothing is drawn. */
export async function makeDraw(
  database: Queryable,
  made: {
    provision: string
    opensAt: Temporal.Instant
    closesAt: Temporal.Instant
    seed: Buffer
    seedHash: Buffer
    settledAt: Temporal.Instant | null
  },
): Promise<void> {
  await database.query(
    `insert into lot_draw (provision_id, opens_at, closes_at, seed, seed_hash, ordered_at, settled_at)
     values ($1, $2, $3, $4, $5, $6, $6) on conflict on constraint lot_draw_once do nothing`,
    [made.provision, made.opensAt, made.closesAt, made.seed, made.seedHash, made.settledAt],
  )
}

/** Draws whose entries wait for an answer. */
export async function dueDraws(database: Queryable, now: Temporal.Instant): Promise<readonly Draw[]> {
  const { rows } = await database.query<DrawRow>(
    `select ${drawColumns} from lot_draw where settled_at is null and closes_at <= $1 order by closes_at, id`,
    [now],
  )
  return rows.map(drawOf)
}

/** The draw, locked until the transaction ends: whoever has it answers entries. */
export async function lockDraw(client: Queryable, id: number): Promise<Draw> {
  const { rows } = await client.query<DrawRow>(`select ${drawColumns} from lot_draw where id = $1 for update`, [id])
  return drawOf(rows[0] as DrawRow)
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
  readonly now: Temporal.Instant
  readonly eraseOn: Temporal.PlainDate
}

/**
 * Writes an entry, or nothing: `entered` when a contact has one in the draw, `over` when the order
 * is written. One statement: where only some of the contacts were free, their rows have no entry and
 * the statement takes them back.
 */
export async function insertEntry(client: Queryable, entry: NewEntry): Promise<'made' | 'entered' | 'over'> {
  const { person } = entry
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
         insert into lot_entry (id, draw_id, reference, service_id, wishes, state, person_name, person_email, person_phone, language, created_at, erase_on)
         overriding system value
         select gate.id, $1, $3, $4, $5, 'waiting', $6, $7, $8, $9, $10, $11 from gate
         where (select count(*) from claimed) = cardinality((select $2::bytea[]))
         returning 1
       )
       select exists (select from open) as open, exists (select from made) as made`,
      [
        entry.drawId,
        entry.contacts,
        entry.reference,
        entry.serviceId,
        JSON.stringify(entry.wishes),
        person.name,
        person.email,
        person.phone,
        entry.language,
        entry.now,
        entry.eraseOn,
      ],
    )
    const row = rows[0]
    return row?.made === true ? 'made' : row?.open === true ? 'entered' : 'over'
  } catch (error) {
    if (brokenConstraint(error) === 'lot_contact_entry_id_fkey') return 'entered'
    throw error
  }
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

/** References of the entries that wait, in the order they were made. */
export async function waitingReferences(client: Queryable, drawId: number): Promise<readonly string[]> {
  const { rows } = await client.query<{ reference: string }>(
    `select reference from lot_entry where draw_id = $1 and state = 'waiting' order by id`,
    [drawId],
  )
  return rows.map(({ reference }) => reference)
}

/** Writes the order of a locked draw; from now on it takes no entry. */
export async function writeOrder(client: Queryable, drawId: number, references: readonly string[], at: Temporal.Instant): Promise<void> {
  await client.query(
    `update lot_entry e set rank = o.rank from unnest((select $2::text[])) with ordinality as o(reference, rank)
     where e.draw_id = $1 and e.reference = o.reference`,
    [drawId, references],
  )
  await client.query('update lot_draw set ordered_at = $2 where id = $1', [drawId, at])
}

/** The next entries of a locked draw in its order. */
export async function nextEntries(client: Queryable, drawId: number, most: number): Promise<readonly Entry[]> {
  const { rows } = await client.query<EntryRow>(
    `select ${entryColumns} from lot_entry where draw_id = $1 and state = 'waiting' order by rank limit $2`,
    [drawId, most],
  )
  return rows.map(entryOf)
}

/** Ends an entry that waits; false when it had ended. */
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
    `update lot_entry set state = $2, ended_at = $3, visit_id = $4, reason = $5, erase_on = coalesce($6, erase_on) where id = $1 and state = 'waiting'`,
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

/** The draw has answered everybody; whose contacts were in it is of no use any more. */
export async function writeSettled(client: Queryable, drawId: number, at: Temporal.Instant): Promise<void> {
  await client.query('update lot_draw set settled_at = $2 where id = $1', [drawId, at])
  await client.query('delete from lot_contact where draw_id = $1', [drawId])
}

/** What anyone may see of a draw: references and what became of them, in order. */
export async function publicOrder(
  database: Queryable,
  drawId: number,
): Promise<readonly DrawnEntry[]> {
  const { rows } = await database.query<DrawnEntry>(
    'select reference, rank, state from lot_entry where draw_id = $1 and rank is not null order by rank',
    [drawId],
  )
  return rows
}

/** How many entries a draw has. */
export async function countEntries(database: Queryable, drawId: number): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*) as count from lot_entry where draw_id = $1 and state <> 'withdrawn'`,
    [drawId],
  )
  return rows[0]?.count ?? 0
}
