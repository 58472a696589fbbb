/**
 * The list of phones and addresses of § 1 ust. 2: the office first, then every unit under its
 * department. A unit without an own phone or e-mail gets the office's, and the entry says so.
 */
import type { Basis } from '../platform/decision.js'
import type { Building, Directory, Room, Unit } from './model.js'

/** Hours of a unit on a day, as the regulation answers; minutes of the day. */
export interface HoursAnswer {
  readonly intervals: readonly { readonly from: number; readonly to: number }[]
  readonly code: string
  readonly basis: readonly Basis[]
  readonly name?: string
  /** Which rule gave them, as the regulation names it. */
  readonly provision?: string
}

/** The caller knows the acts; the directory does not. */
export type HoursOn = (unitId: string, day: Temporal.PlainDate) => Promise<HoursAnswer>

export interface Contact {
  readonly id: string
  readonly parentId: string | null
  readonly name: string
  readonly phones: readonly string[]
  /** True when the unit publishes none and these are the office's. */
  readonly phonesAreOffice: boolean
  readonly fax: string | null
  readonly email: string
  /** True when the unit publishes none and this is the office's general one. */
  readonly emailIsOffice: boolean
  readonly building: Building | null
  readonly address: string
  readonly room: Room | null
  readonly hours: HoursAnswer | null
  /** How old the page is that gives these hours; null where an act gives them. */
  readonly hoursAsOf: string | null
  readonly source: string | null
  /** Days soon on which it is open otherwise than usual on such a weekday. */
  readonly exceptions: readonly HoursException[]
  /** When somebody of the unit last said that this is right; null: nobody did. */
  readonly confirmedOn: Temporal.PlainDate | null
}

export interface HoursException {
  readonly day: Temporal.PlainDate
  readonly hours: HoursAnswer
}

/** How far exceptions are looked for. */
const exceptionDays = 14

/** Everyone who can be reached, the office first; departments by building and name, sections under them. */
export async function contacts(
  directory: Directory,
  day: Temporal.PlainDate,
  hoursOn: HoursOn,
  confirmed: ReadonlyMap<string, Temporal.PlainDate> = new Map(),
): Promise<readonly Contact[]> {
  return [
    officeContact(directory),
    ...(await Promise.all(
      unitsInOrder(directory).map(async (unit) => ({
        ...unitContact(directory, unit, await hoursOn(unit.id, day)),
        exceptions: await exceptionsOf(unit.id, day, hoursOn),
        confirmedOn: confirmed.get(unit.id) ?? null,
      })),
    )),
  ]
}

/** Days after this one whose hours are not those of most such weekdays around it. */
async function exceptionsOf(unitId: string, day: Temporal.PlainDate, hoursOn: HoursOn): Promise<HoursException[]> {
  const days = Array.from({ length: exceptionDays }, (_, index) => day.add({ days: index + 1 }))
  const found = await Promise.all(
    days.map(async (each): Promise<HoursException[]> => {
      const hours = await hoursOn(unitId, each)
      const around = await Promise.all([-7, 7, 14].map((away) => hoursOn(unitId, each.add({ days: away }))))
      const others = around.filter((other) => openingOf(other) !== openingOf(hours))
      return others.length >= 2 && new Set(others.map(openingOf)).size < others.length ? [{ day: each, hours }] : []
    }),
  )
  return found.flat()
}

function openingOf({ intervals }: HoursAnswer): string {
  return intervals.map(({ from, to }) => `${from}-${to}`).join(' ')
}

const byName = new Intl.Collator('pl')

function unitsInOrder(directory: Directory): Unit[] {
  const buildings = [...directory.buildings.keys()]
  const children = Map.groupBy(
    [...directory.units.values()].filter((unit) => !unit.closed),
    (unit) => unit.parentId,
  )
  const under = (parentId: string | null): Unit[] =>
    (children.get(parentId) ?? [])
      .toSorted((a, b) => buildings.indexOf(a.buildingId) - buildings.indexOf(b.buildingId) || byName.compare(a.name, b.name))
      .flatMap((unit) => [unit, ...under(unit.id)])
  return under(null)
}

function officeContact({ office }: Directory): Contact {
  return {
    id: office.slug,
    parentId: null,
    name: office.name,
    phones: [office.phone],
    phonesAreOffice: false,
    fax: office.fax,
    email: office.email,
    emailIsOffice: false,
    building: null,
    address: office.address,
    room: null,
    hours: null,
    hoursAsOf: null,
    source: office.contacts[0]?.source ?? null,
    exceptions: [],
    confirmedOn: null,
  }
}

function unitContact(directory: Directory, unit: Unit, hours: HoursAnswer): Omit<Contact, 'exceptions' | 'confirmedOn'> {
  const { office } = directory
  const building = directory.buildings.get(unit.buildingId) ?? null
  // A section without a phone of its own is reached through its department.
  const line = directory.unitAndParents(unit.id)
  const withPhone = line.find((each) => each.phones.length > 0)
  return {
    id: unit.id,
    parentId: unit.parentId,
    name: unit.name,
    phones: withPhone?.phones ?? [office.phone],
    phonesAreOffice: withPhone === undefined,
    fax: unit.fax,
    email: line.find((each) => each.email !== null)?.email ?? office.email,
    emailIsOffice: line.every((each) => each.email === null),
    building,
    address: building?.address ?? office.address,
    room: unit.roomId === null ? null : (directory.rooms.get(unit.roomId) ?? null),
    hours,
    hoursAsOf: hoursAsOf(directory, hours),
    source: unit.source,
  }
}

/**
 * How old the page is that gives these hours; null where an act gives them. Hours of the office file are the regulation's settings "setting#hours-1" and so on, in the order of the file.
 */
export function hoursAsOf(directory: Directory, { provision }: HoursAnswer): string | null {
  const place = /^setting#hours-(\d+)$/.exec(provision ?? '')?.[1]
  return place === undefined ? null : (directory.hours[Number(place) - 1]?.asOf ?? null)
}

/** Id of a unit's part of the page /kontakt. */
export function contactAnchor(unitId: string): string {
  return `unit-${unitId.replaceAll('/', '--')}`
}

/** Address of a unit's part of the page; every answer about a unit links to it. */
export function contactHref(unitId: string): string {
  return `/kontakt#${contactAnchor(unitId)}`
}
