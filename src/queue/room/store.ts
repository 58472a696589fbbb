/** All SQL of the live room. */
import type { Queryable } from '../../platform/database.js'
import type { DeskOverflow } from '../model.js'

export interface DeskAtWork {
  /** Whoever works there. */
  readonly accountId: number
  readonly name: string
  readonly since: Temporal.Instant
  readonly paused: boolean
  readonly pausedUntil: Temporal.Instant | null
  readonly handingOver: boolean
  /** The person at it; null while it is free. */
  readonly ticket: string | null
  readonly state: 'called' | 'serving' | null
  readonly stateSince: Temporal.Instant | null
}

/** Of these desks, those at which somebody works, by the number of the desk. */
export async function readDesksAtWork(database: Queryable, deskIds: readonly number[]): Promise<Map<number, DeskAtWork>> {
  const { rows } = await database.query<{
    desk_id: number
    account_id: number
    name: string
    since: Temporal.Instant
    paused: boolean
    paused_until: Temporal.Instant | null
    handing_over: boolean
    ticket: string | null
    state: 'called' | 'serving' | null
    state_since: Temporal.Instant | null
  }>(
    `select s.desk_id, s.account_id, a.name, s.since, s.paused, s.paused_until, s.handing_over, v.ticket, v.state,
       case v.state when 'serving' then v.serving_at else v.called_at end as state_since
     from desk_session s join account a on a.id = s.account_id
       left join live_place l on l.desk_id = s.desk_id left join visit v on v.id = l.visit_id
     where s.desk_id = any ($1)`,
    [deskIds],
  )
  return new Map(
    rows.map((row) => [
      row.desk_id,
      {
        accountId: row.account_id,
        name: row.name,
        since: row.since,
        paused: row.paused,
        pausedUntil: row.paused_until,
        handingOver: row.handing_over,
        ticket: row.ticket,
        state: row.state,
        stateSince: row.state_since,
      },
    ]),
  )
}

/** Whose overflow each of these desks takes. */
export async function readOverflows(database: Queryable, deskIds: readonly number[]): Promise<Map<number, DeskOverflow[]>> {
  const { rows } = await database.query<{
    desk_id: number
    letter: string
    after_minutes: number
    from_minute: number
    until_minute: number
  }>('select desk_id, letter, after_minutes, from_minute, until_minute from desk_overflow where desk_id = any ($1) order by letter', [
    deskIds,
  ])
  const grouped = Map.groupBy(rows, (row) => row.desk_id)
  return new Map(
    [...grouped].map(([deskId, all]) => [
      deskId,
      all.map((row) => ({ letter: row.letter, afterMinutes: row.after_minutes, from: row.from_minute, until: row.until_minute })),
    ]),
  )
}
