/**
 * How the lines of a building stand, group by group: what the public page, the open data and the
 * samples say. Pure, but for the reading at the end. Numbers only, never people.
 */
import { createHash } from 'node:crypto'
import { officeDay } from '../platform/clock.js'
import type { Context } from '../platform/context.js'
import { directory, type Building, type Directory, type QueueGroup } from '../directory/index.js'
import { estimates, waitOf, type PlaceInLine } from '../queue/index.js'
import { readLines, type LineRows } from './queue-store.js'

export interface QueueState {
  readonly letter: string
  readonly name: string
  /** Desks at work that take the group; none: it is not served now. */
  readonly desks: number
  /** Visits that wait to be called. */
  readonly waiting: number
  /** The number called last today, as it is kept: "A041". */
  readonly current: string | null
  /** Minutes a visit takes. */
  readonly minutes: number
  /** The minutes are the median of today's visits, not what the office plans. */
  readonly measured: boolean
}

/** A group as the public page shows it. */
export interface PublicLine extends QueueState {
  /** Minutes somebody who joins the line now waits; null while nothing can be said. */
  readonly wait: PlaceInLine['wait']
}

export interface Queues {
  readonly at: Temporal.Instant
  readonly building: Building
  readonly groups: readonly PublicLine[]
}

/** From so many visits on, today's are believed more than the plan. */
export const measuredFrom = 5
const minutesMax = 999

/** Groups whose matters are handled in the building, by letter. */
export function groupsIn(office: Pick<Directory, 'queueGroups' | 'services' | 'desks'>, buildingId: string): readonly QueueGroup[] {
  const offered = new Set(
    [...office.desks.values()].filter((desk) => desk.buildingId === buildingId && !desk.closed).flatMap((desk) => desk.serviceIds),
  )
  return [...office.queueGroups.values()]
    .filter((group) => group.serviceIds.some((id) => offered.has(id)))
    .toSorted((a, b) => (a.letter < b.letter ? -1 : 1))
}

export function queueStates(office: Directory, buildingId: string, rows: LineRows): readonly QueueState[] {
  return groupsIn(office, buildingId).map((group) => {
    const own = new Set(group.serviceIds)
    const atWork = rows.deskIds.filter((id) => {
      const desk = office.desksById.get(id)
      return desk?.buildingId === buildingId && desk.serviceIds.some((service) => own.has(service))
    })
    const waiting = rows.waiting.reduce((sum, each) => sum + (own.has(each.serviceId) ? each.count : 0), 0)
    const took = rows.took.filter((each) => own.has(each.serviceId)).map(({ seconds }) => seconds / 60)
    const planned = group.serviceIds.map((id) => office.services.get(id)?.durationMinutes ?? 0).filter((minutes) => minutes > 0)
    const measured = took.length >= measuredFrom
    return {
      letter: group.letter,
      name: group.name,
      desks: atWork.length,
      waiting,
      current: rows.current.find((ticket) => ticket.startsWith(group.letter)) ?? null,
      minutes: wholeMinutes(measured ? median(took) : mean(planned)),
      measured,
    }
  })
}

/** At least one, at most three digits. */
function wholeMinutes(minutes: number): number {
  return Math.max(1, Math.min(minutesMax, Math.round(minutes)))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length
}

/** Under which programs ask for the building: the same as long as office and building keep their names (UUID version 5). */
export function buildingUuid(office: Pick<Directory, 'office'>, buildingId: string): string {
  const bytes = createHash('sha1').update(uuidSpace).update(`${office.office.slug}/${buildingId}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Drawn once for this use. */
const uuidSpace = Buffer.from('0f4b1d3c6e5a4c0e9b7a2d8f51c3e6a9', 'hex')

/** Buildings with desks, in the order of the office file. */
export function servedBuildings(office: Pick<Directory, 'buildings' | 'desks'>): readonly Building[] {
  const served = new Set([...office.desks.values()].filter((desk) => !desk.closed).map((desk) => desk.buildingId))
  return [...office.buildings.values()].filter(({ id }) => served.has(id))
}

/** The lines of a building as they stand now. */
export async function readQueues(context: Context, building: Building): Promise<Queues> {
  const at = context.clock.now()
  const [office, rows, said] = await Promise.all([
    directory(context),
    readLines(context.database.pool, building.id, officeDay(at)),
    estimates(context, building.id, at),
  ])
  const groups = queueStates(office, building.id, rows)
  return { at, building, groups: groups.map((group) => ({ ...group, wait: waitOf(said.groups.get(group.letter), at) })) }
}
