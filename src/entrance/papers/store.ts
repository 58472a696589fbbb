/** SQL of papers left: the receipt, the daily list for each unit, and the end of their keeping. */
import type { Queryable } from '../../platform/database.js'

/** Papers left in a sealed envelope. `filedAt` is the date of filing, whatever the quarantine. */
export interface Papers {
  readonly visitId: number
  readonly reference: string
  readonly receipt: string
  readonly buildingId: string
  readonly unitId: string
  readonly filedAt: Temporal.Instant
  /** Only where it was given. */
  readonly name: string | null
  readonly keptUntil: Temporal.PlainDate
}

interface PapersRow {
  visit_id: number
  reference: string
  receipt: string
  building_id: string
  unit_id: string
  filed_at: Temporal.Instant
  person_name: string | null
  kept_until: Temporal.PlainDate
}

function papersOf(row: PapersRow): Papers {
  return {
    visitId: row.visit_id,
    reference: row.reference,
    receipt: row.receipt,
    buildingId: row.building_id,
    unitId: row.unit_id,
    filedAt: row.filed_at,
    name: row.person_name,
    keptUntil: row.kept_until,
  }
}

export interface NewPapers {
  readonly visitId: number
  readonly unitId: string
  readonly filedAt: Temporal.Instant
  readonly day: Temporal.PlainDate
  readonly accountId: number
  readonly keptUntil: Temporal.PlainDate
}

export async function insertPapers(client: Queryable, papers: NewPapers): Promise<void> {
  await client.query('insert into drop_off (visit_id, unit_id, filed_at, day, account_id, kept_until) values ($1, $2, $3, $4, $5, $6)', [
    papers.visitId,
    papers.unitId,
    papers.filedAt,
    papers.day,
    papers.accountId,
    papers.keptUntil,
  ])
}

/** Nothing was left after all. */
export async function deletePapers(client: Queryable, visitId: number): Promise<void> {
  await client.query('delete from drop_off where visit_id = $1', [visitId])
}

const select = `select d.visit_id, v.reference, v.receipt, v.building_id, d.unit_id, d.filed_at, d.person_name, d.kept_until
  from drop_off d join visit v on v.id = d.visit_id`

export async function findPapers(database: Queryable, visitId: number): Promise<Papers | null> {
  const { rows } = await database.query<PapersRow>(`${select} where d.visit_id = $1`, [visitId])
  return rows[0] ? papersOf(rows[0]) : null
}

/** Everything left in a building on a day, in the order it was left. */
export async function papersOfDay(database: Queryable, buildingId: string, day: Temporal.PlainDate): Promise<readonly Papers[]> {
  const { rows } = await database.query<PapersRow>(`${select} where d.day = $1 and v.building_id = $2 order by d.filed_at, d.visit_id`, [
    day,
    buildingId,
  ])
  return rows.map(papersOf)
}

export async function writeName(database: Queryable, visitId: number, name: string): Promise<void> {
  await database.query('update drop_off set person_name = $2 where visit_id = $1', [visitId, name])
}

/** Deletes what has been kept long enough; returns how many. */
export async function deleteKept(database: Queryable, today: Temporal.PlainDate): Promise<number> {
  const { rowCount } = await database.query('delete from drop_off where kept_until < $1', [today])
  return rowCount ?? 0
}
