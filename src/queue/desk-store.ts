/**
 * All SQL of desks at work: who sits where, breaks, handing over, and whose overflow a desk takes.
 */
import type { Queryable } from '../platform/database.js'
import type { DeskOverflow } from './model.js'

export interface DeskSession {
  readonly accountId: number
  readonly since: Temporal.Instant
  readonly paused: boolean
  /** When the break is to end; null: not said, or no break. */
  readonly pausedUntil: Temporal.Instant | null
  /** The clerk leaves: a colleague may take the desk with whoever is at it. */
  readonly handingOver: boolean
  /** The clerk's name, for colleagues who come to the desk. */
  readonly name: string
}

/** Who works at the desk, kept from being closed or taken over until the transaction ends. */
export async function shareSession(client: Queryable, deskId: number): Promise<DeskSession | null> {
  return sessionOf(await client.query<SessionRow>(`${sessionSelect} for share of s`, [deskId]))
}

/**
 * The same, and the desk calls nobody else meanwhile: of two presses the second would pass by whom the
 * first has claimed, and might yet be the one that gets the desk.
 */
export async function callingSession(client: Queryable, deskId: number): Promise<DeskSession | null> {
  return sessionOf(await client.query<SessionRow>(`${sessionSelect} for no key update of s`, [deskId]))
}

/** The same, locked to be changed. */
export async function lockSession(client: Queryable, deskId: number): Promise<DeskSession | null> {
  return sessionOf(await client.query<SessionRow>(`${sessionSelect} for update of s`, [deskId]))
}

export async function readSession(database: Queryable, deskId: number): Promise<DeskSession | null> {
  return sessionOf(await database.query<SessionRow>(sessionSelect, [deskId]))
}

const sessionSelect = `select s.account_id, s.since, s.paused, s.paused_until, s.handing_over, a.name from desk_session s join account a on a.id = s.account_id where s.desk_id = $1`

interface SessionRow {
  account_id: number
  name: string
  since: Temporal.Instant
  paused: boolean
  paused_until: Temporal.Instant | null
  handing_over: boolean
}

function sessionOf({ rows: [row] }: { rows: SessionRow[] }): DeskSession | null {
  if (row === undefined) return null
  return {
    accountId: row.account_id,
    since: row.since,
    paused: row.paused,
    pausedUntil: row.paused_until,
    handingOver: row.handing_over,
    name: row.name,
  }
}

export async function openSession(client: Queryable, deskId: number, accountId: number, now: Temporal.Instant): Promise<void> {
  await client.query(
    `insert into desk_session (desk_id, account_id, since) values ($1, $2, $3)
     on conflict (desk_id) do update set account_id = excluded.account_id, since = excluded.since, paused = false, paused_until = null, handing_over = false`,
    [deskId, accountId, now],
  )
}

export async function pauseSession(client: Queryable, deskId: number, paused: boolean, until: Temporal.Instant | null): Promise<void> {
  await client.query('update desk_session set paused = $2, paused_until = $3 where desk_id = $1', [deskId, paused, until])
}

/** Marks that a colleague may take the desk as it is, or no longer. */
export async function offerSession(client: Queryable, deskId: number, offered: boolean): Promise<void> {
  await client.query('update desk_session set handing_over = $2 where desk_id = $1', [deskId, offered])
}

/** Whose overflow a desk takes, from which minutes of waiting and between which minutes of the day. */
export async function readOverflow(database: Queryable, deskId: number): Promise<DeskOverflow[]> {
  const { rows } = await database.query<{ letter: string; after_minutes: number; from_minute: number; until_minute: number }>(
    'select letter, after_minutes, from_minute, until_minute from desk_overflow where desk_id = $1 order by letter',
    [deskId],
  )
  return rows.map((row) => ({ letter: row.letter, afterMinutes: row.after_minutes, from: row.from_minute, until: row.until_minute }))
}

/** Writes whose overflow a desk takes, instead of what it took. */
export async function writeOverflow(client: Queryable, deskId: number, overflow: readonly DeskOverflow[]): Promise<void> {
  await client.query('delete from desk_overflow where desk_id = $1', [deskId])
  for (const each of overflow)
    await client.query(
      'insert into desk_overflow (desk_id, letter, after_minutes, from_minute, until_minute) values ($1, $2, $3, $4, $5)',
      [deskId, each.letter, each.afterMinutes, each.from, each.until],
    )
}

/** The desk is closed; whose overflow it took goes with it. */
export async function closeSession(client: Queryable, deskId: number): Promise<void> {
  await client.query('delete from desk_overflow where desk_id = $1', [deskId])
  await client.query('delete from desk_session where desk_id = $1', [deskId])
}

/** Desks an account has open. */
export async function desksOf(database: Queryable, accountId: number): Promise<readonly number[]> {
  const { rows } = await database.query<{ desk_id: number }>('select desk_id from desk_session where account_id = $1 order by desk_id', [
    accountId,
  ])
  return rows.map((row) => row.desk_id)
}

/** Desks still open from before an instant. */
export async function desksOpenSince(client: Queryable, before: Temporal.Instant): Promise<readonly number[]> {
  const { rows } = await client.query<{ desk_id: number }>('select desk_id from desk_session where since < $1 order by desk_id', [before])
  return rows.map((row) => row.desk_id)
}
