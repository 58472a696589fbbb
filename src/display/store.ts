/** All SQL of the display: the numbers called in a building today. */
import type { Queryable } from '../platform/database.js'
import type { CalledNumber } from './model.js'

/** Those called first, then those served, each with the latest call first; nothing but numbers and desks. */
export async function readCalled(database: Queryable, buildingId: string, day: Temporal.PlainDate, limit: number): Promise<CalledNumber[]> {
  const { rows } = await database.query<{
    ticket: string
    desk_id: number
    state: 'called' | 'serving'
    called_count: number
    called_at: Temporal.Instant
  }>(
    `select ticket, desk_id, state, called_count, called_at from visit
     where building_id = $1 and day = $2 and state in ('called', 'serving')
     order by state = 'called' desc, called_at desc, id desc limit $3`,
    [buildingId, day, limit],
  )
  return rows.map((row) => ({
    ticket: row.ticket,
    deskId: row.desk_id,
    state: row.state,
    calledCount: row.called_count,
    calledAt: row.called_at,
  }))
}
