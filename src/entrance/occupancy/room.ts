/**
 * How full a building is, where an act limits that. Whoever lets in locks the building's row first
 * and counts then: two guards at one instant never give the last place twice.
 */
import { instantOf, officeDay } from '../../platform/clock.js'
import type { Queryable } from '../../platform/database.js'
import type { Directory } from '../../directory/index.js'
import { roomLeft, type RoomFacts, type RoomLeft } from '../../regulation/index.js'
import type { Visit } from '../../visit/index.js'
import type { World } from '../facts.js'
import type { Entry, Purpose } from '../model.js'
import { countedOf, lockOccupancy, readCorrection, readInside, readInsideByRoom, type Inside } from './store.js'

export interface RoomQuestion {
  readonly buildingId: string
  readonly purpose: Purpose
  readonly visit: Visit | null
  /** The last entry that stands. */
  readonly last: Entry | null
  readonly at: Temporal.Instant
  /** What one without a visit comes for, where it is known. */
  readonly serviceId?: string | undefined
}

/** The facts a limit is judged on; undefined where none is in force, for whoever is no client, and for one who is inside. */
export async function roomFor(
  client: Queryable,
  { book, office }: World,
  { buildingId, purpose, visit, last, at, serviceId }: RoomQuestion,
  how: 'seen' | 'locked' = 'seen',
): Promise<RoomFacts | undefined> {
  const isClient = purpose === 'visit' || purpose === 'drop-off'
  const inside = last !== null && last.leftAt === null && last.buildingId === buildingId
  if (!isClient || inside) return undefined
  const roomId = roomOf(office, visit, serviceId)
  const subject = { buildingId, day: officeDay(at), ...(roomId === null ? {} : { roomId }) }
  const limits = roomLeft(book, subject, { inside: 0, waiting: 0 })
  if (limits.length === 0) return undefined
  if (how === 'locked') await lockOccupancy(client, buildingId, officeDay(at))
  const facts = { ...(await countedNow(client, buildingId, at)), coming: visit?.persons ?? 1 }
  if (roomId === null || limits.every(({ per }) => per === 'building')) return facts
  return { ...facts, roomId, rooms: await readInsideByRoom(client, buildingId, instantOf(officeDay(at), 0)) }
}

/** The room a visit is booked for, else that of the unit which handles the matter. */
function roomOf(office: Directory, visit: Visit | null, serviceId?: string): string | null {
  const service = office.services.get(visit?.serviceId ?? serviceId ?? '')
  return visit?.roomId ?? office.units.get(service?.unitId ?? '')?.roomId ?? null
}

/** Counted persons inside now, as put right by who counted them, and those who wait. */
export async function countedNow(
  client: Queryable,
  buildingId: string,
  at: Temporal.Instant,
): Promise<Pick<RoomFacts, 'inside' | 'waiting'>> {
  const day = officeDay(at)
  const inside = await readInside(client, buildingId, instantOf(day, 0))
  const correction = await readCorrection(client, buildingId, day)
  return countedOf(inside, correction)
}

/** What the guard sees of it all the time: who is inside, and how many may still come. */
export interface Occupancy {
  readonly inside: readonly Inside[]
  readonly correction: number
  readonly limits: readonly RoomLeft[]
}

export async function occupancy(client: Queryable, { book }: World, buildingId: string, now: Temporal.Instant): Promise<Occupancy> {
  const day = officeDay(now)
  const [inside, correction] = await Promise.all([
    readInside(client, buildingId, instantOf(day, 0)),
    readCorrection(client, buildingId, day),
  ])
  return { inside, correction, limits: roomLeft(book, { buildingId, day }, countedOf(inside, correction)) }
}
