/** Who has read an act, and what people say is done. The newest version of an act is meant throughout. */
import type { Queryable } from '../../platform/database.js'
import type { Act } from '../../regulation/index.js'

type Version = Pick<Act, 'id' | 'enteredAt'>

const current = `select version from act where id = $1 and entered_at = $2 and superseded_at is null`

/** Writes that the account has read this version; twice is once. False when it is not the newest any more. */
export async function writeRead(
  database: Queryable,
  { id, enteredAt }: Version,
  accountId: number,
  at: Temporal.Instant,
): Promise<boolean> {
  const { rows } = await database.query<{ found: boolean }>(
    `with seen as (${current}), noted as (
       insert into act_read (account_id, act_version, at) select $3, version, $4 from seen on conflict do nothing
     ) select exists (select from seen) as found`,
    [id, enteredAt, accountId, at],
  )
  return rows[0]?.found === true
}

/** When each account read the newest version of each act: act → account → time. */
export async function readBy(database: Queryable): Promise<ReadonlyMap<string, ReadonlyMap<number, Temporal.Instant>>> {
  const { rows } = await database.query<{ id: string; account_id: number; at: Temporal.Instant }>(
    `select a.id, r.account_id, r.at from act_read r join act a on a.version = r.act_version where a.superseded_at is null`,
  )
  return new Map([...Map.groupBy(rows, (row) => row.id)].map(([id, own]) => [id, new Map(own.map((row) => [row.account_id, row.at]))]))
}

export interface PosterUp {
  readonly actId: string
  readonly buildingId: string
  /** Who said so. */
  readonly who: string
  readonly at: Temporal.Instant
}

/** Posters said to hang, of the newest version of each act. */
export async function postersUp(database: Queryable): Promise<readonly PosterUp[]> {
  const { rows } = await database.query<{ id: string; building_id: string; name: string; done_at: Temporal.Instant }>(
    `select a.id, t.building_id, p.name, t.done_at from act_task t join act a on a.version = t.act_version join account p on p.id = t.done_by
     where a.superseded_at is null and t.undone_at is null and t.task = 'poster'`,
  )
  return rows.map((row) => ({ actId: row.id, buildingId: row.building_id, who: row.name, at: row.done_at }))
}

/** Writes that the poster hangs; said twice it stands once. False when the version is not the newest any more. */
export async function writePosterUp(
  database: Queryable,
  { id, enteredAt }: Version,
  { buildingId, accountId, at }: { readonly buildingId: string; readonly accountId: number; readonly at: Temporal.Instant },
): Promise<boolean> {
  const { rows } = await database.query<{ found: boolean }>(
    `with seen as (${current}), noted as (
       insert into act_task (act_version, task, building_id, done_by, done_at) select version, 'poster', $3, $4, $5 from seen
       on conflict (act_version, task, building_id) where undone_at is null do nothing
     ) select exists (select from seen) as found`,
    [id, enteredAt, buildingId, accountId, at],
  )
  return rows[0]?.found === true
}

/** Takes it back; once taken back it stays so. */
export async function writePosterDown(
  database: Queryable,
  { id, enteredAt }: Version,
  { buildingId, accountId, at }: { readonly buildingId: string; readonly accountId: number; readonly at: Temporal.Instant },
): Promise<boolean> {
  const { rows } = await database.query<{ found: boolean }>(
    `with seen as (${current}), noted as (
       update act_task set undone_by = $4, undone_at = $5 from seen
       where act_version = seen.version and task = 'poster' and building_id = $3 and undone_at is null
     ) select exists (select from seen) as found`,
    [id, enteredAt, buildingId, accountId, at],
  )
  return rows[0]?.found === true
}
