/**
 * How many may be at a time in a building, in an area with a door of its own, in a room, and wait
 * there; whom no such number counts; and who may come with a client.
 *
 * Every limit in force holds at once; of those that count the same the strictest is said, with its
 * paragraph.
 */
import { allow, refuse, type Basis, type Decision, type NextStep, type Refused } from '../../platform/decision.js'
import type { Directory } from '../../directory/index.js'
import type { CountLimit, RuleBook, RuleOf } from '../model.js'
import { clientsPerDesk } from './calling.js'
import { applying, basesOf, type Subject } from './combine.js'
import type { Standing } from './force.js'
import { cites, honest } from './honest.js'
import { remembered } from './remember.js'

/** Counted persons, and those of them who wait to be called. */
export interface Counts {
  readonly inside: number
  readonly waiting: number
}

export interface RoomFacts extends Counts {
  /** Counted persons who would come in together. */
  readonly coming: number
  /** The room they come for, where it is known. */
  readonly roomId?: string
  /** The same counts of each room in which there is anybody. */
  readonly rooms?: ReadonlyMap<string, Counts>
}

export interface RoomLeft {
  readonly of: CountLimit['of']
  readonly per: NonNullable<CountLimit['per']>
  readonly limit: number
  readonly now: number
  /** Places left, never less than none. */
  readonly left: number
  readonly basis: readonly Basis[]
}

type Limit = Standing<RuleOf<'building-limit'>>

/**
 * The limits in force with the places they leave, those of the building first; none where no act
 * sets one. Limits of rooms and areas hold for a subject that names a room of theirs.
 */
export function roomLeft(
  book: RuleBook,
  subject: Subject,
  counts: Pick<RoomFacts, 'inside' | 'waiting' | 'rooms'>,
  known?: Temporal.Instant,
): readonly RoomLeft[] {
  const here = applying(book, 'building-limit', subject, known).filter(
    ({ provision }) => perOf(provision) === 'building' || subject.roomId !== undefined,
  )
  const same = Map.groupBy(here, whatItCounts)
  return [...same.values()]
    .map((own): RoomLeft => {
      const limit = Math.min(...own.map(({ provision }) => provision.parameters.limit))
      const strictest = own.filter(({ provision }) => provision.parameters.limit === limit)
      const [{ provision }] = strictest as [Limit]
      const now = countedBy(provision, subject, counts)
      const { of } = provision.parameters
      return {
        of,
        per: perOf(provision),
        limit,
        now,
        left: Math.max(0, limit - now),
        basis: cites(book, 'room-left', basesOf(strictest), known),
      }
    })
    .toSorted((a, b) => orderOf(a) - orderOf(b) || a.left - b.left)
}

/** The limit met at the door that has too few places left for those who come; null while there is room. */
export function noPlaceLeft(
  book: RuleBook,
  place: Subject,
  room: RoomFacts,
  known?: Temporal.Instant,
): Refused<'building-full' | 'area-full' | 'line-full'> | null {
  const subject = { ...place, ...(room.roomId === undefined ? {} : { roomId: room.roomId }) }
  // Who waits outside a room is in nobody's way: how many are in it is settled by the desks in use.
  const met = roomLeft(book, subject, room, known).filter(({ of, per }) => of === 'waiting' || per !== 'room')
  const full = met.find((each) => each.left < room.coming)
  if (full === undefined) return null
  const wait: NextStep = { kind: 'wait-outside', values: { places: full.left } }
  const code = full.of === 'waiting' ? 'line-full' : full.per === 'area' ? 'area-full' : 'building-full'
  return refuse(code, full.basis, [wait], { limit: full.limit, inside: full.now, left: full.left })
}

function perOf({ parameters, scope }: Limit['provision']): RoomLeft['per'] {
  return parameters.per ?? (scope.room === undefined ? 'building' : 'room')
}

/** Two limits that count the same people: then the lower one holds. */
function whatItCounts({ provision }: Limit): string {
  const per = perOf(provision)
  return `${provision.parameters.of} ${per} ${per === 'area' ? (provision.scope.room ?? []).toSorted().join(' ') : ''}`
}

function countedBy(
  provision: Limit['provision'],
  { roomId = '' }: Subject,
  counts: Pick<RoomFacts, 'inside' | 'waiting' | 'rooms'>,
): number {
  const { of } = provision.parameters
  const inRoom = (id: string): number => counts.rooms?.get(id)?.[of] ?? 0
  switch (perOf(provision)) {
    case 'building':
      return counts[of]
    case 'room':
      return inRoom(roomId)
    case 'area':
      return (provision.scope.room ?? []).reduce((sum, id) => sum + inRoom(id), 0)
  }
}

function orderOf({ of, per }: RoomLeft): number {
  return ['building', 'area', 'room'].indexOf(per) * 2 + (of === 'inside' ? 0 : 1)
}

/**
 * The desks of a room at which clients are served. A limit of clients in the room closes those
 * beyond it, the last by their signs: so no two desks have to ask each other who is inside.
 */
export interface DesksInUse {
  /** Null: no act limits the room. */
  readonly limit: number | null
  readonly slugs: ReadonlySet<string>
  readonly basis: readonly Basis[]
}

export function desksInUse(
  book: RuleBook,
  directory: Directory,
  roomId: string,
  day: Temporal.PlainDate,
  known?: Temporal.Instant,
): DesksInUse {
  const answer = (): DesksInUse => inUse(book, directory, roomId, day, known)
  return known === undefined ? remembered(book, directory, `desks ${roomId} ${day}`, answer) : answer()
}

function inUse(book: RuleBook, directory: Directory, roomId: string, day: Temporal.PlainDate, known?: Temporal.Instant): DesksInUse {
  const all = directory.desksIn(roomId).map((desk) => desk.slug)
  const buildingId = directory.rooms.get(roomId)?.buildingId
  const subject = { roomId, day, ...(buildingId === undefined ? {} : { buildingId }) }
  const own = roomLeft(book, subject, { inside: 0, waiting: 0 }, known).filter(({ of, per }) => of === 'inside' && per === 'room')
  const [strictest] = own
  if (strictest === undefined) return { limit: null, slugs: new Set(all), basis: [] }
  return { limit: strictest.limit, slugs: new Set(all.toSorted(inOrderOfSigns).slice(0, strictest.limit)), basis: strictest.basis }
}

/** "2" before "10". */
function inOrderOfSigns(a: string, b: string): number {
  return a.localeCompare(b, 'pl', { numeric: true })
}

export interface NotCounted {
  /** Whom an act in force does not count, by the names of the acts; without the staff, who are no clients. */
  readonly who: readonly string[]
  readonly basis: readonly Basis[]
}

/** Whom the limits of a place do not count; nobody where no act says so. */
export function notCounted(book: RuleBook, subject: Subject, known?: Temporal.Instant): NotCounted {
  const named = applying(book, 'not-counted', subject, known).filter(({ provision }) => provision.parameters.who !== 'staff')
  return { who: named.map(({ provision }) => provision.parameters.who), basis: cites(book, 'not-counted', basesOf(named), known) }
}

export interface CompanionFacts {
  /** The room of the visit, with its building, unit and matter. */
  readonly subject: Subject
  /** Desks of the room. */
  readonly desks: number
  /** Persons of the visit who are counted already. */
  readonly counted: number
}

/**
 * May a counted companion go to the desk too? Each counted person takes a desk of the room; where
 * there are too few the companion waits outside the room. While no act limits it, one desk is enough.
 */
export function companionAtDesk(
  book: RuleBook,
  { subject, desks, counted }: CompanionFacts,
  known?: Temporal.Instant,
): Decision<'companion-beside' | 'companion-takes-desk', 'companion-no-desk'> {
  const { limit, basis } = clientsPerDesk(book, subject, known)
  if (limit === null) return allow('companion-beside')
  return honest(
    book,
    counted < desks ? allow('companion-takes-desk', basis) : refuse('companion-no-desk', basis, [{ kind: 'companion-waits' }]),
    known,
  )
}

/** May a companion come in with the client? One whom an act does not count may always: the client cannot do without them. */
export function mayBringCompanion(
  book: RuleBook,
  { subject, needed }: { readonly subject: Subject; readonly needed: boolean },
  known?: Temporal.Instant,
): Decision<'companion-may-come', 'companion-stays-out'> {
  const shut = applying(book, 'companions', subject, known)
  if (needed || shut.length === 0) return allow('companion-may-come')
  return honest(book, refuse('companion-stays-out', basesOf(shut), [{ kind: 'companion-waits-outside' }]), known)
}
