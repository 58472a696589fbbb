/**
 * What a visit is to be for: a matter, further ones with it, for how many persons, in which building,
 * and whether it takes longer. Times add up; one desk serves it all in one piece. Pure.
 */
import type { Desk, Directory, Service } from '../directory/index.js'
import type { Visit } from '../visit/index.js'

/** What a caller wishes; everything but the matter may be left out. */
export interface Wished {
  readonly serviceId: string
  /** Further matters, in the order they are settled. */
  readonly moreServiceIds?: readonly string[]
  /** How many persons have these matters, one after another; 1 when left out. */
  readonly persons?: number
  /** The person needs more time: the office's setting is added once. */
  readonly moreTime?: boolean
  /** Another building whose desks handle the matter; by default the matter's own. */
  readonly buildingId?: string
}

/** A wish the office can be asked for times: its matters exist. */
export interface Wish {
  /** Equal for equal wishes; the matter alone for the usual one. */
  readonly key: string
  /** True for the matter alone, for one person, where it is handled. */
  readonly plain: boolean
  readonly service: Service
  readonly more: readonly Service[]
  readonly persons: number
  readonly moreTime: boolean
  readonly buildingId: string
  /** Minutes of the whole visit. */
  readonly durationMinutes: number
  /** Open desks of the building that handle all its matters; empty when no desk does. */
  readonly desks: readonly Desk[]
}

const usual = new WeakMap<Directory, Map<string, Wish>>()

/** The wish, or null when one of its matters is unknown or closed; papers that are left are a matter alone, without a desk. */
export function wishOf(directory: Directory, wished: Wished): Wish | null {
  if (!isUsual(wished)) return composed(directory, wished)
  let kept = usual.get(directory)
  if (kept === undefined) usual.set(directory, (kept = new Map()))
  let wish = kept.get(wished.serviceId) ?? null
  if (wish === null) {
    wish = composed(directory, wished)
    if (wish !== null) kept.set(wished.serviceId, wish)
  }
  return wish
}

/** The same as a caller would say it; no more than the matter where nothing more is wished. */
export function wishedAs({ service, more, persons, moreTime, buildingId, plain }: Wish): Wished {
  return plain
    ? { serviceId: service.id }
    : { serviceId: service.id, moreServiceIds: more.map(({ id }) => id), persons, moreTime, buildingId }
}

/** What a booked visit takes when it moves: all it was booked for. */
export function wishedOf(directory: Directory, visit: Visit): Wished {
  const needed = directory.services.get(visit.serviceId)?.persons ?? 1
  return {
    serviceId: visit.serviceId,
    moreServiceIds: visit.moreServiceIds,
    persons: Math.max(1, Math.floor(visit.persons / needed)),
    moreTime: visit.needs.includes('more-time'),
    buildingId: visit.buildingId,
  }
}

/** What a visit is for, as everybody who prepares for it needs to know. */
export type Purpose = Pick<Visit, 'serviceId' | 'moreServiceIds' | 'persons' | 'needs' | 'onBehalf'>

/** The same of a wish nobody has booked yet. */
export function purposeOf({ service, more, persons, moreTime }: Wish): Purpose {
  return {
    serviceId: service.id,
    moreServiceIds: more.map(({ id }) => id),
    persons: service.persons * persons,
    needs: moreTime ? ['more-time'] : [],
    onBehalf: false,
  }
}

/** Other buildings whose desks handle everything wished, in the order of the office file. */
export function otherBuildings(directory: Directory, wish: Wish): readonly string[] {
  const others = [...directory.buildings.keys()].filter((id) => id !== wish.buildingId)
  return others.filter((id) => desksFor(directory, [wish.service, ...wish.more], id).length > 0)
}

/** Matters that can be settled in one visit with these: some desk of the building handles them all. */
export function mattersBeside(directory: Directory, wish: Wish): readonly Service[] {
  return [...directory.services.values()].filter(
    (other) =>
      isBookable(other) &&
      other.id !== wish.service.id &&
      other.persons === wish.service.persons &&
      desksFor(directory, [wish.service, ...wish.more, other], wish.buildingId).length > 0,
  )
}

function isUsual({ moreServiceIds = [], persons = 1, moreTime = false, buildingId }: Wished): boolean {
  return moreServiceIds.length === 0 && persons === 1 && !moreTime && buildingId === undefined
}

function composed(directory: Directory, wished: Wished): Wish | null {
  const ids = [...new Set([wished.serviceId, ...(wished.moreServiceIds ?? [])])]
  const services = ids.flatMap((id) => directory.services.get(id) ?? [])
  const [service, ...more] = services
  if (service === undefined || service.closed || services.length < ids.length || !more.every(isBookable)) return null
  const { persons = 1, moreTime = false, buildingId = service.buildingId } = wished
  const times = services.reduce((sum, each) => sum + each.durationMinutes, 0) * persons
  const plain = more.length === 0 && persons === 1 && !moreTime && buildingId === service.buildingId
  return {
    key: plain ? service.id : [...services.map(({ id }) => id), persons, moreTime, buildingId].join(' '),
    plain,
    service,
    more,
    persons,
    moreTime,
    buildingId,
    durationMinutes: times + (moreTime ? directory.office.settings['more-time-minutes'] : 0),
    desks: service.dropOff ? [] : desksFor(directory, services, buildingId),
  }
}

function isBookable(service: Service): boolean {
  return !service.closed && !service.dropOff
}

function desksFor(directory: Directory, services: readonly Service[], buildingId: string): readonly Desk[] {
  const [first, ...more] = services
  if (first === undefined) return []
  return directory
    .desksOf(first.id)
    .filter((desk) => desk.buildingId === buildingId && more.every((service) => desk.serviceIds.includes(service.id)))
}
