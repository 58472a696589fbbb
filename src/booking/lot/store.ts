/** All SQL of draws: when each is held, its seed and its order. Entries are in entry-store.ts. */
import type { Queryable } from '../../platform/database.js'
import type { EntryState } from './entry-store.js'

export interface Draw {
  readonly id: number
  readonly provisionId: string
  readonly opensAt: Temporal.Instant
  readonly closesAt: Temporal.Instant
  /** Until when entries may be confirmed, at least; null where no confirmation is asked. */
  readonly confirmUntil: Temporal.Instant | null
  readonly seed: Buffer
  readonly seedHash: Buffer
  readonly orderedAt: Temporal.Instant | null
  readonly settledAt: Temporal.Instant | null
}

interface DrawRow {
  id: number
  provision_id: string
  opens_at: Temporal.Instant
  closes_at: Temporal.Instant
  confirm_until: Temporal.Instant | null
  seed: Buffer
  seed_hash: Buffer
  ordered_at: Temporal.Instant | null
  settled_at: Temporal.Instant | null
}

const drawColumns = 'id, provision_id, opens_at, closes_at, confirm_until, seed, seed_hash, ordered_at, settled_at'

function drawOf(row: DrawRow): Draw {
  return {
    id: row.id,
    provisionId: row.provision_id,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    confirmUntil: row.confirm_until,
    seed: row.seed,
    seedHash: row.seed_hash,
    orderedAt: row.ordered_at,
    settledAt: row.settled_at,
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
    confirmUntil: Temporal.Instant | null
    seed: Buffer
    seedHash: Buffer
    settledAt: Temporal.Instant | null
  },
): Promise<void> {
  await database.query(
    `insert into lot_draw (provision_id, opens_at, closes_at, confirm_until, seed, seed_hash, ordered_at, settled_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict on constraint lot_draw_once do nothing`,
    [made.provision, made.opensAt, made.closesAt, made.confirmUntil, made.seed, made.seedHash, made.settledAt],
  )
}

/** Draws that take no entry any more and have not answered all. */
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

/** May the draw be held? Everybody confirmed, or the time for that is over. */
export async function isReady(database: Queryable, { id, orderedAt, confirmUntil }: Draw, now: Temporal.Instant): Promise<boolean> {
  if (orderedAt !== null || confirmUntil === null || Temporal.Instant.compare(confirmUntil, now) <= 0) return true
  const { rows } = await database.query(`select from lot_entry where draw_id = $1 and state = 'pending' limit 1`, [id])
  return rows.length === 0
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

/** The draw has answered everybody; whose contacts were in it is of no use any more. */
export async function writeSettled(client: Queryable, drawId: number, at: Temporal.Instant): Promise<void> {
  await client.query('update lot_draw set settled_at = $2 where id = $1', [drawId, at])
  await client.query('delete from lot_contact where draw_id = $1', [drawId])
}

export interface Ranked {
  readonly reference: string
  readonly rank: number
  readonly state: Exclude<EntryState, 'pending'>
}

/** What anyone may see of a draw: references and what became of them, in order. */
export async function publicOrder(database: Queryable, drawId: number): Promise<readonly Ranked[]> {
  const { rows } = await database.query<Ranked>(
    'select reference, rank, state from lot_entry where draw_id = $1 and rank is not null order by rank',
    [drawId],
  )
  return rows
}

/** How many entries take part in a draw. */
export async function countEntries(database: Queryable, drawId: number): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*) as count from lot_entry where draw_id = $1 and (state = 'waiting' or rank is not null)`,
    [drawId],
  )
  return rows[0]?.count ?? 0
}
