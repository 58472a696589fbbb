/**
 * Where a visit could be placed: for one start, the desks to try.
 *
 * Only an offer: the database judges. Desks come in groups, one desk for each counted person, of
 * one room; the first group is chosen at random so that people who come at once spread out.
 */
import type { Context } from '../platform/context.js'
import { directory, type OfficeSettings, type Service } from '../directory/index.js'

export interface DeskGroup {
  readonly roomId: string
  /** Ascending. */
  readonly desks: readonly number[]
}

/** A matter and the settings its visits are booked under. */
export interface Bookable {
  readonly service: Service
  readonly settings: OfficeSettings
}

/** The service, or null when there is none that can be booked. */
export async function bookable(context: Context, serviceId: string): Promise<Bookable | null> {
  const { services, office } = await directory(context)
  const service = services.get(serviceId)
  return service === undefined || service.closed || service.dropOff ? null : { service, settings: office.settings }
}

/** What a place is wanted for. */
export interface Wish {
  /** Persons the acts count. */
  readonly counted: number
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  /** The visit that moves: its own places are not in its way. */
  readonly own?: number
}

/** Groups of desks that look free from start to end, in the order to try them. */
export async function freeGroups(context: Context, service: Service, wish: Wish): Promise<readonly DeskGroup[]> {
  const { rows } = await context.database.pool.query<{ id: number; room_id: string }>(
    `select d.id, d.room_id from desk d join desk_service o on o.desk_id = d.id
     where o.service_id = $1 and not d.closed and not exists (
       select from place p join visit v on v.id = p.visit_id
       where p.active and p.desk_id = d.id and p.during && tstzrange($2, $3) and v.id <> $5 and not (v.state = 'held' and v.held_until <= $4))
     order by d.room_id, d.id`,
    [service.id, wish.start, wish.end, context.clock.now(), wish.own ?? -1],
  )
  return groupsOf(rows.map((row) => ({ id: row.id, roomId: row.room_id })), wish.counted, context.random())
}

/** Splits free desks into groups of one room, as many desks as persons counted, beginning at a random one. */
export function groupsOf(free: readonly { readonly id: number; readonly roomId: string }[], counted: number, random: number): readonly DeskGroup[] {
  const rooms = new Map<string, number[]>()
  for (const desk of free) rooms.set(desk.roomId, [...(rooms.get(desk.roomId) ?? []), desk.id])
  const groups: DeskGroup[] = []
  for (const [roomId, desks] of rooms) {
    const sorted = desks.toSorted((a, b) => a - b)
    if (counted === 0) groups.push({ roomId, desks: [] })
    else for (let from = 0; from + counted <= sorted.length; from += counted) groups.push({ roomId, desks: sorted.slice(from, from + counted) })
  }
  const first = Math.floor(random * groups.length)
  return [...groups.slice(first), ...groups.slice(0, first)]
}
